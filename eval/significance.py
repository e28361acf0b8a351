"""How sure a score is: bootstrap intervals, the paired bootstrap, approximate randomisation.

Everything works on the matrix of statistics (`mujaz.eval.metric`), never on texts: a resample is a
row of counts, how often each segment was drawn, and its sums are that row times the matrix.

The draws are those of sacreBLEU for the same seed, so that intervals and the p-values of
approximate randomisation can be held against its own. Two things differ, on purpose. A p-value
counts ties as at least as extreme, so that a system never differs significantly from itself (in
sacreBLEU it does, at the smallest p there is). And the paired bootstrap is two-sided, on signed
differences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from mujaz.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .metric import Matrix

SEED = 12345  # sacreBLEU's
RESAMPLES = 1000  # Koehn (2004)
TRIALS = 10_000  # sacreBLEU's for approximate randomisation
# 2.5% of fewer resamples than these is less than one resample.
_LEAST = 40
# Draws made at a time, resamples times segments: 32 MB of counts.
_BLOCK = 4_000_000
# Differences of floating-point sums that are equal in exact arithmetic.
_TIE = 1e-9

Scorer = Callable[["Matrix"], "Matrix"]


def check_draws(count: int, what: str = "resamples") -> None:
    """Refuse a number of draws that no 95% interval can be read from.

    Raises:
        OptionError: ``count`` is below 40.
    """
    if count < _LEAST:
        raise OptionError(f"{count} {what} are too few for a 95% interval", "use 1000")


def bootstrap_sums(statistics: Matrix, resamples: int = RESAMPLES, seed: int = SEED) -> Matrix:
    """Return the sums of resampled corpora (Efron, 1979; for BLEU, Koehn, 2004).

    Each resample draws as many segments as there are, with replacement. The draws depend on the
    number of segments, ``resamples`` and ``seed`` alone: systems that are resampled with the same
    three are resampled alike, which is what makes a comparison paired.

    Args:
        statistics: Shape (segments, k).
        resamples: How many corpora to draw.
        seed: Of the draws.

    Returns:
        Shape (resamples, k).
    """
    check_draws(resamples)
    count = len(statistics)
    rng = np.random.default_rng(seed)
    parts = []
    for size in _blocks(resamples, count):
        drawn = rng.choice(count, size=(size, count), replace=True)
        drawn += np.arange(size)[:, None] * count
        counts = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        parts.append(counts.astype(np.float64) @ statistics)
    return np.concatenate(parts)


def interval(scores: Matrix) -> tuple[float, float]:
    """Return the 95% percentile interval of resampled scores, shape (resamples,).

    Undefined ones (a resample without a single number, for the preservation of numbers) are left
    out; the bounds are those that sacreBLEU takes.
    """
    kept = np.sort(scores[np.isfinite(scores)])
    if not len(kept):
        return float("nan"), float("nan")
    edge = len(kept) // 40
    return float(kept[edge]), float(kept[len(kept) - edge - 1])


def bootstrap_p(differences: Matrix, observed: Matrix) -> Matrix:
    """Return two-sided p-values of the paired bootstrap.

    The share of resamples whose difference is at least as far from the mean of all of them as the
    observed one is from zero (the shift method of Riezler and Maxwell, 2005), counting the
    observed one among them.

    Args:
        differences: Of the resampled scores of two systems, shape (resamples, scores).
        observed: Of their scores, shape (scores,).
    """
    return _p_values(differences - np.nanmean(differences, axis=0), observed)


def randomisation_p(
    a: Matrix, b: Matrix, score: Scorer, trials: int = TRIALS, seed: int = SEED
) -> Matrix:
    """Return two-sided p-values of approximate randomisation (Noreen, 1989; Riezler and Maxwell).

    Each trial gives every segment's two outputs to the two systems at random; the p-value is the
    share of trials that differ at least as much as the systems do, counting the real one.

    Args:
        a: Statistics of one system, shape (segments, k).
        b: Of the other, on the same segments.
        score: From sums, shape (n, k), to scores, shape (n, scores).
        trials: How often to shuffle.
        seed: Of the shuffles.

    Returns:
        Shape (scores,).
    """
    check_draws(trials, "trials")
    rng = np.random.default_rng(seed)
    sum_a, sum_b, apart = a.sum(axis=0), b.sum(axis=0), b - a
    parts = []
    for size in _blocks(trials, len(a)):
        stays = rng.integers(2, size=(size, len(a)), dtype=np.bool_)
        moved = stays.astype(np.float64) @ apart
        parts.append(score(sum_b - moved) - score(sum_a + moved))
    observed = (score(sum_b[None]) - score(sum_a[None]))[0]
    return _p_values(np.concatenate(parts), observed)


def _p_values(differences: Matrix, observed: Matrix) -> Matrix:
    edge = np.abs(observed) * (1 - _TIE) - _TIE
    extreme = np.abs(differences) >= edge
    defined: NDArray[np.int64] = np.isfinite(differences).sum(axis=0)
    values: Matrix = (extreme.sum(axis=0) + 1.0) / (defined + 1.0)
    return np.where(np.isfinite(observed), values, np.nan)


def _blocks(draws: int, segments: int) -> Iterator[int]:
    """Yield sizes that add up to ``draws``, each of a bounded amount of memory.

    Multiples of 32, so that random bits, drawn 32 at a time, are the same however they are cut.
    """
    size = max(32, _BLOCK // max(1, segments) // 32 * 32)
    for start in range(0, draws, size):
        yield min(size, draws - start)
