"""Whether a name in Latin letters can be the writing of an Arabic word: by its consonants.

Newsrooms write سيجونج, Bologna and داونينغ each their own way, and no table holds all of them. What
both alphabets keep is the row of consonants; vowels, h, w and y come and go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from mujaz.arabic import fold
from mujaz.arabic.proclitics import stems

# Consonants that one alphabet keeps apart and the other does not share a sign, and so do those that
# newsrooms mix: ق is q, k or g, ج is j or g, غ is gh or g.
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("تطث", "T"),
        **dict.fromkeys("جغخقك", "K"),
        **dict.fromkeys("دضذظ", "D"),
        **dict.fromkeys("زسصش", "S"),
        **dict(zip("برلمنف", "BRLMNF", strict=True)),
    }
)
_LATIN_PAIRS = re.compile("tch|sch|ch|sh|kh|gh|dh|th|ph|ck|qu|x|c(?=[eiy])")
_PAIRS = {
    **dict.fromkeys(("tch", "sch", "ch", "sh"), "S"),
    "kh": "K",
    "gh": "K",
    "dh": "D",
    "th": "T",
    "ph": "F",
    "ck": "K",
    "qu": "K",
    "x": "KS",
    "c": "S",
}
_LATIN = str.maketrans(
    {
        **dict.fromkeys("bp", "B"),
        **dict.fromkeys("gjkqc", "K"),
        **dict.fromkeys("sz", "S"),
        **dict.fromkeys("fv", "F"),
        **dict(zip("tdrlmn", "TDRLMN", strict=True)),
    }
)
_SIGN = re.compile("[^BTKDSRLMNF]")
_TWICE = re.compile(r"(.)\1+")

# Shorter rows of consonants stand for too many words: من, أمان and Oman.
_SHORTEST = 3
# Share of the signs that rows of four and more must have in common, in order: Bologna is BLKN and
# بولونيا BLN, Cologne KLKN and كولوني KLN, both 0.86.
_ALIKE = 0.8
# Rows of a text beyond which something is always alike; a sentence of 100 words has 300.
_CROWD = 600


@lru_cache(maxsize=1 << 14)
def latin_consonants(word: str) -> str:
    """Return the row of consonants of a word in lower-case Latin letters without accents."""
    signs = _LATIN_PAIRS.sub(lambda match: _PAIRS[match[0]], word).translate(_LATIN)
    return _TWICE.sub(r"\1", _SIGN.sub("", signs))


@lru_cache(maxsize=1 << 14)
def arabic_consonants(word: str) -> str:
    """Return the row of consonants of a folded Arabic word."""
    signs = word.replace("تش", "ش").replace("دج", "ج").translate(_ARABIC)
    return _TWICE.sub(r"\1", _SIGN.sub("", signs))


def alike(one: str, other: str) -> bool:
    """Return whether two rows of consonants can be one name's."""
    short, long = sorted((len(one), len(other)))
    if long <= _SHORTEST:
        return one == other and long == _SHORTEST
    if 2 * short < _ALIKE * (short + long):  # cannot be reached; most pairs end here
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def heard(row: str, rows: Collection[str]) -> bool:
    """Return whether one of ``rows`` is like ``row``; in a crowd of them only the same row is."""
    if len(row) < _SHORTEST:
        return False
    return row in rows or (len(rows) <= _CROWD and any(alike(row, other) for other in rows))


def sounds(words: Sequence[str]) -> frozenset[str]:
    """Return the rows of consonants of Arabic words, with and without particles and article."""
    return frozenset(row for word in words for row in _rows(fold(word)) if len(row) > 1)


def _rows(word: str) -> Iterator[str]:
    for _, stem in stems(word):
        yield arabic_consonants(stem)
        yield arabic_consonants(stem.removeprefix("ال"))
