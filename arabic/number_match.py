"""Numbers of a text against those of its translation or summary, by value.

Each number falls into atoms: a range into its two ends, a date into day, month and year. Atoms are
matched one to one, the closest first; what is left over matches again with what is already taken
(naming a number twice adds nothing). A number is missing, or added, when an atom of it stays alone
and it is not weak.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .number_record import Number, PartialDate

Family = Literal["plain", "month", "time", "decade", "vague"]
_HUNDRED = Decimal(100)
_TEN = Decimal(10)
_FIGURES = re.compile(r"\d+")
_NEAR = 64  # equal atoms that one atom is compared with; keeps long lists linear


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """What a comparison found.

    Attributes:
        missing: Numbers of the source that the target does not give.
        added: Numbers of the target that the source does not give.
        pairs: Source and target numbers that agree in at least one part, each pair once.
    """

    missing: tuple[Number, ...]
    added: tuple[Number, ...]
    pairs: tuple[tuple[Number, Number], ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing is missing and nothing added."""
        return not self.missing and not self.added


@dataclass(frozen=True, slots=True)
class _Atom:
    family: Family
    value: Decimal
    unit: str
    owner: int
    weak: bool
    kind: str
    alternative: Decimal | None = None
    minute: Decimal = Decimal(0)


