"""Known names in English text, to find those that a translation invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mujaz.arabic.lexicon import DATA, TABLES, Entry, read_table

# Words with inner hyphens and apostrophes; a possessive 's stays outside.
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]{2,})*")

# Kinds whose English spelling, when it is capitalised, is that name and nothing else. The others
# are looked up too, so that New Mexico is not taken for Mexico.
_SURE = frozenset({"country", "territory", "capital", "city", "nationality", "person"})
_LOOKED_UP = _SURE | {"region", "organisation", "other"}
_COUNTRY_KINDS = frozenset({"country", "territory", "nationality", "capital"})

# Names that are also English words or parts of many other names (the North Pole): capitals do not
# tell them apart.
_COMMON = frozenset(
    {
        *("Ali", "Bath", "Batman", "Bay", "Beer", "Ben", "Bill", "Buffalo", "Cork", "Eastern"),
        *("Given", "Hull", "Ito", "Mainz", "Male", "Man", "Mobile", "Moors", "Nice", "Northern"),
        *("Orange", "Ordu", "Pole", "Poles", "Reading", "Same", "San", "Santiago", "Southern"),
        *("Split", "Van", "Wa", "Western", "Why"),
    }
)
# Names that people bear as well: Michael Jordan. Behind another capital they are no place.
_NAMESAKES = frozenset(
    {"Chad", "Florence", "Georgia", "Holland", "Jordan", "Paris", "Sofia", "Victoria"}
)
# Capitals at the head of a sentence that are no name.
_OPENERS = frozenset(
    {
        *("After", "And", "As", "At", "Before", "But", "By", "Despite", "For", "From", "However"),
        *("If", "In", "Inside", "Like", "Meanwhile", "Of", "On", "Since", "That", "The", "Today"),
        *("To", "Under", "Until", "When", "While", "With", "Yesterday"),
    }
)

# In front of a known name these make another one of it: New Mexico, North Carolina, Little Rock.
_QUALIFIERS = frozenset(
    {
        *("New", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western"),
        *("Central", "Latin", "Upper", "Lower", "Saint", "St", "San", "Santa", "Port", "Fort"),
        *("Lake", "Mount", "Cape", "Little", "Great", "Greater", "Old", "El", "Los", "Las", "La"),
    }
)


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A known name in an English text.

    Attributes:
        surface: As it stands in the text.
        start: Offset of the first character.
        end: Offset behind the last character.
        kinds: What it can name.
        identities: What it can be: English spellings of the lexicon's entries.
        countries: ISO 3166 codes of these entries, so that Iranian stands for Iran.
        sure: Whether it is a place, a people or a person beyond doubt, and no part of a longer
            name that no table holds.
    """

    surface: str
    start: int
    end: int
    kinds: frozenset[str]
    identities: frozenset[str]
    countries: frozenset[str]
    sure: bool


@dataclass(slots=True)
class _Meaning:
    kinds: set[str]
    identities: set[str]
    countries: set[str]
    sure: bool = False

    def add(self, entry: Entry, spelling: str, words: int) -> None:
        self.kinds.add(entry.kind)
        self.identities.add(entry.english)
        if entry.country and entry.kind in _COUNTRY_KINDS:
            self.countries.add(entry.country)
        # European and Arab have no country; one word of a person's name is many persons'.
        self.sure |= (
            entry.kind in _SURE
            and spelling not in _COMMON
            and not (entry.kind == "nationality" and not entry.country)
            and not (entry.kind == "person" and words == 1)
        )


@cache
def _index() -> tuple[dict[tuple[str, ...], _Meaning], int]:
    """Return what the words of a name mean, and the length of the longest name in words."""
    found: dict[tuple[str, ...], _Meaning] = {}
    for table in TABLES:
        path = DATA / f"{table}.tsv"
        for entry in read_table(path) if path.exists() else ():
            if entry.kind not in _LOOKED_UP:
                continue
            for spelling in (entry.english, *entry.also):
                words = tuple(_WORD.findall(spelling))
                # Abbreviations with full stops and names with figures are not whole here.
                if words and " ".join(words) == spelling:
                    meaning = found.setdefault(words, _Meaning(set(), set(), set()))
                    meaning.add(entry, spelling, len(words))
    return found, max(map(len, found), default=0)


def find_english_names(text: str) -> list[EnglishName]:
    """Return all known names in ``text`` in order, of one start the longest first.

    Names inside names are returned too: ``New York`` and ``York``.
    """
    index, longest = _index()
    words = list(_WORD.finditer(text))
    found = []
    for at, word in enumerate(words):
        if not word[0][0].isupper():
            continue
        for size in range(min(longest, len(words) - at), 0, -1):
            meaning = index.get(tuple(w[0] for w in words[at : at + size]))
            if meaning is None:
                continue
            start, end = word.start(), words[at + size - 1].end()
            before = words[at - 1][0] if at and text[words[at - 1].end() : start] == " " else ""
            after = text[end : end + 2]
            part = before in _QUALIFIERS or (
                meaning.kinds == {"city"} and after[:1] == " " and after[1:].isupper()
            )
            if word[0] in _NAMESAKES and before[:1].isupper() and before not in _OPENERS:
                part = True
            found.append(
                EnglishName(
                    text[start:end],
                    start,
                    end,
                    frozenset(meaning.kinds),
                    frozenset(meaning.identities),
                    frozenset(meaning.countries),
                    meaning.sure and not part,
                )
            )
    return found
