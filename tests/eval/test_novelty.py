import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.errors import InputError
from mujaz.eval.extractiveness import Extractiveness
from mujaz.eval.novelty import Novelty

from .articles import ARTICLES, ENGLISH, SUMMARIES, corpus, scores, singles

TEXTS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=12).map(" ".join)


def test_a_copy_and_a_part_of_it_have_nothing_new():
    assert set(scores(Novelty(), corpus(ARTICLES)).values()) == {0.0}
    parts = [" ".join(text.split()[2:7]) for text in ARTICLES]
    assert set(scores(Novelty(), corpus(parts)).values()) == {0.0}


def test_words_of_another_matter_are_all_new():
    assert set(scores(Novelty(), corpus(["قطط تشرب لبنا دافئا"] * 3)).values()) == {1.0}


def test_one_worked_by_hand():
    found = scores(Novelty(), corpus(["a b x a b"], ["a b c"]))
    assert found == {"novelty_1": 1 / 5, "novelty_2": 2 / 4, "novelty_3": 1.0}


@settings(deadline=None, derandomize=True)
@given(TEXTS, TEXTS)
def test_longer_runs_are_newer_and_new_words_are_those_not_covered(source, output):
    found = scores(Novelty(), corpus([output], [source]))
    defined = [value for value in found.values() if not math.isnan(value)]
    assert all(0 <= value <= 1 for value in defined)
    covered = scores(Extractiveness(), corpus([output], [source]))["coverage"]
    assert found["novelty_1"] == pytest.approx(1 - covered)
    # A new word makes the n-grams new that it is in.
    assert all(value > 0 for value in defined) or found["novelty_1"] == 0


def test_an_output_too_short_weighs_nothing():
    assert math.isnan(singles(Novelty(), corpus(["a b"], ["a b c"]))["novelty_3"][0])
    segments = corpus(["a b", "a b x"], ["a b c", "a b c"])
    assert scores(Novelty(), segments)["novelty_3"] == 1.0


@settings(deadline=None, derandomize=True)
@given(st.permutations(range(3)))
def test_the_order_of_segments_does_not_matter(order):
    turned = corpus([SUMMARIES[at] for at in order], [ARTICLES[at] for at in order])
    assert scores(Novelty(), turned) == scores(Novelty(), corpus(SUMMARIES))


def test_translations_are_refused():
    with pytest.raises(InputError, match=r"novelty .* use similarity"):
        Novelty().statistics(corpus(ENGLISH))
