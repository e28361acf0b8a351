"""The folder of one system's run: what made the outputs, and the outputs, row by row.

Layout::

    run.json        schema mujaz.run/1: the system, its settings, the data
    outputs.jsonl   a row each, appended whole and synced to the disk
    scores.json     the last scores, if any were taken
    .lock           held while a process writes
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mujaz.errors import InputError, MujazError, OptionError, RecordError
from mujaz.models.disk import write_atomically
from mujaz.record import from_json, to_json

from .data_row import Row
from .metric import Segments
from .segments import OUTPUTS, RUN, RUN_SCHEMA

SCORES = "scores.json"

_AGAIN = "choose another -o DIR, or start over with --force"


@dataclass(frozen=True, slots=True)
class Run:
    """What made the outputs of a run; two runs that differ in it are not the same run.

    Attributes:
        system: Its name.
        task: ``brief``, ``summarize`` or ``translate``.
        data: Which data: ``spec``, ``rows``, ``fingerprint``.
        settings: What decides the outputs: methods, models, sentences.
        version: Of Mujaz.
    """

    system: str
    task: str
    data: dict[str, Any]
    settings: dict[str, Any]
    version: str


@dataclass(frozen=True, slots=True)
class OutputRow:
    """One row's output.

    Attributes:
        id: Of the row.
        hypothesis: The output; empty where the system failed.
        references: What it is held against.
        source: The Arabic.
        domain: What the row is about; empty when not known.
        record: All that the pipeline says of it; ``seconds`` it took, and ``error`` where it
            failed.
    """

    id: str
    hypothesis: str
    references: tuple[str, ...]
    source: str
    domain: str = ""
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> str:
        """Why it failed; empty where it did not."""
        return str(self.record.get("error", ""))

    @property
    def seconds(self) -> float:
        """Wall time that it took."""
        return float(self.record.get("seconds", 0.0))


class RunFolder:
    """Reads and writes one run's folder.

    Args:
        path: The folder; made when something is written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self) -> Run | None:
        """Return what made the outputs, or ``None`` where nothing has.

        Raises:
            RecordError: ``run.json`` has another form.
        """
        try:
            return from_json((self.path / RUN).read_bytes(), Run, RUN_SCHEMA)
        except FileNotFoundError:
            return None
        except RecordError as error:
            raise RecordError(f"{self.path / RUN}: {error.message}", _AGAIN) from error

    def rows(self) -> list[OutputRow]:
        """Return the outputs in the order of the file; a torn last line is passed over.

        Raises:
            RecordError: A whole line is not an output.
        """
        try:
            raw = (self.path / OUTPUTS).read_bytes()
        except FileNotFoundError:
            return []
        # What follows the last line feed was being written when the process was killed.
        return [self._row(line, number) for number, line in enumerate(raw.split(b"\n")[:-1], 1)]

    def _row(self, line: bytes, number: int) -> OutputRow:
        try:
            return msgspec.json.decode(line, type=OutputRow)
        except msgspec.DecodeError as error:
            raise RecordError(
                f"{self.path / OUTPUTS}, line {number}: not an output ({error})", _AGAIN
            ) from error

    def begin(self, run: Run, rows: Iterable[Row], *, force: bool = False) -> list[OutputRow]:
        """Open the folder for ``run`` and return what of it is done already.

        A torn last line and failed rows are taken out of the file: they are made again.

        Args:
            run: What is about to make outputs.
            rows: The rows it will be given.
            force: Whether to start over, whatever the folder holds.

        Raises:
            OptionError: The folder holds another run, or rows that are not among ``rows``.
            RecordError: A file in it has another form.
        """
        if force:
            for name in (OUTPUTS, SCORES, RUN):
                (self.path / name).unlink(missing_ok=True)
        old = self.run()
        if old is None and (self.path / OUTPUTS).exists():
            raise OptionError(f"{self.path} has outputs, and no {RUN} that says whose", _AGAIN)
        if old is not None and (apart := _difference(old, run)):
            raise OptionError(f"{self.path} holds another run: {apart}", _AGAIN)
        self.path.mkdir(parents=True, exist_ok=True)
        if old is None:
            write_atomically(self.path / RUN, to_json(run, RUN_SCHEMA, indent=2) + "\n")
        wanted = {row.id for row in rows}
        found = self.rows()
        for row in found:
            if row.id not in wanted:
                raise OptionError(
                    f"{self.path} holds row {row.id!r}, which is not among those chosen now", _AGAIN
                )
        done = [row for row in found if not row.error]
        whole = "".join(_line(row) for row in done)
        outputs = self.path / OUTPUTS
        if outputs.exists() and outputs.read_bytes() != whole.encode():
            write_atomically(outputs, whole)
        return done

    @contextmanager
    def writer(self) -> Iterator[RowWriter]:
        """Hold the folder's file of outputs open for appending."""
        with (self.path / OUTPUTS).open("ab") as file:
            yield RowWriter(file)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out.

        Raises:
            OptionError: Another process writes there, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / ".lock")
            lock.acquire(timeout=0)
        except Timeout as error:
            raise OptionError(
                f"{self.path}: another process writes there", "wait for it, or choose another -o"
            ) from error
        except OSError as error:
            raise OptionError(
                f"{self.path} cannot be written ({error.strerror})", "choose another -o DIR"
            ) from error
        try:
            yield
        finally:
            lock.release()


class RowWriter:
    """Appends outputs to a file, each whole and on the disk before the next.

    Args:
        file: Open for appending.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def append(self, row: OutputRow) -> None:
        """Write one row."""
        self._file.write(_line(row).encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def failed(row: Row, error: Exception, seconds: float) -> OutputRow:
    """Return the output of a row on which the system failed: empty, with its error."""
    said = str(error) if isinstance(error, MujazError) else f"{type(error).__name__}: {error}"
    said = " ".join(said.split()) or type(error).__name__
    return output_row(row, "", {"seconds": seconds, "error": said})


def output_row(row: Row, hypothesis: str, record: dict[str, Any]) -> OutputRow:
    """Return an output of ``row``."""
    return OutputRow(row.id, hypothesis, row.references, row.text, row.domain, record)


def as_segments(rows: Iterable[OutputRow]) -> Segments:
    """Return outputs as what is scored; failed ones are there, empty.

    Raises:
        InputError: Two have the same id.
    """
    listed = tuple(rows)
    some = any(row.references for row in listed)
    if some and not all(row.references for row in listed):
        raise InputError("some outputs have references and some have none", "give all or none")
    return Segments(
        ids=tuple(row.id for row in listed),
        hypotheses=tuple(row.hypothesis for row in listed),
        references=tuple(row.references for row in listed) if some else (),
        sources=tuple(row.source for row in listed),
        domains=tuple(row.domain for row in listed) if any(r.domain for r in listed) else (),
    )


def _line(row: OutputRow) -> str:
    fields = msgspec.to_builtins(row)
    if not row.domain:
        del fields["domain"]
    return msgspec.json.encode(fields).decode() + "\n"


def _difference(old: Run, new: Run) -> str:
    """Return the first thing in which two runs differ, in a few words; where data lie is none."""
    for name in ("system", "task", "version"):
        if getattr(old, name) != getattr(new, name):
            return f"{name} {getattr(old, name)}, not {getattr(new, name)}"
    if old.data.get("fingerprint") != new.data.get("fingerprint"):
        return "the data have changed"
    before, after = old.settings, new.settings
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            return f"{name} {before.get(name)}, not {after.get(name)}"
    return ""
