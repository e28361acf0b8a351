"""The chain from article to brief, with scripted weights and with tiny real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import mujaz
from mujaz.arabic import Article, article_from_text
from mujaz.brief import Brief
from mujaz.errors import EngineError, InputError, ModelError, MujazError, OptionError
from mujaz.models.conversion import convert
from mujaz.models.engine import Prompt
from mujaz.settings import Settings

from .conftest import Speaker

TITLE = "السيسي يستقبل رئيس وزراء اليابان في القاهرة"
BODY = (
    "استقبل الرئيس المصري عبد الفتاح السيسي رئيس وزراء اليابان في القاهرة يوم الثلاثاء. "
    "وقال السيسي إن البلدين وقعا 12 اتفاقا في مجالات التعليم والصحة والنقل.\n\n"
    "وأضاف المتحدث الرسمي أن الوفد الياباني سيزور مدينة الإسكندرية قبل أن يعود إلى بلاده."
)
TEXT = f"{TITLE}\n\n{BODY}"
ENGLISH = {
    "اليابان في القاهرة يوم": "Egyptian President Abdel Fattah el-Sisi received the prime minister "
    "of Japan in Cairo on Tuesday",
    "وقعا": "Sisi said the two countries signed 12 agreements in education, health and transport",
    "الإسكندرية": "The official spokesman added that the Japanese delegation will visit the city "
    "of Alexandria before it returns home",
    "يستقبل": "Sisi receives the prime minister of Japan in Cairo.",
}
Make = Callable[[Callable[[Prompt], str]], tuple[str, list[Speaker]]]


def english(prompt: Prompt) -> str:
    if "headline" in prompt.system:
        return "Sisi received the prime minister of Japan"
    return next(text for mark, text in ENGLISH.items() if mark in prompt.text)


def run(path: str, settings: Settings, article: Article | str, **options: Any) -> Brief:
    briefer = mujaz.Briefer(
        **({"method": "lead", "translator": path, "settings": settings} | options)
    )
    try:
        return briefer.brief(article)
    finally:
        briefer.close()


def test_a_brief_of_an_article(speaker: Make, settings: Settings) -> None:
    path, opened = speaker(english)
    article = article_from_text(TEXT, id="visit", origin="news/visit.txt")
    made = run(path, settings, article)
    assert (made.article, made.origin, made.title) == ("visit", "news/visit.txt", TITLE)
    assert made.headline.text == "Sisi receives the prime minister of Japan in Cairo"
    assert [s.text[:8] for s in made.sentences] == ["Egyptian", "Sisi sai", "The offi"]
    assert all(s.text.endswith(".") for s in made.sentences)
    for sentence in (made.headline, *made.sentences):
        assert article.text[sentence.start : sentence.end] == sentence.arabic
        assert sentence.confidence == -0.5
    assert [s.sources for s in made.sentences] == [(1,), (2,), (3,)]
    assert (made.making.summarizer, made.making.translator) == ("lead", "instruct")
    assert made.making.translator_model == path
    assert made.making.version == mujaz.__version__
    assert made.seconds is not None
    assert made.seconds.summarize > 0
    assert made.seconds.translate > 0
    assert [engine.closed for engine in opened] == [True]
    assert Brief.from_json(made.to_json()) == made


def test_text_alone_will_do(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(english)
    made = run(path, settings, TEXT, sentences=1)
    assert (made.article, made.origin) == ("stdin", "-")
    assert len(made.sentences) == 1
    assert made.making.sentences == 1


def test_names_are_found_with_the_whole_article_in_view(speaker: Make, settings: Settings) -> None:
    path, opened = speaker(english)
    run(path, settings, BODY)
    asked = next(p.text for p in opened[0].prompts if "وقعا" in p.text)
    # The second sentence has a family name alone; the first says whose.
    assert "Sisi" in asked.split("Names:")[1]


def test_without_a_title_the_first_sentence_gives_the_headline(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(english)
    made = run(path, settings, BODY)
    assert made.title == ""
    assert made.headline.text == "Sisi received the prime minister of Japan"
    assert made.headline.arabic == made.sentences[0].arabic
    assert made.headline.confidence is None


def test_a_number_that_is_false_is_flagged_in_the_headline_too(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(lambda p: "The two countries signed 15 deals in education and health")
    text = "وقعت الدولتان 12 اتفاقا في مجالات التعليم والصحة خلال الزيارة الرسمية."
    made = run(path, settings, text)
    assert "15" in made.headline.text
    assert ['"15"' in f.message for f in made.headline.findings] == [True]
    messages = [f.message for f in made.sentences[0].findings]
    assert '"12" in the source is missing' in messages
    assert "headline and sentence 1" in made.text()
    # Any "missing" is the sentence's alone: a headline need not say all.
    assert '⚠ sentence 1: "12" in the source is missing' in made.text()


def test_a_title_known_apart_from_the_text(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(english)
    made = run(path, settings, Article("a", TITLE, BODY, "a.txt"))
    assert made.headline.text.startswith("Sisi receives")
    assert (made.headline.start, made.headline.end) == (None, None)


def test_a_title_that_could_not_be_translated_gives_way(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(lambda p: "" if "يستقبل" in p.text else english(p))
    made = run(path, settings, TEXT)
    assert made.headline.text == "Sisi received the prime minister of Japan"


def test_an_article_that_is_a_title_alone(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(english)
    made = run(path, settings, TITLE)
    assert len(made.sentences) == 1
    assert made.headline.text == made.sentences[0].text.rstrip(".")


def test_a_sentence_without_translation_stays_and_is_flagged(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(lambda p: "" if "وقعا" in p.text else english(p))
    made = run(path, settings, TEXT)
    assert [bool(s.text) for s in made.sentences] == [True, False, True]
    assert (2, "empty") in [(n, f.kind) for n, f in made.warnings]
    assert "[This sentence could not be translated.]" in made.text()


def test_an_article_of_which_nothing_is_translated_is_an_error(
    speaker: Make, settings: Settings
) -> None:
    path, _ = speaker(lambda p: "")
    with pytest.raises(InputError, match=r"a\.txt: the translation came out empty"):
        run(path, settings, article_from_text(TEXT, origin="a.txt"))


def test_text_that_is_not_arabic_is_an_error(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(english)
    with pytest.raises(InputError, match="not in Arabic"):
        run(path, settings, "The king went home. He was tired.")


@pytest.mark.parametrize("named", [False, True])
def test_one_load_serves_summary_and_translation(
    speaker: Make, settings: Settings, named: bool
) -> None:
    def answer(prompt: Prompt) -> str:
        if "محرر أخبار" in prompt.system:
            return "استقبل السيسي رئيس وزراء اليابان في القاهرة ووقع البلدان 12 اتفاقا."
        if "ووقع" in prompt.text:
            return "Sisi received the prime minister of Japan in Cairo and they signed 12 deals"
        return english(prompt)

    path, opened = speaker(answer)
    how = {"summarizer": path} if named else {"method": "instruct"}
    made = run(path, settings, BODY, **({"method": "auto"} | how))
    assert made.making.summarizer == "instruct"
    assert made.making.summarizer_model == path
    assert len(opened) == 1
    assert opened[0].closed
    # What a model wrote rests on sentences of the article that are like it.
    sentence = made.sentences[0]
    assert sentence.sources == (0,)
    assert BODY[sentence.start : sentence.end].startswith("استقبل الرئيس")


def test_what_cannot_be_is_refused_before_anything_is_loaded(
    speaker: Make, settings: Settings
) -> None:
    path, opened = speaker(english)
    with pytest.raises(OptionError, match="0 sentences"):
        run(path, settings, TEXT, sentences=0)
    with pytest.raises(OptionError, match="uses no model"):
        run(path, settings, TEXT, summarizer="embedded")
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        run(path, settings, TEXT, method="seq2seq", summarizer="nothing of this name")
    assert opened == []


def test_a_summarizer_that_cannot_be_had_leaves_no_translator_open(
    speaker: Make, settings: Settings
) -> None:
    path, opened = speaker(english)
    with pytest.raises(ModelError, match="use --method instruct"):
        run(path, settings, TEXT, method="seq2seq", summarizer=path)
    assert [engine.closed for engine in opened] == [True]


def test_real_weights_from_end_to_end(tiny: Callable[[str], Path], settings: Settings) -> None:
    briefer = mujaz.Briefer(translator=str(tiny("marian")), settings=settings)
    made = briefer.brief(article_from_text(TEXT, id="visit"))
    again = briefer.brief(article_from_text(TEXT, id="visit"))
    briefer.close()
    assert (made.making.summarizer, made.making.translator) == ("extract", "seq2seq")
    assert len(made.sentences) == 3
    assert made.sentences == again.sentences
    assert all(s.confidence is not None and s.confidence < 0 for s in made.sentences)
    # Random weights translate nothing right, and the record says so.
    assert made.warnings
    assert Brief.from_json(made.to_json(indent=2)) == made


SHORT = [
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع الرئيس.",
    "ارتفعت أسعار القمح بنسبة خمسة في المئة. وحذرت الهيئة من أمطار غزيرة.",
    "افتتح الوزير جسرا جديدا فوق النهر يوم الأحد. وقال إن كلفته 12 مليون دولار.\n\nثم عاد.",
]


def several() -> list[Article]:
    texts = [TEXT, *SHORT, BODY, SHORT[0]]
    return [article_from_text(text, id=f"n{n}") for n, text in enumerate(texts)]


def test_many_articles_give_the_briefs_that_each_gives_alone(
    tiny: Callable[[str], Path], tmp_path: Path, settings: Settings
) -> None:
    model = convert(tiny("marian"), tmp_path / "ctranslate2-int8", "int8")
    briefer = mujaz.Briefer(translator=str(model), settings=replace(settings, threads=1))
    alone = [replace(briefer.brief(article), seconds=None) for article in several()]
    for window in (1, 2, 5, None):
        assert list(briefer.briefs(several(), window)) == alone
    briefer.close()


def test_the_sentences_of_a_window_go_in_one_call(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(lambda p: "The delegation went to the city")
    briefer = mujaz.Briefer(method="lead", translator=path, settings=settings)
    calls: list[int] = []
    translate = briefer.translator.translate

    def counted(segments: Any) -> Any:
        calls.append(len(segments))
        return translate(segments)

    briefer.translator.translate = counted  # type: ignore[method-assign]
    list(briefer.briefs(several()[:3]))
    assert len(calls) == 3, "a model that takes prompts one by one gets articles one by one"
    alone = list(calls)
    calls.clear()
    made = list(briefer.briefs(several()[:3], 2))
    assert [type(one) for one in made] == [Brief] * 3
    assert calls == [alone[0] + alone[1], alone[2]]


def test_a_failing_article_yields_its_error_and_stops_no_other(
    speaker: Make, settings: Settings
) -> None:
    def answer(prompt: Prompt) -> str:
        if "القمح" in prompt.text:
            raise EngineError("a prompt of 5000 tokens exceeds the limit of 4096")
        if "جسرا" in prompt.text:
            raise ZeroDivisionError("a bug")
        return english(prompt) if "يستقبل" in prompt.text else "The delegation went home"

    path, _ = speaker(answer)
    briefer = mujaz.Briefer(method="lead", translator=path, settings=settings)
    articles = [*several(), Article("latin", "", "The king went home. He was tired.", "l.txt")]
    for window in (1, 3, 100):
        made = list(briefer.briefs(iter(articles), window))
        kinds = [Brief, Brief, EngineError, MujazError, Brief, Brief, InputError]
        assert [type(one) for one in made] == kinds
        assert "5000 tokens" in str(made[2])
        assert "internal error: ZeroDivisionError: a bug" in str(made[3])
        assert isinstance(made[3].__cause__, ZeroDivisionError)  # type: ignore[union-attr]
        assert "l.txt is not in Arabic" in str(made[6])
        assert [one.article for one in made if isinstance(one, Brief)] == ["n0", "n1", "n4", "n5"]


def test_articles_are_read_a_window_at_a_time(speaker: Make, settings: Settings) -> None:
    path, _ = speaker(lambda p: "The delegation went to the city")
    briefer = mujaz.Briefer(method="lead", translator=path, settings=settings)
    read: list[str] = []

    def reading() -> Any:
        for article in several():
            read.append(article.id)
            yield article

    made = briefer.briefs(reading(), 2)
    assert read == []
    next(made)
    assert read == ["n0", "n1"]
