from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from mujaz.eval.rouge_overlap import (
    bigram_f1,
    common_length,
    f1,
    sequence_f1,
    summary_f1,
    unigram_f1,
)

# Few words, so that texts share them, repeat them and put them in other orders.
LINE = st.lists(st.sampled_from("abcde"), max_size=12)
TEXT = st.lists(LINE.filter(bool), min_size=1, max_size=4)


class Spaces:
    def tokenize(self, text):
        return text.split()


def naive_common(first, second):
    @cache
    def longest(i, j):
        if i == len(first) or j == len(second):
            return 0
        if first[i] == second[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


def naive_shared(first, second):
    left, hits = list(second), 0
    for item in first:
        if item in left:
            left.remove(item)
            hits += 1
    return hits


def naive_f1(hits, reference, output):
    if not hits:
        return 0
    precision, recall = hits / len(output), hits / len(reference)
    return 2 * precision * recall / (precision + recall)


def pairs_of(words):
    return [(words[i], words[i + 1]) for i in range(len(words) - 1)]


@given(LINE, LINE)
def test_the_longest_common_subsequence_is_that_of_the_definition(first, second):
    assert common_length(first, second) == naive_common(tuple(first), tuple(second))


@given(LINE, LINE)
def test_scores_are_those_of_the_definition(reference, output):
    common = naive_common(tuple(reference), tuple(output))
    assert unigram_f1(reference, output) == pytest.approx(
        naive_f1(naive_shared(reference, output), reference, output)
    )
    two, other_two = pairs_of(reference), pairs_of(output)
    assert bigram_f1(reference, output) == pytest.approx(
        naive_f1(naive_shared(two, other_two), two, other_two)
    )
    assert sequence_f1(reference, output) == pytest.approx(naive_f1(common, reference, output))


@given(TEXT, TEXT)
def test_scores_equal_those_of_rouge_score(reference, output):
    kinds = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    texts = ["\n".join(" ".join(line) for line in text) for text in (reference, output)]
    theirs = RougeScorer(kinds, tokenizer=Spaces()).score(*texts)
    whole, other = ([word for line in text for word in line] for text in (reference, output))
    ours = [
        unigram_f1(whole, other),
        bigram_f1(whole, other),
        sequence_f1(whole, other),
        summary_f1(reference, output),
    ]
    assert ours == pytest.approx([theirs[kind].fmeasure for kind in kinds])


@given(LINE, LINE)
def test_a_single_line_makes_the_summary_score_that_of_the_sequence(first, second):
    assert summary_f1([first], [second]) == sequence_f1(first, second)


@given(LINE, LINE)
def test_the_longest_common_subsequence_is_symmetric(first, second):
    assert common_length(first, second) == common_length(second, first)


@given(LINE.filter(bool))
def test_a_copy_scores_one(words):
    assert unigram_f1(words, words) == sequence_f1(words, words) == 1
    assert bigram_f1(words, words) == (1 if len(words) > 1 else 0)


def test_long_texts_need_integers_of_many_words():
    first = [f"w{number}" for number in range(500)]
    assert common_length(first, first[::2]) == 250
    assert common_length(first, first[::-1]) == 1


def test_the_union_over_lines_finds_words_out_of_order():
    # The example of section 3.2 of Lin (2004): 12345 against two lines, 1 2 3 and 5 found.
    reference, output = [list("12345")], [list("12678"), list("13895")]
    assert summary_f1(reference, output) == pytest.approx(naive_f1(4, range(5), range(10)))


def test_no_word_counts_more_often_than_the_output_has_it():
    assert summary_f1([["a"], ["a"], ["a"]], [["a", "b"]]) == pytest.approx(f1(1, 3, 2))


def test_nothing_shared_scores_zero_without_dividing_by_zero():
    assert f1(0, 0, 0) == 0
    assert bigram_f1(["a"], ["a"]) == 0
    assert summary_f1([], []) == sequence_f1([], []) == unigram_f1([], []) == 0
