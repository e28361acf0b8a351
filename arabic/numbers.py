"""Numbers in Arabic text: words and digits, dates, money, times, each with its value.

>>> [(n.surface, int(n.value)) for n in find_numbers("قتل خمسة وعشرون شخصا في ٣ مدن")]
[('خمسة وعشرون', 25), ('٣', 3)]
"""

from __future__ import annotations

from dataclasses import replace

from .arabic_scores import ArabicScoreReader
from .number_lexicon import arabic_lexeme, arabic_lexicon
from .number_reader import HALF, ONE, Quantity, Read
from .number_record import Number, PartialDate
from .number_tokens import tokenize
from .numerals import read_numeral


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of an Arabic text, in order, without overlap.

    Args:
        text: Any text; digits of all three sets, words with or without marks.

    Returns:
        One record per number; ``text[n.start:n.end] == n.surface`` for each.
    """
    return ArabicReader(text, tokenize(text, "ar", arabic_lexeme), arabic_lexicon()).numbers()


class ArabicReader(ArabicScoreReader):
    """The grammar with all its Arabic rules."""

    range_and = "و"

    def percent(self, i: int) -> int:
        """Return the index behind بالمئة، في المئة."""
        if self.lexeme(i, "percent"):
            return i + 1
        if self.word_at(i) == "في" and self.word_at(i + 1) in (
            "المئه",
            "المائه",
            "الميه",
            "المايه",
        ):
            return i + 2
        return i

    def currency(self, i: int) -> tuple[str, int]:
        """Return the currency at token ``i``, its country's adjective with it."""
        lexeme = self.lexeme(i, "currency")
        if lexeme is None or lexeme.joined:
            return "", i
        countries = self.lexicon.countries.get(lexeme.code, {})
        adjective = self.word_at(i + 1).removeprefix("ال")
        for form in (adjective, adjective.removesuffix("ا"), adjective.removesuffix("ه")):
            if form in countries:
                return countries[form], i + 2
        return lexeme.code, i + 1

    def measure(self, i: int) -> tuple[str, int]:
        """Return the plain unit at token ``i``, square and cubic told apart."""
        if self.word_at(i) == "ثانيه":
            return "second", i + 1
        if self.word_at(i) in ("نقطه", "نقاط"):
            points = {"مئويه": "point", "اساس": "basis_point"}.get(self.word_at(i + 1))
            return (points, i + 2) if points else ("", i)
        lexeme = self.lexeme(i, "measure")
        if lexeme is None or lexeme.joined or lexeme.preposition:
            return "", i
        power = self.word_at(i + 1)
        if power in ("مربع", "مربعا", "مربعه"):
            return lexeme.code + "2", i + 2
        if power in ("مكعب", "مكعبا", "مكعبه"):
            return lexeme.code + "3", i + 2
        if lexeme.code == "degree" and power == "مئويه":
            return lexeme.code, i + 2
        return lexeme.code, i + 1

    def special(self, i: int) -> Read | None:
        """Return a score, a decade, a number with "and a half" behind its noun, a Hijri year."""
        if (score := self.score(i)) is not None:
            return score
        if lexeme := self.lexeme(i, "decade"):
            return self.decade(i, lexeme)
        noun = self.lexeme(i, "measure")
        if noun is not None:
            j = self.next_part(i + 1)
            half = self.lexeme(j, "fraction") if j >= 0 else None
            if half is not None and half.word in ("نصف", "نصفا") and not noun.definite:
                stop = j + 1 + (self.lexeme(j + 1, "measure") is not None)
                return self.number("cardinal", ONE + HALF, self.start(i), stop, noun.code)
            return None
        if (
            self.is_numeral(i)
            and self.word_at(i + 1) in self.lexicon.context["hijri"]
            and self.tokens[i].end - self.tokens[i].start in (3, 4)
        ):
            numeral = read_numeral(self.tokens[i].text)
            if numeral.bare:
                return self.number(
                    "date",
                    PartialDate(int(numeral.value), calendar="hijri"),
                    self.tokens[i].start,
                    i + 2,
                )
        return None

    def finish(self, i: int, quantity: Quantity) -> Read:
        """Return the number of ``quantity``; centuries and "3 years and a half" too."""
        number, stop = super().finish(i, quantity)
        k = i - 1 - (self.word_at(i - 1) == "ال")  # القرن الـ18
        before = self.lexeme(k, "measure")
        of_century = self.word_at(k) == "القرنين" or (before and before.code == "century")
        if of_century and number.kind in ("cardinal", "ordinal") and quantity.value <= 40:
            return replace(number, kind="ordinal", unit="century", weak=False), stop
        if number.kind == "ordinal" and self.tokens[stop - 1].text.endswith(("ا", "اً", "ًا")):
            return replace(number, weak=True), stop  # خامسا: fifthly
        if (
            number.kind == "ordinal"
            and self.word_at(i - 1) in ("الشهر", "شهر")
            and quantity.value <= 12
        ):
            return self.month_by_number(quantity) or (number, stop)
        if number.kind == "cardinal" and number.unit and quantity.whole:
            j = self.next_part(stop)
            half = self.lexeme(j, "fraction") if j >= 0 else None
            if half is not None and half.word in ("نصف", "نصفا") and quantity.value < 100:
                behind = j + 1 + (self.lexeme(j + 1, "measure") is not None)
                return self.number(
                    "cardinal", quantity.value + HALF, number.start, behind, number.unit
                )
        return number, stop
