"""The records of a glossary: its entries, its faults, and what a file holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .name_hit import words_of
from .normal import fold

BAR = " | "
"""What stands between several forms in one cell."""

_BARS = re.compile(r"\s*\|\s*")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdfb\ufe80-\ufefc]")


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """One thing that a user wants translated his way.

    Attributes:
        arabic: Its Arabic forms, as they were written.
        english: What it is in English: the first is told to translators, any of them is right.
        origin: The file that it comes from, or empty.
        line: The number of its line there, from 1; 0 when it has none.
    """

    arabic: tuple[str, ...]
    english: tuple[str, ...]
    origin: str = ""
    line: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """The forms of both sides as a glossary's row writes them."""
        return BAR.join(self.arabic), BAR.join(self.english)

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.origin}:{self.line}" if self.line else self.origin


@dataclass(frozen=True, slots=True)
class GlossaryFault:
    """A row that is no entry.

    Attributes:
        origin: The file.
        line: The number of its line, from 1.
        message: What is wrong with it.
        next_step: What to do about it.
    """

    origin: str
    line: int
    message: str
    next_step: str


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What a file holds.

    Attributes:
        path: The file, as it was named.
        entries: Its entries, in order.
        faults: Its malformed rows, in order.
    """

    path: str
    entries: tuple[GlossaryEntry, ...]
    faults: tuple[GlossaryFault, ...] = ()


def forms(cell: str) -> tuple[str, ...]:
    """Return the forms of a cell: those between its bars, spaces and line ends made one space."""
    found = (" ".join(form.split()) for form in _BARS.split(cell))
    return tuple(dict.fromkeys(form for form in found if form))


def entry_or_fault(
    arabic: tuple[str, ...], english: tuple[str, ...], origin: str, line: int
) -> GlossaryEntry | GlossaryFault:
    """Return the entry of a row, or what is wrong with its letters."""
    if not arabic or not english:
        lacking = "Arabic" if not arabic else "English"
        return GlossaryFault(origin, line, f"has no {lacking}", "write arabic, a tab, english")
    foreign = next((form for form in arabic if not _ARABIC.search(form)), None)
    if foreign is not None:
        step = "write the Arabic in the first column and the English in the second"
        return GlossaryFault(origin, line, f"has {foreign!r} where Arabic is expected", step)
    unfit = next((form for form in english if _ARABIC.search(form) or not _latin(form)), None)
    if unfit is not None:
        step = "write English, in Latin letters"
        return GlossaryFault(origin, line, f"has {unfit!r} where English is expected", step)
    return GlossaryEntry(arabic, english, origin, line)


def findable(form: str) -> bool:
    """Return whether ``form`` can be found in a text: it is made of Arabic words alone."""
    words = [word.folded for word in words_of(form)]
    return bool(words) and fold(form).replace("-", " ").split() == words


def _latin(form: str) -> bool:
    decomposed = unicodedata.normalize("NFKD", form)
    return any(character.isascii() and character.isalnum() for character in decomposed)
