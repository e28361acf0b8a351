import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.errors import InputError
from mujaz.eval.extractiveness import Extractiveness, fragments
from mujaz.eval.wording import words

from .articles import ARTICLES, ENGLISH, SUMMARIES, corpus, scores, singles

TOKENS = st.lists(st.sampled_from("abcd"), max_size=12)


def longest(source: list[str], output: list[str]) -> list[tuple[int, int]]:
    """Return the fragments by the definition: try every length from the longest down."""
    found, start = [], 0
    while start < len(output):
        runs = {
            tuple(source[i:j]) for i in range(len(source)) for j in range(i + 1, len(source) + 1)
        }
        ends = [
            end for end in range(start + 1, len(output) + 1) if tuple(output[start:end]) in runs
        ]
        if ends:
            found.append((start, max(ends)))
        start = max([start + 1, *ends])
    return found


@settings(deadline=None, derandomize=True)
@given(TOKENS, TOKENS)
def test_fragments_are_the_longest_runs_from_left_to_right(source, output):
    assert fragments(source, output) == longest(source, output)


def test_a_run_that_begins_inside_a_shorter_one_is_found():
    assert fragments(list("aaab"), list("aab")) == [(0, 3)]


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("abcd"), min_size=1), TOKENS, TOKENS)
def test_an_extract_is_covered_whole(middle, before, after):
    assert fragments([*before, *middle, *after], middle) == [(0, len(middle))]


def test_a_copy_of_the_source_has_coverage_1_and_the_density_of_its_length():
    found = singles(Extractiveness(), corpus(ARTICLES))
    assert found["coverage"] == [1.0] * 3
    assert found["density"] == [len(words(text)) for text in ARTICLES]


def test_one_worked_by_hand():
    # "b c" and "a" are fragments, x is none: 3 of 4 words; (2² + 1²) / 4.
    found = scores(Extractiveness(), corpus(["b c x a"], ["a b c"]))
    assert found == {"coverage": 0.75, "density": 1.25}


def test_every_word_of_the_corpus_weighs_the_same():
    segments = corpus(["a b c", "x"], ["a b c", "y"])
    assert scores(Extractiveness(), segments) == {"coverage": 0.75, "density": 9 / 4}


@settings(deadline=None, derandomize=True)
@given(st.permutations(range(3)))
def test_the_order_of_segments_does_not_matter(order):
    metric = Extractiveness()
    turned = corpus([SUMMARIES[at] for at in order], [ARTICLES[at] for at in order])
    assert scores(metric, turned) == pytest.approx(scores(metric, corpus(SUMMARIES)))


def test_foreign_words_are_not_covered_and_diacritics_do_not_hide_a_copy():
    found = singles(Extractiveness(), corpus(["قطط تشرب", ARTICLES[1].replace("ن", "نَّ"), ""]))
    assert found["coverage"][:2] == [0.0, 1.0]
    assert math.isnan(found["coverage"][2])


def test_an_output_without_words_weighs_nothing():
    with_empty = scores(Extractiveness(), corpus([*SUMMARIES[:2], ""]))
    assert with_empty == scores(Extractiveness(), corpus(SUMMARIES[:2], ARTICLES[:2]))


def test_translations_are_refused():
    with pytest.raises(InputError, match=r"extractiveness .* use similarity"):
        Extractiveness().statistics(corpus(ENGLISH))


def test_the_signature_says_what_a_word_is():
    assert "|tok:arabic|case:folded|" in Extractiveness().signature(corpus(SUMMARIES))
