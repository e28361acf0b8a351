"""Overlong sentences cut at their best places, for models that read so much and no more."""

from __future__ import annotations

import math
import re

from .article import Sentence

# Cuts by worth, best first; each match ends where a piece may end.
_CUTS = (
    re.compile(r"[.!?؟…۔؛]+[\"”»’)\]]*(?=\s)"),
    re.compile(r"[،,:][\"”»’)\]]*(?=\s)|\s[–—-](?=\s)"),
    re.compile(r"\S(?=\s+(?:و[^\s\d]{3,}|ثم|لكن|حيث|بينما|فيما|كما|إذ|لأن|مما|بل|أو)\s)"),
    re.compile(r"\S(?=\s)"),
)
# A cut this far from the ideal one, as a share of a piece's length, is too far.
_REACH = 0.45
_JOINED = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]")


def clauses(sentence: Sentence, max_chars: int) -> list[Sentence]:
    """Cut a sentence into pieces of at most ``max_chars`` characters.

    The pieces are about equally long. A cut falls behind a full stop inside a quotation or ``؛``,
    else behind ``،`` or ``:``, else before a joined clause (``و…``, ``لكن``), else between words,
    and only in a word longer than ``max_chars`` inside it, never before a combining mark.

    Args:
        sentence: Any sentence; one that is short enough comes back alone.
        max_chars: Upper limit, at least 1.

    Returns:
        The pieces in order, each with exact offsets in the article; between them is white space
        alone, so that nothing is lost.

    Raises:
        ValueError: ``max_chars`` is not positive.
    """
    if max_chars < 1:
        raise ValueError(f"max_chars is {max_chars}, but a piece has at least one character")
    pieces: list[Sentence] = []
    text, begin = sentence.text, 0
    while len(text) - begin > max_chars:
        cut = _cut(text, begin, max_chars)
        pieces.append(_piece(sentence, begin, cut))
        begin = cut
        while begin < len(text) and text[begin].isspace():
            begin += 1
    if begin < len(text) or not pieces:
        pieces.append(_piece(sentence, begin, len(text)))
    return pieces


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    """Return a part of ``sentence``, without white space at its end."""
    text = sentence.text[start:end].rstrip()
    first = sentence.start + start
    return Sentence(text, first, first + len(text), sentence.paragraph)


def _cut(text: str, begin: int, limit: int) -> int:
    """Return where the piece from ``begin`` ends: the best cut near an equal share."""
    rest = len(text) - begin
    share = rest / math.ceil(rest / limit)
    nearest = begin + int(share * (1 - _REACH))
    ideal, furthest = begin + share, begin + limit
    for pattern in _CUTS:
        places = [
            match.end()
            # One character further, so that what follows the cut can be seen.
            for match in pattern.finditer(text, begin, min(len(text), furthest + 12))
            if max(nearest, begin + 1) <= match.end() <= furthest
        ]
        if places:
            return min(places, key=lambda place: abs(place - ideal))
    # No space near the ideal cut: the last one before the limit, or a cut inside the word.
    spaces = [match.end() for match in _CUTS[-1].finditer(text, begin, furthest + 1)]
    if spaces and begin < spaces[-1] <= furthest:
        return spaces[-1]
    cut = furthest
    while cut > begin + 1 and _JOINED.match(text[cut]):
        cut -= 1
    return furthest if cut == begin + 1 and _JOINED.match(text[cut]) else cut
