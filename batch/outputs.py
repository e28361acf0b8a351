"""The output folder: locked by one job, written under temporary names, never half."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mujaz.errors import MujazError
from mujaz.models.disk import sha256_of

FOLDER = ".mujaz"
"""What a job keeps for itself, in its output folder."""

_TEMPORARY = "tmp"
_LOCK = "lock"
# A status query holds the lock for a moment.
_LOCK_WAIT_SECONDS = 2.0

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# What concerns one output, and leaves room for the others.
_ONE = frozenset(
    {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ENAMETOOLONG,
     errno.EINVAL, errno.EILSEQ, errno.EACCES, errno.EPERM}
)  # fmt: skip


class OutputError(MujazError):
    """The output folder cannot be written, is in use, or holds something else."""


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Turn what the system and SQLite say about ``folder`` into one clear line.

    Raises:
        OutputError: The disk is full, the folder cannot be written, or its manifest is damaged.
    """
    kept = "what is done is kept; run it again to go on"
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(
                f"the disk of {folder} is full", f"free some space; {kept}"
            ) from error
        why = "no permission" if error.errno in _FORBIDDEN else error.strerror or str(error)
        if error.errno == errno.EROFS:
            why = "its disk is read-only"
        raise OutputError(
            f"{folder} cannot be written ({why})", "choose another -o DIR, or make room for it"
        ) from error
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "full" in text:
            raise OutputError(
                f"the disk of {folder} is full", f"free some space; {kept}"
            ) from error
        if any(word in text for word in ("readonly", "unable to open", "locked", "I/O")):
            raise OutputError(
                f"{folder} cannot be written ({text})", "choose another -o DIR"
            ) from error
        raise OutputError(
            f"the manifest of {folder} is damaged ({text})",
            f"delete {folder / FOLDER} and run it again with --force",
        ) from error


@dataclass(frozen=True, slots=True)
class Staged:
    """An output that is complete, but not yet in its place.

    Attributes:
        output: Its place below the output folder.
        temporary: The file it stands in.
        sha256: Of its bytes, hexadecimal.
        size: Bytes.
    """

    output: str
    temporary: Path
    sha256: str
    size: int


class Outputs:
    """Writes below one output folder.

    Args:
        folder: The output folder; see `opened`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def path(self, output: str) -> Path:
        """Return where the output ``output`` stands."""
        return self.folder / PurePosixPath(output)

    def sha256(self, output: str) -> str:
        """Return the hexadecimal SHA-256 of an output, empty if there is no such file."""
        try:
            return sha256_of(self.path(output))
        except OSError:
            return ""

    def size(self, output: str) -> int:
        """Return the bytes of an output; 0 if there is no such file."""
        try:
            return self.path(output).stat().st_size
        except OSError:
            return 0

    def temporary(self) -> Path:
        """Return a name that nothing has yet, on the outputs' own disk."""
        self._count += 1
        return self.folder / FOLDER / _TEMPORARY / str(self._count)

    def stage(self, output: str, content: bytes) -> Staged:
        """Write ``content`` to the disk, under a temporary name.

        Raises:
            OutputError: The folder cannot be written.
        """
        temporary = self.temporary()
        with guarded(self.folder), temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Staged(output, temporary, hashlib.sha256(content).hexdigest(), len(content))

    def publish(self, staged: Staged) -> str:
        """Rename a staged output to its place; an older one is replaced.

        Returns:
            Why this output cannot have its place, and the next step; empty if it has it.

        Raises:
            OutputError: No output can be written any more.
        """
        place = self.path(staged.output)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                staged.temporary.replace(place)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                # A folder of the outputs lies on another disk: once more beside the place.
                beside = place.with_name(f".mujaz-{staged.sha256[:16]}.tmp")
                shutil.copyfile(staged.temporary, beside)
                beside.replace(place)
                staged.temporary.unlink()
        except OSError as error:
            if error.errno not in _ONE:
                with guarded(self.folder):
                    raise
            why = "no permission" if error.errno in _FORBIDDEN else error.strerror
            return f"{place}: cannot be written ({why}); move away what is there"
        return ""

    def write(self, output: str, content: bytes) -> None:
        """Write an output whole, at once.

        Raises:
            OutputError: It cannot be written.
        """
        problem = self.publish(self.stage(output, content))
        if problem:
            raise OutputError(problem)


@contextmanager
def opened(folder: Path) -> Iterator[Outputs]:
    """Make the output folder where it is missing, lock it, and sweep what a killed job left.

    The operating system frees the lock of a process that dies.

    Raises:
        OutputError: It cannot be written, is no folder, or another job works on it.
    """
    from filelock import FileLock, Timeout

    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is not a folder", "choose another -o DIR")
    own = folder / FOLDER
    with guarded(folder):
        own.mkdir(parents=True, exist_ok=True)
        lock = FileLock(own / _LOCK, timeout=_LOCK_WAIT_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise OutputError(
                f"another run is working on {folder}", "wait for it, or choose another -o DIR"
            ) from error
    try:
        with guarded(folder):
            shutil.rmtree(own / _TEMPORARY, ignore_errors=True)
            (own / _TEMPORARY).mkdir(exist_ok=True)
        yield Outputs(folder)
        with guarded(folder):
            shutil.rmtree(own / _TEMPORARY, ignore_errors=True)
    finally:
        lock.release()


def is_locked(folder: Path) -> bool:
    """Return whether a job works on ``folder`` now."""
    from filelock import FileLock, Timeout

    if not (folder / FOLDER / _LOCK).exists():
        return False
    try:
        with FileLock(folder / FOLDER / _LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False
