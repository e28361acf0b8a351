"""Summaries by an instruction-tuned model, and the guard against what such models do."""

from __future__ import annotations

import pytest

from mujaz.errors import EngineError, InputError, OptionError
from mujaz.summarize import InstructSummarizer, Summary
from mujaz.summarize.instruct import longest_copy

from ..scripted_engine import ScriptedEngine, said
from .articles import FLOOD, article, flood

GOOD = "قتل أربعة أشخاص وانهار جسران في سيول ضربت مدينة الوادي."
INVENTED = "سجل المنتخب ثلاثة أهداف في الشوط الثاني من المباراة."
COPY = " ".join(FLOOD[:3]).replace(".", "،")
LOOP = "قال الوزير إن السيول كبيرة " * 8
TALK = "I'm sorry, I can't help with that."


def test_a_summary_and_what_it_rests_on() -> None:
    engine = ScriptedEngine(GOOD)
    made = InstructSummarizer(engine, model="some/chat", count=2).summarize(flood())
    assert [s.text for s in made.sentences] == [GOOD]
    assert 3 in (made.sentences[0].sources or ())
    assert (made.method, made.model) == ("instruct", "some/chat")
    assert made.settings == {
        "sentences": 2,
        "longest_copy": longest_copy(GOOD, flood().text),
        "faults": 0,
    }
    assert Summary.from_json(made.to_json()) == made
    (prompt,) = engine.prompts
    assert prompt.text == " ".join(FLOOD)
    assert "جملتين" in prompt.system
    assert engine.options[0].max_new_tokens == 180
    assert engine.options[0].temperature == 0


@pytest.mark.parametrize("bad", [COPY, LOOP, TALK, INVENTED, "", "123"])
def test_a_bad_draft_is_written_again(bad: str) -> None:
    engine = ScriptedEngine(bad, GOOD)
    made = InstructSummarizer(engine, model="m").summarize(flood())
    assert [s.text for s in made.sentences] == [GOOD]
    first, second = engine.options
    assert first.temperature == 0
    assert second.temperature > 0
    assert second.seed == 1


def test_three_drafts_at_most_and_the_best_is_taken() -> None:
    engine = ScriptedEngine(TALK, INVENTED, COPY)
    made = InstructSummarizer(engine, model="m").summarize(flood())
    (sentence,) = made.sentences
    assert sentence.instead_of == INVENTED
    assert sentence.text in flood().text
    assert made.settings["faults"] == 1
    assert [options.seed for options in engine.options] == [0, 1, 2]


def test_copies_are_recorded_when_there_is_nothing_else() -> None:
    made = InstructSummarizer(ScriptedEngine(COPY, COPY, COPY), model="m").summarize(flood())
    assert int(made.settings["longest_copy"] or 0) > 25
    assert int(made.settings["faults"] or 0) >= 3


@pytest.mark.parametrize("bad", [TALK, LOOP, ""])
def test_nothing_usable_is_an_error(bad: str) -> None:
    with pytest.raises(InputError, match="some/chat wrote no usable Arabic summary; use --method"):
        InstructSummarizer(ScriptedEngine(bad, bad, bad), model="some/chat").summarize(flood())


@pytest.mark.parametrize(
    "answer",
    [f"الملخص: {GOOD}", f"- {GOOD}", f"1. {GOOD}", f"**ملخص الخبر:** {GOOD}", f"{GOOD}\n\n{GOOD}"],
)
def test_labels_bullets_and_doubles_go(answer: str) -> None:
    made = InstructSummarizer(ScriptedEngine(answer), model="m").summarize(flood())
    assert [s.text for s in made.sentences] == [GOOD]


def test_a_last_sentence_that_was_cut_off_goes() -> None:
    cut = said(f"{GOOD} وأرسلت الحكومة فرق", stop="length")
    made = InstructSummarizer(ScriptedEngine(cut), model="m").summarize(flood())
    assert [s.text for s in made.sentences] == [GOOD]


def test_a_long_article_is_read_in_parts_then_as_a_whole() -> None:
    # Half of 220 tokens is for the answer; 50 or so are left for the article.
    engine = ScriptedEngine(*[GOOD] * 20, max_input_tokens=220)
    made = InstructSummarizer(engine, model="m", count=3).summarize(flood())
    assert made.read.whole
    assert made.read.parts > 1
    assert len(engine.prompts) == made.read.parts + 1
    assert engine.options[0].max_new_tokens == 110


def test_a_model_without_room_for_the_article_says_so() -> None:
    with pytest.raises(EngineError, match="leaves room for"):
        InstructSummarizer(ScriptedEngine(max_input_tokens=150), model="m").summarize(flood())


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(EngineError, match="does not follow instructions"):
        InstructSummarizer(ScriptedEngine(follows_instructions=False), model="m")
    with pytest.raises(OptionError):
        InstructSummarizer(ScriptedEngine(), model="m", count=0)
    with pytest.raises(InputError, match="no sentence"):
        InstructSummarizer(ScriptedEngine(), model="m").summarize(article(""))


def test_the_longest_copy_counts_words_in_a_row_whatever_their_spelling() -> None:
    assert longest_copy("أُرسلت فرق الإنقاذ مساء", "قيل إن ارسلت فرق الانقاذ صباحا") == 3
    assert longest_copy("", "قيل") == 0
