"""News terms with their English: words that weak models mistranslate, but obey when told.

Unlike names, terms are a help and no claim: English may well say a thing otherwise, so no check
asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .gazetteer import Gazetteer
from .lexicon import DATA, read_table
from .name_hit import find_hits, words_of
from .name_record import Name

_TABLES = ("terms_public", "terms_general")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a text.

    Attributes:
        surface: Exactly ``text[start:end]``, without the particles و ف ب ل ك before it.
        english: Its English, in the form of a dictionary.
        start: Offset of the first character.
        end: Offset behind the last character.
    """

    surface: str
    english: str
    start: int
    end: int


def find_terms(text: str, names: Sequence[Name] = ()) -> list[Term]:
    """Return the known terms of ``text`` in order, but for those that touch one of ``names``."""
    taken = [(name.start, name.end) for name in names]
    return [
        Term(text[hit.start : hit.end], hit.senses[0].english, hit.start, hit.end)
        for hit in find_hits(text, words_of(text), [_terms()])
        if not any(hit.start < end and start < hit.end for start, end in taken)
    ]


@cache
def _terms() -> Gazetteer:
    return Gazetteer((name, read_table(DATA / f"{name}.tsv")) for name in _TABLES)
