"""The grammar of numbers that Arabic and English share: units, ranges, years, and the walk.

A reader walks the tokens once, left to right; whatever a rule reads it consumes, and no rule looks
further ahead than a few tokens, so the time is linear in the text.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .number_reader import (
    DASHES,
    HALF,
    ONE,
    PERCENTS,
    SIGNS,
    TWO,
    VULGAR,
    YEARS,
    Quantity,
    Read,
)
from .number_record import Kind, Number
from .number_shapes import ShapeReader


class Reader(ShapeReader):
    """Reads the numbers of one text."""

    def numbers(self) -> list[Number]:
        """Return all numbers of the text, in order, without overlap."""
        found = []
        i = 0
        tokens = self.tokens
        while i < len(tokens):
            token = tokens[i]
            if token.lexeme is None and token.kind != "n" and not self.may_begin(token):
                i += 1
                continue
            read = self.read(i)
            if read is None:
                i += 1
                continue
            number, i = read
            found.append(number)
        return found

    def read(self, i: int) -> Read | None:
        """Return the number that begins at token ``i``."""
        token = self.tokens[i]
        if token.text in SIGNS and self.is_numeral(i + 1):
            return self.money(i)
        if token.kind == "n":
            read = self.special(i) or self.figure(i)
            if read is not None:
                return read
        elif self.lexeme(i, "month", "hijri", "pair"):
            return self.date(i, None)
        elif share := VULGAR.get(token.text):
            return self.finish(i, Quantity(share, token.start, i + 1, "fraction"))
        read = self.special(i)
        if read is not None:
            return read
        quantity = self.quantity(i)
        return None if quantity is None else self.finish(i, quantity)

    def finish(self, i: int, quantity: Quantity) -> Read:
        """Return the number that ``quantity``, begun at token ``i``, is part of."""
        if quantity.whole and quantity.form in ("cardinal", "ordinal"):
            if ONE <= quantity.value <= 31:
                read = self.date(quantity.stop, quantity)
                if read is not None:
                    return read
            if quantity.value <= 24 and quantity.scale == ONE:
                read = self.clock(i, quantity)
                if read is not None:
                    return read
        if quantity.form == "cardinal":
            read = self.range(i, quantity, "", quantity.stop)
            if read is not None:
                return read
        kind, unit, stop = self.tail(quantity)
        if unit and quantity.form == "cardinal":
            read = self.range(i, quantity, unit, stop)
            if read is not None:
                return read
        if kind == "cardinal" and not unit and self.is_year(i, quantity):
            kind = "year"
        weak = is_weak(kind, quantity)
        return self.number(
            kind,
            quantity.value,
            quantity.start,
            stop,
            unit,
            weak=weak,
            alternative=quantity.alternative,
        )

    def tail(self, quantity: Quantity) -> tuple[Kind, str, int]:
        """Return kind, unit and next index of ``quantity`` with the unit behind it."""
        i = quantity.stop
        if quantity.unit:
            return quantity.form, quantity.unit, i
        if quantity.form == "vague":
            return "vague", "", i
        if quantity.form == "ordinal":
            if (lexeme := self.lexeme(i, "measure")) and lexeme.code == "century":
                return "ordinal", "century", i + 1
            return "ordinal", "", i
        if self.sign(i, PERCENTS):
            return "percent", "percent", i + 1
        if self.sign(i, "$€£¥₪₽₺₹") and self.touching(i):
            return "money", SIGNS[self.tokens[i].text], i + 1
        if self.sign(i, DASHES) and self.touching(i) and self.touching(i + 1):
            i += 1  # 28-year-old, 5-percent
        behind = self.percent(i)
        if behind > i:
            return "percent", "percent", behind
        code, behind = self.currency(i)
        if code:
            return "money", code, behind
        unit, behind = self.measure(i)
        if unit:
            return quantity.form, unit, behind
        return quantity.form, "", quantity.stop

    def currency(self, i: int) -> tuple[str, int]:
        """Return the currency at token ``i`` and the index behind it; empty where none is."""
        lexeme = self.lexeme(i, "currency")
        return (lexeme.code, i + 1) if lexeme else ("", i)

    def measure(self, i: int) -> tuple[str, int]:
        """Return the plain unit at token ``i`` and the index behind it; empty where none is."""
        lexeme = self.lexeme(i, "measure")
        return (lexeme.code, i + 1) if lexeme else ("", i)

    def money(self, i: int) -> Read | None:
        """Return the amount behind the currency sign at token ``i`` ($5, $10-20 million)."""
        quantity = self.quantity(i + 1)
        if quantity is None:
            return None
        start = self.tokens[i].start
        unit = SIGNS[self.tokens[i].text]
        quantity = replace(quantity, start=start)
        stop = quantity.stop
        named, behind = self.currency(stop)
        if named:
            unit, stop = named, behind
        read = self.range(i, quantity, unit, stop)
        if read is not None:
            return read
        return self.number(
            "money", quantity.value, start, stop, unit, alternative=quantity.alternative
        )

    def range(self, i: int, low: Quantity, unit: str, stop: int) -> Read | None:
        """Return the range whose first part is ``low`` (with ``unit``, read up to ``stop``)."""
        word = self.word_at(stop)
        opened = self.word_at(i - 1) in self.lexicon.context["range_opener"]
        j = stop
        # 079-1234567 counts nothing: a leading zero opens no range.
        counts = low.numeral is not None and not (
            low.value >= ONE and low.numeral.digits.startswith("0")
        )
        if (
            (counts and self.sign(j, DASHES) and self.is_numeral(j + 1))
            or word in self.lexicon.context["range_word"]
            or (opened and word == self.range_and)
        ):
            j += 1
        elif not (opened and self.joined(j)):
            return None
        signed = self.sign(j, "$€£")
        if signed:
            unit = SIGNS[self.tokens[j].text]
            j += 1
        elif not (
            self.is_numeral(j)
            or self.lexeme(
                j, "unit", "ten", "teen", "tens", "hundred", "scale", "scale_dual", "partial"
            )
        ):
            return None
        high = self.quantity(j)
        if high is None or high.form != "cardinal" or self.lexeme(high.stop, "month", "pair"):
            return None
        first = low.value
        if (
            (not unit or unit in SIGNS.values())
            and low.scale == ONE
            and high.scale > ONE
            and first < 1000
            and first * high.scale < high.value
        ):
            first *= high.scale  # 3 to 5 million
        if first > high.value:
            return None
        _, last_unit, stop = self.tail(high)
        if self.half_of_day(stop)[0]:
            return None
        named = signed or unit in SIGNS.values()
        if unit and unit != last_unit and (last_unit or not named):
            return None  # two decades to 2.8 million barrels
        return self.number("range", (first, high.value), low.start, stop, last_unit or unit)

    def is_year(self, i: int, quantity: Quantity) -> bool:
        """Whether a cardinal without a unit is a year: by the word before it, or by its looks."""
        if not quantity.whole or quantity.scale > 1000 or not quantity.value <= YEARS[1]:
            return False
        before = self.word_at(i - 1)
        numeral = quantity.numeral
        if before in self.lexicon.context["year"]:
            return quantity.value >= 100
        if numeral is None or not numeral.bare or len(numeral.digits) != 4:
            return False
        if not YEARS[0] <= quantity.value <= YEARS[1]:
            return False
        behind = quantity.stop
        if behind >= len(self.tokens) or self.tokens[behind].kind == "p":
            return self.sign(i - 1, "(") or bool(before)
        return False


def is_weak(kind: Kind, quantity: Quantity) -> bool:
    """Whether a number is too small or too idiomatic to be missed by itself (see ``Number``)."""
    if quantity.weak:
        return True
    if kind in ("money", "percent") and not quantity.written:
        return False
    if kind == "ordinal":
        return quantity.value <= 3
    if kind == "fraction":
        return quantity.value == HALF or quantity.value == Decimal("0.25")
    return kind in ("cardinal", "money", "percent") and quantity.value <= TWO and quantity.whole
