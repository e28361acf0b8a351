"""Wording that differs: words, clipped n-grams, stretches and gains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.eval.differences import LONGEST, Gain, gains, marked, shared, words


def test_words_are_folded_and_know_their_place() -> None:
    text = "زار «الوزيرُ» مصر، It's ٣٥"
    found = words(text)
    assert [word.text for word in found] == ["زار", "الوزير", "مصر", "it's", "35"]
    assert [text[w.start : w.end] for w in found] == ["زار", "الوزيرُ", "مصر", "It's", "٣٥"]


@pytest.mark.parametrize(
    ("own", "other", "lengths"),
    [
        ("a b c", "a b c", [3, 3, 3]),
        ("a b c d e", "a b c d e", [4, 4, 4, 4, 1]),
        ("the cat the", "the cat", [2, 2, 0]),  # the second "the" has no partner left
        ("x the y", "the the", [0, 1, 0]),
        ("a b", "b a", [1, 1]),
        ("", "a", []),
        ("a", "", [0]),
        # The longer n-gram takes its words first, wherever it stands.
        ("b a b c", "a b c", [0, 3, 3, 3]),
    ],
)
def test_words_that_two_texts_share(own: str, other: str, lengths: list[int]) -> None:
    assert shared(own.split(), other.split()) == lengths


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_as_many_words_are_shared_one_way_as_the_other_and_no_word_twice(
    own: list[str], other: list[str]
) -> None:
    one = [word for word, length in zip(own, shared(own, other), strict=True) if length]
    two = [word for word, length in zip(other, shared(other, own), strict=True) if length]
    assert sorted(one) == sorted(two)
    assert all(0 <= length <= LONGEST for length in shared(own, other))
    for letter in "abc":
        assert one.count(letter) == min(own.count(letter), other.count(letter))


def test_stretches_say_what_lacks_the_words() -> None:
    text = "The President visited the new bridge on Tuesday"
    reference = ["the", "president", "opened", "the", "new", "bridge"]
    other = ["a", "leader", "visited", "the", "new", "bridge"]
    stretches = marked(text, [reference], [None, other])
    assert [(text[a:b], mask) for a, b, mask in stretches] == [
        ("The President", 0b100),  # a reference has it, the second system has not
        ("visited", 0b001),  # the other way round
        ("on Tuesday", 0b101),  # nobody has it
    ]


def test_without_references_only_systems_are_compared() -> None:
    assert marked("a b c", [], [["a", "c"], None]) == ((2, 3, 0b10),)


def test_any_reference_will_do() -> None:
    assert marked("the port", [["the", "harbour"], ["the", "port"]], [None]) == ()


def test_a_copy_differs_in_nothing() -> None:
    text = "أعلن الوزير عن خطة جديدة"
    own = [word.text for word in words(text)]
    assert marked(text, [own], [own, None]) == ()


def test_gains_of_both_sides() -> None:
    references = [[["he", "is", "the", "prime", "minister", "now"]]] * 3
    first = [["he", "is", "the", "prime", "minister", "now"]] * 3
    second = [["he", "is", "the", "first", "minister", "now"]] * 3
    more, less = gains(first, second, references)
    # Shorter n-grams inside it have the same counts, and say nothing new.
    assert more == (
        Gain("he is the prime", 3, 0),
        Gain("is the prime minister", 3, 0),
        Gain("the prime minister now", 3, 0),
    )
    assert less == ()
    assert gains(second, first, references)[1] == tuple(Gain(g.text, 0, 3) for g in more)


def test_gains_are_clipped_at_the_references() -> None:
    more, _ = gains([["yes"] * 5], [[]], [[["yes", "no"]]])
    assert more == (Gain("yes", 1, 0),)


def test_gains_rank_by_the_smoothed_share() -> None:
    references = [[["a"]]] * 8 + [[["b"]]] * 3
    first = [["a"]] * 8 + [["b"]] * 3
    second = [["a"]] * 4 + [[]] * 4 + [[]] * 3
    # (8+1)/(12+2) = 0.64 for "a", though its difference is larger; (3+1)/(3+2) = 0.8 for "b".
    assert [gain.text for gain in gains(first, second, references)[0]] == ["b", "a"]
    assert [gain.text for gain in gains(first, second, references, most=1)[0]] == ["b"]
