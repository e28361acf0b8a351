import math

import numpy as np

from mujaz.eval.ratios import Remembered, matrix
from mujaz.eval.repetition import Repetition


def test_a_corpus_score_is_the_ratio_of_the_sums():
    sums = np.array([[1.0, 2.0, 3.0, 4.0, 4.0, 4.0], [0.0, 0.0, 0.0, 2.0, 0.0, 1.0]])
    first, second = Repetition().corpus(sums).tolist()
    assert first == [0.25, 0.5, 0.75]
    assert second[0] == 0
    assert math.isnan(second[1]), "nothing by nothing is undefined, not 0"


def test_no_rows_keep_their_columns():
    assert matrix([], 6).shape == (0, 6)


def test_sources_are_worked_on_once_as_long_as_they_are_the_same():
    seen = []
    remembered = Remembered(lambda texts: seen.append(texts) or len(texts))
    assert [remembered.of(("a", "b")), remembered.of(("a", "b")), remembered.of(("a",))] == [
        2,
        2,
        1,
    ]
    assert seen == [("a", "b"), ("a",)]
