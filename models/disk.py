"""The disk: its refusals in one clear line, its free space, and files written whole or not."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mujaz.errors import StoreError

from .progress import SILENT, Progress, human_size

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
DISK_REFUSALS = _DISK_FULL | _FORBIDDEN | {errno.EIO}
"""Error numbers that mean the disk and not the network."""

_BLOCK = 1 << 20


@contextmanager
def guarded(doing: str, folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals to write into one clear line.

    Args:
        doing: What is being done, for the message, such as ``pulling owner/name``.
        folder: Where it is written.

    Raises:
        StoreError: The disk is full, the store is read-only or not permitted, or not a folder.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise StoreError(
                f"the disk of {folder} is full ({human_size(_free(folder))} free) while {doing}",
                "free some space and run it again",
            ) from error
        if error.errno in _FORBIDDEN:
            raise StoreError(
                f"{folder} cannot be written while {doing}",
                "set MUJAZ_HOME to a folder that you may write",
            ) from error
        if error.errno in {errno.ENOTDIR, errno.EEXIST}:
            raise StoreError(
                f"{error.filename or folder} is in the way while {doing}",
                "move it away, or set MUJAZ_HOME to another folder",
            ) from error
        raise


def _free(folder: Path) -> int | None:
    """Return the free bytes of the disk that ``folder`` lies, or will lie, on."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def require_space(folder: Path, needed: int, what: str) -> None:
    """Refuse to start what cannot end.

    Raises:
        StoreError: Fewer than ``needed`` bytes are free on the disk of ``folder``.
    """
    free = _free(folder)
    if free is not None and free < needed:
        raise StoreError(
            f"{what} needs {human_size(needed)} in {folder}, and {human_size(free)} is free",
            "free some space, or set MUJAZ_HOME to a folder on another disk",
        )


def sha256_of(path: Path, progress: Progress = SILENT) -> str:
    """Return the hexadecimal SHA-256 of the file ``path``."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            progress.advance(len(block))
    return digest.hexdigest()


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` to a temporary name on the same disk, then rename."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
