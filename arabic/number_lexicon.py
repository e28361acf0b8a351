"""Number words of both languages, read from ``data/numbers_ar.toml`` and ``numbers_en.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u2060]")
_LETTERS = str.maketrans("أإآٱىیئکةھہ", "ااااييئكههه")
# Stacks of proclitics, longest first where one begins another.
_CONJUNCTIONS = ("", "و", "ف")
_PARTICLES = ("", "ال", "لل", "بال", "كال", "ب", "ل", "ك")
_NAMED = frozenset({"percent", "currency", "currency_dual", "measure", "measure_dual", "am", "pm"})
_PAIRS = {"month_pair": "gregorian", "hijri_pair": "hijri"}
_NOT_WORDS = {*_PAIRS, "currency_country", "scale_suffix", "never", "doubtful_month", "context"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a word means to the grammar.

    Attributes:
        category: The section of the data file.
        value: The number that it means; 0 where it means none.
        code: Unit, currency or other name.
        word: The folded word without proclitics.
        joined: Whether و or ف is written onto it.
        preposition: Whether ب, ل or ك is.
        definite: Whether ال is.
        proclitics: Letters before the word proper, the article not counted.
    """

    category: str
    value: Decimal = Decimal(0)
    code: str = ""
    word: str = ""
    joined: bool = False
    preposition: bool = False
    definite: bool = False
    proclitics: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Attributes:
        words: Lexeme by folded word.
        pairs: First word of a two-word month to (calendar, second word to month).
        countries: Currency family to (folded adjective to code).
        doubtful: Folded months that may be other words.
        never: Folded words that are no number, whatever they begin with.
        suffixes: Magnitudes that are written onto digits (5m, 2bn).
        context: Words beside a number that say what it is, by what they say.
    """

    words: Mapping[str, Lexeme]
    pairs: Mapping[str, tuple[str, Mapping[str, int]]]
    countries: Mapping[str, Mapping[str, str]]
    doubtful: frozenset[str]
    never: frozenset[str]
    suffixes: Mapping[str, Decimal]
    context: Mapping[str, frozenset[str]]


def fold(word: str) -> str:
    """Return an Arabic word without marks, its letters' variants made one."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)


def _load(name: str, *, arabic: bool) -> Lexicon:
    raw = files("mujaz.arabic").joinpath("data", name).read_text(encoding="utf-8")
    data: dict[str, dict[str, Any]] = tomllib.loads(raw)
    folded = fold if arabic else str.lower
    words: dict[str, Lexeme] = {}
    for category, section in data.items():
        if category in _NOT_WORDS:
            continue
        for key, spellings in section.items():
            value = Decimal(0) if category in _NAMED else Decimal(key)
            for spelling in spellings:
                word = folded(spelling)
                words.setdefault(word, Lexeme(category, value, key, word))
    if arabic:
        for word, lexeme in list(words.items()):
            if lexeme.category == "unit" and 3 <= lexeme.value <= 9:
                for hundred in ("مئه", "مائه"):
                    fused = word + hundred
                    words[fused] = Lexeme("hundred", lexeme.value * 100, "", fused)
    pairs: dict[str, tuple[str, Mapping[str, int]]] = {}
    for section_name, calendar in _PAIRS.items():
        for first, seconds in data.get(section_name, {}).items():
            table = {folded(second): month for second, month in seconds.items()}
            pairs[folded(first)] = (calendar, table)
            words[folded(first)] = Lexeme("pair", Decimal(0), calendar, folded(first))
    return Lexicon(
        words=words,
        pairs=pairs,
        countries={
            family: {folded(adjective): code for adjective, code in table.items()}
            for family, table in data.get("currency_country", {}).items()
        },
        doubtful=frozenset(folded(word) for word in data["doubtful_month"]["words"]),
        context={
            key: frozenset(map(folded, spellings)) for key, spellings in data["context"].items()
        },
        never=frozenset(folded(word) for word in data.get("never", {}).get("words", [])),
        suffixes={
            suffix: Decimal(key)
            for key, spellings in data.get("scale_suffix", {}).items()
            for suffix in spellings
        },
    )


@cache
def arabic_lexicon() -> Lexicon:
    """Return the Arabic number words."""
    return _load("numbers_ar.toml", arabic=True)


@cache
def english_lexicon() -> Lexicon:
    """Return the English number words."""
    return _load("numbers_en.toml", arabic=False)


@lru_cache(maxsize=1 << 16)
def arabic_lexeme(surface: str) -> Lexeme | None:
    """Return what an Arabic word, proclitics and marks and all, means; ``None`` if no number."""
    word = fold(surface)
    lexicon = arabic_lexicon()
    if not 2 <= len(word) <= 16 or word in lexicon.never:
        return None
    # أَلَّفَ "he wrote": a doubled lam is never the thousand.
    if "الف" in word and re.search("ل[\u064b-\u0650]?\u0651[\u064b-\u0650]?ف", surface):
        return None
    # ألست "are you not": the article's alef never carries a hamza.
    hamza = _MARKS.sub("", surface).lstrip("وفبك").startswith(("أ", "إ"))
    for conjunction in _CONJUNCTIONS:
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        for particle in _PARTICLES:
            if not rest.startswith(particle):
                continue
            lexeme = lexicon.words.get(rest[len(particle) :])
            if lexeme is None:
                continue
            if "ال" in particle and hamza:
                continue
            definite = particle.endswith("ال") or particle == "لل"
            proclitics = len(conjunction) + (1 if particle[:1] in ("ب", "ل", "ك") else 0)
            return replace(
                lexeme,
                joined=bool(conjunction),
                preposition=particle[:1] in ("ب", "ل", "ك"),
                definite=definite,
                proclitics=proclitics if particle != "لل" else len(conjunction),
            )
    return None


@lru_cache(maxsize=1 << 16)
def english_lexeme(surface: str) -> Lexeme | None:
    """Return what an English word means; ``None`` if no number."""
    return english_lexicon().words.get(surface.lower())
