"""The output of an input with many articles: JSON lines, in order, growing row by row."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .manifest import Manifest, Row
from .outputs import FOLDER, Outputs, Staged, guarded


def part_file(folder: Path, output: str, part: int) -> Path:
    """Return where the rows of ``output`` stand: its own place, or the file that still grows."""
    if part == 0:
        return folder / output
    name = hashlib.sha256(os.fsencode(output)).hexdigest()[:16]
    return folder / FOLDER / "rows" / f"{name}-{part}.jsonl"


def drop_parts(folder: Path, output: str, besides: int = 0) -> None:
    """Delete the unfinished files of ``output``, all ``besides`` one."""
    name = part_file(folder, output, 1).name.removesuffix("1.jsonl")
    for path in (folder / FOLDER / "rows").glob(f"{name}*.jsonl"):
        if path != part_file(folder, output, besides):
            path.unlink(missing_ok=True)


def row_line(id: str, record: str, error: str) -> bytes:
    r"""Return one row of an output: the article's id with its record, or with its error.

    >>> row_line("7", '{"a":1}', "")
    b'{"id":"7","record":{"a":1}}\n'
    >>> row_line("8", "", "row 8 has no text")
    b'{"id":"8","error":"row 8 has no text"}\n'
    """
    content = msgspec.Raw(record.encode()) if record else error
    return msgspec.json.encode({"id": id, "record" if record else "error": content}) + b"\n"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that waits for its turn: its bytes, or the row to copy them from."""

    key: bytes
    failed: bool
    entry: str
    content: bytes | Row


class RowsOutput:
    """One growing file of rows. Rows may come in any order; they are written in theirs.

    Args:
        outputs: The output folder.
        manifest: Knows what stands already.
        output: The output.
        part: Number of the growing file.
        kept: How many of its rows stand; whatever is behind them is cut off.

    Raises:
        OutputError: It cannot be written.

    Attributes:
        next: Number of the row that comes next.
        end: How many rows there will be; ``None`` until the input has been read to its end.
        content: SHA-256 of the input, likewise; empty if it changed meanwhile.
    """

    def __init__(
        self, outputs: Outputs, manifest: Manifest, output: str, part: int, kept: int
    ) -> None:
        self.output, self.part, self.next = output, part, kept
        self.end: int | None = None
        self.content = ""
        self._outputs, self._manifest = outputs, manifest
        self._waiting: dict[int, _Line] = {}
        self._fresh: list[Row] = []
        self._path = part_file(outputs.folder, output, part)
        last = manifest.rows(output, part, kept - 2, 1) if kept else []
        self._size = last[0].start + last[0].size if last else 0
        with guarded(outputs.folder):
            manifest.drop_rows(output, part, kept)
            self._path.parent.mkdir(exist_ok=True)
            self._file = self._path.open("r+b" if kept else "wb")
            self._file.truncate(self._size)
            self._file.seek(self._size)

    def put(self, number: int, key: bytes, failed: bool, entry: str, content: bytes | Row) -> None:
        """Take a row; write it, and those that waited for it, when its turn has come.

        Args:
            number: Its number.
            key: Its key in the manifest.
            failed: Whether it holds an error.
            entry: What an index shows.
            content: Its line, or the row of an older file to copy.
        """
        self._waiting[number] = _Line(key, failed, entry, content)
        while (line := self._waiting.pop(self.next, None)) is not None:
            raw = self._copied(line.content) if isinstance(line.content, Row) else line.content
            with guarded(self._outputs.folder):
                self._file.write(raw)
            self._fresh.append(
                Row(self.next, line.key, line.failed, self._size, len(raw), line.entry, self.part)
            )
            self._size += len(raw)
            self.next += 1

    def _copied(self, row: Row) -> bytes:
        path = part_file(self._outputs.folder, self.output, row.part)
        with guarded(self._outputs.folder), path.open("rb") as file:
            file.seek(row.start)
            return file.read(row.size)

    def commit(self) -> None:
        """Bring what was written to the disk, and then to the manifest's knowledge."""
        if not self._fresh:
            return
        with guarded(self._outputs.folder):
            self._file.flush()
            os.fsync(self._file.fileno())
        self._manifest.put_rows(self.output, self._fresh)
        self._fresh = []

    @property
    def complete(self) -> bool:
        """Whether every row of the input stands in it."""
        return self.end is not None and self.next >= self.end

    def staged(self) -> Staged:
        """Close the complete file and return it, ready for its place."""
        self.close()
        with guarded(self._outputs.folder), self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Staged(self.output, self._path, digest, self._size)

    def close(self) -> None:
        """Close the file; it is gone on with another time."""
        self._file.close()
