"""chrF and chrF++ are sacreBLEU's, to the last digit."""

from __future__ import annotations

import pytest
import sacrebleu
from sacrebleu.metrics.chrf import CHRF

from mujaz.errors import InputError, OptionError
from mujaz.eval.chrf import Chrf
from mujaz.eval.metric import Segments

from .corpus import ARABIC_SEGMENTS, GOOD, POOR, REFERENCES, segments

SECOND = tuple(text.replace("The ", "Our ") for text in REFERENCES)


def corpus_score(metric: Chrf, given: Segments) -> float:
    return float(metric.corpus(metric.statistics(given).sum(axis=0)[None])[0, 0])


@pytest.mark.parametrize("word_order", [0, 1, 2])
@pytest.mark.parametrize("beta", [1, 2, 3])
@pytest.mark.parametrize("lowercase", [True, False])
@pytest.mark.parametrize("whitespace", [True, False])
def test_the_corpus_score_is_the_public_one(
    word_order: int, beta: int, lowercase: bool, whitespace: bool
) -> None:
    expected = CHRF(word_order=word_order, beta=beta, lowercase=lowercase, whitespace=whitespace)
    public = expected.corpus_score(list(POOR), [list(REFERENCES), list(SECOND)])
    metric = Chrf(word_order=word_order, beta=beta, lowercase=lowercase, whitespace=whitespace)
    given = segments(POOR, REFERENCES, SECOND)
    assert corpus_score(metric, given) == pytest.approx(public.score, abs=1e-9)
    assert metric.scores[0].endswith("+" * word_order)


def test_sentence_scores_are_the_public_ones() -> None:
    texts = (*POOR[:5], "Oil", "", "xyz", "a")
    given = segments(texts, REFERENCES[: len(texts)])
    for word_order in (0, 2):
        metric = Chrf(word_order=word_order)
        expected = [
            sacrebleu.sentence_chrf(text, [reference], word_order=word_order).score
            for text, reference in zip(texts, REFERENCES, strict=False)
        ]
        found = metric.by_segment(metric.statistics(given))[:, 0]
        assert found == pytest.approx(expected, abs=1e-9)


def test_the_signature_is_sacrebleus_own_and_names_what_it_leaves_out() -> None:
    own = CHRF(word_order=2)
    own.corpus_score(list(GOOD), [list(REFERENCES)])
    assert Chrf(word_order=2).signature(segments()) == str(own.get_signature())
    assert "|beta:1|nc:6|" in Chrf(beta=1).signature(segments())


def test_chrf_of_arabic_is_sacrebleus() -> None:
    public = sacrebleu.corpus_chrf(
        list(ARABIC_SEGMENTS.hypotheses), [[r[0] for r in ARABIC_SEGMENTS.references]]
    )
    assert corpus_score(Chrf(), ARABIC_SEGMENTS) == pytest.approx(public.score, abs=1e-9)
    assert "punct" not in Chrf().signature(ARABIC_SEGMENTS)


def test_words_of_arabic_are_split_from_arabic_marks() -> None:
    given = segments(("هل وصل الوفد",), ("هل وصل الوفد؟",))
    metric = Chrf(word_order=2)
    assert metric.signature(given).endswith("|space:no|punct:arabic|version:2.6.0")
    words = metric.statistics(given)[0].reshape(-1, 3)[6]
    assert words.tolist() == [3, 4, 3]
    with pytest.raises(InputError, match="segment '1' has an Arabic reference"):
        Chrf(word_order=2, punctuation="ascii").statistics(given)
    # Nothing is left behind on sacreBLEU's class.
    assert "؟" not in CHRF._PUNCTS


def test_unknown_choices() -> None:
    with pytest.raises(OptionError, match="punctuation 'french' is unknown; use ascii, arabic"):
        Chrf(punctuation="french")
