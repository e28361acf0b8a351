"""Names: those of the source are in the translation, and the translation invents none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from mujaz.arabic import Name
from mujaz.arabic.gazetteer import gazetteer
from mujaz.arabic.name_hit import find_hits, words_of

from .english_names import find_english_names
from .finding import Finding

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset({"of", "the", "for", "and", "al", "el", "bin", "ibn", "abu", "de", "in", "on"})

# Kinds whose English wording is not fixed: "the president", "the Russian leader".
_FREE = frozenset({"office", "title", "currency", "language", "other", "region", "organisation"})

# Letters that two romanisations of one name may differ in, as a share: Gadhafi, Qaddafi.
_ALIKE = 0.75


def check_names(source: str, text: str, names: Sequence[Name]) -> list[Finding]:
    """Return the names that the English ``text`` lacks or adds.

    Args:
        source: The Arabic, as ``names`` were found in it.
        text: The English.
        names: The names of ``source``.
    """
    found: list[Finding] = []
    words = _WORD.findall(_plain(text))
    present = find_english_names(text)
    countries = {code for name in present for code in name.countries}
    seen: set[str] = set()
    for name in names:
        if name.kind in _FREE or name.english in seen:
            continue
        seen.add(name.english)
        if name.country and name.country in countries and name.kind != "person":
            continue
        if not any(_stands(spelling, words) for spelling in (name.english, *name.also)):
            found.append(
                Finding(
                    "name",
                    "warning" if not name.guess else "info",
                    f'"{name.english}" ({name.surface}) is in the source but not here',
                    source=(name.start, name.end),
                )
            )
    return found + _invented(source, text, names)


def _invented(source: str, text: str, names: Sequence[Name]) -> list[Finding]:
    present = find_english_names(text)
    if not present:
        return []
    # Every sense that any form in the source could have, chosen or not: doubt is no accusation.
    known: set[str] = set()
    codes: set[str] = set()
    for hit in find_hits(source, words_of(source), [gazetteer()]):
        for sense in hit.senses:
            known |= {sense.english, *sense.also}
            codes.add(sense.country)
    for given in names:
        known |= {given.english, *given.also}
        codes.add(given.country)
    plain_known = {_plain(k) for k in known}
    return [
        Finding("name", "severe", f'"{n.surface}" is not in the source', target=(n.start, n.end))
        for n in present
        if not (n.identities & known or n.countries & codes or _plain(n.surface) in plain_known)
    ]


def _stands(spelling: str, words: Sequence[str]) -> bool:
    """Return whether the last telling word of a name, or one much like it, is among ``words``."""
    parts = [w for w in _WORD.findall(_plain(spelling)) if w not in _SMALL]
    if not parts:
        return True
    last = parts[-1]
    return any(
        last == word
        or (len(last) > 3 and word.startswith(last))
        or (len(last) > 4 and SequenceMatcher(None, last, word).ratio() >= _ALIKE)
        for word in words
    )


def _plain(text: str) -> str:
    """Return ``text`` in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
