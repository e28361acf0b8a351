"""A large file in parts, for machines that only small files reach."""

from __future__ import annotations

import json
from pathlib import Path

from mujaz.errors import ChecksumError, InputError
from mujaz.models.disk import sha256_of, write_atomically

LIST = "parts.json"
_BLOCK = 1 << 20


def split(path: Path, folder: Path, size: int) -> list[Path]:
    """Cut ``path`` into files of at most ``size`` bytes in ``folder``, with a list of their hashes.

    Raises:
        InputError: ``path`` is missing.
    """
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
    listed = {
        "file": path.name,
        "sha256": sha256_of(path),
        "parts": [{"name": part.name, "sha256": sha256_of(part)} for part in parts],
    }
    write_atomically(folder / LIST, json.dumps(listed, indent=2) + "\n")
    return parts


def join(folder: Path, target: Path) -> Path:
    """Put the parts in ``folder`` together in the folder ``target``; return the whole file.

    Raises:
        InputError: The list is missing, or parts of it: the message names them.
        ChecksumError: A part, or the whole, is not what the list says.
    """
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{folder} has no {LIST}", "bring it along with the parts") from error
    missing = [part["name"] for part in listed["parts"] if not (folder / part["name"]).is_file()]
    if missing:
        raise InputError(f"{folder} lacks {', '.join(missing)}", "bring these parts too")
    target.mkdir(parents=True, exist_ok=True)
    whole = target / str(listed["file"])
    if whole.is_file() and sha256_of(whole) == listed["sha256"]:
        return whole
    temporary = whole.with_name(whole.name + ".part")
    with temporary.open("wb") as file:
        for part in listed["parts"]:
            if sha256_of(folder / part["name"]) != part["sha256"]:
                raise ChecksumError(f"{folder / part['name']} is damaged", "bring it again")
            file.write((folder / part["name"]).read_bytes())
    if sha256_of(temporary) != listed["sha256"]:
        temporary.unlink()
        raise ChecksumError(f"the parts in {folder} do not make {listed['file']}", "split it again")
    temporary.replace(whole)
    return whole
