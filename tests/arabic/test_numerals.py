"""Separators and digit sets."""

import re
from decimal import Decimal

import pytest

from mujaz.arabic.numerals import ARABIC, ENGLISH, read_numeral


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("12", "12", "plain"),
        ("٣٬٥٠٠٫٢٥", "3500.25", "plain"),
        ("1,234,567", "1234567", "plain"),
        ("۱۲٫۵", "12.5", "plain"),
        ("1'500", "1500", "plain"),
        ("3,5", "3.5", "plain"),
        ("000 100", "100000", "plain"),
        ("10\u00a0000", "10000", "plain"),
        ("1.500.000", "1500000", "plain"),
        ("8:30", "830", "time"),
        ("1.1.2", "112", "dotted"),
        ("9" * 30, "9" * 30, "dotted"),
    ],
)
def test_value(text: str, value: str, form: str) -> None:
    numeral = read_numeral(text)
    assert (numeral.value, numeral.form) == (Decimal(value), form)


@pytest.mark.parametrize(
    ("text", "other"), [("1.500", 1500), ("1.50", None), ("0.125", None), ("2019.500", None)]
)
def test_alternative(text: str, other: int | None) -> None:
    assert read_numeral(text).alternative == other


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (ARABIC, "1,2,3", ["1", "2", "3"]),
        (ARABIC, "2019 500", ["2019", "500"]),
        (ARABIC, "10 000", ["10 000"]),
        (ENGLISH, "10 000", ["10", "000"]),
        (ENGLISH, "3,5", ["3", "5"]),
        (ARABIC, "1 923 456 4971", ["1", "923", "456", "4971"]),
        (ENGLISH, "1,5001", ["1", "5001"]),
    ],
)
def test_pattern(pattern: str, text: str, found: list[str]) -> None:
    assert re.findall(pattern, text) == found
