"""TER is sacreBLEU's, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest
from sacrebleu.metrics.ter import TER

from mujaz.errors import InputError
from mujaz.eval.ter import Ter

from .corpus import ARABIC_SEGMENTS, GOOD, POOR, REFERENCES, segments

SECOND = tuple(text.replace("The ", "Our ") for text in REFERENCES)


@pytest.mark.parametrize(
    "choices",
    [{}, {"normalized": True}, {"no_punct": True}, {"case_sensitive": True}],
)
def test_the_corpus_score_is_the_public_one(choices: dict[str, bool]) -> None:
    public = TER(**choices)
    expected = public.corpus_score(list(POOR), [list(REFERENCES), list(SECOND)])
    metric, given = Ter(**choices), segments(POOR, REFERENCES, SECOND)
    found = metric.corpus(metric.statistics(given).sum(axis=0)[None])[0, 0]
    assert found == pytest.approx(expected.score, abs=1e-9)
    assert metric.signature(given) == str(public.get_signature())


def test_sentence_scores_are_the_public_ones() -> None:
    texts = (*POOR[:4], "", *GOOD[5:7])
    given = segments(texts, REFERENCES[: len(texts)])
    expected = [
        TER().sentence_score(text, [reference]).score
        for text, reference in zip(texts, REFERENCES, strict=False)
    ]
    found = Ter().by_segment(Ter().statistics(given))[:, 0]
    assert found == pytest.approx(expected, abs=1e-9)


def test_no_words_at_all() -> None:
    assert Ter().corpus(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 6.0]]))[:, 0].tolist() == [
        0.0,
        100.0,
        50.0,
    ]


@pytest.mark.parametrize("choice", ["normalized", "no_punct"])
def test_what_knows_ascii_punctuation_alone_is_refused_for_arabic(choice: str) -> None:
    with pytest.raises(InputError, match=f"TER's {choice} knows ASCII punctuation only"):
        Ter(**{choice: True}).statistics(ARABIC_SEGMENTS)
    assert Ter().statistics(ARABIC_SEGMENTS).shape == (6, 2)
