"""Translations kept from one run to the next, in one SQLite file under ``<home>/cache``.

Several processes may use the file at once. Whatever is wrong with it costs the kept translations
at most, never the run: it is moved aside, or the run goes on without it, with one line saying so.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.errors import RecordError, StoreError
from mujaz.settings import Settings

from .translation import Translation

if TYPE_CHECKING:
    from filelock import FileLock

LIMIT = 500_000_000
"""Bytes that the file may have."""

_TABLE = """
CREATE TABLE IF NOT EXISTS segments (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS segments_used ON segments (used);
"""
# Of the limit, what is left when it was reached: evicting is dear, and should be rare.
_KEPT = 0.9
# A use is noted when the last note is older than this: hits should not cost a write each.
_NOTED_SECONDS = 6 * 60 * 60
# Variables of one SQL statement; SQLite's own limit was 999 before version 3.32.
_ASKED = 500
_WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds.

    Attributes:
        path: Its file.
        segments: How many translations.
        size: Bytes of the file in use.
        limit: Bytes that it may have.
    """

    path: Path
    segments: int
    size: int
    limit: int


def cache_file(settings: Settings) -> Path:
    """Return where the segment cache of ``settings.home`` lies."""
    return settings.home / "cache" / "segments.sqlite"


class SegmentCache:
    """Translations by key. Not safe for use from several threads at once.

    Args:
        path: The file; made, with its folder, when it is absent.
        limit: Bytes that it may have; beyond it the translations that were not used for longest go.
        warn: Told in one line, once, when the file is or becomes unusable.
    """

    def __init__(
        self, path: Path, *, limit: int = LIMIT, warn: Callable[[str], None] | None = None
    ) -> None:
        self.path = path
        self._limit = limit
        self._warn = warn
        self._database: sqlite3.Connection | None = None
        with self._guarded():
            self._database = self._opened()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Translation]:
        """Return the translations that are kept, by key."""
        rows: list[tuple[bytes, bytes, int]] = []
        now = int(time.time())
        with self._guarded():
            if self._database is None:
                return {}
            for low in range(0, len(keys), _ASKED):
                part = keys[low : low + _ASKED]
                marks = ",".join("?" * len(part))
                rows += self._database.execute(
                    f"SELECT key, value, used FROM segments WHERE key IN ({marks})", part
                ).fetchall()
            stale = [(now, key) for key, _, used in rows if used < now - _NOTED_SECONDS]
            if stale:
                with self._database:
                    self._database.executemany("UPDATE segments SET used=? WHERE key=?", stale)
        found: dict[bytes, Translation] = {}
        for key, value, _ in rows:
            try:
                found[key] = Translation.from_json(value)
            except RecordError:
                continue  # translated again, and then replaced
        return found

    def put(self, made: Mapping[bytes, Translation]) -> None:
        """Keep translations by key."""
        now = int(time.time())
        rows = [(key, translation.to_json().encode(), now) for key, translation in made.items()]
        with self._guarded():
            if self._database is None or not rows:
                return
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO segments VALUES (?,?,?)", rows)
            self._evict(self._database)

    def info(self) -> CacheInfo:
        """Return what is kept.

        Raises:
            StoreError: The file cannot be read.
        """
        database = self._usable()
        count = database.execute("SELECT count(*) FROM segments").fetchone()[0]
        return CacheInfo(self.path, count, _size(database), self._limit)

    def clear(self) -> int:
        """Forget all translations, and return how many they were.

        Raises:
            StoreError: The file cannot be written.
        """
        database = self._usable()
        try:
            with database:
                count = database.execute("DELETE FROM segments").rowcount
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be cleared ({error})", "try again") from error
        return count

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            self._database.close()
            self._database = None

    def _usable(self) -> sqlite3.Connection:
        if self._database is None:
            raise StoreError(f"{self.path} cannot be opened", "check its permissions")
        return self._database

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # SQLite does not wait while another process turns a new file to write-ahead logging.
            with self._lock():
                return _connected(self.path)
        except sqlite3.OperationalError:
            raise  # locked, full, not permitted: no fault of the file's
        except sqlite3.DatabaseError as error:
            return self._replaced(error)

    def _lock(self) -> FileLock:
        """Return the lock that opening and replacing the file take."""
        from filelock import FileLock

        return FileLock(self.path.with_suffix(".lock"), timeout=_WAIT_SECONDS)

    def _replaced(self, error: Exception) -> sqlite3.Connection:
        """Move a broken file aside and begin a new one, unless another process has done so."""
        with self._lock():
            try:
                return _connected(self.path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                aside = self.path.with_suffix(".broken")
                self.path.replace(aside)
                for tail in ("-wal", "-shm"):
                    self.path.with_name(self.path.name + tail).unlink(missing_ok=True)
            self._say(f"the segment cache was broken ({error}); moved to {aside}")
            return _connected(self.path)

    def _evict(self, database: sqlite3.Connection) -> None:
        """Delete what was not used for longest, once the file has outgrown its limit."""
        size = _size(database)
        if size <= self._limit:
            return
        count = database.execute("SELECT count(*) FROM segments").fetchone()[0]
        surplus = max(1, round(count * (1 - _KEPT * self._limit / size)))
        with database:
            database.execute(
                "DELETE FROM segments WHERE key IN "
                "(SELECT key FROM segments ORDER BY used, key LIMIT ?)",
                (surplus,),
            )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Go on without the cache, or with a new one, when the file fails."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.close()
            broken = isinstance(error, sqlite3.DatabaseError) and not isinstance(
                error, sqlite3.OperationalError
            )
            try:
                if broken:  # the next call has a new file
                    self._database = self._replaced(error)
                    return
            except (sqlite3.Error, OSError) as other:
                error = other
            self._say(f"the segment cache {self.path} is not used ({error})")

    def _say(self, line: str) -> None:
        if self._warn:
            self._warn(line)


def _connected(path: Path) -> sqlite3.Connection:
    """Return an open database that was seen to be one.

    Raises:
        sqlite3.DatabaseError: The file is no database, or a damaged one.
    """
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        # A lost power supply may cost the last translations, not the file.
        database.execute("PRAGMA synchronous=NORMAL")
        database.executescript(_TABLE)
        database.execute("SELECT key, value, used FROM segments LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _size(database: sqlite3.Connection) -> int:
    """Return the bytes of the file that are in use."""
    pages, free, page = (
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * page)
