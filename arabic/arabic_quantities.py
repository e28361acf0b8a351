"""Arabic numbers proper: cardinals, ordinals, fractions and open counts, in words and digits."""

from __future__ import annotations

from decimal import Decimal

from .number_grammar import Reader
from .number_lexicon import Lexeme, fold
from .number_reader import ONE, Quantity
from .numerals import read_numeral


class ArabicQuantityReader(Reader):
    """The rules for a number before its unit."""

    def word_at(self, i: int) -> str:
        """Return the folded word at token ``i``; empty where there is none."""
        if 0 <= i < len(self.tokens) and self.tokens[i].kind == "a":
            return fold(self.tokens[i].text)
        return ""

    def joined(self, i: int) -> bool:
        """Whether و is written onto token ``i``."""
        if 0 <= i < len(self.tokens):
            lexeme = self.tokens[i].lexeme
            return lexeme is not None and lexeme.joined
        return False

    def start(self, i: int) -> int:
        """Return the offset of token ``i`` behind its proclitics."""
        token = self.tokens[i]
        skip = token.lexeme.proclitics if token.lexeme else 0
        at = token.start
        while skip:
            skip -= bool(fold(self.text[at]))
            at += 1
        while at < token.end - 1 and not fold(self.text[at]):
            at += 1
        return at

    def quantity(self, i: int) -> Quantity | None:
        """Return the number proper that begins at token ``i``."""
        token = self.tokens[i]
        lexeme = token.lexeme
        if token.kind == "n":
            return self.cardinal(i)
        if lexeme is None or self.is_other_word(i, lexeme):
            return None
        match lexeme.category:
            case "multiple":
                return Quantity(lexeme.value, self.start(i), i + 1, written=True, weak=True)
            case "dozen":
                return Quantity(lexeme.value, self.start(i), i + 1, written=True)
            case "unit" | "ten" | "tens" | "hundred" | "scale" | "scale_dual":
                return self.fraction_of(i) or self.cardinal(i)
            case "partial":
                return self.cardinal(i)
            case "ordinal":
                return self.ordinal(i)
            case "fraction" | "fraction_dual":
                return self.fraction(i)
            case "vague" | "scales":
                return self.vague(i)
            case "measure_dual" | "currency_dual":
                return Quantity(Decimal(2), self.start(i), i + 1, unit=lexeme.code, written=True)
        return None

    def is_other_word(self, i: int, lexeme: Lexeme) -> bool:
        """Whether the word at token ``i`` only looks like a number: ألف "wrote", ألفا "alpha"."""
        before = self.word_at(i - 1)
        after = self.word_at(i + 1)
        if lexeme.word == "الف":
            return (
                before in self.lexicon.context["who_wrote"]
                or before in self.lexicon.context["lettered"]
                or after in ("باء", "وباء", "بائي")
                or (after == "الي" and self.word_at(i + 2) == "الياء")
            )
        if lexeme.word == "الفا":
            counted = bool(after) and self.tokens[i + 1].lexeme is None
            return not counted or lexeme.definite or before in self.lexicon.context["alpha"]
        if lexeme.word in ("مئه", "مائه"):
            return lexeme.definite and before == "في" and after != "يوم"
        if lexeme.category == "tens":
            return before in self.lexicon.context["title"]  # الدكتور ستون: Dr Stone
        if lexeme.word == "سبع":
            return before == "بئر" or before == "بير"
        if lexeme.word == "رابعه":
            return after == "العدويه"
        return False

    def next_part(self, i: int) -> int:
        """Return the index of the token that "and" joins at ``i``; -1 where nothing is joined."""
        if self.joined(i):
            return i
        if self.word_at(i) == "و" and i + 1 < len(self.tokens):
            return i + 1
        return -1

    def group(self, i: int) -> tuple[Decimal, int] | None:
        """Return a number under 1000 in words (or any numeral) at ``i``, and the index behind."""
        if self.is_numeral(i):
            numeral = read_numeral(self.tokens[i].text)
            return (numeral.value, i + 1) if numeral.form == "plain" else None
        if hundred := self.lexeme(i, "hundred"):
            value, stop = hundred.value, i + 1
        elif (unit := self.lexeme(i, "unit")) and self.plain_hundred(i + 1):
            value, stop = unit.value * 100, i + 2
        else:
            return self.under_hundred(i)
        j = self.next_part(stop)
        rest = self.under_hundred(j) if j >= 0 else None
        return (value + rest[0], rest[1]) if rest else (value, stop)

    def plain_hundred(self, i: int) -> bool:
        """Whether token ``i`` is the hundred that a unit before it multiplies."""
        lexeme = self.lexeme(i, "hundred")
        return (
            lexeme is not None and lexeme.value == 100 and not lexeme.joined and not lexeme.definite
        )

    def under_hundred(self, i: int) -> tuple[Decimal, int] | None:
        """Return a number under 100 in words at ``i``, and the index behind it."""
        if tens := self.lexeme(i, "tens"):
            return tens.value, i + 1
        if ten := self.lexeme(i, "ten"):
            return ten.value, i + 1
        unit = self.lexeme(i, "unit", "partial")
        if unit is None:
            return None
        ten = self.lexeme(i + 1, "ten")
        if ten is not None and not ten.joined and not ten.definite and not ten.preposition:
            return unit.value + 10, i + 2
        j = self.next_part(i + 1)
        if j >= 0 and (tens := self.lexeme(j, "tens")) and tens.definite <= unit.definite:
            return unit.value + tens.value, j + 1
        return None if unit.category == "partial" else (unit.value, i + 1)

    def scale(self, i: int) -> Lexeme | None:
        """Return the magnitude at token ``i`` that multiplies what stands before it."""
        lexeme = self.lexeme(i, "scale", "scales")
        return None if lexeme is None or lexeme.joined or lexeme.preposition else lexeme

    def cardinal(self, i: int) -> Quantity | None:
        """Return the cardinal at token ``i``: groups with falling magnitudes, then a fraction."""
        total, scale, stop = Decimal(0), Decimal(0), i
        written = True
        j = i
        while True:
            part = self.part(j)
            if part is None or (scale and part[1] >= scale):
                break
            if scale and (part[0] >= scale or self.is_apart(j, total, scale, part)):
                break
            written = written and not self.is_numeral(j)
            total, scale, stop = total + part[0], part[1], part[2]
            if scale == ONE:
                break
            j = self.next_part(stop)
            if j < 0 or self.lexeme(j, "scales", "vague"):
                break
        if stop == i:
            return None
        value, stop = self.and_fraction(total, scale, stop)
        numeral = read_numeral(self.tokens[i].text) if self.is_numeral(i) else None
        single = numeral is not None and stop == i + 1
        other = numeral.alternative if numeral and single else None
        if (
            stop == i + 1
            and written
            and self.word_at(i) in self.lexicon.context["share"]
            and self.word_at(stop).startswith("ال")
        ):
            other = ONE / value  # خمس السكان: a fifth of the people
        return Quantity(
            value,
            self.start(i),
            stop,
            written=written,
            scale=scale,
            numeral=numeral if single else None,
            weak=self.is_doubtful(i, stop),
            alternative=other,
        )

    def is_apart(
        self, j: int, total: Decimal, scale: Decimal, part: tuple[Decimal, Decimal, int]
    ) -> bool:
        """Whether the part at token ``j`` is a number of its own: 1.5 million and 30 ..."""
        if not self.is_numeral(j):
            return False
        if total / scale != (total / scale).to_integral_value():
            return True
        return part[1] == ONE and (scale > 1000 or part[0] != part[0].to_integral_value())

    def is_doubtful(self, i: int, stop: int) -> bool:
        """Whether the cardinal may be a name: ألفا "alpha", ستون "Stone", nothing counted."""
        word = self.word_at(i)
        if word == "ستون" and stop == i + 1:
            counted = self.word_at(stop)
            noun = counted.endswith(("ا", "ه")) and not counted.startswith("ال")
            return not noun and not self.lexeme(stop, "measure", "currency", "scale", "percent")
        return stop == i + 1 and word.endswith("الفا") and self.lexeme(i, "scale") is not None

    def part(self, i: int) -> tuple[Decimal, Decimal, int] | None:
        """Return (value, magnitude, next index) of one group with its magnitudes."""
        if dual := self.lexeme(i, "scale_dual"):
            return dual.value, dual.value / 2, i + 1
        if word := self.lexeme(i, "scale"):
            if word.word in ("الفا", "مليونا", "مليارا") and not self.tokens[i].text.endswith(
                ("ً", "ًا")
            ):
                return word.value * 2, word.value, i + 1
            value, magnitude, stop = word.value, word.value, i + 1
        else:
            group = self.group(i)
            if group is None:
                return None
            value, magnitude, stop = group[0], ONE, group[1]
        if self.is_numeral(stop - 1):
            share, stop = self.vulgar(stop)
            value += share
        while word := self.scale(stop):
            if magnitude > ONE and self.lexeme(stop - 1, "scales") and word.definite:
                break
            value, magnitude, stop = value * word.value, magnitude * word.value, stop + 1
            if magnitude > Decimal(10) ** 15:
                break
        return value, magnitude, stop

    def and_fraction(self, value: Decimal, scale: Decimal, stop: int) -> tuple[Decimal, int]:
        """Add the "and a half (of the million)" behind a cardinal."""
        j = self.next_part(stop)
        if j < 0:
            return value, stop
        fraction = self.lexeme(j, "fraction")
        if fraction is None or fraction.word[-1] in "هم":
            return value, stop
        share = ONE / fraction.value
        behind = j + 1
        of = self.lexeme(behind, "scale")
        if of is not None and not of.joined:
            if of.value == scale or scale == ONE:
                return value + share * of.value, behind + 1
            return value, stop
        if scale == ONE and fraction.definite:
            return value, stop
        return value + share * scale, behind

    def fraction(self, i: int) -> Quantity | None:
        """Return the fraction at token ``i``: نصف، ثلثا، نصف مليون."""
        lexeme = self.lexeme(i, "fraction", "fraction_dual")
        if lexeme is None or self.word_at(i + 1) in self.lexicon.context["no_fraction"]:
            return None
        share = (ONE if lexeme.category == "fraction" else Decimal(2)) / lexeme.value
        of = self.scale(i + 1)
        if of is not None and of.category == "scale":
            value = share * of.value
            return Quantity(value, self.start(i), i + 2, written=True, scale=of.value)
        return Quantity(share, self.start(i), i + 1, "fraction", written=True)

    def fraction_of(self, i: int) -> Quantity | None:
        """Return the fraction with a count: ثلاثة أرباع (المليون)."""
        unit = self.lexeme(i, "unit")
        parts = self.lexeme(i + 1, "fractions")
        if unit is None or parts is None or parts.joined or parts.preposition:
            return None
        share = unit.value / parts.value
        of = self.scale(i + 2)
        if of is not None and of.category == "scale":
            return Quantity(share * of.value, self.start(i), i + 3, written=True, scale=of.value)
        return Quantity(share, self.start(i), i + 2, "fraction", written=True)

    def vague(self, i: int) -> Quantity | None:
        """Return the open count at token ``i``: مئات، عشرات الآلاف."""
        lexeme = self.lexeme(i, "vague", "scales")
        if lexeme is None:
            return None
        value, stop = lexeme.value, i + 1
        while (of := self.scale(stop)) and of.category == "scales" and value < 10**12:
            value, stop = value * of.value, stop + 1
        return Quantity(value, self.start(i), stop, "vague", written=True)

    def ordinal(self, i: int) -> Quantity | None:
        """Return the ordinal at token ``i``: الثالثة عشرة، الحادي والعشرين."""
        lexeme = self.lexeme(i, "ordinal")
        if lexeme is None:
            return None
        ten = self.lexeme(i + 1, "ten")
        if ten is not None and not ten.joined and not ten.definite and not ten.preposition:
            return Quantity(lexeme.value + 10, self.start(i), i + 2, "ordinal", written=True)
        j = self.next_part(i + 1)
        if j >= 0 and (tens := self.lexeme(j, "tens")) and tens.definite:
            return Quantity(
                lexeme.value + tens.value, self.start(i), j + 1, "ordinal", written=True
            )
        if lexeme.word.startswith("حادي"):
            return None
        return Quantity(lexeme.value, self.start(i), i + 1, "ordinal", written=True)
