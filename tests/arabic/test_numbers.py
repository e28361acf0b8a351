"""The table of Arabic numbers, and what must hold for any text."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.arabic.number_record import Number, PartialDate
from mujaz.arabic.numbers import find_numbers
from mujaz.record import from_json, to_json

TABLE = Path(__file__).with_name("numbers.tsv")


def cases(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and line[0] != "#"]  # type: ignore[misc]


def plain(value: Decimal) -> str:
    for below in (3, 6, 7, 9):
        for above in range(1, below):
            if value == Decimal(above) / below and value != Decimal("0.5"):
                return f"{above}/{below}"
    return f"{value.normalize():f}"


def written(number: Number) -> str:
    value = number.value
    if isinstance(value, PartialDate):
        year, month, day = (
            "?" if part is None else f"{part:02}" for part in (value.year, value.month, value.day)
        )
        shown = f"{year}-{month}-{day}" + (" hijri" if value.calendar == "hijri" else "")
    elif isinstance(value, tuple):
        first, second = value
        if number.kind == "time":
            shown = f"{int(first):02}:{int(second):02}"
        else:
            shown = f"{plain(first)}{'-' if number.kind == 'score' else '..'}{plain(second)}"
    else:
        shown = plain(value)
    unit = f" {number.unit}" if number.unit and number.kind != "percent" else ""
    return f"{number.kind} {shown}{unit}{'~' if number.weak else ''}"


def shown(numbers: list[Number]) -> str:
    return " | ".join(map(written, numbers)) or "-"


@pytest.mark.parametrize(("text", "expected"), cases(TABLE))
def test_table(text: str, expected: str) -> None:
    numbers = find_numbers(text)
    assert shown(numbers) == expected
    for number in numbers:
        assert text[number.start : number.end] == number.surface


def test_table_is_large_enough() -> None:
    assert len(cases(TABLE)) >= 200


def test_surface_leaves_the_proclitics_out() -> None:
    text = "وبثلاثة وعشرين جنديا ولل15 الباقين"
    assert [n.surface for n in find_numbers(text)] == ["ثلاثة وعشرين", "15"]


def test_records_survive_json() -> None:
    text = "1.5 مليون دولار، 3-1، من 3 إلى 5، 24 أيلول 1759، الساعة 8:30، ثلث، 1.500"
    for number in find_numbers(text):
        assert from_json(to_json(number, "n/1"), Number, "n/1") == number


def test_whole_values_have_no_decimals() -> None:
    assert [str(n.value) for n in find_numbers("1.5 مليون و2.50")] == ["1500000", "2.50"]


def test_the_other_reading_of_a_dotted_numeral_is_kept() -> None:
    (number,) = find_numbers("بلغ العدد 1.500 شخص")
    assert (number.value, number.alternative) == (Decimal("1.5"), Decimal(1500))


WORDS = (
    *("ثلاثة", "و", "عشرون", "مليون", "ألف", "نصف", "12", "3.5", "-", "/", ":", "%", "في", "المئة"),
    *("بين", "من", "إلى", "يناير", "كانون", "الثاني", "الساعة", "مساء", "القرن", "عام"),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
@example("ً")
@example("ألف " * 60)
@example("9" * 6000)
@example("1/" * 500)
def test_any_text(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert number.surface
        assert number.start >= end
        assert text[number.start : number.end] == number.surface
        end = number.end
