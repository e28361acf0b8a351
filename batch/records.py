"""Records of a stream of text: lines, or rows of a table whose quoted fields run over lines.

Python's own ``csv`` reads the fields. It is not left to find where a row ends: it would take
everything behind one forgotten quotation mark for a single field, to the end of the file, and raise
in the middle of a row that is too long.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

_QUOTE = '"'
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    Attributes:
        number: Its first row as spreadsheets count, or its line, from 1.
        text: The row as it stands in the file.
        fields: Its fields, where there is a delimiter.
        problem: What is wrong with it, as the end of "row 3 …"; ``None`` if nothing is.
    """

    number: int
    text: str
    fields: list[str] = field(default_factory=list)
    problem: str | None = None


def records(stream: TextIO, delimiter: str, limit: int) -> Iterator[Record]:
    """Yield the records of ``stream``, none longer than ``limit`` characters.

    Args:
        stream: Opened with ``newline=""``.
        delimiter: Between the fields of a table; empty if every line is a record.
        limit: A longer record is skipped and yielded as a problem.
    """
    # The module's own limit of 131,072 characters is a setting of the process; it is only raised,
    # and rows are bounded here before it sees them.
    if delimiter and csv.field_size_limit() < limit:
        csv.field_size_limit(limit)
    number = 0
    waiting: list[str] = []
    lines = _Lines(stream, limit, waiting)
    for line in lines:
        number += 1
        if line is None:
            yield Record(number, "", problem=f"is longer than {limit >> 20} MB")
            continue
        if not delimiter:
            yield Record(number, line)
            continue
        row, size = [line], len(line)
        is_open = _is_open(line, delimiter, inside=False)
        while is_open:
            following = next(lines, None)
            size += len(following or "")
            if following is None or size > limit:
                # Go back: what follows may be rows of their own.
                waiting.extend(reversed([*row[1:], *([following] if following else [])]))
                break
            row.append(following)
            is_open = _is_open(following, delimiter, inside=True)
        if is_open:
            yield Record(number, line, problem="opens a quotation mark that is not closed")
            continue
        text = "".join(row)
        # The row has its line feeds inside quotes: one row for the module, however many lines.
        try:
            fields = next(csv.reader(row, delimiter=delimiter), [])
        except csv.Error as error:
            yield Record(number, text, problem=f"is no row of a table ({error})")
            continue
        yield Record(number, text, fields)


class _Lines:
    """Physical lines; ``None`` stands for one that is too long, which is skipped."""

    def __init__(self, stream: TextIO, limit: int, waiting: list[str]) -> None:
        self.stream, self.limit, self.waiting = stream, limit, waiting

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str | None:
        if self.waiting:
            return self.waiting.pop()
        line = self.stream.readline(self.limit + 1)
        if not line:
            raise StopIteration
        if len(line) <= self.limit:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self.stream.readline(_CHUNK)
        return None


def _is_open(line: str, delimiter: str, *, inside: bool) -> bool:
    """Return whether a quoted field goes on behind ``line``; ``inside`` says if one came in.

    A quotation mark opens a field only as its first character, as in RFC 4180 and Python's ``csv``.
    """
    position = 0
    while True:
        if inside:
            position = line.find(_QUOTE, position)
            if position < 0:
                return True
            if line[position + 1 : position + 2] == _QUOTE:
                position += 2
                continue
            inside = False
            position += 1
        elif position == 0 and line.startswith(_QUOTE):
            inside, position = True, 1
        else:
            position = line.find(delimiter + _QUOTE, position)
            if position < 0:
                return False
            inside, position = True, position + 2
