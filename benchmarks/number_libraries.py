"""Number libraries of the Python index on our tables of Arabic and English numbers.

Run from the repository root, with the libraries beside Mujaz: ``pip install arabic-itn text2num
quantulum3 dateparser num2words``, then ``python benchmarks/number_libraries.py``. A library that is
absent is left out. A case counts as right when the library's values are the table's, in order;
kinds, units and offsets are not asked of it, nor are cases of a kind that it does not know.
"""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_record import Number, PartialDate
from mujaz.arabic.numbers import find_numbers

TABLES = {"ar": Path("tests/arabic/numbers.tsv"), "en": Path("tests/arabic/english_numbers.tsv")}
Values = list[str]
PLAIN = {"cardinal", "percent", "money"}


def cases(language: str) -> list[tuple[str, list[list[str]]]]:
    """Return (text, expected numbers as words) of one table."""
    rows = []
    for line in TABLES[language].read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            text, expected = line.split("\t")
            numbers = (
                [] if expected == "-" else [n.strip("~ ").split() for n in expected.split("|")]
            )
            rows.append((text, numbers))
    return rows


def plain(value: Any) -> str:  # noqa: ANN401 - each library has its own number type
    """Return a number as the tables write it."""
    return f"{Decimal(str(value)).normalize():f}"


def from_text(text: str) -> Values:
    """Return the values of the numerals in a rewritten text."""
    return [plain(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)]


def ours(language: str) -> Callable[[str], Values]:
    """Return our own finder, its values in the tables' form."""
    find = find_numbers if language == "ar" else find_english_numbers

    def values(text: str) -> Values:
        return [_value(number) for number in find(text)]

    return values


def _value(number: Number) -> str:
    if isinstance(number.value, PartialDate):
        date = number.value
        parts = [f"{p:02}" if p else "?" for p in (date.year, date.month, date.day)]
        return "-".join(parts)
    if isinstance(number.value, tuple):
        return "..".join(map(plain, number.value))
    return plain(number.value)


def libraries(language: str) -> dict[str, tuple[Callable[[str], Values], set[str]]]:
    """Return name to (finder, kinds that it knows) of the libraries at hand for one language."""
    found: dict[str, tuple[Callable[[str], Values], set[str]]] = {}

    def have(module: str) -> Any:  # noqa: ANN401
        try:
            return importlib.import_module(module)
        except ImportError:
            return None

    if language == "ar" and (itn := have("arabic_itn")):
        found["arabic-itn"] = (lambda t: from_text(itn.normalize(t)["text"]), PLAIN)
    if language == "en" and (t2n := have("text_to_num")):
        found["text2num"] = (lambda t: from_text(t2n.alpha2digit(t, "en")), PLAIN)
    if language == "en" and (quantulum := have("quantulum3.parser")):
        found["quantulum3"] = (lambda t: [plain(q.value) for q in quantulum.parse(t)], PLAIN)
    if search := have("dateparser.search"):

        def dates(text: str) -> Values:
            results = search.search_dates(text, languages=[language]) or []
            return [d.date().isoformat() for _, d in results]

        found["dateparser"] = (dates, {"date"})
    return found


def table(language: str) -> None:
    """Print how many cases each library has right, ours on the same cases."""
    rows = cases(language)
    mine = ours(language)
    for name, (finder, kinds) in libraries(language).items():
        total = right = our_right = failed = 0
        for text, expected in rows:
            if any(n[0] not in kinds for n in expected):
                continue
            wanted = [n[1] for n in expected]
            if any("?" in w for w in wanted) or any("hijri" in n for n in expected):
                continue
            total += 1
            our_right += mine(text) == wanted
            try:
                right += finder(text) == wanted
            except Exception:  # noqa: BLE001 - a library's own fault is what is counted here
                failed += 1
        print(f"{language} {name:18} {right:3} of {total:3}, raised {failed}; ours {our_right}")


def round_trip(language: str) -> None:
    """Print how many random whole numbers survive num2words and our reading of it."""
    try:
        num2words = importlib.import_module("num2words").num2words
    except ImportError:
        return
    chance = random.Random(11)
    mine = ours(language)
    right = 0
    total = 2000
    for _ in range(total):
        number = chance.randrange(1, 10 ** chance.randrange(1, 13))
        words = num2words(number, lang=language)
        if mine(words) == [str(number)]:
            right += 1
    print(f"{language} num2words round trip: {right} of {total}")


if __name__ == "__main__":
    for code in ("ar", "en"):
        table(code)
        round_trip(code)
