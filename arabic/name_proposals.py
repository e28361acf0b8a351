"""People whom no table knows, proposed where the text itself says that a name stands there.

A false name does more harm than a missed one, so there are four signs alone: a title right before
(الجنرال, وزير الدفاع الأذربيجاني), a known given name followed by another known name or a foreign
ending, a surname whose ending no Arabic word has (حاجييف), and the last name of one of these again.

The last name of a person of the tables counts in the same way beside the full name, where the
table gives no short form; its English is the table's, so that it is no guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from .name_cues import cues
from .name_hit import Word, joined, letters
from .name_record import Name
from .normal import fold
from .proclitics import stems
from .romanizer import foreign_ending, personal_names, romanize

# How sure a proposal is by its sign; estimates for ranking.
_TITLED, _CHAINED, _ENDED, _REPEATED = 0.5, 0.45, 0.4, 0.4
_LONGEST = 4
# A last name of the tables beside its full name, which it must sound like: the ratio of `difflib`.
_SHORT, _ALIKE = 0.7, 0.6
# Fewer people than this bear the word as a given name: it does not start a name by itself.
_GIVEN = 5
# So many: a first name more than a last one; Bassem Youssef is not every Youssef of a text.
_FIRST_NAME = 50
# A common word counts behind a title, before another name, if so many bear it.
_OFTEN_GIVEN = 20
_LINKS = frozenset({"بن", "ابن", "بنت", "ابو", "ابي", "عبد", "دي", "فان", "فون"})
# Endings that are a name's even if nothing else says so.
_SURE_ENDING = re.compile("(?!ال)...+(?:[اي]?ييف|[اي]ييفا|وفيتش|يفيتش|[وي]فسكي|شفيلي|ينكو|ادزه)")
_COUNTRIES = frozenset({"country", "nationality", "capital", "territory"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a word can be a person's name.

    Attributes:
        particles: Letters of particles before it.
        known: It is a personal name and no common word.
        given: It is often a given name.
        ending: It ends as foreign surnames do.
        sure: It ends as no Arabic word does.
        common: It is a common word, but often a given name too: جمال.
    """

    particles: int
    known: bool
    given: bool
    ending: bool
    sure: bool
    common: bool


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[_Reading, ...]:
    """Return how a folded word can be a person's name; nothing for most words."""
    names = personal_names()
    found = []
    for particles, stem in stems(word):
        entry = names.get(stem)
        if particles and word[particles - 1] == "ك":
            # كارا is no Ara behind a ك, which hardly stands before a person.
            continue
        known = entry is not None and not entry.common and len(stem) > 2
        given = known and entry is not None and entry.given >= _GIVEN
        ending = foreign_ending(stem)
        sure = ending and len(stem) > 5 and _SURE_ENDING.fullmatch(stem) is not None
        common = entry is not None and entry.common and entry.given >= _OFTEN_GIVEN
        if known or ending or common:
            found.append(_Reading(particles, known, given, ending, sure, common))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _continues(word: str) -> bool:
    """Return whether a folded word can be a further name of a person."""
    names = personal_names()
    entry = names.get(word) or names.get(word.removeprefix("ال"))
    return (entry is not None and not entry.common and len(word) > 2) or foreign_ending(word)


class _Proposals:
    """The proposals of one text."""

    def __init__(self, text: str, words: Sequence[Word], names: Sequence[Name]) -> None:
        self.text = text
        self.words = words
        self.names = names
        self.ends = {name.end: name for name in names}
        spans = iter(sorted((name.start, name.end) for name in names))
        self.covered = [False] * len(words)
        span = next(spans, None)
        for number, word in enumerate(words):
            while span is not None and span[1] <= word.start:
                span = next(spans, None)
            self.covered[number] = span is not None and span[0] < word.end

    def chains(self) -> Iterator[tuple[int, int, int, float]]:
        """Yield first word, particles before it, the word behind the last, and how sure it is."""
        position = 0
        while position < len(self.words):
            found = None if self.covered[position] else self._chain(position)
            if found is None:
                position += 1
            else:
                yield position, *found
                position = found[1]

    def _chain(self, first: int) -> tuple[int, int, float] | None:
        readings = _readings(self.words[first].folded)
        if not readings or self._preposition(first) or self._is_place(first):
            return None
        for reading in readings:
            if reading.particles == 0 and self._titled(first):
                last = self._extended(first)
                if reading.known or reading.ending or last > first + 1:
                    return 0, last, _TITLED
            if reading.given:
                last = self._extended(first)
                if last > first + 1:
                    return reading.particles, last, _CHAINED
            if reading.sure:
                return reading.particles, first + 1, _ENDED
        return None

    def _extended(self, first: int) -> int:
        """Return the word behind the last of a name that starts at ``first``."""
        last = number = first + 1
        while number < len(self.words) and number - first < _LONGEST:
            word = self.words[number].folded
            if self.covered[number] or not joined(self.text, *self.words[number - 1 : number + 1]):
                break
            if self._preposition(number):
                break
            # Behind بن or أبو any word is a name: محمد بن شعبون.
            linked = self.words[number - 1].folded in _LINKS and len(word) > 2
            if word not in _LINKS:
                if not linked and not _continues(word):
                    break
                last = number + 1
            number += 1
        return last

    def _preposition(self, number: int) -> bool:
        """Return whether a word is على, which folding makes the name علي."""
        word = self.words[number]
        return word.folded == "علي" and self.text[word.end - 1] == "ى"

    def _is_place(self, number: int) -> bool:
        """Return whether the word before announces a place: مدينة تزنيت."""
        if number == 0 or not joined(self.text, *self.words[number - 1 : number + 1]):
            return False
        before = self.words[number - 1].folded
        return any(stem in cues().before["city"] for _, stem in stems(before))

    def _titled(self, first: int) -> bool:
        """Return whether a title or an office, with or without a nationality, stands before."""
        number = first - 1
        while number >= 0 and joined(self.text, *self.words[number : number + 2]):
            name = self.ends.get(self.words[number].end)
            if name is None:
                word = self.words[number].folded
                return any(stem in cues().before["person"] for _, stem in stems(word))
            if name.kind in ("title", "office"):
                return True
            if name.kind != "nationality":
                return False
            number -= 1
        return False


