"""Segments pooled to documents."""

from __future__ import annotations

import pytest
import sacrebleu

from mujaz.errors import InputError
from mujaz.eval import metrics, pooled, score
from mujaz.eval.metric import Segments

from .corpus import GOOD, REFERENCES, segments

NAMES = ("a", "a", "b", "b", "a", "c", "c", "c", "d", "d", "d", "d")


def test_segments_of_a_document_are_joined_in_their_order() -> None:
    given = Segments(
        ("1", "2", "3"),
        ("one", "two", " three "),
        (("r1", "s1"), ("r2", "s2"), ("r3", "s3")),
        ("x", "y", "z"),
        ("sport", "law", "sport"),
    )
    assert pooled(given, ("n", "m", "n")) == Segments(
        ("n", "m"),
        ("one three", "two"),
        (("r1 r3", "s1 s3"), ("r2", "s2")),
        ("x z", "y"),
        ("sport", "law"),
    )
    assert pooled(Segments(("1",), ("a",)), ("d",)) == Segments(("d",), ("a",))


def test_the_score_is_that_of_the_joined_texts_and_the_signature_says_so() -> None:
    given = pooled(segments(), NAMES)
    found = score(given, metrics("bleu"), unit="document")["bleu"]
    whole = [
        [" ".join(t for t, n in zip(texts, NAMES, strict=True) if n == name) for name in "abcd"]
        for texts in (GOOD, REFERENCES)
    ]
    assert found.score == pytest.approx(sacrebleu.corpus_bleu(whole[0], [whole[1]]).score)
    assert found.signature.endswith("|unit:document")
    # Sentences that swap places inside a document lose little once they are pooled.
    swapped = segments((GOOD[1], GOOD[0], *GOOD[2:]))
    alone = score(swapped, metrics("bleu"))["bleu"].score
    assert score(pooled(swapped, NAMES), metrics("bleu"))["bleu"].score > alone + 5


def test_what_will_not_do() -> None:
    with pytest.raises(InputError, match="12 segments and 2 names"):
        pooled(segments(), ("a", "b"))
    with pytest.raises(InputError, match="segment '2' has no document"):
        pooled(segments(GOOD[:2], REFERENCES[:2]), ("a", " "))
    uneven = Segments(("1", "2"), ("a", "b"), (("a",), ("b", "c")))
    with pytest.raises(InputError, match="document 'd' differ in how many references"):
        pooled(uneven, ("d", "d"))
