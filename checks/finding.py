"""Findings: what can be wrong with a text against its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "severe"]

Kind = Literal[
    "repetition",
    "untranslated",
    "task-talk",
    "truncation",
    "length",
    "number",
    "name",
    "meaning",
    "empty",
    "copied",
    "confidence",
    "content",
    "modality",
    "day",
    "negation",
    "omission",
    "addition",
    "speaker",
    "quotes",
    "support",
]

_RANK: dict[Severity, int] = {"info": 0, "warning": 1, "severe": 2}

# Characters of a quotation in a message for people.
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is or may be wrong.

    Attributes:
        kind: What sort of fault.
        severity: ``severe`` when the text must not be relied on, ``warning`` when a reader should
            look, ``info`` when it explains.
        message: One plain sentence for people, without a full stop.
        source: Where in the source, as start and end; ``None`` when nowhere in particular.
        target: Where in the output, likewise.
    """

    kind: Kind
    severity: Severity
    message: str
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None


def quoted(text: str) -> str:
    """Return a piece of a text as a message quotes it: a long one is cut."""
    return f'"{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"}"'


def weight(findings: Sequence[Finding]) -> int:
    """Return how much is wrong, for ranking candidates: 10 a severe finding, 3 a warning."""
    points: dict[Severity, int] = {"info": 0, "warning": 3, "severe": 10}
    return sum(points[f.severity] for f in findings)


def worst(findings: Sequence[Finding]) -> Severity | None:
    """Return the highest severity among ``findings``."""
    return max((f.severity for f in findings), key=_RANK.__getitem__, default=None)