def propose(text: str, words: Sequence[Word], names: Sequence[Name]) -> list[Name]:
    """Return the people among the words that no found name covers, in order, marked as guesses.

    Args:
        text: The text.
        words: Its words.
        names: The names found in it, in order.
    """
    proposals = _Proposals(text, words, names)
    mentioned = Counter(name.country for name in names if name.kind in _COUNTRIES and name.country)
    usual = mentioned.most_common(1)[0][0] if mentioned else ""
    found: list[Name] = []
    last_names: dict[str, Name] = {}
    taken: set[int] = set()
    for first, particles, behind, confidence in proposals.chains():
        word = words[first]
        start = word.start + letters(text[word.start : word.end], particles)
        country = _nearest(names, start) or usual
        name = _guess(text, start, words[behind - 1].end, country, confidence)
        found.append(name)
        taken.update(range(first, behind))
        last_name = words[behind - 1].folded
        # A family's ال is an article as well: الراوي, the narrator. بن علي does not make علي safe.
        if behind - first > 1 and not last_name.startswith("ال") and _continues(last_name):
            last_names[last_name] = name
    known = _known_last_names(words, names)
    for number, word in enumerate(words):
        if proposals.covered[number] or number in taken:
            continue
        if word.folded in known:
            surface = text[word.start : word.end]
            short = replace(known[word.folded], surface=surface, start=word.start, end=word.end)
            found.append(short)
        elif word.folded in last_names:
            country = last_names[word.folded].country
            found.append(_guess(text, word.start, word.end, country, _REPEATED))
    return sorted(found, key=lambda name: name.start)


def _known_last_names(words: Sequence[Word], names: Sequence[Name]) -> dict[str, Name]:
    """Return, by folded word, the last names of the people of the tables that stand in a text."""
    folded = {word.end: word.folded for word in words}
    found = {}
    for name in {name.english: name for name in names if name.kind == "person"}.values():
        before = name.surface.split()[-2:-1]
        word = folded[name.end]
        entry = personal_names().get(word)
        first_name = entry is not None and entry.given >= _FIRST_NAME
        if not before or fold(before[0]) in _LINKS or first_name or not _continues(word):
            continue
        last_name = name.english.split()[-1]
        if len(word) > 3 and not word.startswith("ال") and _sounds(word, last_name):
            also = (name.english, *name.also)
            found[word] = replace(name, english=last_name, also=also, confidence=_SHORT)
    return found


@lru_cache(maxsize=1 << 12)
def _sounds(word: str, english: str) -> bool:
    """Return whether an English last name can be the reading of a folded word."""
    read = romanize(word).text.casefold()
    return SequenceMatcher(None, read, english.casefold()).ratio() >= _ALIKE


def _guess(text: str, start: int, end: int, country: str, confidence: float) -> Name:
    surface = text[start:end]
    english = romanize(surface, country or None).text
    return Name(surface, english, (), "person", start, end, "romanizer", confidence, True, country)


def _nearest(names: Sequence[Name], start: int) -> str:
    """Return the country of the last name before ``start`` that has one and is near."""
    before = (name for name in reversed(names) if name.end <= start)
    near = next((name for name in before if name.kind in _COUNTRIES and name.country), None)
    return near.country if near is not None and start - near.end < 40 else ""
