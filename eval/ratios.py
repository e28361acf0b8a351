"""Metrics whose every score is a ratio of two sums over the segments.

A corpus score is the sum of the numerators by the sum of the denominators, so that each counted
thing (a word, an n-gram, a number) weighs the same wherever it stands, and a segment that has none
weighs nothing. A mean over segments is the case in which every denominator is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from .metric import Metric

if TYPE_CHECKING:
    from .metric import Matrix

T = TypeVar("T")


class RatioMetric(Metric):
    """A metric with one numerator and one denominator for each score.

    The statistics of a segment are the numerators, in the order of ``scores``, then the
    denominators. A score with a denominator of 0 is undefined: it is NaN, in a corpus (no source
    has a number) and in a single segment.
    """

    def corpus(self, sums: Matrix) -> Matrix:
        """Return numerators by denominators; NaN where there is nothing to divide by."""
        import numpy as np

        count = len(self.scores)
        above, below = sums[:, :count], sums[:, count:]
        ratios = np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
        return cast("Matrix", ratios)


def matrix(rows: Sequence[Sequence[float]], columns: int) -> Matrix:
    """Return ``rows`` as a matrix of float64 with ``columns`` columns, also where there are none.

    Returns:
        Shape (rows, columns).
    """
    import numpy as np

    return np.array(rows, dtype=np.float64).reshape(len(rows), columns)


class Remembered(Generic[T]):
    """What is dear to make of the sources, kept for the next system on the same sources.

    Args:
        make: Makes it of all source texts.
    """

    def __init__(self, make: Callable[[tuple[str, ...]], T]) -> None:
        self._make = make
        self._last: tuple[tuple[str, ...], T] | None = None

    def of(self, texts: tuple[str, ...]) -> T:
        """Return what ``make`` makes of ``texts``; made anew only when they are not the last."""
        if self._last is None or self._last[0] != texts:
            self._last = (texts, self._make(texts))
        return self._last[1]
