"""Glossaries as files: tables in TSV and CSV, and TBX.

A table has one entry a row: the Arabic, the English, and whatever else in further columns, which is
not read. Several forms of one side stand in its cell with a bar between them: ``كتيبة | كتائب``.
Empty rows and rows that begin with ``#`` are skipped. A first row that names its columns (``ar``,
``arabic``, ``source``; ``en``, ``english``, ``target``) says where they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from mujaz.errors import InputError

from .encoding import decode
from .glossary_entry import GlossaryEntry, GlossaryFault, GlossaryFile, entry_or_fault, forms
from .glossary_tbx import read_tbx
from .lexicon import LexiconError

SUFFIXES = (".tsv", ".csv", ".tbx")
"""Kinds of files that a glossary can be; anything else is read as TSV."""

_ARABIC = frozenset({"ar", "ara", "arabic", "source", "العربية", "عربي"})
_ENGLISH = frozenset({"en", "eng", "english", "target", "الإنجليزية", "إنجليزي"})
# What Excel and others put between the cells of a CSV file, by where they were installed.
_DELIMITERS = ",;\t"


def read_glossary(path: Path) -> GlossaryFile:
    """Read a glossary by its suffix: ``.csv``, ``.tbx``, and TSV for all others.

    Raises:
        LexiconError: The file cannot be read, or is no TBX though its name says so. Rows that are
            no entries raise nothing: they are the faults of the result.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise LexiconError(
            f"cannot read the glossary {path}: {reason}", "check the path"
        ) from error
    if path.suffix.lower() == ".tbx":
        rows = read_tbx(raw, str(path))
    else:
        text = _text(raw, path)
        table = _csv if path.suffix.lower() == ".csv" else _tsv
        rows = _entries(table(text), str(path))
    found = list(rows)
    return GlossaryFile(
        str(path),
        tuple(row for row in found if isinstance(row, GlossaryEntry)),
        tuple(row for row in found if isinstance(row, GlossaryFault)),
    )


def _text(raw: bytes, path: Path) -> str:
    if not raw.strip():
        return ""
    try:
        return decode(raw, "it")
    except InputError as error:
        raise LexiconError(
            f"cannot read the glossary {path}: {error.message}", "save it as TSV or CSV in UTF-8"
        ) from error


def _tsv(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        yield number, line.split("\t")


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the number of the line that they begin on."""
    head = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield begin, ["\0"]  # a quotation that does not end, or goes on behind its end
            return
        yield begin, cells
        begin = reader.line_num + 1


def _entries(
    rows: Iterator[tuple[int, list[str]]], origin: str
) -> Iterator[GlossaryEntry | GlossaryFault]:
    columns: tuple[int, int] | None = None
    for line, cells in rows:
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if cells == ["\0"]:
            step = "close its quotation marks, and double those inside"
            yield GlossaryFault(origin, line, "cannot be read on as CSV", step)
            continue
        if columns is None:
            named = _columns(cells)
            columns = named or (0, 1)
            if named:
                continue
        arabic, english = (cells[at] if at < len(cells) else "" for at in columns)
        if len(cells) <= max(columns):
            step = "write the Arabic, a tab (in CSV a comma), and the English"
            yield GlossaryFault(origin, line, "is not a pair", step)
            continue
        yield entry_or_fault(forms(arabic), forms(english), origin, line)


def _columns(cells: Sequence[str]) -> tuple[int, int] | None:
    """Return where Arabic and English stand, if a row names them."""
    names = [cell.strip().casefold() for cell in cells]
    arabic = next((at for at, name in enumerate(names) if name in _ARABIC), None)
    english = next((at for at, name in enumerate(names) if name in _ENGLISH), None)
    return (arabic, english) if arabic is not None and english is not None else None
