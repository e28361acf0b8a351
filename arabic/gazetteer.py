"""The index of all known names by their folded forms, built from the tables once a process."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .inflection import inflections
from .lexicon import DATA, TABLES, Entry, Kind, read_table
from .normal import fold
from .spelling import spellings

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Sense:
    """What an Arabic form can mean.

    Attributes:
        english: The spelling to give a translator.
        also: Other spellings that are right.
        kind: What it names.
        country: ISO 3166 alpha-2 code, or empty.
        source: The table that holds it, or ``glossary``.
        ambiguous: Whether the form is also a common word and needs context.
        full: English of the full name that must stand in the same text for this short form to
            count; empty if it stands for itself.
    """

    english: str
    also: tuple[str, ...]
    kind: Kind
    country: str
    source: str
    ambiguous: bool = False
    full: str = ""


class Gazetteer:
    """Names by their Arabic forms: a hash of whole phrases, so that a look-up costs its words.

    Args:
        tables: Pairs of a table's name and its entries; where two hold the same form, senses of
            the earlier one come first.

    Attributes:
        phrases: Senses by folded form, the words joined by a space.
        longest: By the first word of a form, the number of words of the longest such form.
    """

    def __init__(self, tables: Iterable[tuple[str, Iterable[Entry]]]) -> None:
        self.phrases: dict[str, list[Sense]] = {}
        self.longest: dict[str, int] = {}
        pairs = [pair for source, entries in tables for pair in _forms(source, entries)]
        # Folded in one go: a call per form would take longer than all the rest.
        folded = fold(_SEPARATOR.join([form for form, _ in pairs])).replace("-", " ")
        for form, (_, sense) in zip(folded.split(_SEPARATOR), pairs, strict=True):
            senses = self.phrases.get(form)
            if senses is not None:
                if all((held.english, held.full) != (sense.english, sense.full) for held in senses):
                    senses.append(sense)
                continue
            self.phrases[form] = [sense]
            first, *rest = form.split(" ")
            if self.longest.get(first, 0) <= len(rest):
                self.longest[first] = len(rest) + 1

    def senses(self, form: str) -> list[Sense]:
        """Return what a form means, without particles before it; empty if it is not known."""
        return list(self.phrases.get(fold(form).replace("-", " "), ()))


@cache
def gazetteer() -> Gazetteer:
    """Return the index of the tables that come with Mujaz, built on first use.

    Raises:
        LexiconError: A table does not have its form.
    """
    present = (name for name in TABLES if (DATA / f"{name}.tsv").exists())
    # Nothing built here is garbage; the collector would walk the growing index over and over, and
    # take a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Gazetteer((name, read_table(DATA / f"{name}.tsv")) for name in present)
    finally:
        if collecting:
            gc.enable()


def _forms(source: str, entries: Iterable[Entry]) -> Iterator[tuple[str, Sense]]:
    """Yield every spelling of every form with its sense."""
    for entry in entries:
        sense = Sense(entry.english, entry.also, entry.kind, entry.country, source, entry.ambiguous)
        variants = inflections if entry.kind == "nationality" else spellings(entry)
        for form in entry.arabic:
            for variant in variants(form):
                yield variant, sense
        for short in entry.short:
            meaning = Sense(
                short.english,
                (entry.english, *entry.also),
                entry.kind,
                entry.country,
                source,
                entry.ambiguous,
                "" if short.anywhere else entry.english,
            )
            for variant in variants(short.arabic):
                yield variant, meaning
