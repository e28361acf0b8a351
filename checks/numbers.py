"""Numbers, dates, percentages and money: nothing lost, nothing added, compared by value."""

from __future__ import annotations

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_match import match_numbers
from mujaz.arabic.number_record import Number
from mujaz.arabic.numbers import find_numbers

from .finding import Finding, quoted

# Numbers and characters of one side beyond which it is no sentence any more, nor an article. Of
# nothing but figures 100,000 characters took 8 s to read, and 10,000 numbers 10 s to compare.
_MOST, _LONGEST = 500, 20_000


def check_numbers(source: str, text: str) -> list[Finding]:
    """Return the numbers of the Arabic ``source`` that the English ``text`` lacks or adds."""
    if max(len(source), len(text)) > _LONGEST:
        return [Finding("number", "info", "too long a sentence for its numbers to be checked")]
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
