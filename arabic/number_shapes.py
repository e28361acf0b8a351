"""What the shape of numerals says by itself: scores, seasons, numeric dates, fractions, names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .number_reader import DASHES, ONE, PERCENTS, TWO, VULGAR, YEARS, Read, TokenReader
from .number_record import Calendar, PartialDate
from .numerals import Numeral, read_numeral

_JOINERS = frozenset({"Mid", "Pre", "Post", "Early", "Late"})
_UNIT_LETTERS = frozenset({"C", "F", "K", "M", "GB", "MB", "MW", "GW", "AM", "PM"})


class ShapeReader(TokenReader):
    """Reads what needs no words."""

    def figure(self, i: int) -> Read | None:
        """Return what the shape of the numerals at token ``i`` alone says: time, date, score."""
        tokens = self.tokens
        token = tokens[i]
        numeral = read_numeral(token.text)
        if numeral.form == "time":
            hour, minute = divmod(int(numeral.value), 100)
            if hour > 24 or minute > 59:
                return self.number("identifier", numeral.value, token.start, i + 1)
            return self.time(hour, minute, token.start, i + 1)
        if numeral.form == "dotted":
            parts = numeral.digits.split(".")
            value = _calendar_date(parts)
            if value is not None:
                return self.number("date", value, token.start, i + 1)
            return self.number("identifier", numeral.value, token.start, i + 1)
        if self.is_identifier(i):
            return self.number(
                "identifier",
                numeral.value,
                token.start,
                i + 1,
                weak=numeral.value <= TWO or self.is_covid(i),
            )
        if not (i + 2 < len(tokens) and self.is_numeral(i + 2)):
            return None
        between = tokens[i + 1]
        second = read_numeral(tokens[i + 2].text)
        if second.form != "plain" or not (numeral.bare and second.bare):
            return None
        tight = self.touching(i + 1) and self.touching(i + 2)
        if between.text == "/" or between.text in DASHES:
            if (
                tight
                and i + 4 < len(tokens)
                and tokens[i + 3].text == between.text
                and self.is_numeral(i + 4)
            ):
                third = read_numeral(tokens[i + 4].text)
                value = (
                    _calendar_date([numeral.digits, second.digits, third.digits])
                    if third.bare
                    else None
                )
                if value is not None:
                    return self.number("date", value, token.start, i + 5)
            return self.two_figures(i, numeral, second, tight)
        return None

    def two_figures(self, i: int, first: Numeral, second: Numeral, tight: bool) -> Read | None:
        """Return the score, season or fraction that two numerals with a dash or slash make."""
        start = self.tokens[i].start
        a, b = first.value, second.value
        slash = self.tokens[i + 1].text == "/"
        if YEARS[0] <= a <= YEARS[1]:
            if len(second.digits) == 2 and b > a % 100:
                b += a - a % 100  # 1995-96
            if a < b <= YEARS[1]:
                return self.number("range", (a, b), start, i + 3)
            return None
        if a > 200 or b > 200 or self.percent(i + 3) > i + 3 or self.sign(i + 3, PERCENTS):
            return None
        near = {self.word_at(j) for j in range(max(0, i - 6), min(len(self.tokens), i + 7))}
        if not near.isdisjoint(self.lexicon.context["score"]) or (not slash and a >= b):
            return self.number("score", (a, b), start, i + 3)
        if slash and tight:
            if ONE <= a < b <= 10:
                return self.number("fraction", a / b, start, i + 3)
            return self.number("score", (a, b), start, i + 3)
        return None

    def vulgar(self, i: int) -> tuple[Decimal, int]:
        """Return what 1/2 or ½ at token ``i`` adds to the numeral before it, and the next index."""
        if i < len(self.tokens) and (share := VULGAR.get(self.tokens[i].text)):
            return share, i + 1
        slashed = self.sign(i + 1, "/") and self.touching(i + 1) and self.touching(i + 2)
        if slashed and all(map(self.is_numeral, (i - 1, i, i + 2))):
            above = read_numeral(self.tokens[i].text)
            below = read_numeral(self.tokens[i + 2].text)
            if above.bare and below.bare and ONE <= above.value < below.value <= 16:
                return above.value / below.value, i + 3
        return Decimal(0), i

    def is_identifier(self, i: int) -> bool:
        """Whether the numeral at token ``i`` is part of a name (F-16, G20, 39C)."""
        tokens = self.tokens
        before = i - 1
        if (
            before > 0
            and self.touching(i)
            and (self.sign(before, DASHES) or tokens[before].text == "+")
        ):
            if not self.touching(before):
                return False
            before -= 1
            name = tokens[before]
            if name.kind == "l":
                return name.text[0].isupper() and name.text not in _JOINERS and name.lexeme is None
            return (
                name.kind == "a"
                and name.lexeme is None
                and name.end - name.start >= 2
                and name.text[-1] != "ـ"
            )
        if before >= 0 and self.touching(i) and tokens[before].kind == "l":
            return tokens[before].text[-1].isupper() and tokens[before].text not in ("US", "A", "C")
        behind = i + 1
        if self.touching(behind) and tokens[behind].kind == "l":
            letters = tokens[behind].text
            return (
                letters[0].isupper()
                and letters.lower() not in self.lexicon.suffixes
                and (letters not in _UNIT_LETTERS or self.tokens[max(0, i - 1)].text.isupper())
            )
        return False

    def is_covid(self, i: int) -> bool:
        """Whether the name is the disease that is called with and without its number."""
        return self.word_at(i - 2) in ("covid", "كوفيد")


def _calendar_date(parts: Sequence[str]) -> PartialDate | None:
    """Return the date that three numerals are: day first, or year first."""
    if len(parts) != 3 or not all(1 <= len(part) <= 4 for part in parts):
        return None
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4 and len(parts[2]) <= 2:
        a, c = c, a
        year = c
    elif len(parts[2]) == 4:
        year = c
    elif len(parts[2]) == 2 and len(parts[0]) <= 2:
        year = 2000 + c if c < 50 else 1900 + c
    else:
        return None
    if b > 12 >= a:
        a, b = b, a
    if not (1 <= a <= 31 and 1 <= b <= 12):
        return None
    calendar: Calendar = "hijri" if 1300 <= year <= 1500 else "gregorian"
    return PartialDate(year, b, a, calendar)
