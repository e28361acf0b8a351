"""Measurements: what metrics find in texts, kept so that nothing need be read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mujaz.errors import InputError, MujazError

from .metric import Metric, Segments

if TYPE_CHECKING:
    from .metric import Matrix

_NEEDS = {"references": "give references (--ref FILE)", "sources": "give sources (--src FILE)"}


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one metric found in one system's segments; all that significance needs.

    Attributes:
        metric: With its choices.
        names: Of its scores, told apart from those of the metrics beside it.
        signature: For these segments.
        statistics: Shape (segments, k).
        warnings: What a reader must know beside the scores.
    """

    metric: Metric
    names: tuple[str, ...]
    signature: str
    statistics: Matrix
    warnings: tuple[str, ...] = ()


def measure(segments: Segments, metrics: Sequence[Metric]) -> list[Measurement]:
    """Take the statistics of every metric; the one step that reads the texts.

    Raises:
        InputError: There is nothing to score, a reference or a source is empty, every output is
            empty, or a metric needs what is not there or cannot score these texts.
    """
    return measure_fitting(segments, metrics)[0]


def measure_fitting(
    segments: Segments, metrics: Sequence[Metric], optional: Sequence[Metric] = ()
) -> tuple[list[Measurement], list[str]]:
    """Take the statistics of ``metrics``, and of those of ``optional`` that can score the texts.

    Returns:
        The measurements, and a line for each metric that was left out.

    Raises:
        InputError: See `measure`; or nothing is left.
    """
    check(segments, metrics)
    found: dict[tuple[tuple[str, ...], str], Measurement] = {}
    left_out = []
    for place, metric in enumerate((*metrics, *optional)):
        try:
            if place >= len(metrics):
                check(segments, [metric])
            signature = metric.signature(segments)
            if (metric.scores, signature) not in found:  # bleu and bleu:13a may be one and the same
                found[metric.scores, signature] = _measured(segments, metric, signature)
        except MujazError as error:
            if place < len(metrics):
                raise
            left_out.append(f"{metric.name} is left out: {error.message}")
    if not found:
        raise InputError("no metric can score these texts", left_out[0] if left_out else "name one")
    return _told_apart(list(found.values())), left_out


def _measured(segments: Segments, metric: Metric, signature: str) -> Measurement:
    statistics = metric.statistics(segments)
    warnings = metric.warnings(segments, statistics)
    return Measurement(metric, metric.scores, signature, statistics, warnings)


def check(segments: Segments, metrics: Sequence[Metric]) -> None:
    """Refuse segments that the metrics cannot score, before any work is done.

    Raises:
        InputError: See `measure`.
    """
    if not len(segments):
        raise InputError("there are no segments to score", "give at least one line")
    for metric in metrics:
        for need in sorted(metric.needs):
            if not getattr(segments, need):
                raise InputError(f"{metric.name} needs {need}", _NEEDS[need])
    if not any(text.strip() for text in segments.hypotheses):
        raise InputError("every output is empty", "check the file of outputs")
    used = {need for metric in metrics for need in metric.needs}
    for place, id in enumerate(segments.ids):
        if "references" in used and not all(t.strip() for t in segments.references[place]):
            raise InputError(f"a reference of segment {id!r} is empty", "give its text")
        if "sources" in used and not segments.sources[place].strip():
            raise InputError(f"the source of segment {id!r} is empty", "give its text")


def _told_apart(measured: list[Measurement]) -> list[Measurement]:
    """Give scores of the same name what differs in their signatures: ``bleu (tok:intl)``."""
    uses = Counter(name for one in measured for name in one.names)
    told = []
    for one in measured:
        others = [m for m in measured if m is not one and set(m.names) & set(one.names)]
        fields = [set(other.signature.split("|")) for other in others]
        own = [f for f in one.signature.split("|") if not all(f in other for other in fields)]
        mark = f" ({'|'.join(own)})"
        names = tuple(name + mark if uses[name] > 1 else name for name in one.names)
        told.append(replace(one, names=names))
    return told
