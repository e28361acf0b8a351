"""Files read whole, within bounds: no pipe is waited for, nothing endless is followed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from mujaz.errors import InputError

from .unreadable import legible

MEGABYTE = 1 << 20

LARGEST_TEXT = 8 * MEGABYTE
"""Bytes of one article's text. Chosen: about 1,500 pages of a book in Arabic."""


def read_regular(path: Path, limit: int = LARGEST_TEXT) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes.

    Raises:
        InputError: It is missing, not a file, unreadable, or larger.
    """
    with open_regular(path) as file:
        # Some files of the system say that they are empty and never end, so size is not asked.
        try:
            raw = file.read(limit + 1) or b""
        except OSError as error:
            raise _unreadable(path, error) from error
    if len(raw) > limit:
        raise InputError(
            f"{legible(path)} is larger than the {limit // MEGABYTE} MB that one article may have",
            "split it into articles, a file or a JSON line each",
        )
    return raw


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file without ever waiting for it.

    Raises:
        InputError: It is missing, not a file, or unreadable.
    """
    try:
        # Opening a pipe would wait for its writer, were it not for O_NONBLOCK.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            raise InputError(f"{legible(path)} is {kind}, not a file", "name a file")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


_BINARY = getattr(os, "O_BINARY", 0)  # Windows changes line ends without it


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    """Return the error of the system as ours."""
    number = error.errno if isinstance(error, OSError) else None
    name = legible(path)
    if number in (errno.ENOENT, errno.ENOTDIR, None):
        return InputError(f"{name} does not exist", "check the path")
    if number in (errno.EACCES, errno.EPERM):
        return InputError(f"{name} cannot be read: no permission", "change its permissions")
    if number == errno.ENXIO:
        return InputError(f"{name} is a socket, not a file", "name a file")
    if number == errno.ENAMETOOLONG:
        return InputError(f"{name} is too long a path", "move the file further up")
    return InputError(f"{name} cannot be read: {os.strerror(number)}", "check the disk it is on")
