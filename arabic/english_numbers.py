"""Numbers in English text, in the same records as the Arabic ones.

>>> [(n.surface, int(n.value)) for n in find_english_numbers("twenty-five killed in 3 towns")]
[('twenty-five', 25), ('3', 3)]
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from .number_grammar import DASHES, HALF, ONE, SIGNS, TWO, Quantity, Read, Reader
from .number_lexicon import english_lexeme, english_lexicon
from .number_record import Calendar, Number, PartialDate
from .number_tokens import Token, tokenize
from .numerals import read_numeral

_ROMAN = re.compile("(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_MONTH_BEFORE = frozenset(
    "in of since until till by last next this early late mid from during to and through between for"
    " before after around on on".split()
)
_FINALS = frozenset({"final", "finals", "finalist", "finalists", "time"})
_ZONES = frozenset({"gmt", "utc", "local", "est", "edt", "cet", "bst"})


def find_english_numbers(text: str) -> list[Number]:
    """Return the numbers of an English text, in order, without overlap.

    Args:
        text: Any text.

    Returns:
        One record per number; ``text[n.start:n.end] == n.surface`` for each.
    """
    return EnglishReader(text, tokenize(text, "en", english_lexeme), english_lexicon()).numbers()


class EnglishReader(Reader):
    """The grammar's English rules."""

    range_words = frozenset({"to", "until", "till", "through"})
    range_openers = frozenset({"between", "from"})
    range_and = "and"
    score_words = frozenset(
        "score scored win wins won beat beats beating defeat defeated lost loss draw drew tie victory"
        " match game goals record lead led".split()
    )
    year_words = frozenset({"year", "season", "circa"})

    def word_at(self, i: int) -> str:
        """Return the lower-case word at token ``i``; empty where there is none."""
        if 0 <= i < len(self.tokens) and self.tokens[i].kind == "l":
            return self.tokens[i].text.lower()
        return ""

    def may_begin(self, token: Token) -> bool:
        """Whether ``token`` is a currency sign or looks like a Roman numeral."""
        return token.text in SIGNS or (token.kind == "l" and not token.text.strip("IVX"))

    def hyphen(self, i: int) -> int:
        """Return the index behind a hyphen between touching tokens at ``i``; else ``i``."""
        if self.sign(i, DASHES) and self.touching(i) and self.touching(i + 1):
            return i + 1
        return i

    # Cardinals

    def quantity(self, i: int) -> Quantity | None:
        """Return the number proper that begins at token ``i``."""
        token = self.tokens[i]
        start = token.start
        if token.kind == "n":
            return self.digits(i)
        lexeme = token.lexeme
        if lexeme is None:
            return self.roman(i)
        match lexeme.category:
            case "unit" | "teen" | "tens" | "hundred" | "dozen" | "scale":
                return self.compound_ordinal(i) or self.counted(i) or self.cardinal(i)
            case "ordinal" | "ordinal_teen" | "ordinal_tens":
                return self.ordinal(i)
            case "fraction":
                return self.fraction(i)
            case "vague":
                value, stop = lexeme.value, i + 1
                while self.word_at(stop) in ("of", "and") and (
                    more := self.lexeme(stop + 1, "vague")
                ):
                    if self.word_at(stop) == "of":
                        value *= more.value
                    stop += 2
                    if value > 10**15:
                        break
                return Quantity(value, start, stop, "vague", written=True)
            case "multiple":
                if lexeme.word == "couple" and self.word_at(i + 1) == "of":
                    if scale := self.lexeme(i + 2, "hundred", "scale"):
                        return Quantity(2 * scale.value, start, i + 3, scale=scale.value)
                return Quantity(lexeme.value, start, i + 1, written=True, weak=True)
        return None

    def digits(self, i: int) -> Quantity | None:
        """Return the quantity that begins with the numeral at token ``i``."""
        token = self.tokens[i]
        numeral = read_numeral(token.text)
        if numeral.form != "plain":
            return None
        value, stop = numeral.value, i + 1
        if self.touching(stop) and self.word_at(stop) in _SUFFIXES and numeral.bare:
            return Quantity(value, token.start, stop + 1, "ordinal", numeral=numeral)
        suffix = self.tokens[stop].text.lower() if self.touching(stop) else ""
        if suffix in self.lexicon.suffixes and not (
            self.touching(stop + 1) and self.is_numeral(stop + 1)
        ):
            magnitude = self.lexicon.suffixes[suffix]
            if suffix == "m" and not self.sign(i - 1, "$£€"):  # 5m: five metres, or five million
                return Quantity(
                    value, token.start, stop, numeral=numeral, alternative=value * magnitude
                )
            return Quantity(value * magnitude, token.start, stop + 1, scale=magnitude)
        share, stop = self.vulgar(stop)
        if share:
            value, scale, stop = self.scaled(value + share, stop)
            return Quantity(value, token.start, stop, scale=scale)
        value, scale, stop = self.scaled(value, stop)
        if scale == ONE:
            stop_half = self.and_half(stop)
            if stop_half:
                return Quantity(value + HALF, token.start, stop_half)
            return Quantity(
                value, token.start, stop, numeral=numeral, alternative=numeral.alternative
            )
        return self.lower_parts(value, scale, token.start, stop, written=False)

    def scaled(self, value: Decimal, i: int) -> tuple[Decimal, Decimal, int]:
        """Multiply ``value`` by the magnitudes at token ``i``."""
        scale = ONE
        while lexeme := self.lexeme(self.hyphen(i), "hundred", "scale", "dozen"):
            value, scale, i = value * lexeme.value, scale * lexeme.value, self.hyphen(i) + 1
            if scale > 10**15:
                break
        return value, scale, i

    def under_hundred(self, i: int) -> tuple[Decimal, int] | None:
        """Return a number under 100 in words at ``i``, and the index behind it."""
        if tens := self.lexeme(i, "tens"):
            j = self.hyphen(i + 1)
            unit = self.lexeme(j, "unit")
            return (tens.value + unit.value, j + 1) if unit and unit.value else (tens.value, i + 1)
        small = self.lexeme(i, "unit", "teen")
        return (small.value, i + 1) if small else None

    def group(self, i: int) -> tuple[Decimal, int] | None:
        """Return a number under 1000 in words at ``i``, and the index behind it."""
        if self.lexeme(i, "hundred"):
            value, stop = Decimal(100), i + 1
        else:
            small = self.under_hundred(i)
            if small is None:
                return None
            value, stop = small
            behind = self.hyphen(stop)
            if not self.lexeme(behind, "hundred"):
                return value, stop
            value, stop = value * 100, behind + 1
        j = stop + (self.word_at(stop) == "and")
        rest = self.under_hundred(j)
        return (value + rest[0], rest[1]) if rest else (value, stop)

    def cardinal(self, i: int) -> Quantity | None:
        """Return the cardinal in words at token ``i``."""
        start = self.tokens[i].start
        if dozen := self.lexeme(i, "dozen"):
            if self.word_at(i - 1) in ("several", "few"):
                return Quantity(Decimal(10), start, i + 1, "vague", written=True)
            return Quantity(dozen.value, start, i + 1, written=True)
        if (lexeme := self.lexeme(i, "scale", "hundred")) and self.word_at(i - 1) in (
            "several",
            "few",
            "many",
        ):
            return Quantity(lexeme.value, start, i + 1, "vague", written=True)
        if lexeme := self.lexeme(i, "scale"):
            value, scale, stop = lexeme.value, lexeme.value, i + 1
        else:
            group = self.group(i)
            if group is None:
                return None
            value, scale, stop = self.scaled(*group)
        if scale == ONE:
            if stop_half := self.and_half(stop):
                value, stop = value + HALF, stop_half
                if lexeme := self.lexeme(stop, "scale"):
                    value, stop, scale = value * lexeme.value, stop + 1, lexeme.value
            elif self.word_at(stop) == "point" and (digit := self.lexeme(stop + 1, "unit")):
                value, scale, stop = self.scaled(value + digit.value / 10, stop + 2)
            return Quantity(value, start, stop, written=True, scale=scale)
        return self.lower_parts(value, scale, start, stop, written=True)

    def lower_parts(
        self, value: Decimal, scale: Decimal, start: int, stop: int, *, written: bool
    ) -> Quantity:
        """Add the groups of smaller magnitude behind ``value``: 3 million 200 thousand."""
        if stop_half := self.and_half(stop):
            return Quantity(value + scale * HALF, start, stop_half, written=written, scale=scale)
        while scale >= 1000:
            j = stop + (self.sign(stop, ",") or self.word_at(stop) == "and")
            numeral = (
                read_numeral(self.tokens[j].text) if self.is_numeral(j) and j == stop else None
            )
            group = (numeral.value, j + 1) if numeral and numeral.form == "plain" else self.group(j)
            if group is None:
                break
            if j > stop and self.sign(stop, ","):
                break
            part, magnitude, behind = self.scaled(*group)
            if part >= scale or (magnitude == ONE and numeral is not None):
                break
            value, scale, stop = value + part, magnitude, behind
        return Quantity(value, start, stop, written=written, scale=scale)

    def and_half(self, i: int) -> int:
        """Return the index behind "and a half" at token ``i``; 0 where it is not."""
        words = []
        for _ in range(3):
            i = self.hyphen(i)
            words.append(self.word_at(i))
            i += 1
        return i if words == ["and", "a", "half"] else 0

    def roman(self, i: int) -> Quantity | None:
        """Return the Roman numeral at token ``i`` behind a capitalised word (Louis XVI)."""
        token = self.tokens[i]
        match = _ROMAN.fullmatch(token.text) if len(token.text) > 1 else None
        if match is None or i == 0 or not self.tokens[i - 1].text[0].isupper():
            return None
        value = 10 * len(match[1]) + _ROMAN_UNITS.index(match[2])
        return Quantity(Decimal(value), token.start, i + 1, "ordinal")

    # Fractions and ordinals

    def fraction(self, i: int) -> Quantity | None:
        """Return the fraction at token ``i``: half (a million), a quarter of a million."""
        lexeme = self.lexeme(i, "fraction")
        j = self.hyphen(i + 1)
        if lexeme is None or self.word_at(j) in _FINALS:
            return None
        return self.share(ONE / lexeme.value, self.tokens[i].start, i + 1)

    def share(self, share: Decimal, start: int, stop: int) -> Quantity:
        """Return ``share`` times the magnitude behind it, or the bare fraction."""
        j = self.hyphen(stop)
        j += self.word_at(j) == "of"
        j += self.word_at(j) in ("a", "an", "the")
        if lexeme := self.lexeme(j, "scale", "dozen", "hundred"):
            return Quantity(share * lexeme.value, start, j + 1, written=True, scale=lexeme.value)
        return Quantity(share, start, stop, "fraction", written=True)

    def is_name(self, i: int, stop: int) -> bool:
        """Whether the number word at token ``i`` is a name's: capitalised inside a sentence."""
        if not self.tokens[i].text[0].isupper() or i == 0:
            return False
        before = self.tokens[i - 1]
        return before.kind == "l" or (
            stop < len(self.tokens)
            and self.tokens[stop].text[0].isupper()
            and before.text not in ".!?:"
        )

    def counted(self, i: int) -> Quantity | None:
        """Return a fraction with its count: two-thirds, one fifth, three quarters."""
        unit = self.lexeme(i, "unit")
        j = self.hyphen(i + 1)
        if unit is None or not unit.value:
            return None
        start = self.tokens[i].start
        if parts := self.lexeme(j, "fractions"):
            return self.share(unit.value / parts.value, start, j + 1)
        if unit.value == ONE:
            if parts := self.lexeme(j, "ordinal", "fraction"):
                if parts.value > TWO or parts.category == "fraction":
                    return self.share(ONE / parts.value, start, j + 1)
            if parts := self.lexeme(j, "ordinal_teen"):
                return self.share(ONE / parts.value, start, j + 1)
        return None

    def ordinal(self, i: int) -> Quantity | None:
        """Return the ordinal at token ``i``; "a third of" is a fraction."""
        lexeme = self.lexeme(i, "ordinal", "ordinal_teen", "ordinal_tens")
        if lexeme is None:
            return None
        start = self.tokens[i].start
        if (
            lexeme.value > 2
            and self.word_at(i - 1) in ("a", "nearly", "about", "over", "under", "almost")
            and self.word_at(i + 1) == "of"
        ):
            return Quantity(ONE / lexeme.value, start, i + 1, "fraction", written=True)
        if lexeme.value > 2 and self.word_at(i - 1) in ("a", "an"):
            return Quantity(
                lexeme.value, start, i + 1, "ordinal", written=True, alternative=ONE / lexeme.value
            )
        return Quantity(lexeme.value, start, i + 1, "ordinal", written=True)

    def compound_ordinal(self, i: int) -> Quantity | None:
        """Return an ordinal of two words (twenty-first) at token ``i``."""
        tens = self.lexeme(i, "tens")
        j = self.hyphen(i + 1)
        unit = self.lexeme(j, "ordinal")
        if tens is None or unit is None:
            return None
        value = tens.value + unit.value
        return Quantity(value, self.tokens[i].start, j + 1, "ordinal", written=True)

    # Units

    def percent(self, i: int) -> int:
        """Return the index behind percent, per cent, percentage points."""
        if self.lexeme(i, "percent"):
            return i + 1
        if (self.word_at(i), self.word_at(i + 1)) == ("per", "cent"):
            return i + 2
        if self.word_at(i) == "percentage" and self.word_at(i + 1) in ("point", "points"):
            return i + 2
        return i

    def currency(self, i: int) -> tuple[str, int]:
        """Return the currency at token ``i``, the country before it with it."""
        if lexeme := self.lexeme(i, "currency"):
            return lexeme.code, i + 1
        j = i + 1
        if self.word_at(i) in ("us", "u.s") and self.sign(j, "."):
            j += 1
        if lexeme := self.lexeme(j, "currency"):
            countries = self.lexicon.countries.get(lexeme.code, {})
            word = self.word_at(i).replace(".", "")
            if word in countries:
                return countries[word], j + 1
        return "", i

    def measure(self, i: int) -> tuple[str, int]:
        """Return the plain unit at token ``i``, square and cubic told apart."""
        power = ""
        j = i
        if self.word_at(i) in ("square", "sq"):
            power, j = "2", i + 1
            j += self.sign(j, ".")
        elif self.word_at(i) == "cubic":
            power, j = "3", i + 1
        lexeme = self.lexeme(j, "measure")
        if lexeme is None:
            return "", i
        if self.touching(j + 1) and self.tokens[j + 1].text in ("2", "²", "3", "³"):
            power = "2" if self.tokens[j + 1].text in ("2", "²") else "3"
            return lexeme.code + power, j + 2
        return lexeme.code + power, j + 1

    # Dates and times

    def date(self, i: int, day: Quantity | None) -> Read | None:
        """Return the date whose month (behind ``day``, if given) begins at token ``i``."""
        j = self.hyphen(i) if day is not None else i
        if day is not None and self.word_at(j) == "of":
            j += 1
        lexeme = self.lexeme(j, "month", "hijri")
        if lexeme is None or not self.tokens[j].text[0].isupper():
            return None
        calendar: Calendar = "hijri" if lexeme.category == "hijri" else "gregorian"
        short = len(lexeme.word) <= 4 and lexeme.word not in ("may", "june", "july")
        dotted = len(lexeme.word) <= 4
        stop = j + 1
        stop += dotted and self.sign(stop, ".") and self.is_numeral(stop + 1)
        number = int(day.value) if day is not None else None
        if number is None and self.is_numeral(stop):
            numeral = read_numeral(self.tokens[stop].text)
            if numeral.bare and len(numeral.digits) <= 2 and 1 <= numeral.value <= 31:
                if not (self.percent(stop + 1) > stop + 1 or self.lexeme(stop + 1, "scale")):
                    number, stop = int(numeral.value), stop + 1
                    stop += self.touching(stop) and self.word_at(stop) in _SUFFIXES
        elif number is None and self.word_at(stop) == "the":
            numeral_at = stop + 1
            if self.is_numeral(numeral_at) and self.word_at(numeral_at + 1) in _SUFFIXES:
                number, stop = int(read_numeral(self.tokens[numeral_at].text).value), numeral_at + 2
        mark = stop
        mark += self.sign(mark, ",")
        mark += self.word_at(mark) == "of"
        year = None
        if self.is_numeral(mark) and not (
            self.touching(mark + 1) and self.word_at(mark + 1) == "s"
        ):
            numeral = read_numeral(self.tokens[mark].text)
            if numeral.bare and len(numeral.digits) in (3, 4) and numeral.value >= 300:
                year, stop = int(numeral.value), mark + 1
        weak = number is None and year is None and calendar == "hijri"
        if number is None and year is None and (lexeme.word in self.lexicon.doubtful or short):
            if lexeme.word in (
                "mar",
                "jan",
                "dec",
                "sep",
                "jun",
                "feb",
                "apr",
                "aug",
                "oct",
                "nov",
                "sept",
            ):
                beside = self.lexeme(j - 2, "month") if self.sign(j - 1, DASHES) else None
                beside = beside or (
                    self.lexeme(j + 2, "month") if self.sign(j + 1, DASHES) else None
                )
                if beside is None and not self.sign(j + 1, "."):
                    return None
            elif self.word_at(j - 1) not in _MONTH_BEFORE and not self.mid(j - 1):
                if lexeme.word in ("may", "march") and (j == 0 or self.tokens[j - 1].kind == "p"):
                    return None
                weak = True
        start = self.tokens[j].start if day is None else day.start
        return self.number(
            "date", PartialDate(year, int(lexeme.value), number, calendar), start, stop, weak=weak
        )

    def mid(self, i: int) -> bool:
        """Whether the hyphen at token ``i`` is that of mid-May, early-March."""
        return self.sign(i, DASHES) and self.word_at(i - 1) in ("mid", "early", "late")

    def half_of_day(self, i: int) -> tuple[str, int]:
        """Return ``am`` or ``pm`` at token ``i``, and the next index."""
        if lexeme := self.lexeme(i, "am", "pm"):
            stop = i + 1
            if "." in self.tokens[i].text and self.sign(stop, ".") and self.touching(stop):
                stop += 1
            return lexeme.category, stop
        words = [self.word_at(i + k) for k in range(3)]
        if words[:2] == ["in", "the"] and words[2] in ("morning", "afternoon", "evening"):
            return ("am" if words[2] == "morning" else "pm"), i + 3
        if words[:2] == ["at", "night"]:
            return "pm", i + 2
        return "", i

    def clock(self, i: int, quantity: Quantity) -> Read | None:
        """Return the time: 8 pm, eight o'clock."""
        stop = quantity.stop
        if self.word_at(stop) in ("o'clock", "o’clock"):
            return self.time(int(quantity.value), 0, quantity.start, stop + 1)
        if self.lexeme(stop, "am", "pm"):
            return self.time(int(quantity.value), 0, quantity.start, stop)
        return None

    def special(self, i: int) -> Read | None:
        """Return decades, 9/11, dotted and military times, Roman numerals' values."""
        token = self.tokens[i]
        if lexeme := self.lexeme(i, "decade"):
            if self.word_at(i + 1) == "of":
                j = i + 2 + (self.word_at(i + 2) == "the")
                century = self.lexeme(j + 1, "measure")
                if century is not None and century.code == "century":
                    count = self.quantity(j)
                    number = Decimal(20) if self.word_at(j) == "last" else None
                    if count is not None and count.form == "ordinal" and count.value <= 30:
                        number = count.value
                    if number is not None:
                        value = (number - 1) * 100 + lexeme.value
                        return self.number("decade", value, token.start, j + 2)
            return self.number(
                "decade", 1900 + lexeme.value, token.start, i + 1, alternative=lexeme.value
            )
        if read := self.spoken_time(i):
            return read
        if (noun := self.lexeme(i, "measure")) and (behind := self.and_half(i + 1)):
            return self.number("cardinal", ONE + HALF, token.start, behind, noun.code)
        if not self.is_numeral(i):
            return None
        numeral = read_numeral(token.text)
        behind = i + 1
        if [t.text for t in self.tokens[i : i + 3]] == ["9", "/", "11"]:
            return self.number("date", PartialDate(None, 9, 11), token.start, i + 3)
        if numeral.bare and self.touching(behind) and self.tokens[behind].text in ("s", "'s", "’s"):
            if len(numeral.digits) == 4:
                return self.number("decade", numeral.value, token.start, i + 2)
            if len(numeral.digits) == 2 and not numeral.value % 10 and not self.is_identifier(i):
                return self.number(
                    "decade", 1900 + numeral.value, token.start, i + 2, alternative=numeral.value
                )
        if (
            len(numeral.digits) == 4
            and numeral.bare
            and self.word_at(behind) in _ZONES
            and numeral.value < 2400
        ):
            hour, minute = divmod(int(numeral.value), 100)
            if minute < 60:
                return self.time(hour, minute, token.start, behind)
        if numeral.form == "plain" and "." in numeral.digits and self.lexeme(behind, "am", "pm"):
            hour_text, minute_text = numeral.digits.split(".")
            if len(minute_text) == 2 and int(minute_text) < 60 and len(hour_text) <= 2:
                return self.time(int(hour_text), int(minute_text), token.start, behind)
        return None

    def spoken_time(self, i: int) -> Read | None:
        """Return eight-thirty, half past eight, quarter to nine at token ``i``."""
        start = self.tokens[i].start
        if (share := self.lexeme(i, "fraction")) and self.word_at(i + 1) in ("past", "to"):
            hour = self.lexeme(i + 2, "unit", "teen")
            if hour is None or not 1 <= hour.value <= 12:
                return None
            minutes = 60 / int(share.value)
            if self.word_at(i + 1) == "to":
                return self.time((int(hour.value) - 1) or 12, int(60 - minutes), start, i + 3)
            return self.time(int(hour.value), int(minutes), start, i + 3)
        hour = self.lexeme(i, "unit", "teen")
        j = self.hyphen(i + 1)
        if hour is None or j == i + 1 or not 1 <= hour.value <= 12:
            return None
        minute = self.under_hundred(j) if self.lexeme(j, "tens", "teen") else None
        if (
            minute is None
            or minute[0] > 59
            or self.lexeme(self.hyphen(minute[1]), "scale", "hundred")
        ):
            return None
        return self.time(int(hour.value), int(minute[0]), start, minute[1])

    def finish(self, i: int, quantity: Quantity) -> Read:
        """Return the number that ``quantity`` is part of, "an hour and a half" too."""
        number, stop = super().finish(i, quantity)
        if number.kind == "cardinal" and number.unit and (behind := self.and_half(stop)):
            return self.number("cardinal", quantity.value + HALF, number.start, behind, number.unit)
        if (
            quantity.written
            and number.kind == "cardinal"
            and not number.unit
            and self.is_name(i, stop)
        ):
            return replace(number, weak=True), stop
        if number.kind == "ordinal" and number.unit == "century":
            return replace(number, weak=False), stop
        return number, stop
