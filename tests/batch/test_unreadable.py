"""Names in lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mujaz.batch.unreadable import legible


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("خبر/أ.txt", "خبر/أ.txt"),
        ("two\nlines\x1b[31m", r"two\nlines\x1b[31m"),
        ("a\u202egpj.txt", r"a\u202egpj.txt"),
        (os.fsdecode(b"\xce.txt"), "\ufffd.txt"),
    ],
)
def test_legible(name: str, shown: str) -> None:
    assert legible(name) == legible(Path(name)) == shown
