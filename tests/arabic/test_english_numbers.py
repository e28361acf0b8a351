"""The table of English numbers, and what must hold for any text."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.arabic.english_numbers import find_english_numbers

from .test_numbers import cases, shown

TABLE = Path(__file__).with_name("english_numbers.tsv")
WORDS = (
    *("twenty", "-", "five", "hundred", "thousand", "and", "a", "half", "of", "the", "third"),
    *("$", "12", "3.5", "/", ":", "%", "per", "cent", "between", "from", "to", "May", "January"),
    *("2019", "pm", "o'clock", "century", "'s", "s", "XVI", "past"),
)


@pytest.mark.parametrize(("text", "expected"), cases(TABLE))
def test_table(text: str, expected: str) -> None:
    numbers = find_english_numbers(text)
    assert shown(numbers) == expected
    for number in numbers:
        assert text[number.start : number.end] == number.surface


def test_table_is_large_enough() -> None:
    assert len(cases(TABLE)) >= 80


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
@example("million " * 60)
@example("hundreds of " * 60)
@example("9" * 6000)
@example("half past one million")
def test_any_text(text: str) -> None:
    end = 0
    for number in find_english_numbers(text):
        assert number.surface
        assert number.start >= end
        assert text[number.start : number.end] == number.surface
        end = number.end
