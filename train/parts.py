"""A large file in parts, for machines that only small files reach."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mujaz.errors import ChecksumError, InputError, OptionError
from mujaz.models.disk import sha256_of, write_atomically

LIST = "parts.json"
_BLOCK = 1 << 20


class Part(msgspec.Struct, frozen=True):
    """One part: its file's name, without a folder, and its SHA-256."""

    name: str
    sha256: str


class Parts(msgspec.Struct, frozen=True):
    """The list that lies beside the parts.

    Attributes:
        file: Name of the whole, without a folder.
        sha256: SHA-256 of the whole.
        parts: In their order.
    """

    file: str
    sha256: str
    parts: tuple[Part, ...]


def split(path: Path, folder: Path, size: int) -> list[Path]:
    """Cut ``path`` into files of at most ``size`` bytes in ``folder``, with a list of their hashes.

    Raises:
        InputError: ``path`` is missing.
        OptionError: ``size`` is no size.
    """
    if size < 1:
        raise OptionError(f"parts of {size} bytes are asked for", "give a --size of 1 or more")
    if not path.is_file():
        raise InputError(f"{path} does not exist", "give the file to split")
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[Path] = []
    with path.open("rb") as whole:
        while whole.tell() < path.stat().st_size:
            part = folder / f"{path.name}.{len(parts):03}"
            with part.open("wb") as file:
                left = size
                while left and (block := whole.read(min(_BLOCK, left))):
                    file.write(block)
                    left -= len(block)
            parts.append(part)
    hashed = tuple(Part(part.name, sha256_of(part)) for part in parts)
    listed = msgspec.json.encode(Parts(path.name, sha256_of(path), hashed))
    write_atomically(folder / LIST, msgspec.json.format(listed, indent=2).decode() + "\n")
    return parts


def join(folder: Path, target: Path) -> Path:
    """Put the parts in ``folder`` together in the folder ``target``; return the whole file.

    Raises:
        InputError: The list is missing or broken, or parts are missing: the message names them.
        ChecksumError: A part, or the whole, is not what the list says.
    """
    listed = _listed(folder)
    missing = [part.name for part in listed.parts if not (folder / part.name).is_file()]
    if missing:
        raise InputError(f"{folder} lacks {', '.join(missing)}", "bring these parts too")
    target.mkdir(parents=True, exist_ok=True)
    whole = target / listed.file
    if whole.is_file() and sha256_of(whole) == listed.sha256:
        return whole
    temporary = whole.with_name(whole.name + ".part")
    with temporary.open("wb") as file:
        for part in listed.parts:
            if sha256_of(folder / part.name) != part.sha256:
                raise ChecksumError(f"{folder / part.name} is damaged", "bring it again")
            file.write((folder / part.name).read_bytes())
    if sha256_of(temporary) != listed.sha256:
        temporary.unlink()
        raise ChecksumError(f"the parts in {folder} do not make {listed.file}", "split it again")
    temporary.replace(whole)
    return whole


def _listed(folder: Path) -> Parts:
    try:
        listed = msgspec.json.decode((folder / LIST).read_bytes(), type=Parts)
    except OSError as error:
        raise InputError(f"{folder} has no {LIST}", "bring it along with the parts") from error
    except msgspec.DecodeError as error:
        raise InputError(f"{folder / LIST} is broken ({error})", "bring it again") from error
    for name in (listed.file, *(part.name for part in listed.parts)):
        if name in {"", ".", ".."} or Path(name).name != name:
            raise InputError(
                f"{folder / LIST} names {name!r}, which is no file's name", "split it again"
            )
    return listed
