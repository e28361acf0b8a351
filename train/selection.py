"""How often each pair is shown in one pass, and which ones at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from .config import Config
from .sources import Pair


class Choice(NamedTuple):
    """One showing of a pair.

    Attributes:
        pair: The pair.
        copy: Which showing of it this is, from 0.
        told: Whether names and terms are told.
    """

    pair: Pair
    copy: int
    told: bool


def choose(pairs: Sequence[Pair], similarities: Sequence[float], config: Config) -> list[Choice]:
    """Return the showings of one pass: pairs that are aligned, as often as their origin's weight.

    Where there are more than the configuration wants, the best aligned stay, each similarity times
    its origin's weight.
    """
    rules = config.prepare
    found: list[tuple[float, Choice]] = []
    for pair, similarity in zip(pairs, similarities, strict=True):
        origin = config.origin(pair.origin)
        if similarity < rules.least_similarity:
            continue
        whole, rest = divmod(origin.weight, 1.0)
        copies = int(whole) + (chance(config.seed, "copies", pair) < rest)
        for copy in range(copies):
            told = chance(config.seed, f"told {copy}", pair) < rules.told
            found.append((similarity * origin.weight, Choice(pair, copy, told)))
    if len(found) > rules.pairs:
        found = sorted(found, key=lambda one: -one[0])[: rules.pairs]
    return sorted((choice for _, choice in found), key=lambda c: chance(config.seed, "order", c))


def chance(seed: int, what: str, subject: Pair | Choice) -> float:
    """Return a number from 0 to 1 that seed, purpose and subject decide, on any machine."""
    raw = hashlib.blake2b(f"{seed}\0{what}\0{subject!r}".encode(), digest_size=8).digest()
    return int.from_bytes(raw) / 2**64
