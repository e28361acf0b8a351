"""Dates and times of day in Arabic text."""

from __future__ import annotations

from decimal import Decimal

from .arabic_quantities import ArabicQuantityReader
from .number_lexicon import Lexeme
from .number_reader import ONE, Quantity, Read
from .number_record import Calendar, PartialDate
from .numerals import read_numeral


class ArabicDateReader(ArabicQuantityReader):
    """The rules for dates, decades and times."""

    def month(self, i: int) -> tuple[int, Calendar, int, bool] | None:
        """Return (month, calendar, next index, doubtful) of the month at token ``i``."""
        lexeme = self.lexeme(i, "month", "hijri")
        if lexeme is not None and not (lexeme.definite and lexeme.category == "month"):
            calendar: Calendar = "hijri" if lexeme.category == "hijri" else "gregorian"
            return int(lexeme.value), calendar, i + 1, lexeme.word in self.lexicon.doubtful
        pair = self.lexeme(i, "pair")
        if pair is not None:
            calendar, seconds = self.lexicon.pairs[pair.word]  # type: ignore[assignment]
            month = seconds.get(self.word_at(i + 1).removeprefix("ال"))
            if month is not None:
                return month, calendar, i + 2, False
        return None

    def date(self, i: int, day: Quantity | None) -> Read | None:
        """Return the date whose month (behind ``day``, if given) begins at token ``i``."""
        j = i
        if day is not None:
            if self.word_at(j) in ("من", "في"):
                j += 1
            if self.word_at(j) in ("شهر", "لشهر", "بشهر"):
                j += 1
        found = self.month(j)
        if found is None:
            return None
        month, calendar, stop, doubtful = found
        stop, doubled = self.second_name(stop, month, calendar)
        mark = stop
        year = None
        if self.sign(mark, "،,"):
            mark += 1
        if (word := self.word_at(mark)) in self.lexicon.context["year"] or (
            word == "من" and self.word_at(mark + 1) in self.lexicon.context["year"]
        ):
            mark += 1 + (word == "من")
        if self.is_numeral(mark):
            numeral = read_numeral(self.tokens[mark].text)
            if numeral.bare and len(numeral.digits) in (3, 4) and numeral.value >= 300:
                year, stop = int(numeral.value), mark + 1
                if self.word_at(stop) in self.lexicon.context["hijri"]:
                    stop += 1
        if year is None and day is None and self.is_numeral(stop):
            numeral = read_numeral(self.tokens[stop].text)
            behind = stop + 1
            if (
                numeral.bare
                and ONE <= numeral.value <= 31
                and (behind == len(self.tokens) or self.sign(behind, "،,."))
            ):  # مارس 15، 2010
                day = Quantity(numeral.value, self.start(j), behind)
                stop = behind
                if self.is_numeral(behind + 1):
                    numeral = read_numeral(self.tokens[behind + 1].text)
                    if numeral.bare and len(numeral.digits) == 4:
                        year, stop = int(numeral.value), behind + 2
        weak = False
        if doubtful and day is None and year is None and not doubled:
            if self.tokens[j].lexeme.word == "اب" and "آ" not in self.tokens[j].text:  # type: ignore[union-attr]
                return None  # أب "father", باب "door"
            if self.word_at(j - 1) not in self.lexicon.context[
                "before_month"
            ] and not self.after_month(j):
                if calendar == "gregorian" or month in (1, 2):
                    return None
                weak = True
            elif self.word_at(j) in ("صفر", "محرم"):
                return None
        start = self.start(j) if day is None else day.start
        value = PartialDate(year, month, int(day.value) if day else None, calendar)
        return self.number("date", value, start, stop, weak=weak)

    def after_month(self, i: int) -> bool:
        """Whether a month stands right before the one at token ``i`` (حزيران وآب، يوليو/آب)."""
        before = i - 1 - self.sign(i - 1, "/-–،")
        return before >= 0 and (
            self.lexeme(before, "month", "hijri") is not None
            or self.lexeme(before - 1, "pair") is not None
        )

    def second_name(self, i: int, month: int, calendar: Calendar) -> tuple[int, bool]:
        """Return the index behind the month's other name (يناير/ كانون الثاني), if it follows."""
        if not self.sign(i, "/(\\-–،"):
            return i, False
        second = self.month(i + 1)
        if second is None or second[0] != month or second[1] != calendar:
            return i, False
        stop = second[2]
        if self.sign(i, "(") and self.sign(stop, ")"):
            stop += 1
        return stop, True

    def month_by_number(self, quantity: Quantity) -> Read | None:
        """Return the date of "the tenth month of the year 2012"; ``None`` without a year."""
        j = quantity.stop + (self.word_at(quantity.stop) == "من")
        j += self.word_at(j) in self.lexicon.context["year"]
        if j == quantity.stop or not self.is_numeral(j):
            return None
        numeral = read_numeral(self.tokens[j].text)
        if not numeral.bare or len(numeral.digits) != 4:
            return None
        value = PartialDate(int(numeral.value), int(quantity.value))
        return self.number("date", value, quantity.start, j + 1)

    def decade(self, i: int, lexeme: Lexeme) -> Read:
        """Return the decade at token ``i``, in the century that is said behind it."""
        stop, century = i + 1, None
        if self.word_at(stop) in ("القرن", "للقرن"):
            ordinal = self.quantity(stop + 1) if stop + 1 < len(self.tokens) else None
            if (
                ordinal is not None
                and ordinal.form in ("ordinal", "cardinal")
                and ordinal.value <= 30
            ):
                century, stop = ordinal.value, ordinal.stop
            elif self.word_at(stop + 1) in self.lexicon.context["last_century"]:
                century, stop = Decimal(20), stop + 2
        if century is None:
            return self.number(
                "decade", 1900 + lexeme.value, self.start(i), stop, alternative=lexeme.value
            )
        return self.number("decade", (century - 1) * 100 + lexeme.value, self.start(i), stop)

    def half_of_day(self, i: int) -> tuple[str, int]:
        """Return ``am`` or ``pm`` for صباحا، مساء، بعد الظهر at token ``i``, and the next index."""
        word = self.word_at(i)
        if lexeme := self.lexeme(i, "am", "pm"):
            return ("", i) if lexeme.joined else (lexeme.category, i + 1)
        if word == "بعد" and self.word_at(i + 1) in ("الظهر", "ظهر"):
            return "pm", i + 2
        if word in ("ص", "م") and self.is_numeral(i - 1) and ":" in self.tokens[i - 1].text:
            return ("am" if word == "ص" else "pm"), i + 1
        return "", i

    def clock(self, i: int, quantity: Quantity) -> Read | None:
        """Return the time: الساعة الثامنة والنصف (مساء), 8 صباحا."""
        marked = self.word_at(i - 1) in ("الساعه", "والساعه", "للساعه", "بالساعه", "ساعه") and (
            quantity.form == "ordinal" or self.word_at(i - 1) != "ساعه"
        )
        stop = quantity.stop
        minute = Decimal(0)
        hour = quantity.value
        if hour > 24 or not quantity.whole:
            return None
        definite = self.lexeme(i, "ordinal")
        if quantity.form == "ordinal" or marked:
            j = self.next_part(stop)
            if j >= 0 and (fraction := self.lexeme(j, "fraction")):
                minute, stop = 60 / fraction.value, j + 1
                marked = marked or fraction.definite
            elif self.word_at(stop) == "الا" and (fraction := self.lexeme(stop + 1, "fraction")):
                hour, minute, stop = hour - 1, 60 - 60 / fraction.value, stop + 2
            elif (
                j >= 0
                and (group := self.group(j))
                and self.word_at(group[1]) in ("دقيقه", "دقائق", "دقاءق")
            ):
                minute, stop = group[0], group[1] + 1
                marked = marked or (definite is not None and definite.definite)
        if not marked and not self.half_of_day(stop)[0]:
            return None
        if minute > 59 or minute != minute.to_integral_value() or hour < 0:
            return None
        return self.time(int(hour), int(minute), quantity.start, stop)
