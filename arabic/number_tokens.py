"""Words, numerals and signs of a text, as the number grammars read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from . import numerals
from .number_lexicon import Lexeme

# Arabic letters with their marks; the digits and ٪ ٫ ٬ between them in Unicode are left out.
_ARABIC = (
    "[\u0621-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"
    "[\u0610-\u061a\u0621-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u200c\u200d"
    "\ufb50-\ufdff\ufe70-\ufefc]*+"
)
# Spaces, and the marks that steer direction and joining without being seen.
_SPACE = r"\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_LETTER = "[A-Za-z\u00c0-\u024f]"
_LATIN = rf"[A-Za-z](?:\.[A-Za-z])++(?!{_LETTER})|{_LETTER}++(?:['’]{_LETTER}++)*+"
_LINK = r"(?:https?://|www\.)\S++|&#?\w{1,8};"


def _pattern(numeral: str) -> re.Pattern[str]:
    return re.compile(
        f"(?P<a>{_ARABIC})|(?P<n>{numeral})|(?P<x>{_LINK})|(?P<l>{_LATIN})|(?P<p>[^{_SPACE}])"
    )


_PATTERNS = {"ar": _pattern(numerals.ARABIC), "en": _pattern(numerals.ENGLISH)}


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: ``a`` an Arabic word, ``l`` a Latin one, ``n`` a numeral, ``p`` any other character,
            ``x`` a link or an entity, in which nothing is read.
        start: Offset of the first character.
        end: Offset behind the last.
        lexeme: What the word means to the grammar, or ``None``.
        text: The surface.
    """

    kind: str
    start: int
    end: int
    lexeme: Lexeme | None
    text: str


def tokenize(text: str, language: str, look_up: Callable[[str], Lexeme | None]) -> list[Token]:
    """Return the tokens of ``text`` (``language`` is ``ar`` or ``en``) with their lexemes."""
    word = "a" if language == "ar" else "l"
    tokens = []
    for match in _PATTERNS[language].finditer(text):
        kind = match.lastgroup or "p"
        surface = match.group()
        lexeme = look_up(surface) if kind == word else None
        tokens.append(Token(kind, match.start(), match.end(), lexeme, surface))
    return tokens
