"""The grammar of numbers that Arabic and English share: units, ranges, scores, dates, times.

A reader walks the tokens once, left to right; whatever a rule reads it consumes, and no rule looks
further ahead than a few tokens, so the time is linear in the text.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .number_lexicon import Lexeme, Lexicon
from .number_record import Calendar, Kind, Number, PartialDate, Value
from .number_tokens import Token
from .numerals import Numeral, read_numeral

ONE, TWO, HALF = Decimal(1), Decimal(2), Decimal("0.5")
SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₪": "ILS",
    "₽": "RUB",
    "₺": "TRY",
    "₹": "INR",
}
VULGAR = {
    sign: Decimal(a) / b
    for sign, a, b in (("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4))
}
DASHES = frozenset("-‐‑–—−")
PERCENTS = frozenset("%٪﹪％")
_YEARS = (Decimal(1000), Decimal(2199))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number proper, before its unit and its use are known.

    Attributes:
        value: Its value.
        start: Offset of its first character.
        stop: Index of the token behind it.
        form: What its words or digits alone say it is.
        written: Whether it is in words only.
        scale: Its last magnitude word (million), or 1.
        numeral: The numeral, where it is one and nothing else.
        alternative: The other reading of its numeral.
        unit: A unit that it brings itself (the dual يومين).
        weak: Whether it is too idiomatic to be missed by itself.
    """

    value: Decimal
    start: int
    stop: int
    form: Kind = "cardinal"
    written: bool = False
    scale: Decimal = ONE
    numeral: Numeral | None = None
    alternative: Decimal | None = None
    unit: str = ""
    weak: bool = False

    @property
    def whole(self) -> bool:
        """Whether the value is a whole number."""
        return self.value == self.value.to_integral_value()


Read = tuple[Number, int]
"""A number and the index of the token behind it."""


