"""The record of one name in a text."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import Kind


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a text.

    Attributes:
        surface: Exactly ``text[start:end]``, without the particles و ف ب ل ك before it. The
            article ال stays; behind ل, where it loses its alef (للعراق), the second ل is its rest.
        english: The spelling to give a translator.
        also: Other English spellings that are right.
        kind: What it names.
        start: Offset of the first character.
        end: Offset behind the last character.
        source: The table it comes from, ``glossary``, or ``romanizer``.
        confidence: How sure the reading is, from 0 to 1; an estimate for ranking, not a
            probability that was measured.
        guess: Whether the English was derived from the letters and not looked up.
        country: ISO 3166 alpha-2 code, or empty.
    """

    surface: str
    english: str
    also: tuple[str, ...]
    kind: Kind
    start: int
    end: int
    source: str
    confidence: float
    guess: bool = False
    country: str = ""
