"""What a glossary does to texts, and what is wrong with it: for `mujaz glossary check`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .gazetteer import Gazetteer
from .glossary import SOURCE, Glossary, derived, written
from .glossary_entry import GlossaryEntry, findable
from .name_hit import Hit, find_hits, words_of
from .names import find_names
from .normal import fold


@dataclass(frozen=True, slots=True)
class GlossaryMatch:
    """A place where an entry stands in a text.

    Attributes:
        origin: The text's file.
        line: Number of its line, from 1.
        column: Number of its first character in the line, from 1.
        surface: As it stands there, without particles before it.
        english: What a translator is told.
        entry: The entry.
        inside: The name of the tables that has the place instead, because it is longer or begins
            before; empty where the entry has it.
    """

    origin: str
    line: int
    column: int
    surface: str
    english: str
    entry: GlossaryEntry
    inside: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryClash:
    """Two entries with one Arabic form, of which the second never comes to bear with it.

    Attributes:
        form: The Arabic, folded.
        winner: The entry that counts.
        loser: The one that does not.
    """

    form: str
    winner: GlossaryEntry
    loser: GlossaryEntry

    @property
    def kind(self) -> str:
        """How bad: ``duplicate``, ``conflict``, or ``override`` between two files."""
        if self.winner.english == self.loser.english:
            return "duplicate"
        return "conflict" if self.winner.origin == self.loser.origin else "override"


class Matcher:
    """Finds the entries of a glossary in texts.

    Args:
        glossary: Whose entries.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        numbered = list(enumerate(glossary.entries))[::-1]
        # The very index of the glossary, but that each sense says which entry it is of.
        self._index = Gazetteer(
            [
                *((str(number), [written(entry)]) for number, entry in numbered),
                *((str(number), list(derived(entry))) for number, entry in numbered),
            ]
        )

    def matches(self, text: str, origin: str = "") -> Iterator[GlossaryMatch]:
        """Yield where entries stand in ``text``, in order, with the whole text in view."""
        names = find_names(text, glossary=self._glossary)
        own = {(name.start, name.end) for name in names if name.source == SOURCE}
        begins = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        for hit in find_hits(text, words_of(text), [self._index]):
            line = bisect_right(begins, hit.start)
            inside = ""
            if (hit.start, hit.end) not in own:
                inside = next(
                    (n.surface for n in names if n.start < hit.end and hit.start < n.end), ""
                )
                if not inside:
                    continue
            yield GlossaryMatch(
                origin,
                line,
                hit.start - begins[line - 1] + 1,
                " ".join(text[hit.start : hit.end].split()),
                hit.senses[0].english,
                self._entry(hit),
                inside,
            )

    def _entry(self, hit: Hit) -> GlossaryEntry:
        return self._glossary.entries[int(hit.senses[0].source)]


def clashes(entries: Sequence[GlossaryEntry]) -> list[GlossaryClash]:
    """Return the forms that two entries have, in the order of those that lose."""
    winners: dict[str, GlossaryEntry] = {}
    found = []
    for entry in reversed(entries):
        for form in dict.fromkeys(map(_key, entry.arabic)):
            winner = winners.setdefault(form, entry)
            if winner is not entry:
                found.append(GlossaryClash(form, winner, entry))
    return found[::-1]


def unfindable(entries: Sequence[GlossaryEntry]) -> list[tuple[GlossaryEntry, str]]:
    """Return the forms that no text can match, for they have more in them than Arabic words."""
    return [(entry, form) for entry in entries for form in entry.arabic if not findable(form)]


def _key(form: str) -> str:
    return fold(form).replace("-", " ")
