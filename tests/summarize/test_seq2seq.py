"""Summaries by a sequence-to-sequence model: scripted ones, and a tiny real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.errors import InputError, OptionError
from mujaz.models.engine import GenerationOptions
from mujaz.models.transformers_engine import TransformersEngine
from mujaz.summarize import Seq2SeqSummarizer, Summary

from ..scripted_engine import ScriptedEngine, said
from .articles import FLOOD, article, flood

SUMMARY = "قتل أربعة أشخاص في سيول اجتاحت مدينة الوادي."
SHORT = ["اجتاحت سيول مدينة الوادي.", "قتل أربعة أشخاص وانهار جسران.", "أرسلت الحكومة فرق إنقاذ."]
OTHER = "أرسلت الحكومة فرق إنقاذ إلى مدينة الوادي لإجلاء العائلات."


def engine(*script: object, room: int = 512) -> ScriptedEngine:
    return ScriptedEngine(*script, follows_instructions=False, max_input_tokens=room)  # type: ignore[arg-type]


def test_a_summary_and_what_it_rests_on() -> None:
    running = engine(f"{SUMMARY} {OTHER}")
    made = Seq2SeqSummarizer(running, model="some/model").summarize(flood())
    assert [s.text for s in made.sentences] == [SUMMARY, OTHER]
    assert 3 in (made.sentences[0].sources or ())
    assert 5 in (made.sentences[1].sources or ())
    assert (made.method, made.model, made.article) == ("seq2seq", "some/model", "flood")
    assert (made.read.sentences, made.read.of, made.read.parts) == (6, 6, 1)
    assert Summary.from_json(made.to_json()) == made


def test_an_invention_gives_way_to_the_article_s_own() -> None:
    invented = "سجل المنتخب ثلاثة أهداف في الشوط الثاني."
    made = Seq2SeqSummarizer(engine(invented), model="m")
    (sentence,) = made.summarize(flood()).sentences
    assert sentence.instead_of == invented
    assert sentence.text == flood().text[sentence.start : sentence.end]


def test_the_model_reads_one_line_of_normal_text_and_no_instructions() -> None:
    running = engine(SUMMARY)
    text = "اجتاحت سيـــول\nجارفة  مدينة الوادي .\n\nقُتل أربعة أشخاص."
    Seq2SeqSummarizer(running, model="m").summarize(article(text))
    (prompt,) = running.prompts
    assert prompt.text == "اجتاحت سيول جارفة مدينة الوادي. قتل أربعة أشخاص."
    assert (prompt.system, prompt.turns) == ("", ())


def test_the_models_own_settings_are_left_alone() -> None:
    options = GenerationOptions(beams=4, max_new_tokens=84, no_repeat_ngram=2, length_penalty=0.6)
    running = engine(SUMMARY, SUMMARY)
    made = Seq2SeqSummarizer(running, model="m", options=options).summarize(flood())
    Seq2SeqSummarizer(running, model="m").summarize(flood())
    assert running.options == [options, GenerationOptions()]
    assert made.settings == {"sentences": 3, "beams": 4, "max_new_tokens": 84}


def test_no_more_sentences_than_asked_for_none_twice_none_cut_off() -> None:
    three = f"{SUMMARY} {SUMMARY} {OTHER} {FLOOD[4]}"
    made = Seq2SeqSummarizer(engine(three), model="m", count=2).summarize(flood())
    assert [s.text for s in made.sentences] == [SUMMARY, OTHER]
    cut = said(f"{SUMMARY} أرسلت الحكومة", stop="length")
    made = Seq2SeqSummarizer(engine(cut), model="m").summarize(flood())
    assert [s.text for s in made.sentences] == [SUMMARY]


@pytest.mark.parametrize("answer", ["", "  ", "Four people died in floods.", "١٢٣"])
def test_an_answer_that_is_not_arabic_is_an_error(answer: str) -> None:
    with pytest.raises(InputError, match="some/model wrote no Arabic summary; use --method"):
        Seq2SeqSummarizer(engine(answer), model="some/model").summarize(flood())


def test_a_long_article_is_read_in_parts_then_as_a_whole() -> None:
    running = engine(*SHORT, SUMMARY, room=40)
    made = Seq2SeqSummarizer(running, model="m").summarize(flood())
    assert [size for size, _ in running.calls] == [3, 1]
    assert running.prompts[-1].text == " ".join(SHORT)
    assert made.read.whole
    assert made.read.parts == 3
    assert [s.text for s in made.sentences] == [SUMMARY]


def test_the_limit_that_a_model_was_trained_for_counts() -> None:
    running = engine(*SHORT, SUMMARY, room=5000)
    made = Seq2SeqSummarizer(running, model="m", max_input=40).summarize(flood())
    assert made.read.parts == 3


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(OptionError):
        Seq2SeqSummarizer(engine(), model="m", count=0)
    with pytest.raises(InputError, match="no sentence"):
        Seq2SeqSummarizer(engine(), model="m").summarize(article(""))


def test_tiny_real_weights(tiny_summarizer: Path) -> None:
    running = TransformersEngine(tiny_summarizer)
    summarizer = Seq2SeqSummarizer(running, model="tiny", count=2)
    short = summarizer.summarize(article("أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين."))
    assert short.read.parts == 1
    assert short.sentences
    long = summarizer.summarize(article(*FLOOD))
    # 128 positions hold two or three of these sentences.
    assert long.read.parts > 1
    assert 1 <= len(long.sentences) <= 2
    assert summarizer.summarize(article(*FLOOD)) == long
    running.close()
