"""Particles that Arabic writes onto the next word: و ف, then ب ل ك, before a name or article."""

from __future__ import annotations

from collections.abc import Iterator

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
# What is left of a name behind its particles has at least two letters.
_SHORTEST = 2


def stems(word: str) -> Iterator[tuple[int, str]]:
    """Yield how a folded word can be read: how many letters are particles, and what is left.

    The whole word comes first. Behind ل the article ال loses its alef: للعراق is read as 1 letter
    and العراق, للاذقية as 1 letter and اللاذقية; the article is then the second ل alone.

    Args:
        word: One word, folded (`mujaz.arabic.normal.fold`).
    """
    yield 0, word
    starts = [0]
    if word[:1] in _CONJUNCTIONS and len(word) > _SHORTEST:
        starts.append(1)
        yield 1, word[1:]
    for start in starts:
        if word[start : start + 1] not in _PREPOSITIONS or len(word) - start <= _SHORTEST:
            continue
        rest = word[start + 1 :]
        if word.startswith("لل", start):
            yield start + 1, "ا" + rest
            yield start + 1, "ال" + rest
        yield start + 1, rest
