"""Numbers in English text, in the same records as the Arabic ones.

>>> [(n.surface, int(n.value)) for n in find_english_numbers("twenty-five killed in 3 towns")]
[('twenty-five', 25), ('3', 3)]
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .english_dates import EnglishDateReader
from .number_lexicon import english_lexeme, english_lexicon
from .number_reader import HALF, ONE, Quantity, Read
from .number_record import Number, PartialDate
from .number_tokens import tokenize
from .numerals import read_numeral


def find_english_numbers(text: str) -> list[Number]:
    """Return the numbers of an English text, in order, without overlap.

    Args:
        text: Any text.

    Returns:
        One record per number; ``text[n.start:n.end] == n.surface`` for each.
    """
    return EnglishReader(text, tokenize(text, "en", english_lexeme), english_lexicon()).numbers()


class EnglishReader(EnglishDateReader):
    """The grammar with all its English rules."""

    range_and = "and"

    def percent(self, i: int) -> int:
        """Return the index behind percent, per cent."""
        if self.lexeme(i, "percent"):
            return i + 1
        if (self.word_at(i), self.word_at(i + 1)) == ("per", "cent"):
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
        points = {"percentage": "point", "basis": "basis_point"}.get(self.word_at(i))
        if points and self.word_at(i + 1) in ("point", "points"):
            return points, i + 2
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
            and self.word_at(behind) in self.lexicon.context["zone"]
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
