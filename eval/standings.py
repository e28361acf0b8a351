"""The table of a comparison: its records, and how verdicts are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mujaz.record import from_json, to_json

SCHEMA = "mujaz.comparison/1"
LEVEL = 0.05
"""Both tests must give a p below this for a difference to be called one."""

Verdict = Literal["better", "worse", "different", "unclear"]

MARKS: dict[Verdict, str] = {"better": "▲", "worse": "▼", "different": "◆", "unclear": "≈"}
"""Signs of the verdicts, as tables show them."""

# Shares end at 1 and ratios of lengths lie about it; the other scales reach 100.
_LARGEST_SHARE = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """One score that the systems are compared by.

    Attributes:
        name: ``BLEU``.
        signature: Every choice, version and seed that the numbers depend on.
        higher_is_better: ``None`` where neither end is better (length ratio).
    """

    name: str
    signature: str
    higher_is_better: bool | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What sets a system apart from the first one in one score.

    Attributes:
        value: Its score less the first one's.
        low: Lower end of the difference's 95% bootstrap interval.
        high: Upper end.
        p_bootstrap: Two-sided, of the paired bootstrap.
        p_randomisation: Two-sided, of approximate randomisation.
        verdict: ``unclear`` unless both are below `LEVEL`; ``different`` where neither end of the
            score is better.
    """

    value: float
    low: float
    high: float
    p_bootstrap: float
    p_randomisation: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of one system on one set of segments.

    Attributes:
        score: On the metric's usual scale; ``None`` where it is undefined on these segments.
        low: Lower end of its 95% bootstrap interval.
        high: Upper end.
        difference: From the first system; ``None`` for that one, and in groups.
    """

    score: float | None
    low: float | None
    high: float | None
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Segments of a length or a domain.

    Attributes:
        kind: ``length`` or ``domain``.
        label: ``12–17`` words, or the domain.
        segments: How many there are.
        cells: For each system its scores, in the order of the measures.
    """

    kind: Literal["length", "domain"]
    label: str
    segments: int
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """The comparison as a table.

    Attributes:
        segments: How many there are.
        systems: Their names; the first is what the others are held against.
        measures: The scores.
        cells: For each system its scores, in the order of the measures.
        groups: The same in groups of segments.
        counted: The text whose words make a segment's length: ``source``, ``reference`` or
            ``output``.
        resamples: Of the bootstrap.
        trials: Of approximate randomisation.
        seed: Of both.
        warnings: What a reader must know beside the numbers.
    """

    segments: int
    systems: tuple[str, ...]
    measures: tuple[Measure, ...]
    cells: tuple[tuple[Cell, ...], ...]
    groups: tuple[Group, ...]
    counted: str
    resamples: int
    trials: int
    seed: int
    warnings: tuple[str, ...] = ()

    def to_json(self, *, indent: int = 0) -> str:
        """Return the table as JSON of schema ``mujaz.comparison/1``."""
        return to_json(self, SCHEMA, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Standings:
        """Read it back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.comparison/1`` record.
        """
        return from_json(text, cls, SCHEMA)


def decimals(standings: Standings, place: int) -> int:
    """Return how many decimals the measure at ``place`` is shown with: 1, or 3 for shares."""
    ends = (row[place].high for row in standings.cells)
    return 1 if any(end is not None and abs(end) > _LARGEST_SHARE for end in ends) else 3


def number(value: float | None, decimals: int, *, signed: bool = False) -> str:
    """Return ``value`` as tables show it, with a true minus; a dash where there is none.

    >>> number(-0.04, 1), number(3, 1, signed=True)
    ('0.0', '+3.0')
    """
    if value is None or value != value:
        return "–"
    text = f"{abs(value):.{decimals}f}"
    if not float(text):
        return text
    return ("−" if value < 0 else "+" if signed else "") + text


def p_value(p: float) -> str:
    """Return a p-value to three decimals, or as many as put it below `LEVEL` where it is."""
    if p < 0.0005:
        return "< 0.001"
    digits = 3
    while p < LEVEL <= float(f"{p:.{digits}f}"):
        digits += 1
    return f"{p:.{digits}f}"
