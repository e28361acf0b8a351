"""JSON lines and tables: an article a row, read in a stream."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import msgspec

from mujaz.arabic import Article, article_from_text, decode
from mujaz.errors import InputError

from .records import records
from .regular import LARGEST_TEXT, MEGABYTE, open_regular
from .unreadable import Unreadable, legible

_SAMPLE = MEGABYTE
_ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6")
# A row with more of these than one character in a hundred is in another encoding than the file.
_DAMAGE, _MAX_DAMAGE = "\ufffd", 0.01


def read_rows(
    path: Path, text_field: str, id_field: str, title_field: str
) -> Iterator[Article | Unreadable]:
    """Yield the articles of a ``.jsonl`` or ``.csv`` file, row by row.

    A table's first row names its columns; its delimiter (``,`` ``;`` or a tab) is the one that this
    row has most of. Rows are named in messages as editors and spreadsheets count them.

    Raises:
        InputError: The file cannot be read at all: unreadable, empty, binary, or without a column
            for the text.
    """
    with open_regular(path) as raw:
        name = legible(path)
        sample = raw.read(_SAMPLE)
        encoding = _encoding(sample, name)
        raw.seek(0)
        reader = _Reader(path, text_field, id_field, title_field)
        # errors="replace": a damaged row is told as such, and the next one read.
        text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
        try:
            if path.suffix.lower() in (".csv", ".tsv"):
                yield from reader.table(text)
            else:
                yield from reader.lines(text)
        except OSError as error:
            raise InputError(
                f"{name} cannot be read: {error.strerror}", "check its disk"
            ) from error


def _encoding(sample: bytes, name: str) -> str:
    """Return the encoding in which `decode` reads the beginning of a file."""
    if len(sample) == _SAMPLE:
        # Cut behind a line, so as not to cut a letter; UTF-16 has a second byte behind its "\n".
        end = sample.rfind(b"\n") + 1
        sample = sample[: (end + end % 2) or _SAMPLE]
    text = sample.decode("utf-8", "replace")
    damage = text.count(_DAMAGE)
    if sum(character > "\x7f" for character in text) > 2 * damage:
        return "utf-8-sig"  # with more sound letters than damaged ones, some rows are damaged
    text = decode(sample, name)
    for encoding in _ENCODINGS:
        try:
            if sample.decode(encoding, "replace") == text:
                return encoding
        except UnicodeError:
            continue
    return "utf-8"


class _Reader:
    """Rows of one file to articles, with the ids that were given."""

    def __init__(self, path: Path, text_field: str, id_field: str, title_field: str) -> None:
        self.name, self.stem = legible(path), legible(path.stem)
        self.tab = path.suffix.lower() == ".tsv"
        self.text_field, self.id_field, self.title_field = text_field, id_field, title_field
        self.seen: dict[bytes, int] = {}

    def lines(self, stream: TextIO) -> Iterator[Article | Unreadable]:
        """Yield the articles of JSON lines."""
        for record in records(stream, "", LARGEST_TEXT):
            where = f"{self.name}, line {record.number}"
            text = record.text.strip("\ufeff \t\r\n")
            if record.problem:
                yield self._bad(record.number, where, record.problem, "shorten or remove it")
                continue
            if not text:
                continue
            if record.number == 1 and text[0] == "[" and not text.endswith("]"):
                step = "write one object a line: jq -c '.[]' old.json > new.jsonl"
                raise InputError(f"{self.name} is one JSON array, not JSON lines", step)
            if record.number == 1 and text == "{":
                step = "write each object on one line: jq -c . old.json > new.jsonl"
                raise InputError(f"{self.name} has its objects over several lines", step)
            try:
                row = msgspec.json.decode(text)
            except (msgspec.DecodeError, RecursionError) as error:
                deep = isinstance(error, RecursionError)
                why = "nested too deeply" if deep else f"no valid JSON ({error})"
                yield self._bad(record.number, where, f"is {why}", "correct or remove it")
                continue
            if not isinstance(row, dict):
                step = "write one object a line"
                yield self._bad(record.number, where, "is no JSON object", step)
                continue
            yield self._article(row, record.number, where)

    def table(self, stream: TextIO) -> Iterator[Article | Unreadable]:
        """Yield the articles of a table."""
        first = stream.readline(_SAMPLE)
        delimiter = "\t" if self.tab else max(",;\t", key=first.count)
        stream.seek(0)
        columns: list[str] = []
        lost = False
        for record in records(stream, delimiter, LARGEST_TEXT):
            if record.problem is None and not any(field.strip() for field in record.fields):
                continue
            if not columns and record.problem is None:
                columns = [field.strip("\ufeff \t\r\n") for field in record.fields]
                if self.text_field not in columns:
                    raise self._no_column(columns)
                continue
            if not columns:
                raise InputError(f"{self.name}: its first row {record.problem}", "correct it")
            where = f"{self.name}, row {record.number}"
            if record.problem:
                # What follows an open quotation mark may still be that text, and no row.
                lost = True
                yield self._bad(record.number, where, record.problem, "correct or remove it")
                continue
            if lost and len(record.fields) != len(columns):
                continue
            lost = False
            if len(record.fields) > len(columns) and any(record.fields[len(columns) :]):
                has = f"has {len(record.fields)} fields where the header has {len(columns)}"
                step = "put quotation marks around text that holds the delimiter"
                yield self._bad(record.number, where, has, step)
                continue
            row = dict(zip(columns, record.fields, strict=False))
            yield self._article(row, record.number, where)

    def _no_column(self, columns: list[str]) -> InputError:
        shown = ", ".join(f"{column[:40]!r}" for column in columns[:12])
        return InputError(
            f"{self.name} has no column {self.text_field!r}, but {shown}",
            "name the column of the text with --text-field",
        )

    def _article(self, row: Mapping[str, object], number: int, where: str) -> Article | Unreadable:
        """Return one row as an article."""
        given = row.get(self.id_field)
        id = str(given).strip() if isinstance(given, str | int) else ""
        named = bool(id)
        id = id or f"{self.stem}-{number}"
        text, title = row.get(self.text_field), row.get(self.title_field)
        problem = step = ""
        if self.text_field not in row or text is None:
            problem, step = f"has no {self.text_field!r}", "name its field with --text-field"
        elif not isinstance(text, str):
            kind = type(text).__name__
            problem, step = f"has a {kind} as its {self.text_field!r}", "give the text as a string"
        elif not text.strip():
            problem, step = f"has an empty {self.text_field!r}", "fill it in, or remove the row"
        elif text.count(_DAMAGE) > _MAX_DAMAGE * len(text) + 2:
            problem, step = "is in another encoding than the rest", "save the file as UTF-8"
        key = hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=8).digest()
        if not problem and key in self.seen:
            problem = f"has the same id ({id[:80]!r}) as number {self.seen[key]}"
            step = "make the ids unique" if named else "give the rows ids"
        if problem:
            # The row's own number keeps it apart from the row that has the id.
            return self._bad(number, where, problem, step)
        self.seen[key] = number
        title = " ".join(title.split()) if isinstance(title, str) else ""
        try:
            return article_from_text(str(text), id=id, title=title, origin=where)
        except InputError as error:
            return Unreadable(id, error)

    def _bad(self, number: int, where: str, problem: str, step: str) -> Unreadable:
        return Unreadable(f"{self.stem}-{number}", InputError(f"{where} {problem}", step))
