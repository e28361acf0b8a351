"""English numbers proper: cardinals, ordinals, fractions and open counts, in words and digits."""

from __future__ import annotations

import re
from decimal import Decimal

from .number_grammar import Reader
from .number_reader import DASHES, HALF, ONE, SIGNS, TWO, VULGAR, Quantity
from .number_tokens import Token
from .numerals import read_numeral

_ROMAN = re.compile("(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


class EnglishQuantityReader(Reader):
    """The rules for a number before its unit."""

    def word_at(self, i: int) -> str:
        """Return the lower-case word at token ``i``; empty where there is none."""
        if 0 <= i < len(self.tokens) and self.tokens[i].kind == "l":
            return self.tokens[i].text.lower()
        return ""

    def may_begin(self, token: Token) -> bool:
        """Whether ``token`` is a currency sign or looks like a Roman numeral."""
        return (
            token.text in SIGNS
            or token.text in VULGAR
            or (token.kind == "l" and not token.text.strip("IVX"))
        )

    def hyphen(self, i: int) -> int:
        """Return the index behind a hyphen between touching tokens at ``i``; else ``i``."""
        if self.sign(i, DASHES) and self.touching(i) and self.touching(i + 1):
            return i + 1
        return i

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
                couple = lexeme.word == "couple" and self.word_at(i + 1) == "of"
                if couple and (scale := self.lexeme(i + 2, "hundred", "scale")):
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
        if (
            self.touching(stop)
            and self.word_at(stop) in self.lexicon.context["ordinal_suffix"]
            and numeral.bare
        ):
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
            comma = self.sign(stop, ",")
            j = stop + (comma or self.word_at(stop) == "and")
            numeral = (
                read_numeral(self.tokens[j].text) if j == stop and self.is_numeral(j) else None
            )
            group = (numeral.value, j + 1) if numeral and numeral.form == "plain" else self.group(j)
            if group is None:
                break
            part, magnitude, behind = self.scaled(*group)
            if part >= scale or (magnitude == ONE and numeral is not None):
                break
            if comma and (part < 100 or not written):
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

    def fraction(self, i: int) -> Quantity | None:
        """Return the fraction at token ``i``: half (a million), a quarter of a million."""
        lexeme = self.lexeme(i, "fraction")
        j = self.hyphen(i + 1)
        if lexeme is None or self.word_at(j) in self.lexicon.context["final"]:
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
            parts = self.lexeme(j, "ordinal", "ordinal_teen", "fraction")
            if parts and (parts.value > TWO or parts.category == "fraction"):
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
