"""Tables of names: how an entry is written down, read, checked and added.

A table is a UTF-8 TSV file in ``arabic/data`` with a header row and one entry a row. Its columns
are those of `Entry`; lists are joined by `` | ``. ``docs/arabic-names.md`` explains them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from mujaz.errors import MujazError

from .normal import fold

Kind = Literal[
    "person",
    "organisation",
    "office",
    "title",
    "country",
    "territory",
    "capital",
    "city",
    "region",
    "nationality",
    "language",
    "currency",
    "other",
]
"""What a name names."""

KINDS: tuple[Kind, ...] = get_args(Kind)
COLUMNS = ("kind", "english", "arabic", "also", "short", "country", "flags")
HEADER = "\t".join(COLUMNS)
DATA = Path(__file__).parent / "data"
# In the order in which they win over each other where two hold the same Arabic form.
TABLES = (
    "countries",
    "people",
    "organisations",
    "offices",
    "capitals",
    "regions",
    "cities",
    "religions",
    "demonyms",
    "languages",
    "currencies",
    "places",
)
_BAR = " | "


class LexiconError(MujazError):
    """A table or glossary of names does not have its form."""


@dataclass(frozen=True, slots=True)
class Short:
    """A short form of a name.

    Attributes:
        arabic: The short form, ``شمخاني``.
        english: What it is in English, ``Shamkhani``.
        anywhere: Whether it stands for the name in any text; if not, only beside the full form.
    """

    arabic: str
    english: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a table.

    Attributes:
        kind: What it names.
        english: The spelling to give a translator.
        arabic: Arabic forms without proclitics and vowel signs, the usual one first. Of a
            nationality, a form in ي stands for all its inflections, one in ية for all but the
            masculine singular, any other (a broken plural) for itself.
        also: Other English spellings that are right.
        short: Short forms.
        country: ISO 3166 alpha-2 code, or empty.
        flags: ``?`` for a form that is also a common word and needs context; or empty.
    """

    kind: Kind
    english: str
    arabic: tuple[str, ...]
    also: tuple[str, ...] = ()
    short: tuple[Short, ...] = ()
    country: str = ""
    flags: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the forms need context to count as this name."""
        return "?" in self.flags

    def row(self) -> str:
        """Return the entry as a row of its table, without the line end."""
        short = (f"{'!' * form.anywhere}{form.arabic}={form.english}" for form in self.short)
        return "\t".join(
            (
                self.kind,
                self.english,
                _BAR.join(self.arabic),
                _BAR.join(self.also),
                _BAR.join(short),
                self.country,
                self.flags,
            )
        )


def parse_row(row: str, where: str = "the row") -> Entry:
    """Read one row of a table.

    Raises:
        LexiconError: The row has the wrong number of columns, an unknown kind or flag, no name, or
            a short form without ``=``. ``where`` names it in the message.
    """
    cells = row.rstrip("\n").split("\t")
    if len(cells) != len(COLUMNS):
        raise LexiconError(
            f"{where} has {len(cells)} columns", f"give it the {len(COLUMNS)} of its header"
        )
    kind, english, arabic, also, short, country, flags = cells
    if kind not in KINDS:
        raise LexiconError(f"{where} has the kind {kind!r}", f"use one of {', '.join(KINDS)}")
    if not english or not arabic:
        raise LexiconError(f"{where} lacks a name", "fill the columns english and arabic")
    if flags not in ("", "?"):
        raise LexiconError(f"{where} has the flags {flags!r}", "use ? or leave them empty")
    return Entry(
        kind=kind,
        english=english,
        arabic=_list(arabic),
        also=_list(also),
        short=tuple(_short(cell, where) for cell in _list(short)),
        country=country,
        flags=flags,
    )


def read_table(path: Path) -> list[Entry]:
    """Read a table of names.

    Raises:
        LexiconError: The file is missing or does not have the form of a table.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise LexiconError(f"no table of names at {path}", "reinstall mujaz") from error
    if lines[0] != HEADER:
        raise LexiconError(f"{path} does not start with the header of a table of names")
    return [
        parse_row(line, f"{path.name}:{number}")
        for number, line in enumerate(lines[1:], start=2)
        if line
    ]


def write_table(path: Path, entries: Iterable[Entry]) -> None:
    """Write a table, sorted by kind, English and Arabic."""
    rows = [entry.row() for entry in sorted(entries, key=sort_key)]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def add_entry(path: Path, entry: Entry) -> Entry:
    """Add an entry to a table, or its forms to the one of the same kind, English and flags.

    Returns:
        The entry as the table now has it.

    Raises:
        LexiconError: The entry has a fault in its letters, or another name of the table has one of
            its Arabic forms.
    """
    fault = next(problems(entry), None)
    if fault is not None:
        raise LexiconError(f"the entry cannot be added: {fault}")
    entries = read_table(path)
    forms = {fold(form) for form in entry.arabic}
    kept, twin = [], None
    for other in entries:
        if (other.kind, other.english, other.flags) == (entry.kind, entry.english, entry.flags):
            twin = other
            continue
        kept.append(other)
        shared = sorted(forms & set(map(fold, other.arabic)))
        if shared and not (entry.ambiguous and other.ambiguous):
            raise LexiconError(f"{path.name} has {shared[0]} as {other.english} already")
    if twin is not None:
        entry = Entry(
            entry.kind,
            entry.english,
            tuple(dict.fromkeys(twin.arabic + entry.arabic)),
            tuple(dict.fromkeys(twin.also + entry.also)),
            tuple(dict.fromkeys(twin.short + entry.short)),
            entry.country or twin.country,
            entry.flags,
        )
    write_table(path, [*kept, entry])
    return entry


def sort_key(entry: Entry) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what a table is sorted by."""
    return entry.kind, entry.english.casefold(), entry.flags, entry.arabic


def problems(entry: Entry) -> Iterator[str]:
    """Yield what is wrong with the letters of an entry: one line per fault."""
    forms = (*entry.arabic, *(form.arabic for form in entry.short))
    words = (entry.english, *entry.also, *(form.english for form in entry.short))
    for text in (*forms, *words):
        if unicodedata.normalize("NFC", text) != text:
            yield f"{text!r} is not in the normal form NFC"
        if " ".join(text.split()) != text:
            yield f"{text!r} has stray spaces"
        if any(unicodedata.category(character) in ("Cf", "Cc") for character in text):
            yield f"{text!r} has an invisible character"
        if not text:
            yield f"{entry.english!r} has an empty form"
    for text in forms:
        if any("a" <= character.lower() <= "z" for character in text):
            yield f"{text!r} has Latin letters in an Arabic form"
    for text in words:
        if any("\u0600" <= character <= "\u06ff" for character in text):
            yield f"{text!r} has Arabic letters in an English form"
    if len(set(entry.arabic)) != len(entry.arabic):
        yield f"{entry.english!r} has an Arabic form twice"


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(_BAR)) if cell else ()


def _short(cell: str, where: str) -> Short:
    arabic, equals, english = cell.partition("=")
    if not equals or not english.strip():
        raise LexiconError(f"{where} has the short form {cell!r}", "write it as arabic=English")
    return Short(arabic.strip().removeprefix("!").strip(), english.strip(), arabic.startswith("!"))
