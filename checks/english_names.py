"""Known names in English text, to find those that a translation invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mujaz.arabic.lexicon import DATA, TABLES, read_table

# Words with inner hyphens and apostrophes; a possessive 's stays outside.
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]{2,})*")

# Kinds whose English spelling is a name and nothing else when it is capitalised.
_KINDS = frozenset({"country", "territory", "capital", "city", "nationality", "person"})

# Places that are also English words or given names: capitals do not tell them apart.
_COMMON = frozenset(
    {
        *("Ali", "American", "Arab", "Arabic", "Bath", "Batman", "Bay", "Beer", "Ben", "Chad"),
        *("Cork", "Eastern", "Florence", "Georgia", "Given", "Hull", "Ito", "Jordan", "Mainz"),
        *("Male", "Man", "Mobile", "Moors", "Nice", "Northern", "Orange", "Ordu", "Paris"),
        *("Reading", "Same", "San", "Santiago", "Southern", "Split", "Van", "Victoria", "Wa"),
        *("Western", "Why"),
    }
)

_COUNTRY_KINDS = frozenset({"country", "territory", "nationality", "capital"})


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A known name in an English text.

    Attributes:
        surface: As it stands in the text.
        start: Offset of the first character.
        end: Offset behind the last character.
        identities: What it can be: English spellings of the lexicon's entries.
        countries: ISO 3166 codes of these entries, so that Iranian stands for Iran.
    """

    surface: str
    start: int
    end: int
    identities: frozenset[str]
    countries: frozenset[str]


@cache
def _index() -> tuple[dict[tuple[str, ...], tuple[frozenset[str], frozenset[str]]], int]:
    """Return identities and countries by the words of a name, and the longest name in words."""
    found: dict[tuple[str, ...], tuple[set[str], set[str]]] = {}
    for table in TABLES:
        path = DATA / f"{table}.tsv"
        if not path.exists():
            continue
        for entry in read_table(path):
            if entry.kind not in _KINDS:
                continue
            for english in (entry.english, *entry.also):
                words = tuple(_WORD.findall(english))
                if not words or (
                    len(words) == 1 and (entry.kind == "person" or english in _COMMON)
                ):
                    continue
                names, countries = found.setdefault(words, (set(), set()))
                names.add(entry.english)
                if entry.country and entry.kind in (
                    "country",
                    "territory",
                    "nationality",
                    "capital",
                ):
                    countries.add(entry.country)
    longest = max((len(words) for words in found), default=0)
    return {k: (frozenset(n), frozenset(c)) for k, (n, c) in found.items()}, longest


def find_english_names(text: str) -> list[EnglishName]:
    """Return the known countries, cities, peoples and persons that ``text`` names, in order."""
    index, longest = _index()
    words = list(_WORD.finditer(text))
    found, at = [], 0
    while at < len(words):
        if not words[at][0][0].isupper():
            at += 1
            continue
        for size in range(min(longest, len(words) - at), 0, -1):
            match = index.get(tuple(w[0] for w in words[at : at + size]))
            if match:
                start, end = words[at].start(), words[at + size - 1].end()
                found.append(EnglishName(text[start:end], start, end, *match))
                at += size
                break
        else:
            at += 1
    return found
