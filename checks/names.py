"""Names: those of the source are in the translation, and the translation invents none.

The tables of names are never whole, and English has many ways to say one thing: doubt is no
accusation. A name counts as invented only when no reading of any word of the source explains it,
neither by the tables nor by its sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from mujaz.arabic import Name
from mujaz.arabic.gazetteer import Sense, gazetteer
from mujaz.arabic.name_hit import joined, words_of
from mujaz.arabic.proclitics import stems

from .english_names import EnglishName, find_english_names
from .finding import Finding, Severity
from .sounds import heard, latin_consonants, sounds

_WORD = re.compile(r"[a-z0-9]+")
# Inside a word and no possessive: Sana'a is one word, and its last is not "a".
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼʻ](?!s\b)(?=\w)")
_MONEY = re.compile(r"\s(?:dollar|pound|dinar|dirham|riyal|lira|rupee|shekel|rial|franc)")
_SMALL = frozenset({"of", "the", "for", "and", "al", "el", "bin", "ibn", "abu", "de", "in", "on"})
# Latin letters that are not a plain letter and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})

# Kinds whose English wording is not fixed: "the president", "the Russian leader".
_FREE = frozenset({"office", "title", "currency", "language", "other", "region", "organisation"})
_PLACES = frozenset({"country", "territory", "capital", "city", "nationality"})
_COUNTRIES = frozenset({"country", "territory", "capital", "nationality"})
_BODIES = frozenset({"organisation", "office"})

# Lands without a country's code, and their peoples: the English team is England.
_PEOPLES = (
    *(("England", "English"), ("Scotland", "Scottish"), ("Wales", "Welsh"), ("Tibet", "Tibetan")),
    *(("Kurdistan", "Kurdish"), ("Catalonia", "Catalan"), ("Chechnya", "Chechen")),
)
_COUNTERPARTS = dict(_PEOPLES) | {people: land for land, people in _PEOPLES}

# Letters that two romanisations of one name may differ in, as a share: Gadhafi, Qaddafi.
_ALIKE = 0.75
# Rows of consonants up to this length have many words: سوري, Syrian, and عشرين are SRN.
_SHORT_ROW = 3
# Characters of a text that is no sentence any more; the work grows with their square.
_LONGEST = 5000
# Names that are less sure than this may be common words: their absence is worth no warning.
_SURE = 0.8


def check_names(source: str, text: str, names: Sequence[Name]) -> list[Finding]:
    """Return the names that the English ``text`` lacks or adds.

    A name that is added where one of its sort is lacking is severe: one stands for the other. One
    that is only added, or only lacking, is a warning, for good translations explain and shorten.

    Args:
        source: The Arabic, as ``names`` were found in it.
        text: The English.
        names: The names of ``source``.
    """
    if max(len(source), len(text)) > _LONGEST:
        return [Finding("name", "info", "too long a sentence for its names to be checked")]
    english = _English(text)
    lacking = list({n.english: n for n in names if not english.has(n)}.values())
    bodies = [n for n in names if n not in lacking and english.renames(n)]
    found: list[Finding] = []
    for added in _Source(source, names).invented(english):
        target = (added.start, added.end)
        swapped = next((n for n in (*lacking, *bodies) if _stands_for(added, n)), None)
        if swapped is None and not added.sure:
            continue
        if swapped is None:
            message = f'"{added.surface}" is not in the source'
            found.append(Finding("name", "warning", message, target=target))
            continue
        (lacking if swapped in lacking else bodies).remove(swapped)
        message = (
            f'"{added.surface}" is not in the source, which has "{swapped.english}" '
            f"({swapped.surface})"
        )
        span = (swapped.start, swapped.end)
        severity: Severity = "severe" if added.sure else "warning"
        found.append(Finding("name", severity, message, source=span, target=target))
    return [*found, *(_lacks(name) for name in lacking)]


def _lacks(name: Name) -> Finding:
    # An adjective is often said otherwise: the Australian authority is ACMA. A faith is not.
    adjective = name.kind == "nationality" and name.source != "religions"
    doubtful = name.guess or name.confidence < _SURE or adjective
    span = (name.start, name.end)
    if name.source == "glossary":
        message = f'"{name.english}", the glossary\'s word for {name.surface}, is not here'
        return Finding("name", "warning", message, source=span)
    message = f'"{name.english}" ({name.surface}) is in the source but not here'
    return Finding("name", "info" if doubtful else "warning", message, source=span)


def _stands_for(added: EnglishName, lacking: Name) -> bool:
    """Return whether an added name can stand in the place of a lacking one."""
    if lacking.guess:
        return False
    if lacking.kind == "person":
        return "person" in added.kinds
    sort = _COUNTRIES if lacking.kind in _BODIES else _PLACES
    return lacking.kind in _PLACES | _BODIES and not sort.isdisjoint(added.kinds)


@dataclass
class _English:
    """The English text, its words and its known names."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(_plain(self.text))

    @cached_property
    def wording(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def different(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def names(self) -> list[EnglishName]:
        return find_english_names(self.text)

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset(code for name in self.names for code in name.countries)

    @cached_property
    def rows(self) -> frozenset[str]:
        """The rows of consonants of the words, alone and with the next one or two."""
        return frozenset(
            latin_consonants("".join(self.words[at : at + size]))
            for size in (1, 2, 3)
            for at in range(len(self.words) - size + 1)
        )

    def has(self, name: Name) -> bool:
        """Return whether ``name`` need not be missed."""
        if name.source == "glossary":  # the user's own spellings and no other
            return any(f" {_worded(own)} " in self.wording for own in (name.english, *name.also))
        if name.kind in _FREE:
            return True
        other = _COUNTERPARTS.get(name.english, name.english)
        if any(self._stands(own, name.kind) for own in (name.english, *name.also, other)):
            return True
        if name.kind in _COUNTRIES and name.country in self.countries:
            return True
        parts = _telling(name.english)
        rows = {latin_consonants("".join(some)) for some in (parts, parts[-1:])}
        return any(heard(row, self.rows) for row in rows)

    def renames(self, name: Name) -> bool:
        """Return whether ``name`` is a body named after a country that is not in the text."""
        return (
            name.kind in _BODIES
            and name.country not in self.countries
            and any(name.country in inner.countries for inner in find_english_names(name.english))
        )

    def _stands(self, spelling: str, kind: str) -> bool:
        """Return whether the last telling word of a name, or one much like it, is there.

        A person may go by the first alone, when no other name follows it: Xi, but not Ali Larijani
        for Ali Khamenei.
        """
        parts = _telling(spelling)
        if not parts:
            return True
        last = parts[-1]
        if any(
            last == word
            or (len(last) > 3 and word.startswith(last))
            or (len(last) > 4 and abs(len(last) - len(word)) < 4 and _alike(last, word))
            for word in self.different
        ):
            return True
        first = spelling.split()[0]
        alone = re.compile(rf"\b{re.escape(first)}\b(?!['’]?[-\s]+[A-Z])")
        return kind == "person" and len(parts) > 1 and alone.search(self.text) is not None


@dataclass
class _Source:
    """The Arabic text and everything that its words can mean."""

    text: str
    names: Sequence[Name]

    def invented(self, english: _English) -> Iterator[EnglishName]:
        """Yield the names of the English text that nothing here explains."""
        explained = 0
        for name in english.names:
            if name.end <= explained:
                continue
            if self._explains(name):
                explained = name.end
            elif _MONEY.match(english.text, name.end):
                continue  # Arabic says دولار alone
            elif not self._sounds_like(name) and (name.sure or "nationality" in name.kinds):
                explained = name.end
                yield name

    @cached_property
    def _senses(self) -> list[Sense]:
        """Every sense of every known form, chosen or not, those inside longer ones too."""
        words = words_of(self.text)
        index = gazetteer()
        found: list[Sense] = []
        for first, word in enumerate(words):
            for _, stem in stems(word.folded):
                limit = min(first + index.longest.get(stem, 0), len(words))
                phrase = stem
                for number in range(first + 1, limit + 1):
                    found.extend(index.phrases.get(phrase, ()))
                    if number == limit or not joined(self.text, *words[number - 1 : number + 1]):
                        break
                    phrase = f"{phrase} {words[number].folded}"
        return found

    @cached_property
    def _spellings(self) -> frozenset[str]:
        pairs = [(n.english, n.also) for n in self.names]
        pairs += [(sense.english, sense.also) for sense in self._senses]
        return frozenset(spelling for english, also in pairs for spelling in (english, *also))

    @cached_property
    def _countries(self) -> frozenset[str]:
        codes = {n.country for n in self.names} | {sense.country for sense in self._senses}
        return frozenset(codes - {""})

    @cached_property
    def _wording(self) -> str:
        """Return all spellings and the source itself, for names that are parts of others."""
        return f" {' | '.join(map(_worded, (*self._spellings, self.text)))} "

    @cached_property
    def _rows(self) -> frozenset[str]:
        words = [word.folded for word in words_of(self.text)]
        pairs = ["".join(words[at : at + 2]) for at in range(len(words) - 1)]
        return sounds([*words, *pairs])

    def _explains(self, name: EnglishName) -> bool:
        return (
            not name.identities.isdisjoint(self._spellings)
            or any(_COUNTERPARTS.get(own) in self._spellings for own in name.identities)
            or not name.countries.isdisjoint(self._countries)
            or f" {_worded(name.surface)} " in self._wording
        )

    def _sounds_like(self, name: EnglishName) -> bool:
        parts = _telling(name.surface)
        if "person" in name.kinds:
            parts = parts[-1:]
        rows = [latin_consonants(part) for part in (*parts, "".join(parts))]
        if name.kinds <= _COUNTRIES:  # few spellings, all in the tables
            rows = [row for row in rows if len(row) > _SHORT_ROW]
        return any(heard(row, self._rows) for row in rows)


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _telling(spelling: str) -> list[str]:
    return [word for word in _WORD.findall(_plain(spelling)) if word not in _SMALL]


def _worded(text: str) -> str:
    return " ".join(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """Return ``text`` in lower case without accents, nor apostrophes inside words."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text.lower()))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
