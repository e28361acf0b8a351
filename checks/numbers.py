"""Numbers, dates, percentages and money: nothing lost, nothing added, compared by value."""

from __future__ import annotations

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_match import match_numbers
from mujaz.arabic.number_record import Number
from mujaz.arabic.numbers import find_numbers

from .finding import Finding, quoted

# Numbers of one side that are no sentence's any more. Comparing takes time in proportion to them,
# but each with up to 64 others: 10,000 numbers took 10 s.
_MOST = 500


def check_numbers(source: str, text: str) -> list[Finding]:
    """Return the numbers of the Arabic ``source`` that the English ``text`` lacks or adds."""
    theirs, ours = find_numbers(source), find_english_numbers(text)
    if max(len(theirs), len(ours)) > _MOST:
        return [Finding("number", "info", "too many numbers in one sentence to be checked")]
    match = match_numbers(theirs, ours)
    return [
        *(
            Finding("number", "severe", f"{quoted(n.surface)} in the source is missing", _span(n))
            for n in match.missing
        ),
        *(
            Finding(
                "number", "severe", f"{quoted(n.surface)} is not in the source", target=_span(n)
            )
            for n in match.added
        ),
    ]


def _span(number: Number) -> tuple[int, int]:
    return number.start, number.end
