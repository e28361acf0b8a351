"""Faults of fact: numbers, months, names, and who says what."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from mujaz.arabic import Number, find_english_numbers
from mujaz.arabic.lexicon import DATA as TABLES
from mujaz.arabic.lexicon import read_table
from mujaz.checks.english_names import find_english_names

from .fault_words import Plant, both_ways, exchanged
from .parallel import Lines

_PLURAL = re.compile(r"\b(the|by|for|with|their|its) ([a-z]{3,}[^s\W]s)\b")
_MAGNITUDES = both_ways(("million", "billion"), ("thousand", "million"), ("hundred", "thousand"))
_CURRENCIES = both_ways(
    ("dollars", "euros"), ("dollar", "euro"), ("$", "€"), ("us$", "€"), ("pounds", "dollars"),
    ("£", "$"), ("yen", "yuan"),
)  # fmt: skip
_SHARES = {"percent": "million", "%": " million", "per cent": "million"}
_POINTS = {"percent": "percentage points", "%": " percentage points"}
_MONTHS = (
    *("January", "February", "March", "April", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_PERSON = re.compile(
    r"\b(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.? )?[A-Z][\w-]+(?: (?:[A-Z]\.|al-\w+|[A-Z][\w-]+))*"
)
# What begins with a capital and says nothing: openers, days, months, and peoples.
_NO_PERSON = frozenset(
    {
        *("A", "About", "According", "After", "All", "Although", "An", "And", "As", "At", "Before"),
        *("Both", "But", "By", "Despite", "During", "Each", "Every", "For", "From", "He", "Her"),
        *("His", "However", "I", "If", "In", "It", "Its", "Last", "Many", "More", "Most", "No"),
        *("Not", "On", "One", "Other", "Our", "She", "Since", "So", "Some", "Such", "That", "The"),
        *("Their", "There", "These", "They", "This", "Those", "To", "Two", "Under", "We", "What"),
        *("When", "Where", "While", "With", "You", "Your", "Earlier", "Later", "Officials"),
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        *_MONTHS, "May", "Scientists", "Police", "Researchers", "Critics",
    }
)  # fmt: skip
_SPEECH = (
    r"(?:said|says|told|stated|states|added|adds|announced|claimed|claims|explained|argued|argues"
    r"|noted|confirmed|declared|remarked|commented|suggested|insisted|warned|wrote|asserted|denied)"
)
# Before a word that is part of a longer name: King of Clay, the School of Medicine, Smith's.
_OF_NAME = re.compile(r"(?:[A-Z]\w* of |-|\b(?:[Tt]he|[Aa]n?|see) (?:[a-z]+ )?)$")
_SAYS = re.compile(rf"(?:,[^,.]{{1,60}},)? (?:also |has |had |later |then |\w+ly )?{_SPEECH}\b")
_SAID_BY = re.compile(rf"(?:[\"”’],? {_SPEECH}|\b[Aa]ccording to) (?:[\w.]+ ){{0,3}}$")


def _numerals(text: str) -> list[Number]:
    """Return the numbers in figures that count: not the 1 and 2 that Arabic has no word for."""
    return [n for n in find_english_numbers(text) if not n.weak and re.search(r"\d", n.surface)]


def _number_changed(lines: Lines, at: int, chance: Random) -> str | None:
    text = lines.texts[at]
    numbers = _numerals(text)
    if not numbers:
        return None
    number = chance.choice(numbers)
    place = chance.choice([number.start + m.start() for m in re.finditer(r"\d", number.surface)])
    digit = chance.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _number_dropped(lines: Lines, at: int, chance: Random) -> str | None:
    text = lines.texts[at]
    numbers = _numerals(text)
    if not numbers:
        return None
    number = chance.choice(numbers)
    return " ".join((text[: number.start] + text[number.end :]).split())


def _number_added(lines: Lines, at: int, chance: Random) -> str | None:
    """Count something that is not counted: "of the 47 people" for "of the people"."""
    text = lines.texts[at]
    plurals = [m for m in _PLURAL.finditer(text) if not re.search(r"\d\W*$", text[: m.start(2)])]
    if not plurals:
        return None
    place = chance.choice(plurals).start(2)
    number = chance.choice([chance.randint(13, 99), 10 * chance.randint(11, 99)])
    return f"{text[:place]}{number} {text[place:]}"


def _magnitude(lines: Lines, at: int, chance: Random) -> str | None:
    return exchanged(lines.texts[at], _MAGNITUDES, chance)


def _currency(lines: Lines, at: int, chance: Random) -> str | None:
    return exchanged(lines.texts[at], _CURRENCIES, chance)


def _share(lines: Lines, at: int, chance: Random) -> str | None:
    return exchanged(lines.texts[at], _SHARES, chance)


def _points(lines: Lines, at: int, chance: Random) -> str | None:
    return exchanged(lines.texts[at], _POINTS, chance)


def _month(lines: Lines, at: int, chance: Random) -> str | None:
    """Put another month for one beside a day or a year."""
    text = lines.texts[at]
    found = [
        m
        for m in _MONTH.finditer(text)
        if re.search(r"\d", text[max(m.start() - 4, 0) : m.end() + 5])
    ]
    if not found:
        return None
    month = chance.choice(found)
    other = chance.choice([name for name in _MONTHS if name != month[0]])
    return text[: month.start()] + other + text[month.end() :]


def _name_swapped(kinds: frozenset[str], table: str) -> Plant:
    """Return a planter that puts another name of the same sort for one that the Arabic has."""

    @cache
    def spellings() -> list[str]:
        entries = [e for e in read_table(TABLES / f"{table}.tsv") if e.kind in kinds]
        return sorted({e.english for e in entries if not e.ambiguous and e.english[0].isupper()})

    def plant(lines: Lines, at: int, chance: Random) -> str | None:
        text, names = lines.texts[at], lines.names[at]
        known = {n.english for n in names} | {spelling for n in names for spelling in n.also}
        present = [
            n
            for n in find_english_names(text)
            if n.sure and n.kinds & kinds and not (n.kinds - kinds) & {"country"}
            if n.identities & known
        ]
        if not present:
            return None
        chosen = chance.choice(present)
        other = chance.choice([s for s in spellings() if s not in chosen.identities])
        return re.sub(rf"\b{re.escape(chosen.surface)}\b", other, text)

    return plant


def _speaker_swapped(lines: Lines, at: int, chance: Random) -> str | None:
    """Give what one said to another who is named in the sentence, and the other way round."""
    text = lines.texts[at]
    places = [(n.start, n.end) for n in find_english_names(text) if not n.kinds & {"person"}]
    people = [
        m
        for m in _PERSON.finditer(text)
        if m[0].split()[0] not in _NO_PERSON
        and not any(m.start() < end and start < m.end() for start, end in places)
        and not _OF_NAME.search(text, 0, m.start())
    ]
    for speaker in people:
        if not (_SAYS.match(text, speaker.end()) or _SAID_BY.search(text, 0, speaker.start())):
            continue
        own = set(speaker[0].split())
        others = [m for m in people if own.isdisjoint(m[0].split())]
        if others:
            return _swapped(text, speaker[0], chance.choice(others)[0])
    return None


def _swapped(text: str, one: str, other: str) -> str:
    """Return ``text`` with two names in each other's place."""
    pieces = re.split(rf"\b({re.escape(one)}|{re.escape(other)})\b", text)
    return "".join({one: other, other: one}.get(piece, piece) for piece in pieces)


PLANTS: dict[str, Plant] = {
    "number-changed": _number_changed,
    "number-dropped": _number_dropped,
    "number-added": _number_added,
    "magnitude-changed": _magnitude,
    "currency-changed": _currency,
    "share-changed": _share,
    "percent-points": _points,
    "month-changed": _month,
    "country-swapped": _name_swapped(frozenset({"country"}), "countries"),
    "capital-swapped": _name_swapped(frozenset({"capital"}), "capitals"),
    "person-swapped": _name_swapped(frozenset({"person"}), "people"),
    "people-swapped": _name_swapped(frozenset({"nationality"}), "demonyms"),
    "speaker-swapped": _speaker_swapped,
}
"""The kinds of fault in numbers and names."""
