"""Systems held against the first of them: scores, intervals, significance, groups of segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from mujaz.errors import InputError

from .metric import Metric, Segments
from .scoring import Measurement, ScoreReport, compare, measure_fitting, report, signed
from .significance import RESAMPLES, SEED, TRIALS, check_draws
from .standings import LEVEL, Cell, Difference, Group, Measure, Standings, Verdict
from .systems import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .metric import Matrix

# Groups by length hold at least so many segments, and there are at most so many groups.
_LEAST, _LENGTHS, _DOMAINS = 20, 5, 12


@dataclass(frozen=True, slots=True)
class Contest:
    """All that a report shows.

    Attributes:
        field: The systems and their texts.
        standings: The table.
        by_segment: For each system its scores of each segment, shape (segments, measures); NaN
            where a score is undefined.
        lengths: Words of each segment's counted text.
    """

    field: Field
    standings: Standings
    by_segment: tuple[Matrix, ...]
    lengths: tuple[int, ...]


def contest(
    field: Field,
    metrics: Sequence[Metric],
    optional: Sequence[Metric] = (),
    resamples: int = RESAMPLES,
    seed: int = SEED,
    trials: int = TRIALS,
) -> Contest:
    """Score all systems and hold each against the first.

    Args:
        field: By `mujaz.eval.systems.read_systems`.
        metrics: See `mujaz.eval.metrics`.
        optional: Metrics that are left out, with a warning, where they cannot score a system.
        resamples: Of the bootstrap.
        seed: Of all draws.
        trials: Of approximate randomisation.

    Raises:
        InputError: A metric cannot score these texts, or none is defined on them.
        OptionError: ``resamples`` or ``trials`` is too small for an interval.
    """
    check_draws(resamples)
    check_draws(trials, "trials")
    measured, left_out = _measured(field, metrics, optional)
    reports = [report(m, resamples, seed) for m in measured]
    better = {
        name: m.metric.higher_is_better.get(own)
        for m in measured[0]
        for name, own in zip(m.names, m.metric.scores, strict=True)
    }
    # A score that is undefined for every system has no row.
    kept = [name for name in better if any(_cell(r, name).score is not None for r in reports)]
    if not kept:
        raise InputError("no score is defined on these texts", "choose other metrics")
    signatures = {
        name: signed(m.signature, seed, bs=resamples, ar=trials)
        for m in measured[0]
        for name in m.names
    }
    cells = [tuple(_cell(reports[0], name) for name in kept)]
    for own, scores in zip(measured[1:], reports[1:], strict=True):
        found = {c.name: c for c in compare(measured[0], own, resamples, seed, trials)}
        row = []
        for name in kept:
            c, cell = found[name], _cell(scores, name)
            if np.isfinite(c.difference):
                verdict = _verdict(
                    c.difference, max(c.p_bootstrap, c.p_randomisation), better[name]
                )
                apart = Difference(
                    c.difference, c.low, c.high, c.p_bootstrap, c.p_randomisation, verdict
                )
                cell = replace(cell, difference=apart)
            row.append(cell)
        cells.append(tuple(row))
    segments = field.systems[0].segments
    counted, lengths = _lengths(segments)
    standings = Standings(
        len(segments),
        tuple(system.name for system in field.systems),
        tuple(Measure(name, signatures[name], better[name]) for name in kept),
        tuple(cells),
        tuple(_groups(segments, lengths, measured, kept, resamples, seed)),
        counted,
        resamples,
        trials,
        seed,
        tuple(dict.fromkeys((*field.notes, *left_out, *_warnings(field, reports)))),
    )
    return Contest(field, standings, tuple(_by_segment(m, kept) for m in measured), lengths)


def _measured(
    field: Field, metrics: Sequence[Metric], optional: Sequence[Metric]
) -> tuple[list[list[Measurement]], list[str]]:
    """Measure every system by the metrics that can score them all."""
    measured, left_out = [], []
    for system in field.systems:
        own, lines = measure_fitting(system.segments, metrics, optional)
        measured.append(own)
        left_out += lines
    common = set.intersection(*({m.signature for m in own} for own in measured))
    return [[m for m in own if m.signature in common] for own in measured], left_out


def _cell(scores: ScoreReport, name: str) -> Cell:
    for score in scores.scores:
        if score.name == name:
            return Cell(score.score, score.low, score.high)
    return Cell(None, None, None)


def _verdict(difference: float, p: float, higher_is_better: bool | None) -> Verdict:
    if not p < LEVEL:
        return "unclear"
    if higher_is_better is None:
        return "different"
    return "better" if (difference > 0) == higher_is_better else "worse"


def _warnings(field: Field, reports: Sequence[ScoreReport]) -> list[str]:
    """Return each system's warnings under its name."""
    found = []
    for system, scores in zip(field.systems, reports, strict=True):
        empty = sum(not text.strip() for text in system.segments.hypotheses)
        own = [f"{empty} of its outputs are empty, and counted as such"] if empty else []
        found += [f"{system.name}: {text}" for text in (*own, *scores.warnings)]
    return found


