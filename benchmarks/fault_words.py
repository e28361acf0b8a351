"""Faults of a word: a negation lost or added, a word turned round."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .parallel import Lines

Plant = Callable[[Lines, int, Random], "str | None"]
"""Returns the English of a line with a fault, or ``None`` where the fault has no place."""


def both_ways(*pairs: tuple[str, str]) -> dict[str, str]:
    """Return a table that leads from each word of a pair to the other."""
    return {b: a for a, b in pairs} | dict(pairs)


_NEGATION = re.compile(r"\b(?:not|never|no|cannot|(?:wo|ca)n't)\b(?!\.)|n['’]t\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|can|would|could|should|may|must)\b"
)
_TURNED = {
    **both_ways(
        ("rose", "fell"), ("increased", "decreased"), ("increase", "decrease"), ("rise", "fall"),
        ("higher", "lower"), ("north", "south"), ("northern", "southern"), ("east", "west"),
        ("eastern", "western"), ("won", "lost"), ("win", "lose"), ("bought", "sold"),
        ("imports", "exports"), ("rejected", "approved"),
    ),
    "monday": "friday", "tuesday": "saturday", "wednesday": "sunday", "thursday": "monday",
    "friday": "tuesday", "saturday": "wednesday", "sunday": "thursday",
}  # fmt: skip


def exchanged(text: str, words: dict[str, str], chance: Random) -> str | None:
    """Put its counterpart for one of the words, with its capital."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    found = list(pattern.finditer(text))
    if not found:
        return None
    word = chance.choice(found)
    other = words[word[0].lower()]
    if word[0][0].isupper():
        other = other[0].upper() + other[1:]
    return text[: word.start()] + other + text[word.end() :]


def _negation_removed(lines: Lines, at: int, chance: Random) -> str | None:
    text = lines.texts[at]
    places = list(_NEGATION.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    # won't is will not, can't and cannot are can.
    left = {"won't": "will ", "can't": "can ", "cannot": "can "}.get(place[0].lower(), " ")
    return " ".join(f"{text[: place.start()]}{left}{text[place.end() :]}".split())


def _negation_added(lines: Lines, at: int, chance: Random) -> str | None:
    """Deny the first verb of a sentence in which nothing is denied."""
    text = lines.texts[at]
    verb = _AUXILIARY.search(text)
    if verb is None or _NEGATION.search(text):
        return None
    return f"{text[: verb.end()]} not{text[verb.end() :]}"


def _turned_round(lines: Lines, at: int, chance: Random) -> str | None:
    return exchanged(lines.texts[at], _TURNED, chance)


PLANTS: dict[str, Plant] = {
    "negation-removed": _negation_removed,
    "negation-added": _negation_added,
    "word-turned": _turned_round,
}
"""The kinds of fault that one word makes."""
