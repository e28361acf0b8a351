"""The header of GGUF files."""

import struct
from pathlib import Path

import pytest

from mujaz.errors import ModelError
from mujaz.models.gguf import is_gguf, read_header

from .conftest import gguf

# Arrays of one array each, deeper than Python can follow.
NESTED = struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 20_000


def test_reads_up_to_the_tokenizer(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(gguf("qwen2", context=32768))
    assert is_gguf(path)
    assert read_header(path) == {
        "general.architecture": "qwen2",
        "general.name": "Tiny",
        "qwen2.context_length": 32768,
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"PK\x03\x04", "not a GGUF file"),
        (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "version 1"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1), "broken GGUF header"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 60), "a string of"),
        (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 99), "type 99"),
        (gguf()[:60], "broken GGUF header"),
        (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + NESTED, "broken GGUF header"),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=complaint):
        read_header(path)


def test_a_missing_file_is_not_gguf(tmp_path: Path) -> None:
    assert not is_gguf(tmp_path / "absent.gguf")
