"""The index of all known names: a trie over folded words, built from the tables once a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from .inflection import inflections
from .lexicon import DATA, TABLES, Entry, Kind, read_table
from .normal import fold
from .spelling import spellings

# A node maps a folded word to the next node, and END to the senses of the words up to here.
Node = dict[str, Any]
END = ""
_FOLD_BATCH = "|"


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
    """Names by their Arabic forms.

    Args:
        tables: Pairs of a table's name and its entries; where two hold the same form, senses of
            the earlier one come first.
    """

    def __init__(self, tables: Iterable[tuple[str, Iterable[Entry]]]) -> None:
        self.root: Node = {}
        pairs = [pair for source, entries in tables for pair in _forms(source, entries)]
        # Folded in one go: a call per form would take longer than all the rest.
        folded = fold(_FOLD_BATCH.join(form for form, _ in pairs)).split(_FOLD_BATCH)
        for form, (_, sense) in zip(folded, pairs, strict=True):
            self._add(form.replace("-", " ").split(), sense)

    def _add(self, words: list[str], sense: Sense) -> None:
        node = self.root
        for word in words:
            node = node.setdefault(word, {})
        senses = node.setdefault(END, [])
        if not any(
            held.english == sense.english and held.kind == sense.kind and held.full == sense.full
            for held in senses
        ):
            senses.append(sense)

    def senses(self, form: str) -> list[Sense]:
        """Return what a form means, without particles before it; empty if it is not known."""
        node = self.root
        for word in fold(form).split():
            node = node.get(word, {})
        return list(node.get(END, ()))


@cache
def gazetteer() -> Gazetteer:
    """Return the index of the tables that come with Mujaz, built on first use.

    Raises:
        LexiconError: A table does not have its form.
    """
    present = (name for name in TABLES if (DATA / f"{name}.tsv").exists())
    return Gazetteer((name, read_table(DATA / f"{name}.tsv")) for name in present)


def _forms(source: str, entries: Iterable[Entry]) -> Iterator[tuple[str, Sense]]:
    """Yield every spelling of every form with its sense."""
    for entry in entries:
        sense = Sense(entry.english, entry.also, entry.kind, entry.country, source, entry.ambiguous)
        for form in entry.arabic:
            if entry.kind == "nationality":
                for inflected in inflections(form):
                    yield inflected, sense
            else:
                for spelling in spellings(form, entry.english, entry.kind):
                    yield spelling, sense
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
            for spelling in spellings(short.arabic, short.english, entry.kind):
                yield spelling, meaning
