"""Numbers in Arabic text: words and digits, dates, money, times, each with its value.

>>> [(n.surface, int(n.value)) for n in find_numbers("قتل خمسة وعشرون شخصا في ٣ مدن")]
[('خمسة وعشرون', 25), ('٣', 3)]
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .number_grammar import HALF, ONE, Quantity, Read, Reader
from .number_lexicon import Lexeme, arabic_lexeme, arabic_lexicon, fold
from .number_record import Calendar, Number, PartialDate
from .number_tokens import tokenize
from .numerals import read_numeral

_MONTH_BEFORE = frozenset(
    fold(word)
    for word in "شهر شهري في منذ خلال حتى بداية نهاية مطلع أواخر أوائل منتصف مستهل بحلول وشهر لشهر بشهر".split()
)
_PAST = frozenset(map(fold, ("الماضي", "المنصرم", "الفائت")))
_WHO_WROTE = frozenset(map(fold, ("الذي", "التي", "والذي", "والتي", "قد", "وقد", "الكتاب")))
_SHARES = frozenset({"خمس", "سبع", "تسع", "عشر", "بخمس", "وخمس", "لخمس"})
_LETTERED = frozenset(
    map(fold, ("البند", "الفقرة", "الملحق", "القسم", "فيتامين", "الفئة", "النقطة", "الجزء", "حرف"))
)
_TITLES = frozenset(map(fold, ("الدكتور", "الدكتورة", "السيد", "السيدة", "دكتور")))
_ALPHAS = frozenset({"قناه", "سياره", "شركه", "متحور", "جسيم", "جسيمات", "اشعه"})
_HIJRI_MARK = frozenset({"ه", "هجري", "هجريه", "الهجري", "للهجره"})


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of an Arabic text, in order, without overlap.

    Args:
        text: Any text; digits of all three sets, words with or without marks.

    Returns:
        One record per number; ``text[n.start:n.end] == n.surface`` for each.
    """
    return ArabicReader(text, tokenize(text, "ar", arabic_lexeme), arabic_lexicon()).numbers()


class ArabicReader(Reader):
    """The grammar's Arabic rules."""

    range_words = frozenset({"الي", "حتي"})
    range_openers = frozenset({"بين", "وبين", "من", "ومن", "مابين", "بينما"})
    range_and = "و"
    score_words = frozenset(
        fold(w)
        for w in (
            "نتيجة بنتيجة النتيجة فاز فوز بفوز الفوز يفوز ليفوز تعادل التعادل تعادلا هزيمة خسر خسارة تغلب"
            " هدف أهداف مباراة المباراة مقابل بهدفين سجل"
        ).split()
    )
    year_words = frozenset(
        fold(w)
        for w in "عام العام بعام لعام وعام سنة السنة بسنة لسنة وسنة عامي لعامي سنتي موسم لموسم".split()
    )

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

    # Cardinals

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
                before in _WHO_WROTE
                or before in _LETTERED
                or after in ("باء", "وباء", "بائي")
                or (after == "الي" and self.word_at(i + 2) == "الياء")
            )
        if lexeme.word == "الفا":
            counted = bool(after) and self.tokens[i + 1].lexeme is None
            return not counted or lexeme.definite or before in _ALPHAS
        if lexeme.word in ("مئه", "مائه"):
            return lexeme.definite and before == "في" and after != "يوم"
        if lexeme.category == "tens":
            return before in _TITLES  # الدكتور ستون: Dr Stone
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
            if scale and part[0] >= scale:
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
            and self.word_at(i) in _SHARES
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
            weak=self.lexeme(i, "scale") is not None and self.word_at(i).endswith("الفا"),
            alternative=other,
        )

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

    # Fractions, vague counts, ordinals

    def fraction(self, i: int) -> Quantity | None:
        """Return the fraction at token ``i``: نصف، ثلثا، نصف مليون."""
        lexeme = self.lexeme(i, "fraction", "fraction_dual")
        following = self.lexeme(i + 1, "fraction_of") or self.word_at(i + 1)
        if lexeme is None or following in (
            "النهائي",
            "نهائي",
            "نهاءي",
            "النهاءي",
            "الخالي",
            "الاخير",
            "الاول",
            "الثاني",
        ):
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

    # Units

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

    # Dates and times

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
        if (word := self.word_at(mark)) in self.year_words or (
            word == "من" and self.word_at(mark + 1) in self.year_words
        ):
            mark += 1 + (word == "من")
        if self.is_numeral(mark):
            numeral = read_numeral(self.tokens[mark].text)
            if numeral.bare and len(numeral.digits) in (3, 4) and numeral.value >= 300:
                year, stop = int(numeral.value), mark + 1
                if self.word_at(stop) in _HIJRI_MARK:
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
            if self.word_at(j - 1) not in _MONTH_BEFORE and not self.after_month(j):
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
        """Return the index behind the same month's other name (يناير/ كانون الثاني), if it follows."""
        if not self.sign(i, "/(\\-–،"):
            return i, False
        second = self.month(i + 1)
        if second is None or second[0] != month or second[1] != calendar:
            return i, False
        stop = second[2]
        if self.sign(i, "(") and self.sign(stop, ")"):
            stop += 1
        return stop, True

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

    def special(self, i: int) -> Read | None:
        """Return a decade, a number with "and a half" behind its noun, or a century in digits."""
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
            and self.word_at(i + 1) in _HIJRI_MARK
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
            elif self.word_at(stop + 1) in _PAST:
                century, stop = Decimal(20), stop + 2
        if century is None:
            return self.number(
                "decade", 1900 + lexeme.value, self.start(i), stop, alternative=lexeme.value
            )
        return self.number("decade", (century - 1) * 100 + lexeme.value, self.start(i), stop)

    def finish(self, i: int, quantity: Quantity) -> Read:
        """Return the number that ``quantity`` is part of, "3 years and a half" and centuries too."""
        number, stop = super().finish(i, quantity)
        k = i - 1 - (self.word_at(i - 1) == "ال")  # القرن الـ18
        before = self.lexeme(k, "measure")
        if (before is not None and before.code == "century") or self.word_at(k) == "القرنين":
            if number.kind in ("cardinal", "ordinal") and quantity.value <= 40:
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

    def month_by_number(self, quantity: Quantity) -> Read | None:
        """Return the date of "the tenth month of the year 2012"; ``None`` without a year."""
        j = quantity.stop + (self.word_at(quantity.stop) == "من")
        j += self.word_at(j) in self.year_words
        if j == quantity.stop or not self.is_numeral(j):
            return None
        numeral = read_numeral(self.tokens[j].text)
        if not numeral.bare or len(numeral.digits) != 4:
            return None
        value = PartialDate(int(numeral.value), int(quantity.value))
        return self.number("date", value, quantity.start, j + 1)
