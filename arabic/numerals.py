"""Numerals: numbers written in digits, in all three digit sets of Arabic text.

Policy of the separators, for both languages:

- ``٬`` and an apostrophe separate thousands, ``٫`` decimals, always.
- ``,`` and ``،`` before groups of exactly three digits separate thousands: 1,500 is 1500. A single
  ``,`` before one or two digits is a decimal comma in Arabic text (3,5 is 3.5) and parts two
  numbers in English. ``،`` is never a decimal comma.
- ``.`` is a decimal point: 1.5, and 1.500 too, whose other reading, 1500, is kept beside it. Two or
  more groups of three behind dots are thousands: 1.500.000.
- A no-break or thin space before groups of three separates thousands; in Arabic text a plain
  space does so too (10 000). "000 10" is the same number, its groups turned around on the way
  from a right-to-left page, as in documents of the United Nations.
- Other dotted numerals (1.1.2) are identifiers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DIGIT = "[0-9٠-٩۰-۹]"
_ASCII = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_ASCII |= {ord("٫"): ".", ord("٬"): ",", ord("،"): ","}
_ASCII |= {ord(c): "," for c in "\u00a0\u202f\u2009 '’"}
_LONGEST = 24  # digits; anything longer names a thing and counts nothing


def _numeral(space: str, decimal_comma: str) -> str:
    d = DIGIT
    return (
        rf"(?:[0٠۰]{{3}}[{space}])+[1-9١-٩۱-۹]{d}{{0,2}}(?!{d}|[{space}]{d})"
        rf"|{d}{{1,3}}(?:[{space}]{d}{{3}})+(?!{d}|[.,{space}]{d})"
        rf"|{d}{{1,3}}(?:[,٬،'’]{d}{{3}})+(?:[.٫]{d}++)?(?!{d}|[,٬]{d})"
        rf"|{d}{{1,3}}(?:\.{d}{{3}}){{2,}}(?!{d}|\.{d})"
        rf"|{d}{{1,2}}:{d}{{2}}(?::{d}{{2}})?(?!{d})"
        rf"|{d}++(?:[.٫]{d}++)+"
        rf"{decimal_comma}"
        rf"|{d}++"
    )


ENGLISH = _numeral("\u00a0\u202f\u2009", "")
"""Pattern of a numeral in English text."""
ARABIC = _numeral("\u00a0\u202f\u2009 ", rf"|(?<!,){DIGIT}++,{DIGIT}{{1,2}}(?!{DIGIT}|,{DIGIT})")
"""Pattern of a numeral in Arabic text."""

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says.

    Attributes:
        value: Its value; for a ``time`` hours × 100 + minutes; for ``dotted`` all its digits.
        form: ``plain``; ``time`` (8:30); ``dotted`` (1.1.2, 12.5.2019, or longer than a count).
        digits: The numeral in ASCII, its separators ``.`` ``,`` ``:`` alone.
        alternative: The other reading, or ``None``.
    """

    value: Decimal
    form: Literal["plain", "time", "dotted"]
    digits: str
    alternative: Decimal | None = None

    @property
    def bare(self) -> bool:
        """Whether it is digits only, as a year is."""
        return self.digits.isdigit()


def read_numeral(text: str) -> Numeral:
    """Return what ``text``, one match of a pattern above, says."""
    digits = text.translate(_ASCII)
    only = re.sub(r"\D", "", digits)
    if ":" in digits:
        hour, minute = digits.split(":")[:2]
        return Numeral(Decimal(hour) * 100 + Decimal(minute), "time", digits)
    if len(only) > _LONGEST:
        return Numeral(Decimal(only), "dotted", digits)
    if digits.startswith("000,"):
        digits = ",".join(reversed(digits.split(",")))
    if _THOUSANDS.fullmatch(digits):
        return Numeral(Decimal(digits.replace(",", "")), "plain", digits)
    if _DOTTED_THOUSANDS.fullmatch(digits):
        return Numeral(Decimal(only), "plain", digits)
    if _DECIMAL_COMMA.fullmatch(digits):
        return Numeral(Decimal(digits.replace(",", ".")), "plain", digits)
    if digits.count(".") > 1:
        return Numeral(Decimal(only), "dotted", digits)
    whole, _, decimals = digits.partition(".")
    other = Decimal(only) if len(decimals) == 3 and len(whole) <= 3 and whole != "0" else None
    return Numeral(Decimal(digits), "plain", digits, other)
