"""What fails its checks: replaced where the summary was written, left out where asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import mujaz
from mujaz.arabic import article_from_text
from mujaz.brief import Brief
from mujaz.errors import InputError
from mujaz.models.engine import Prompt
from mujaz.settings import Settings

from .conftest import Speaker
from .test_chain import BODY, TEXT, english

Make = Callable[[Callable[[Prompt], str]], tuple[str, list[Speaker]]]
WRONG = "Sisi said the two countries signed 15 agreements in education, health and transport"
WRITTEN = "وقعت مصر واليابان خلال زيارة رئيس الوزراء إلى القاهرة 12 اتفاقا في التعليم والصحة."


def run(path: str, settings: Settings, text: str, **options: Any) -> Brief:
    briefer = mujaz.Briefer(
        **({"method": "lead", "translator": path, "settings": settings} | options)
    )
    try:
        return briefer.brief(article_from_text(text, id="visit", origin="visit.txt"))
    finally:
        briefer.close()


def wrong_number(prompt: Prompt) -> str:
    return WRONG if "وقعا" in prompt.text else english(prompt)


def test_a_severe_sentence_stays_flagged_unless_strict(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(wrong_number)
    made = run(path, settings, TEXT)
    assert [s.severity == "severe" for s in made.sentences] == [False, True, False]
    assert (made.left_out, made.making.strict) == ((), False)
    assert made.sentences[1].tried[0].how == "first"
    assert sum(a.taken for a in made.sentences[1].tried) == 1
    assert made.sentences[1].attempts == len(made.sentences[1].tried)


def test_a_strict_brief_leaves_it_out_and_lists_it(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(wrong_number)
    whole = run(path, settings, TEXT)
    made = run(path, settings, TEXT, strict=True)
    assert made.sentences == (whole.sentences[0], whole.sentences[2])
    assert made.left_out == (whole.sentences[1],)
    assert made.making.strict
    assert made.headline == whole.headline
    text = made.text()
    assert "15 agreements" not in text.split("Source:")[0]
    (line,) = [line for line in text.splitlines() if line.startswith("✗")]
    assert line.startswith("✗ left out: “Sisi said the two")
    assert '"12" in the source is missing' in line
    assert "\\✗" in made.markdown() or "✗ left out" in made.markdown()
    assert Brief.from_json(made.to_json()) == made


def test_a_strict_brief_takes_no_wrong_headline(speaker: Make, settings: Settings) -> None:
    def answer(prompt: Prompt) -> str:
        return "Singer from Peru wins 99 prizes" if "يستقبل" in prompt.text else english(prompt)

    path, _ = speaker(answer)
    made = run(path, settings, TEXT, strict=True)
    assert made.headline.text == "Sisi received the prime minister of Japan"
    assert [s.text for s in made.left_out] == ["Singer from Peru wins 99 prizes"]
    assert len(made.sentences) == 3


def test_a_strict_brief_of_which_nothing_is_left_is_an_error(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(lambda p: "A singer from Peru wins 99 prizes")
    with pytest.raises(InputError, match=r"visit\.txt: no sentence .* --strict"):
        run(path, settings, BODY, strict=True)


def instructed(translation: Callable[[Prompt], str]) -> Callable[[Prompt], str]:
    """Write `WRITTEN` when asked for a summary, and translate what is not it."""

    def answer(prompt: Prompt) -> str:
        if "محرر أخبار" in prompt.system:
            return WRITTEN
        return translation(prompt)

    return answer


def test_a_written_sentence_that_cannot_be_translated_gives_way(
    speaker: Make, settings: Settings
) -> None:
    def translation(prompt: Prompt) -> str:
        return WRONG.replace("Sisi", "Peru") if "وقعت مصر" in prompt.text else english(prompt)

    path, _ = speaker(instructed(translation))
    made = run(path, settings, BODY, method="instruct")
    (sentence,) = made.sentences
    assert sentence.instead_of == WRITTEN
    assert sentence.arabic == BODY[sentence.start : sentence.end]
    assert sentence.severity == "info"
    (note,) = [f for f in sentence.findings if f.kind == "support"]
    assert note.message.startswith("the article's own sentence, for the written one: ")
    assert '"12' in note.message
    *before, last = sentence.tried
    assert [a.taken for a in before] == [False] * len(before)
    assert "Peru" in before[0].text
    assert (last.how, last.taken) == ("the article's own sentence", True)
    assert sentence.attempts == len(sentence.tried)


def test_a_written_sentence_stays_where_the_article_s_own_is_no_better(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(instructed(lambda p: "A singer from Peru wins 99 prizes"))
    (sentence,) = run(path, settings, BODY, method="instruct").sentences
    assert sentence.arabic == WRITTEN
    assert sentence.instead_of == ""
    assert sentence.severity == "severe"


def test_a_written_sentence_that_passes_is_taken(speaker: Make, settings: Settings) -> None:
    good = (
        "Egypt and Japan signed 12 agreements in education and health during the prime "
        "minister's visit to Cairo"
    )
    path, _ = speaker(instructed(lambda p: good if "وقعت مصر" in p.text else english(p)))
    (sentence,) = run(path, settings, BODY, method="instruct").sentences
    assert (sentence.arabic, sentence.instead_of) == (WRITTEN, "")
