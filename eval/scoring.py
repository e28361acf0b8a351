"""Scores of a system with 95% intervals, and differences of two with their significance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from mujaz.errors import InputError, RecordError

from .measurement import Measurement, check, measure, measure_fitting
from .metric import Metric, Segments
from .significance import (
    RESAMPLES,
    SEED,
    TRIALS,
    bootstrap_p,
    bootstrap_sums,
    check_draws,
    interval,
    randomisation_p,
)

if TYPE_CHECKING:
    from .metric import Matrix

__all__ = [
    "Comparison",
    "Measurement",
    "Score",
    "ScoreReport",
    "check",
    "compare",
    "compare_scores",
    "measure",
    "measure_fitting",
    "report",
    "score",
    "signed",
]


@dataclass(frozen=True, slots=True)
class Score:
    """One score of a corpus.

    Attributes:
        name: ``bleu``.
        score: On the metric's usual scale.
        low: Lower end of the 95% bootstrap interval.
        high: Upper end.
        signature: Every choice, version and seed that the numbers depend on.
    """

    name: str
    score: float
    low: float
    high: float
    signature: str


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The scores of one system.

    Attributes:
        segments: How many were scored.
        scores: In the order of the metrics.
        warnings: What a reader must know beside them; no part of the JSON.
    """

    segments: int
    scores: tuple[Score, ...]
    warnings: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Score:
        """Return the score of that name, whatever its case.

        Raises:
            KeyError: There is none.
        """
        for score in self.scores:
            if score.name.lower() == name.lower():
                return score
        raise KeyError(name)

    def to_json(self, *, indent: int = 0) -> str:
        """Return ``{"segments": n, "scores": [{"name", "score", "low", "high", "signature"}]}``."""
        raw = msgspec.json.encode(_Json(self.segments, self.scores))
        return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> ScoreReport:
        """Read it back.

        Raises:
            RecordError: It is not such a JSON object.
        """
        try:
            read = msgspec.json.decode(text, type=_Json)
        except msgspec.DecodeError as error:
            raise RecordError(f"not a report of scores: {error}") from error
        return cls(read.segments, read.scores)