def _atoms(numbers: Iterable[Number]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for owner, number in enumerate(numbers):
        value = number.value
        if isinstance(value, PartialDate):
            if value.month is not None:
                unit = value.calendar
                atoms.append(_Atom("month", Decimal(value.month), unit, owner, number.weak, "date"))
            for count in (value.day, value.year):
                if count is not None:
                    atoms.append(_Atom("plain", Decimal(count), "", owner, number.weak, "date"))
        elif isinstance(value, tuple):
            if number.kind == "time":
                hour, minute = value
                atoms.append(
                    _Atom("time", hour, number.unit, owner, number.weak, "time", minute=minute)
                )
            else:
                for part in value:
                    small = part <= 2 and not number.unit
                    weak = number.weak or (small and _may_be_left_out(number))
                    atoms.append(_Atom("plain", part, number.unit, owner, weak, number.kind))
        else:
            family: Family = "plain"
            if number.kind == "vague":
                family = "vague"
            elif number.kind == "decade":
                family = "decade"
            atoms.append(
                _Atom(
                    family, value, number.unit, owner, number.weak, number.kind, number.alternative
                )
            )
    return atoms


def _may_be_left_out(number: Number) -> bool:
    """Say whether a small part of a range or score may be said without a number."""
    # A score in figures has two of them: 3-1. In "4 goals to nothing" the nothing is a word.
    in_words = len(_FIGURES.findall(number.surface)) < 2
    return number.kind == "range" or (number.kind == "score" and in_words)


def _keys(atom: _Atom) -> set[Hashable]:
    """Return keys such that atoms which may match share one."""
    value = atom.value
    keys: set[Hashable] = set()
    match atom.family:
        case "month":
            keys.add(("month", value, atom.unit))
        case "time":
            keys.add(("time", value % 12, atom.minute))
            keys.add(("n", value * 100 + atom.minute))
            if not atom.minute:
                keys |= {("n", value), ("n", value % 12 or Decimal(12))}
        case "decade":
            keys |= {("decade", value % 100), ("n", value), ("century", value / 100 + 1)}
        case _:
            keys.add(("n", value))
            if atom.unit == "century":
                keys.add(("century", value))
            if atom.alternative is not None:
                keys.add(("n", atom.alternative))
            if atom.unit == "percent" and value < 10**15:
                keys.add(("n", value / _HUNDRED))
            if atom.unit == "decade" and value < 1000:
                keys.add(("n", value * _TEN))
            if atom.unit == "century" and atom.kind != "ordinal" and value < 1000:
                keys.add(("n", value * _HUNDRED))
    return keys


# Units that translators put for one another without changing what is said.
_SAME_UNITS = (
    frozenset({"pound", "pound_weight", "GBP", "EGP", "LBP", "SYP", "TRY", "SDG"}),
    frozenset({"dinar", "KWD", "JOD", "IQD", "DZD", "TND", "LYD", "BHD", "RSD"}),
    frozenset({"dirham", "AED", "MAD"}),
    frozenset({"riyal", "SAR", "QAR", "OMR", "YER", "IRR"}),
    frozenset({"rupee", "INR", "PKR"}),
    frozenset({"franc", "CHF"}),
    frozenset({"degree", ""}),
)
_FAMILIES = frozenset({"pound", "dinar", "dirham", "riyal", "rupee", "franc"})


def _units_agree(a: str, b: str) -> bool:
    if a == b:
        return True
    if "percent" in (a, b):
        return False
    if not a or not b:
        return True
    return any(
        a in same and b in same and (a in _FAMILIES or b in _FAMILIES) for same in _SAME_UNITS
    )


def _closeness(a: _Atom, b: _Atom) -> int:
    """Return how well two atoms with a common key agree: 0 not at all, 3 wholly."""
    if a.family == b.family == "time":
        if "24h" in (a.unit, b.unit) and a.unit == b.unit:
            return 3 if a.value == b.value else 0
        return 3
    if a.family == b.family == "month":
        return 3
    if a.family == b.family == "decade":
        if a.value == b.value:
            return 3
        standalone = a.alternative is not None or b.alternative is not None
        return 2 if standalone and all(1900 <= x.value < 2030 for x in (a, b)) else 0
    if "time" in (a.family, b.family):
        return 1
    if "decade" in (a.family, b.family):
        return 1
    if a.value == b.value and _units_agree(a.unit, b.unit):
        return 3 if a.unit == b.unit and a.kind == b.kind else 2
    if _readings(a) & _readings(b):
        return 1
    return 0


def _readings(atom: _Atom) -> set[tuple[Decimal, str]]:
    """Return the (value, unit) under which an atom may be said otherwise."""
    readings = set()
    if atom.unit == "percent":
        readings.add((atom.value / _HUNDRED, "share"))
    elif atom.kind == "fraction":
        readings |= {(atom.value, "share"), (atom.value, "")}
    if atom.alternative is not None:
        readings |= {(atom.alternative, ""), (atom.value, "")}
    elif not atom.unit or atom.kind in ("cardinal", "money", "range"):
        readings.add((atom.value, "") if not atom.unit else (atom.value, atom.unit))
    if atom.unit == "decade":
        readings |= {(atom.value * _TEN, "year"), (atom.value * _TEN, "")}
    if atom.unit == "century" and atom.kind != "ordinal":
        readings |= {(atom.value * _HUNDRED, "year"), (atom.value * _HUNDRED, "")}
    return readings


def _near(these: Sequence[_Atom], those: Sequence[_Atom]) -> Iterator[tuple[int, int]]:
    """Yield the indices of atoms that share a key: each of ``these`` with a few of ``those``."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, atom in enumerate(those):
        for key in _keys(atom):
            index[key].append(at)
    for at, atom in enumerate(these):
        for key in _keys(atom):
            for other in index.get(key, ())[:_NEAR]:
                yield at, other


def match_numbers(source: Sequence[Number], target: Sequence[Number]) -> NumberMatch:
    """Compare two texts' numbers by value.

    Args:
        source: Numbers of the text that is right.
        target: Numbers of its translation or summary.

    Returns:
        What is missing, what is added, and what agrees. Time is linear in the numbers.
    """
    left, right = _atoms(source), _atoms(target)
    near = set(_near(left, right)) | {(a, b) for b, a in _near(right, left)}
    candidates = sorted((-close, a, b) for a, b in near if (close := _closeness(left[a], right[b])))
    mate_of_left: dict[int, int] = {}
    mate_of_right: dict[int, int] = {}
    for _, a, b in candidates:
        if a not in mate_of_left and b not in mate_of_right:
            mate_of_left[a], mate_of_right[b] = b, a
    for _, a, b in candidates:  # repetitions
        mate_of_left.setdefault(a, b)
        mate_of_right.setdefault(b, a)
    pairs = {(left[a].owner, right[b].owner) for a, b in mate_of_left.items()}
    alone_left = {x.owner for at, x in enumerate(left) if at not in mate_of_left and not x.weak}
    alone_right = {x.owner for at, x in enumerate(right) if at not in mate_of_right and not x.weak}
    return NumberMatch(
        missing=tuple(source[i] for i in sorted(alone_left)),
        added=tuple(target[i] for i in sorted(alone_right)),
        pairs=tuple((source[i], target[j]) for i, j in sorted(pairs)),
    )
