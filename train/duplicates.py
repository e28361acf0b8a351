"""Pairs that say the same as one before them, word for word or nearly.

Near ones are found by MinHash with banding (Broder 1997, "On the resemblance and containment of
documents"; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4), and then
compared in full. numpy alone: the libraries for it bring scipy, and this is a page.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from .overlap import words
from .sources import Pair

_BANDS, _ROWS = 8, 4
"""Of two texts with half of their triples in common 40% meet in a band, with 0.7 nine in ten."""

_DIGITS = re.compile(r"\d+")
_SHINGLE = 3
_PRIME = np.uint64((1 << 61) - 1)


class Seen:
    """The pairs that were kept so far.

    Args:
        near: Share of common word triples from which two English texts are near duplicates.
        seed: Of the hash functions.
    """

    def __init__(self, near: float, seed: int) -> None:
        rng = np.random.default_rng(seed)
        count = _BANDS * _ROWS
        self._near = near
        self._factors = rng.integers(1, 1 << 28, size=(count, 1), dtype=np.uint64)
        self._terms = rng.integers(0, 1 << 60, size=(count, 1), dtype=np.uint64)
        self._exact: set[tuple[str, str]] = set()
        self._buckets: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(_BANDS)]
        self._triples: list[frozenset[int]] = []

    def again(self, pair: Pair) -> str:
        """Return why ``pair`` says nothing new: ``duplicate`` or ``near``; empty keeps it.

        Exact means the same words on either side; a second translation of a sentence goes too.
        """
        arabic, english = " ".join(words(pair.arabic)), " ".join(words(pair.english))
        keys = {("ar", arabic), ("en", english)}
        if not self._exact.isdisjoint(keys):
            return "duplicate"
        self._exact |= keys
        return "near" if self._near_one(_DIGITS.sub("0", english).split()) else ""

    def _near_one(self, found: list[str]) -> bool:
        if len(found) <= _SHINGLE + 1:  # too short to be near and not the same
            return False
        runs = (found[at : at + _SHINGLE] for at in range(len(found) - _SHINGLE + 1))
        triples = frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)
        bands = [row.tobytes() for row in self._signature(triples).reshape(_BANDS, _ROWS)]
        met = {n for band, key in zip(self._buckets, bands, strict=True) for n in band.get(key, ())}
        if any(_resemblance(triples, self._triples[n]) >= self._near for n in met):
            return True
        for band, key in zip(self._buckets, bands, strict=True):
            band[key].append(len(self._triples))
        self._triples.append(triples)
        return False

    def _signature(self, triples: frozenset[int]) -> NDArray[np.uint64]:
        values = np.fromiter(triples, dtype=np.uint64, count=len(triples))
        least: NDArray[np.uint64] = ((values * self._factors + self._terms) % _PRIME).min(axis=1)
        return least


def _resemblance(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b)