@dataclass(frozen=True, slots=True)
class _Json:
    segments: int
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One score of two systems on the same segments.

    Attributes:
        name: Of the score.
        a: Of the first system, the baseline.
        b: Of the second.
        difference: ``b - a``.
        low: Lower end of the difference's 95% bootstrap interval.
        high: Upper end.
        p_bootstrap: Two-sided p-value of the paired bootstrap.
        p_randomisation: Two-sided p-value of approximate randomisation.
        signature: Every choice, version and seed that the numbers depend on.
    """

    name: str
    a: float
    b: float
    difference: float
    low: float
    high: float
    p_bootstrap: float
    p_randomisation: float
    signature: str


class _Parts(NamedTuple):
    together: Matrix
    columns: list[slice]


def score(
    segments: Segments,
    metrics: Sequence[Metric],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    *,
    optional: Sequence[Metric] = (),
    unit: str = "segment",
) -> ScoreReport:
    """Score one system.

    An empty output stays in the corpus and scores what the metric gives it, nothing as a rule;
    the report's warnings count them.

    Args:
        segments: The outputs and what they are held against.
        metrics: See `mujaz.eval.metrics`.
        resamples: Of the bootstrap.
        seed: Of the draws.
        optional: Metrics that are left out, with a warning, where they cannot score these texts.
        unit: What one segment is, for the signature: ``document`` after `mujaz.eval.pooled`.

    Raises:
        InputError: See `measure`.
        OptionError: ``resamples`` is below 40.
    """
    check_draws(resamples)
    measured, left_out = measure_fitting(segments, metrics, optional)
    return report(measured, resamples, seed, warnings=[*_remarks(segments), *left_out], unit=unit)


def report(
    measured: Sequence[Measurement],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    *,
    warnings: Sequence[str] = (),
    unit: str = "segment",
) -> ScoreReport:
    """Turn measurements into scores with intervals; `score` for statistics already taken."""
    together, columns = _beside([m.statistics for m in measured])
    sums = bootstrap_sums(together, resamples, seed)
    scores, remarks = [], list(warnings)
    for found, part in zip(measured, columns, strict=True):
        remarks += found.warnings
        values = found.metric.corpus(found.statistics.sum(axis=0)[None])[0]
        drawn = found.metric.corpus(sums[:, part])
        signature = signed(found.signature, seed, bs=resamples)
        signature += "" if unit == "segment" else f"|unit:{unit}"
        for place, name in enumerate(found.names):
            if np.isfinite(values[place]):
                low, high = interval(drawn[:, place])
                scores.append(Score(name, float(values[place]), low, high, signature))
            else:
                remarks.append(f"{name} is undefined on these texts, and left out")
    return ScoreReport(len(together), tuple(scores), tuple(dict.fromkeys(remarks)))


def compare_scores(
    a: Segments,
    b: Segments,
    metrics: Sequence[Metric],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    trials: int = TRIALS,
) -> list[Comparison]:
    """Compare two systems on the same segments.

    Raises:
        InputError: They are not the same segments in the same order, or see `measure`.
        OptionError: ``resamples`` or ``trials`` is below 40.
    """
    check_draws(resamples)
    check_draws(trials, "trials")
    if a.ids != b.ids or a.references != b.references or a.sources != b.sources:
        raise InputError(
            "the two systems are not scored on the same segments",
            "give outputs for the same ids, references and sources",
        )
    return compare(measure(a, metrics), measure(b, metrics), resamples, seed, trials)


def compare(
    a: Sequence[Measurement],
    b: Sequence[Measurement],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    trials: int = TRIALS,
) -> list[Comparison]:
    """Compare measurements by the same metrics; `compare_scores` for statistics already taken.

    Raises:
        InputError: The measurements are not by the same metrics, or of other numbers of segments.
    """
    if [m.signature for m in a] != [m.signature for m in b] or len(
        {len(m.statistics) for m in (*a, *b)}
    ) > 1:
        raise InputError(
            "two systems measured by other metrics or on other segments cannot be compared",
            "measure both alike",
        )
    together_a, columns = _beside([m.statistics for m in a])
    together_b, _ = _beside([m.statistics for m in b])
    sums = bootstrap_sums(np.hstack([together_a, together_b]), resamples, seed)
    width = together_a.shape[1]

    def scores(sums: Matrix) -> Matrix:
        return np.hstack([m.metric.corpus(sums[:, c]) for m, c in zip(a, columns, strict=True)])

    value_a, value_b = scores(together_a.sum(0)[None])[0], scores(together_b.sum(0)[None])[0]
    drawn = scores(sums[:, width:]) - scores(sums[:, :width])
    p_bootstrap = bootstrap_p(drawn, value_b - value_a)
    p_random = randomisation_p(together_a, together_b, scores, trials, seed)
    found = []
    names = [(name, m.signature) for m in a for name in m.names]
    for place, (name, signature) in enumerate(names):
        low, high = interval(drawn[:, place])
        found.append(
            Comparison(
                name,
                float(value_a[place]),
                float(value_b[place]),
                float(value_b[place] - value_a[place]),
                low,
                high,
                float(p_bootstrap[place]),
                float(p_random[place]),
                signed(signature, seed, bs=resamples, ar=trials),
            )
        )
    return found


def signed(signature: str, seed: int, **draws: int) -> str:
    """Add the draws and their seed to a metric's signature, where sacreBLEU has them.

    >>> signed("nrefs:1|case:mixed", 12345, bs=1000)
    'nrefs:1|bs:1000|seed:12345|case:mixed'
    """
    added = [f"{name}:{count}" for name, count in draws.items()] + [f"seed:{seed}"]
    fields = signature.split("|") if signature else []
    front = 1 if fields and fields[0].startswith("nrefs:") else 0
    return "|".join([*fields[:front], *added, *fields[front:]])


def _beside(matrices: Sequence[Matrix]) -> _Parts:
    """Put matrices side by side, so that one product resamples them all."""
    ends = np.cumsum([0] + [matrix.shape[1] for matrix in matrices])
    columns = [slice(a, b) for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]
    return _Parts(np.hstack(matrices), columns)


def _remarks(segments: Segments) -> list[str]:
    """Return what holds whatever the metric."""
    found = []
    empty = sum(not text.strip() for text in segments.hypotheses)
    if empty:
        outputs = "output is" if empty == 1 else "outputs are"
        found.append(f"{empty} of {len(segments)} {outputs} empty, and counted as such")
    if len(segments) == 1:
        found.append("one segment alone has no interval: low and high are the score itself")
    return found