def _by_segment(measured: Sequence[Measurement], kept: Sequence[str]) -> Matrix:
    columns: dict[str, NDArray[np.float64]] = {}
    for m in measured:
        values = m.metric.by_segment(m.statistics)
        columns.update({name: values[:, place] for place, name in enumerate(m.names)})
    return np.stack([columns[name] for name in kept], axis=1)


def _lengths(segments: Segments) -> tuple[str, tuple[int, ...]]:
    """Return which text's words are counted, and the counts."""
    if segments.sources:
        return "source", tuple(len(text.split()) for text in segments.sources)
    if segments.references:
        return "reference", tuple(len(texts[0].split()) for texts in segments.references)
    return "output", tuple(len(text.split()) for text in segments.hypotheses)


def _groups(
    segments: Segments,
    lengths: Sequence[int],
    measured: Sequence[Sequence[Measurement]],
    kept: Sequence[str],
    resamples: int,
    seed: int,
) -> list[Group]:
    """Score every group of lengths and of domains."""
    found = []
    for kind, label, places in (*_by_length(lengths), *_by_domain(segments.domains)):
        cells = []
        for own in measured:
            parts = [replace(m, statistics=m.statistics[places]) for m in own]
            scores = report(parts, resamples, seed)
            cells.append(tuple(_cell(scores, name) for name in kept))
        found.append(Group(kind, label, len(places), tuple(cells)))
    return found


_Places = tuple[Literal["length", "domain"], str, "NDArray[np.intp]"]


def _by_length(lengths: Sequence[int]) -> list[_Places]:
    """Cut the segments into up to five groups of about as many, by their length."""
    many = min(_LENGTHS, len(lengths) // _LEAST)
    if many < 2:
        return []
    counts = np.asarray(lengths)
    # Each group begins at a quantile; lengths that are the same stay together.
    starts = sorted(
        {int(np.quantile(counts, part / many, method="higher")) for part in range(many)}
    )
    ends = [*(start - 1 for start in starts[1:]), int(counts.max())]
    found: list[_Places] = []
    for start, end in zip(starts, ends, strict=True):
        label = f"{start}" if start == end else f"{start}–{end}"
        found.append(("length", label, np.flatnonzero((counts >= start) & (counts <= end))))
    return found if len(found) > 1 else []


def _by_domain(domains: Sequence[str]) -> list[_Places]:
    """Take the domains, the commonest first; those beyond the twelfth are one group."""
    common = [domain for domain, _ in Counter(domains).most_common()]
    if len(common) < 2:
        return []
    own = common if len(common) <= _DOMAINS else common[: _DOMAINS - 1]
    given = np.asarray(domains, dtype=object)
    found: list[_Places] = [("domain", name, np.flatnonzero(given == name)) for name in own]
    if len(common) > len(own):
        rest = np.flatnonzero(~np.isin(given, own))
        found.append(("domain", f"{len(common) - len(own)} others", rest))
    return found
