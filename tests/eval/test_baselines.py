"""The oracle and translate-then-summarise."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from mujaz.arabic import article_from_text, sentences
from mujaz.errors import InputError
from mujaz.eval.baselines import TranslateThenSummarise, oracle
from mujaz.eval.rouge_overlap import bigram_f1, unigram_f1
from mujaz.eval.rouge_words import words_of
from mujaz.models.engine import Prompt
from mujaz.settings import Settings
from mujaz.translate import Translator

from ..brief.conftest import speaker

__all__ = ["speaker"]

TEXT = (
    "قال الوزير إن الجسر الجديد سيفتح أمام السيارات يوم الأحد المقبل. "
    "وبدأ العمل في المشروع قبل ثلاثة أعوام بعد تأخير طويل. "
    "وتراجعت أسعار القمح في الأسواق العالمية إلى أدنى مستوى منذ عامين. "
    "ويربط الجسر بين ضفتي النهر في وسط المدينة القديمة."
)
ARTICLE = article_from_text(TEXT, id="bridge", origin="row 'bridge'")
SENTENCES = [sentence.text for sentence in sentences(ARTICLE)]


def value(places: tuple[int, ...], references: list[str]) -> float:
    """The oracle's objective, from its description."""
    cut = words_of("arabic", stemmer=False).text
    output = cut(" ".join(SENTENCES[place] for place in places))
    wanted = [cut(reference) for reference in references]
    return max((unigram_f1(w, output) + bigram_f1(w, output)) / 2 for w in wanted)


def test_the_oracle_finds_the_sentences_that_the_reference_was_made_of() -> None:
    reference = f"{SENTENCES[3]} {SENTENCES[0]}"
    summary = oracle(ARTICLE, [reference], 3)
    assert [sentence.sources for sentence in summary.sentences] == [(0,), (3,)]
    assert summary.text == f"{SENTENCES[0]} {SENTENCES[3]}"
    assert summary.method == "oracle"
    assert summary.settings["sentences"] == 3


def test_the_oracle_takes_the_best_single_sentence() -> None:
    references = ["افتتاح جسر يربط ضفتي النهر.", "القمح في أدنى مستوى."]
    (taken,) = oracle(ARTICLE, references, 1).sentences
    best = max(combinations(range(4), 1), key=lambda places: value(places, references))
    assert taken.sources == best


def test_the_oracle_stops_where_nothing_is_gained() -> None:
    assert len(oracle(ARTICLE, [SENTENCES[2]], 3).sentences) == 1


def test_the_oracle_of_a_reference_that_shares_no_word_takes_the_first() -> None:
    (taken,) = oracle(ARTICLE, ["Nothing in common"], 2).sentences
    assert taken.sources == (0,)


def test_folding_does_not_hide_words_from_the_oracle() -> None:
    (taken,) = oracle(ARTICLE, ["تراجَعَت أسعارُ القمحِ الى ادني مستوي"], 1).sentences
    assert taken.sources == (2,)


def test_an_oracle_needs_references_and_sentences() -> None:
    with pytest.raises(InputError, match="row 'bridge': an oracle needs references"):
        oracle(ARTICLE, [], 1)


ENGLISH = {
    SENTENCES[0]: "The minister said the new bridge would open to cars next Sunday.",
    SENTENCES[1]: "Work on the project began three years ago after a long delay.",
    SENTENCES[2]: "Wheat prices fell on world markets to their lowest level in two years.",
    SENTENCES[3]: "The bridge links both banks of the river in the middle of the old city.",
    "جسر جديد فوق النهر": "New bridge over the river",
}


def answer(prompt: Prompt) -> str:
    return next(text for arabic, text in ENGLISH.items() if arabic in prompt.text)


@pytest.fixture
def translator(speaker, tmp_path: Path) -> Translator:  # type: ignore[no-untyped-def]
    model, _ = speaker(answer)
    return Translator(model, settings=Settings(home=tmp_path, offline=True))


def test_the_whole_article_is_translated_and_its_first_sentences_taken(
    translator: Translator,
) -> None:
    summary, document = TranslateThenSummarise(translator, "lead", 2).brief(ARTICLE)
    assert summary.text == f"{ENGLISH[SENTENCES[0]]} {ENGLISH[SENTENCES[1]]}"
    assert len(document.sentences) == 4
    assert (summary.article, summary.method) == ("bridge", "lead")


def test_the_headline_helps_to_choose_in_english_too(translator: Translator) -> None:
    titled = article_from_text(TEXT, id="bridge", title="جسر جديد فوق النهر")
    summary, _ = TranslateThenSummarise(translator, "extract", 2).brief(titled)
    assert summary.method == "extract"
    assert summary.settings["title"] is True
    assert ENGLISH[SENTENCES[3]] in summary.text
    assert ENGLISH[SENTENCES[2]] not in summary.text


def test_an_empty_translation_is_an_error(speaker, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    model, _ = speaker(lambda _: "")
    silent = Translator(model, settings=Settings(home=tmp_path, offline=True))
    with pytest.raises(InputError, match="the translation came out empty"):
        TranslateThenSummarise(silent, "lead", 1).brief(ARTICLE)
