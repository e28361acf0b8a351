"""Known forms in a text: the words of the text against the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .gazetteer import Gazetteer, Sense
from .name_cues import cues
from .normal import fold, fold_with_offsets
from .proclitics import stems

_LETTERS = (
    "\u0621-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\ufb50-\ufc5d\ufc64-\ufcf1\ufcf5-\ufdfb\ufe80-\ufefc"
)
# Signs inside a word: harakat, zero-width and bidi marks.
_SIGNS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u200b-\u200f"
)
_WORD = re.compile(f"[{_LETTERS}][{_LETTERS}{_SIGNS}]*")
# What may stand between the words of one name: blanks, one line end, a hyphen.
_GAP = re.compile(r"[^\S\n]*(?:\n[^\S\n]*|[-‐‑–][^\S\n]*)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One Arabic word of a text: where it stands, and its folded letters."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A known form in a text, before its sense is chosen.

    Attributes:
        first: Number of its first word.
        last: Number behind its last word.
        particles: Letters of particles before it.
        start: Offset of its first character, behind the particles.
        end: Offset behind its last character.
        senses: What it can mean, never empty.
    """

    first: int
    last: int
    particles: int
    start: int
    end: int
    senses: Sequence[Sense]


def words_of(text: str) -> list[Word]:
    """Return the Arabic words of ``text`` in order."""
    return [Word(match.start(), match.end(), _folded(match[0])) for match in _WORD.finditer(text)]


def find_hits(text: str, words: Sequence[Word], indices: Sequence[Gazetteer]) -> list[Hit]:
    """Return the known forms of ``text`` from left to right: the longest at each place.

    Args:
        text: The text.
        words: Its words, from `words_of`.
        indices: Where to look names up; of two hits of equal length the earlier index's wins.
    """
    hits: list[Hit] = []
    adjectives = cues().adjectives
    readings: dict[str, list[tuple[int, str, Gazetteer]]] = {}
    position = 0
    while position < len(words):
        word = words[position].folded
        if word in adjectives and position and definite(words[position - 1].folded):
            # An adjective, not the first word of a ministry; the people behind it still counts.
            position += 1
            continue
        found = readings.get(word)
        if found is None:
            found = readings[word] = list(_readings(word, indices))
        best: Hit | None = None
        for particles, stem, index in found:
            last, senses = _longest(text, words, position, stem, index)
            if senses and (best is None or last > best.last):
                start = words[position].start
                start += letters(text[start : words[position].end], particles)
                best = Hit(position, last, particles, start, words[last - 1].end, senses)
        if best is None:
            position += 1
        else:
            hits.append(best)
            position = best.last
    return hits


def definite(word: str) -> bool:
    """Return whether a folded word has the article; four letters are a particle: إلى, التي."""
    return len(word) > 4 and word.startswith(("ال", "لل", "بال", "وال"))


def joined(text: str, left: Word, right: Word) -> bool:
    """Return whether two neighbouring words can belong to one name."""
    return _GAP.fullmatch(text, left.end, right.start) is not None


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)


def _readings(word: str, indices: Sequence[Gazetteer]) -> Iterator[tuple[int, str, Gazetteer]]:
    """Yield how many letters of a word are particles, the first word of a name left, its index."""
    for index in indices:
        for particles, stem in stems(word):
            if stem in index.longest:
                yield particles, stem, index


def _longest(
    text: str, words: Sequence[Word], first: int, stem: str, index: Gazetteer
) -> tuple[int, Sequence[Sense]]:
    """Return the end of the longest name that starts at a word, whose stem is given; its senses."""
    phrase, number = stem, first + 1
    last, senses = number, index.phrases.get(phrase, ())
    limit = min(first + index.longest[stem], len(words))
    while number < limit and joined(text, words[number - 1], words[number]):
        phrase = f"{phrase} {words[number].folded}"
        number += 1
        if phrase in index.phrases:
            last, senses = number, index.phrases[phrase]
    return last, senses


def letters(word: str, count: int) -> int:
    """Return how many characters of ``word`` its first ``count`` folded letters take."""
    if not count:
        return 0
    return fold_with_offsets(word).span(0, count)[1]
