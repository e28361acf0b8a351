"""The manifest of a job: what was read, what is done, what failed. SQLite, one truth."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from .manifest_records import TABLES, VERSION, Item, Row, Run, State
from .outputs import FOLDER, OutputError, guarded

__all__ = ["FILE", "VERSION", "Item", "Manifest", "Row", "Run", "State"]

FILE = "manifest.sqlite"

_ITEM = ", ".join(f.name for f in fields(Item))
_ROW = "number, key, failed, start, size, entry, part"
_RUN = "id, started, ended, how, recipe, command"


class Manifest:
    """An open manifest; use it in the thread that opened it.

    Args:
        folder: The job's output folder.
        memory: Open an empty one that is never written.
        readonly: Change nothing, whatever happens.

    Raises:
        OutputError: It cannot be opened, or another version of Mujaz made it.
    """

    def __init__(self, folder: Path, *, memory: bool = False, readonly: bool = False) -> None:
        self._folder = folder
        path = folder / FOLDER / FILE
        with guarded(folder):
            self._db = _connect(path, memory=memory, readonly=readonly)
            try:
                version = self._db.execute("PRAGMA user_version").fetchone()[0]
                if version not in (0, VERSION):
                    other = "newer" if version > VERSION else "older"
                    step = "upgrade Mujaz" if version > VERSION else "use the Mujaz that made it"
                    raise OutputError(
                        f"the job in {folder} was made by {other} Mujaz",
                        f"{step}, or choose another -o DIR",
                    )
                if not readonly:
                    self._db.execute("PRAGMA journal_mode = WAL")
                    self._db.execute("PRAGMA synchronous = NORMAL")
                if version == 0 and not readonly:
                    self._db.executescript(f"BEGIN; {TABLES} COMMIT;")
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close it; the write-ahead log goes into the file."""
        self._db.close()

    @contextmanager
    def together(self, *, undone: bool = False) -> Iterator[None]:
        """Make changes that come to the disk together or not at all.

        Args:
            undone: Take them back at the end.
        """
        with guarded(self._folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            if undone:
                self._db.rollback()
            else:
                self._db.commit()

    # ------------------------------------------------------------------ the job and its runs

    def get(self, key: str) -> str:
        """Return a fact about the job (``verb``), empty if it is not known."""
        found = self._all("SELECT value FROM job WHERE key = ?", key)
        return str(found[0][0]) if found else ""

    def set(self, key: str, value: str) -> None:
        """Remember a fact about the job."""
        self._do("INSERT OR REPLACE INTO job VALUES (?, ?)", key, value)

    def begin(self, started: str, command: str) -> int:
        """Remember the beginning of a run; return its id."""
        done = self._do(
            "INSERT INTO runs (started, ended, how, recipe, command) VALUES (?, '', '', '', ?)",
            started, command,
        )  # fmt: skip
        return int(done.lastrowid or 0)

    def follow(self, run: int, digest: str, record: str) -> None:
        """Remember the recipe of a run."""
        self._do("INSERT OR REPLACE INTO recipes VALUES (?, ?)", digest, record)
        self._do("UPDATE runs SET recipe = ? WHERE id = ?", digest, run)

    def end(self, run: int, ended: str, how: str) -> None:
        """Remember how a run ended."""
        self._do("UPDATE runs SET ended = ?, how = ? WHERE id = ?", ended, how, run)

    def left(self, run: int) -> int:
        """Return how many items still wait in a run."""
        return int(
            self._all("SELECT count(*) FROM items WHERE run = ? AND state = 'pending'", run)[0][0]
        )

    def last_run(self) -> Run | None:
        """Return the latest run."""
        found = self._all(f"SELECT {_RUN} FROM runs ORDER BY id DESC LIMIT 1")
        return Run(*found[0]) if found else None

    def last_recipe(self) -> str:
        """Return the record of the recipe that was followed last, empty if none was."""
        found = self._all(
            "SELECT record FROM runs JOIN recipes ON digest = recipe ORDER BY id DESC LIMIT 1"
        )
        return str(found[0][0]) if found else ""

    # ------------------------------------------------------------------ items

    def find(self, output: str) -> Item | None:
        """Return the item of an output."""
        found = self._all(f"SELECT {_ITEM} FROM items WHERE output = CAST(? AS TEXT)", output)
        return Item(*found[0]) if found else None

    def place_of(self, path: str) -> str | None:
        """Return the place that an input had before."""
        found = self._all("SELECT place FROM items WHERE input = CAST(? AS TEXT) LIMIT 1", path)
        return found[0][0] if found else None

    def forget(self, output: str) -> None:
        """Remember an item no more, nor its rows."""
        self._do("DELETE FROM items WHERE output = CAST(? AS TEXT)", output)
        self._do("DELETE FROM rows WHERE output = CAST(? AS TEXT)", output)

    def clear(self) -> None:
        """Forget all items."""
        self._do("DELETE FROM items")
        self._do("DELETE FROM rows")

    def put(self, *items: Item) -> None:
        """Remember items as they are now."""
        marks = ", ".join("CAST(? AS TEXT)" if i < 4 else "?" for i in range(len(fields(Item))))
        for item in items:
            self._do(f"INSERT OR REPLACE INTO items ({_ITEM}) VALUES ({marks})", *astuple(item))

    def to_do(self, run: int, behind: int, most: int) -> list[Item]:
        """Return the first items that wait in ``run`` behind the position ``behind``."""
        return [
            Item(*row)
            for row in self._all(
                f"SELECT {_ITEM} FROM items WHERE run = ? AND state = 'pending' AND position > ? "
                "ORDER BY position LIMIT ?", run, behind, most,
            )
        ]  # fmt: skip

    def items(self, state: State | None = None, behind: str = "", most: int = -1) -> list[Item]:
        """Return items behind an output, in the order of their outputs.

        Args:
            state: Those in this state alone.
            behind: The output behind which to begin.
            most: How many; all by default.
        """
        where = "AND state = ?" if state else ""
        given = (state,) if state else ()
        return [
            Item(*row)
            for row in self._all(
                f"SELECT {_ITEM} FROM items WHERE output > CAST(? AS TEXT) {where} "
                "ORDER BY output LIMIT ?", behind, *given, most,
            )
        ]  # fmt: skip

    def each(self, state: State | None = None, page: int = 1000) -> Iterator[Item]:
        """Yield all items in the order of their outputs, a page at a time."""
        behind = ""
        while found := self.items(state, behind, page):
            yield from found
            behind = found[-1].output

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return per state the number of items, of articles, and of failed ones among these."""
        return {
            state: (items, rows, failed)
            for state, items, rows, failed in self._all(
                "SELECT state, count(*), sum(rows), sum(rows_failed) FROM items GROUP BY state"
            )
        }

    # ------------------------------------------------------------------ rows

    def rows(self, output: str, part: int, behind: int = -1, most: int = -1) -> list[Row]:
        """Return the rows of one file, in order, behind the number ``behind``."""
        return [
            Row(*row)
            for row in self._all(
                f"SELECT {_ROW} FROM rows WHERE output = CAST(? AS TEXT) AND part = ? AND "
                "number > ? ORDER BY number LIMIT ?", output, part, behind, most,
            )
        ]  # fmt: skip

    def find_row(self, output: str, key: bytes, before: int) -> Row | None:
        """Return a row with ``key`` of an older part than ``before``, one that is done if any."""
        found = self._all(
            f"SELECT {_ROW} FROM rows WHERE output = CAST(? AS TEXT) AND key = ? AND part < ? "
            "ORDER BY failed, part DESC LIMIT 1", output, key, before,
        )  # fmt: skip
        return Row(*found[0]) if found else None

    def count_failed_rows(self, output: str, part: int) -> int:
        """Return how many rows of one file hold an error."""
        found = self._all(
            "SELECT count(*) FROM rows WHERE output = CAST(? AS TEXT) AND part = ? AND failed",
            output, part,
        )  # fmt: skip
        return int(found[0][0])

    def count_rows(self, output: str, part: int) -> int:
        """Return how many rows one file has."""
        return int(
            self._all(
                "SELECT count(*) FROM rows WHERE output = CAST(? AS TEXT) AND part = ?",
                output, part,
            )[0][0]
        )  # fmt: skip

    def failed_entries(self, output: str, most: int | None = None) -> list[str]:
        """Return the index entries of rows that failed in an output, in order."""
        return [
            str(row[0])
            for row in self._all(
                "SELECT entry FROM rows WHERE output = CAST(? AS TEXT) AND part = 0 AND failed "
                "ORDER BY number LIMIT ?", output, -1 if most is None else most,
            )
        ]  # fmt: skip

    def last_part(self, output: str) -> int:
        """Return the number of the newest file of rows that was begun; 0 if there is none."""
        found = self._all("SELECT max(part) FROM rows WHERE output = CAST(? AS TEXT)", output)
        return int(found[0][0] or 0)

    def put_rows(self, output: str, rows: Sequence[Row]) -> None:
        """Remember rows."""
        for row in rows:
            self._do(
                "INSERT OR REPLACE INTO rows VALUES (CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?)",
                output, row.part, row.number, row.key, row.failed, row.start, row.size, row.entry,
            )  # fmt: skip

    def drop_rows(self, output: str, part: int, since: int) -> None:
        """Forget the rows of one file from the number ``since`` on."""
        self._do(
            "DELETE FROM rows WHERE output = CAST(? AS TEXT) AND part = ? AND number >= ?",
            output, part, since,
        )  # fmt: skip

    def publish_rows(self, output: str, part: int) -> None:
        """Make the file ``part`` the output itself, and forget all others."""
        self._do("DELETE FROM rows WHERE output = CAST(? AS TEXT) AND part <> ?", output, part)
        self._do("UPDATE rows SET part = 0 WHERE output = CAST(? AS TEXT)", output)

    # ------------------------------------------------------------------ SQLite

    def _do(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - SQLite's own types
        with guarded(self._folder):
            return self._db.execute(sql, _bound(values))

    def _all(self, sql: str, *values: Any) -> list[Any]:  # noqa: ANN401 - SQLite's own types
        with guarded(self._folder):
            return self._db.execute(sql, _bound(values)).fetchall()


def _bound(values: Iterable[Any]) -> list[Any]:
    """Give SQLite the bytes of names that are no UTF-8; ``CAST(? AS TEXT)`` takes them as text."""
    return [_encoded(value) if isinstance(value, str) else value for value in values]


def _encoded(text: str) -> str | bytes:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")
    return text


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _connect(path: Path, *, memory: bool, readonly: bool) -> sqlite3.Connection:
    options: dict[str, Any] = {"isolation_level": None, "timeout": 60.0}
    db: sqlite3.Connection
    if memory:
        db = sqlite3.connect(":memory:", **options)
    elif readonly:
        # On a disk that cannot be written, a log of changes cannot be opened beside the file.
        how = "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={how}", uri=True, **options)
    else:
        db = sqlite3.connect(path, **options)
    db.text_factory = _decoded
    return db