class Reader(ABC):
    """Reads the numbers of one text; a language gives the rules marked abstract."""

    range_words: frozenset[str]
    range_openers: frozenset[str]
    range_and: str
    score_words: frozenset[str]
    year_words: frozenset[str]

    def __init__(self, text: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon

    # What a language decides

    @abstractmethod
    def quantity(self, i: int) -> Quantity | None:
        """Return the number proper that begins at token ``i``."""

    @abstractmethod
    def date(self, i: int, day: Quantity | None) -> Read | None:
        """Return the date whose month (behind ``day``, if given) begins at token ``i``."""

    @abstractmethod
    def clock(self, i: int, quantity: Quantity) -> Read | None:
        """Return the time of day that ``quantity``, begun at token ``i``, is the hour of."""

    @abstractmethod
    def half_of_day(self, i: int) -> tuple[str, int]:
        """Return ``am``, ``pm`` or empty for what stands at token ``i``, and the next index."""

    @abstractmethod
    def percent(self, i: int) -> int:
        """Return the index behind a percent word at token ``i``; ``i`` where there is none."""

    @abstractmethod
    def word_at(self, i: int) -> str:
        """Return the folded word at token ``i``; empty where there is none."""

    @abstractmethod
    def special(self, i: int) -> Read | None:
        """Return what only this language reads at token ``i``."""

    # Tokens

    def lexeme(self, i: int, *categories: str) -> Lexeme | None:
        """Return the lexeme of token ``i`` if it is of one of ``categories``."""
        if 0 <= i < len(self.tokens):
            lexeme = self.tokens[i].lexeme
            if lexeme is not None and lexeme.category in categories:
                return lexeme
        return None

    def sign(self, i: int, signs: frozenset[str] | str) -> bool:
        """Whether token ``i`` is one of ``signs``."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text in signs

    def is_numeral(self, i: int) -> bool:
        """Whether token ``i`` is a numeral."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == "n"

    def touching(self, i: int) -> bool:
        """Whether tokens ``i - 1`` and ``i`` exist with nothing between them."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def number(
        self,
        kind: Kind,
        value: Value,
        start: int,
        stop: int,
        unit: str = "",
        *,
        weak: bool = False,
        alternative: Decimal | None = None,
    ) -> Read:
        """Return the record of what lies between offset ``start`` and token ``stop``."""
        end = self.tokens[stop - 1].end
        surface = self.text[start:end]
        return Number(surface, start, end, kind, value, unit, weak, alternative), stop

    # The walk

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

    def may_begin(self, token: Token) -> bool:
        """Whether a number may begin at a token that is neither numeral nor number word."""
        return token.text in SIGNS or token.text in VULGAR

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

    # Units

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

    # Ranges and scores

    def range(self, i: int, low: Quantity, unit: str, stop: int) -> Read | None:
        """Return the range whose first part is ``low`` (with ``unit``, read up to ``stop``)."""
        word = self.word_at(stop)
        opened = self.word_at(i - 1) in self.range_openers
        j = stop
        if self.sign(j, DASHES) and self.is_numeral(j + 1) and low.numeral is not None:
            j += 1
        elif word in self.range_words:
            j += 1
        elif opened and word == self.range_and:
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

    def vulgar(self, i: int) -> tuple[Decimal, int]:
        """Return the share that 1/2 or ½ adds to the numeral before token ``i``, and the index behind."""
        if i < len(self.tokens) and (share := VULGAR.get(self.tokens[i].text)):
            return share, i + 1
        if self.is_numeral(i) and self.sign(i + 1, "/") and self.is_numeral(i + 2):
            if self.touching(i + 1) and self.touching(i + 2) and self.is_numeral(i - 1):
                above, below = (
                    read_numeral(self.tokens[i].text),
                    read_numeral(self.tokens[i + 2].text),
                )
                if above.bare and below.bare and ONE <= above.value < below.value <= 16:
                    return above.value / below.value, i + 3
        return Decimal(0), i

    def joined(self, i: int) -> bool:
        """Whether an "and" is written onto token ``i``."""
        return False

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
        if _YEARS[0] <= a <= _YEARS[1]:
            if len(second.digits) == 2 and b > a % 100:
                b += a - a % 100  # 1995-96
            if a < b <= _YEARS[1]:
                return self.number("range", (a, b), start, i + 3)
            return None
        if a > 200 or b > 200 or self.percent(i + 3) > i + 3 or self.sign(i + 3, PERCENTS):
            return None
        near = {self.word_at(j) for j in range(max(0, i - 6), min(len(self.tokens), i + 7))}
        if not near.isdisjoint(self.score_words) or (not slash and a >= b):
            return self.number("score", (a, b), start, i + 3)
        if slash and tight:
            if ONE <= a < b <= 10:
                return self.number("fraction", a / b, start, i + 3)
            return self.number("score", (a, b), start, i + 3)
        return None

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
            name = tokens[behind].text
            return (
                name[0].isupper()
                and name.lower() not in self.lexicon.suffixes
                and (name not in _UNIT_LETTERS or self.tokens[max(0, i - 1)].text.isupper())
            )
        return False

    def is_covid(self, i: int) -> bool:
        """Whether the name before the numeral is the disease that has one name with it and one without."""
        return self.word_at(i - 2) in ("covid", "كوفيد")

    # Times and years

    def time(self, hour: int, minute: int, start: int, stop: int) -> Read:
        """Return the time of day, with the half of the day that follows it."""
        half, stop = self.half_of_day(stop)
        sure = bool(half) or hour > 12 or hour == 0
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return self.number(
            "time", (Decimal(hour), Decimal(minute)), start, stop, "24h" if sure else ""
        )

    def is_year(self, i: int, quantity: Quantity) -> bool:
        """Whether a cardinal without a unit is a year: by the word before it, or by its looks."""
        if not quantity.whole or quantity.scale > 1000 or not quantity.value <= _YEARS[1]:
            return False
        before = self.word_at(i - 1)
        numeral = quantity.numeral
        if before in self.year_words:
            return quantity.value >= 100
        if numeral is None or not numeral.bare or len(numeral.digits) != 4:
            return False
        if not _YEARS[0] <= quantity.value <= _YEARS[1]:
            return False
        behind = quantity.stop
        if behind >= len(self.tokens) or self.tokens[behind].kind == "p":
            return self.sign(i - 1, "(") or bool(before)
        return False


_JOINERS = frozenset({"Mid", "Pre", "Post", "Early", "Late"})
_UNIT_LETTERS = frozenset({"C", "F", "K", "M", "GB", "MB", "MW", "GW", "AM", "PM"})


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
