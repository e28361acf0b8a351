import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.errors import InputError
from mujaz.eval.repetition import Repetition

from .articles import SUMMARIES, corpus, scores, singles


def test_one_worked_by_hand():
    # 2-grams: ab bc ca ab bc, two of five again; 3-grams: abc bca cab abc, one of four.
    found = scores(Repetition(), corpus(["a b c a b c"], ()))
    assert found == {"repetition_2": 2 / 5, "repetition_3": 1 / 4, "repetition_4": 0.0}


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=4))
def test_words_that_are_all_different_repeat_nothing(tokens):
    assert set(scores(Repetition(), corpus([" ".join(tokens)], ())).values()) == {0.0}


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("abc"), min_size=4, max_size=20))
def test_saying_it_all_again_is_more_repetition(tokens):
    once = scores(Repetition(), corpus([" ".join(tokens)], ()))
    twice = scores(Repetition(), corpus([" ".join(tokens * 2)], ()))
    assert all(0 <= once[name] < twice[name] < 1 for name in once)


def test_a_loop_nears_1():
    assert scores(Repetition(), corpus(["قال " * 400], ()))["repetition_4"] > 0.99


def test_nothing_is_repeated_across_outputs():
    assert scores(Repetition(), corpus(["a b c d", "a b c d"], ()))["repetition_2"] == 0


def test_a_short_output_weighs_nothing_and_none_at_all_is_refused():
    assert math.isnan(singles(Repetition(), corpus(["a b", "a b a b"], ()))["repetition_3"][0])
    assert scores(Repetition(), corpus(["", "a b a b"], ()))["repetition_2"] == 1 / 3
    with pytest.raises(InputError, match="none of the 2 outputs"):
        Repetition().statistics(corpus(["", "…"], ()))


def test_it_needs_neither_source_nor_reference():
    assert Repetition.needs == frozenset()
    assert Repetition().statistics(corpus(SUMMARIES, ())).shape == (3, 6)
