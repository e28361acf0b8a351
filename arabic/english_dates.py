"""Dates and times of day in English text."""

from __future__ import annotations

from .english_quantities import EnglishQuantityReader
from .number_reader import DASHES, Quantity, Read
from .number_record import Calendar, PartialDate
from .numerals import read_numeral


class EnglishDateReader(EnglishQuantityReader):
    """The rules for dates and times."""

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
            counts = self.percent(stop + 1) > stop + 1 or self.lexeme(stop + 1, "scale")
            short_numeral = numeral.bare and len(numeral.digits) <= 2
            if short_numeral and 1 <= numeral.value <= 31 and not counts:
                number, stop = int(numeral.value), stop + 1
                suffixes = self.lexicon.context["ordinal_suffix"]
                stop += self.touching(stop) and self.word_at(stop) in suffixes
        elif number is None and self.word_at(stop) == "the":
            numeral_at = stop + 1
            if (
                self.is_numeral(numeral_at)
                and self.word_at(numeral_at + 1) in self.lexicon.context["ordinal_suffix"]
            ):
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
            elif self.word_at(j - 1) not in self.lexicon.context["before_month"] and not self.mid(
                j - 1
            ):
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
