import math

import pytest

from mujaz.errors import InputError
from mujaz.eval.length import Length, ReferenceLength

from .articles import ARTICLES, SUMMARIES, corpus, scores, singles


def test_a_copy_has_the_length_of_its_source():
    assert set(scores(Length(), corpus(ARTICLES)).values()) == {1.0}
    assert set(
        scores(ReferenceLength(), corpus(ARTICLES, (), [[a] for a in ARTICLES])).values()
    ) == {1.0}


def test_the_ratios_are_of_sums():
    segments = corpus(["one two", "six"], ["one two three four", "six"])
    found = scores(Length(), segments)
    assert found["length_ratio_words"] == 3 / 5
    assert found["compression"] == 5 / 3
    assert found["length_ratio_chars"] == (7 + 3) / (18 + 3)
    assert singles(Length(), segments)["compression"] == [2.0, 1.0]


def test_diacritics_add_nothing():
    marked = [text.replace("ن", "نَّ") for text in SUMMARIES]
    assert marked != list(SUMMARIES)
    assert scores(Length(), corpus(marked)) == scores(Length(), corpus(SUMMARIES))


def test_an_empty_output_counts_with_its_source():
    segments = corpus(["", "six"], ["one two", "six"])
    assert scores(Length(), segments)["length_ratio_words"] == 1 / 3
    assert scores(Length(), segments)["compression"] == 3
    assert math.isnan(singles(Length(), segments)["compression"][0])


def test_references_count_with_their_mean():
    segments = corpus(["one two three"], (), [["one", "one two three"]])
    assert scores(ReferenceLength(), segments)["length_ratio_reference_words"] == 1.5
    assert ReferenceLength().signature(segments).startswith("nrefs:2|")


def test_a_source_must_be_there():
    with pytest.raises(InputError, match="length"):
        Length().statistics(corpus(SUMMARIES, ()))
