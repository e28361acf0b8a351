"""Numbers, dates, percentages and money: nothing lost, nothing added, compared by value."""

from __future__ import annotations

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_match import match_numbers
from mujaz.arabic.number_record import Number
from mujaz.arabic.numbers import find_numbers

from .finding import Finding


def check_numbers(source: str, text: str) -> list[Finding]:
    """Return the numbers of the Arabic ``source`` that the English ``text`` lacks or adds."""
    match = match_numbers(find_numbers(source), find_english_numbers(text))
    return [
        *(
            Finding("number", "severe", f'"{n.surface}" in the source is missing', source=_span(n))
            for n in match.missing
        ),
        *(
            Finding("number", "severe", f'"{n.surface}" is not in the source', target=_span(n))
            for n in match.added
        ),
    ]


def _span(number: Number) -> tuple[int, int]:
    return number.start, number.end
