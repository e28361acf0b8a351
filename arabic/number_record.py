"""The record of one number in a text, and the values that it can take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "cardinal",
    "ordinal",
    "fraction",
    "percent",
    "money",
    "vague",
    "year",
    "decade",
    "date",
    "time",
    "range",
    "score",
    "identifier",
]
"""What a number does in its sentence; see ``Number``."""

Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the text gives it.

    Attributes:
        year: The year as written, or ``None``.
        month: 1 to 12 in ``calendar``, or ``None``.
        day: Day of the month, or ``None``.
        calendar: ``gregorian`` or ``hijri``; dates are not converted between the two.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar = "gregorian"


Pair = tuple[Decimal, Decimal]
Value = Decimal | Pair | PartialDate


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text.

    Attributes:
        surface: Exactly ``text[start:end]``, without a proclitic before it (و ف ب ل ك; the
            article ال stays).
        start: Offset of the first character.
        end: Offset behind the last character.
        kind: ``cardinal`` (also with a plain ``unit``: 5 km), ``ordinal`` (centuries too, with
            unit ``century``), ``fraction`` (half, 3/4), ``percent``, ``money``, ``vague``
            (hundreds, tens of thousands: ``value`` is the order), ``year``, ``decade`` (1990; 90
            where the century is not said), ``date``, ``time``, ``range``, ``score``,
            ``identifier`` (F-16, G20, 1.1.2: ``value`` is its digits).
        value: A ``Decimal``, magnitudes multiplied out; a pair (low, high) for a range, in the
            text's order for a score, (hour, minute) for a time, on the 24-hour clock where
            ``unit`` is ``24h``; a ``PartialDate`` for a date.
        unit: ``percent``; an ISO 4217 code, or a family (``dinar``) where no country is said; a
            measure (``km``, ``barrel``, ``year``); ``24h``; or empty.
        weak: Too small or too idiomatic to count as missing or added by itself: 1 and 2, which
            Arabic says with the singular and the dual and English with "a", "both", "twice";
            first, second and third; month names that may be other words.
        alternative: The other reading of an ambiguous numeral (1.500 as 1500), or ``None``.
    """

    surface: str
    start: int
    end: int
    kind: Kind
    value: Value
    unit: str = ""
    weak: bool = False
    alternative: Decimal | None = None
