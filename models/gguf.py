"""The header of a GGUF file: what the model is, without loading it.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from mujaz.errors import ModelError

MAGIC = b"GGUF"

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING = 8
_ARRAY = 9
# Far above any real header string (chat templates have some tens of kilobytes).
_LONGEST_STRING = 1 << 24

Scalar = str | int | float | bool


def is_gguf(path: Path) -> bool:
    """Say whether the file ``path`` begins as a GGUF file does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def read_header(path: Path) -> dict[str, Scalar]:
    """Return the scalar metadata that stand before the tokenizer's.

    Writers put ``general.*`` and the architecture's numbers first; the vocabulary that follows has
    hundreds of thousands of strings and says nothing that is needed here, so reading stops there.

    Raises:
        ModelError: The file is not GGUF, is cut short, or has an unknown version.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                raise ModelError(f"{path} is not a GGUF file", "give a model in GGUF form")
            version = _number(file, "I")
            if version not in (2, 3):
                raise ModelError(f"{path} has GGUF version {version}; versions 2 and 3 are known")
            _number(file, "Q")  # tensors
            return _metadata(file, int(_number(file, "Q")))
    except (struct.error, ValueError, RecursionError) as error:  # arrays can stand in arrays
        raise ModelError(
            f"{path} has a broken GGUF header ({error})", "fetch the file again"
        ) from error


def _metadata(file: BinaryIO, count: int) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for _ in range(count):
        key = _text(file)
        if key.startswith("tokenizer."):
            break
        kind = int(_number(file, "I"))
        value = _value(file, kind)
        if value is not None:
            found[key] = value
    return found


def _value(file: BinaryIO, kind: int) -> Scalar | None:
    """Read one value; arrays are passed over and give ``None``."""
    if kind == _STRING:
        return _text(file)
    if kind == _ARRAY:
        inner = int(_number(file, "I"))
        for _ in range(int(_number(file, "Q"))):
            _value(file, inner)
        return None
    if kind not in _SCALARS:
        raise ValueError(f"unknown value type {kind}")
    return _number(file, _SCALARS[kind])


def _number(file: BinaryIO, form: str) -> int | float | bool:
    size = struct.calcsize(f"<{form}")
    (value,) = struct.unpack(f"<{form}", file.read(size))
    assert isinstance(value, int | float | bool)
    return value


def _text(file: BinaryIO) -> str:
    length = int(_number(file, "Q"))
    if length > _LONGEST_STRING:
        raise ValueError(f"a string of {length} bytes")
    raw = file.read(length)
    if len(raw) < length:
        raise ValueError("the file ends inside a string")
    return raw.decode("utf-8")
