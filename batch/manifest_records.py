"""What a manifest remembers: items, runs and rows, and the tables they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .unreadable import legible

VERSION = 1
"""Of the tables below."""

State = Literal["pending", "writing", "done", "failed"]

# Paths are text whatever their bytes: a name in another encoding than UTF-8 is kept as it is.
TABLES = f"""
CREATE TABLE job (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE recipes (digest TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT NOT NULL, how TEXT NOT NULL,
  recipe TEXT NOT NULL, command TEXT NOT NULL);
CREATE TABLE items (
  output TEXT PRIMARY KEY, place TEXT NOT NULL, input TEXT NOT NULL, named TEXT NOT NULL,
  content TEXT NOT NULL, recipe TEXT NOT NULL, version TEXT NOT NULL,
  state TEXT NOT NULL, error TEXT NOT NULL,
  made TEXT NOT NULL, sha256 TEXT NOT NULL, coming TEXT NOT NULL, size INTEGER NOT NULL,
  rows INTEGER NOT NULL, rows_failed INTEGER NOT NULL, entry TEXT NOT NULL,
  run INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE INDEX items_by_input ON items (input);
CREATE INDEX items_to_do ON items (run, position) WHERE state = 'pending';
CREATE TABLE rows (
  output TEXT NOT NULL, part INTEGER NOT NULL, number INTEGER NOT NULL, key BLOB NOT NULL,
  failed INTEGER NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL, entry TEXT NOT NULL,
  PRIMARY KEY (output, part, number)) WITHOUT ROWID;
CREATE INDEX rows_by_key ON rows (output, key);
PRAGMA user_version = {VERSION};
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One input and its output.

    Attributes:
        output: The output, below the output folder.
        place: The same without the suffix.
        input: The input's absolute path; ``-`` for standard input.
        named: The input as it was named, for messages and records.
        content: SHA-256 of the input as it was last worked on; empty when it never was.
        recipe: Digest of the recipe it was worked on by.
        version: Of Mujaz, then.
        state: ``pending``; ``writing`` for the moment of a rename; ``done``; ``failed``.
        error: Why it failed, in one line.
        made: When it was done or failed, in ISO 8601.
        sha256: Of the output that was last written; empty when none was.
        coming: Of the output that is being written.
        size: Bytes of the output.
        rows: Articles of the input; 1 for a document.
        rows_failed: Of these, how many failed.
        entry: What an index shows, as JSON.
        run: The run that has it to do.
        position: Its place in that run, from 1.
    """

    output: str
    place: str
    input: str
    named: str
    content: str = ""
    recipe: str = ""
    version: str = ""
    state: State = "pending"
    error: str = ""
    made: str = ""
    sha256: str = ""
    coming: str = ""
    size: int = 0
    rows: int = 1
    rows_failed: int = 0
    entry: str = ""
    run: int = 0
    position: int = 0

    @property
    def called(self) -> str:
        """What to call the input in messages."""
        return "standard input" if self.input == "-" else legible(self.named)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job.

    Attributes:
        id: From 1.
        started: When, in ISO 8601.
        ended: Likewise; empty while it runs, and for ever if it was killed.
        how: ``finished``, ``interrupted`` or ``stopped`` (by an error); empty likewise.
        recipe: Digest of its recipe.
        command: What was typed.
    """

    id: int
    started: str
    ended: str = ""
    how: str = ""
    recipe: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One article of an input that has many, as it stands in a file of output rows.

    Attributes:
        number: From 0, in the input's order.
        key: Hash of the article and the recipe.
        failed: Whether the line holds an error.
        start: Offset of its line, in bytes.
        size: Bytes of its line, with the line end.
        entry: What an index shows, as JSON.
        part: The file the line stands in: 0 is the output itself.
    """

    number: int
    key: bytes
    failed: bool
    start: int
    size: int
    entry: str
    part: int
