"""What an index shows of one article; kept in the manifest, so that no output is read again."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from .worker import Outcome

# An index is for finding a brief; what is wrong with it is read there.
_MOST_WARNINGS = 5
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index shows of one article.

    Attributes:
        id: The article's id.
        title: A headline, in English where there is English.
        original: The article's own title.
        line: The first sentence.
        warnings: The first of them, one line each.
        warned: How many there are.
        error: Why there is nothing else.
    """

    id: str
    title: str = ""
    original: str = ""
    line: str = ""
    warnings: tuple[str, ...] = ()
    warned: int = 0
    error: str = ""

    def to_json(self) -> str:
        """Return it as one line of JSON."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Entry:
        """Read it back."""
        return msgspec.json.decode(text, type=cls)


def entry_of(outcome: Outcome) -> Entry:
    """Return what an index shows of an outcome."""
    return Entry(
        outcome.article,
        _cut(outcome.title),
        _cut(outcome.original),
        _cut(outcome.line),
        tuple(_cut(warning) for warning in outcome.warnings[:_MOST_WARNINGS]),
        len(outcome.warnings),
        _cut(outcome.error),
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
