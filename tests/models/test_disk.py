"""The disk's refusals, in one line each."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from mujaz.errors import StoreError
from mujaz.models.disk import guarded, require_space, sha256_of, write_atomically

from .conftest import Notes


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
        (errno.ENOTDIR, "in the way"),
    ],
)
def test_the_disks_refusals_are_one_line(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught, guarded("pulling a/b", tmp_path):
        raise OSError(number, os.strerror(number))
    assert "\n" not in str(caught.value)
    assert "pulling a/b" in caught.value.message
    assert caught.value.next_step


def test_other_errors_of_the_system_pass(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError), guarded("pulling a/b", tmp_path):
        raise ConnectionResetError(errno.ECONNRESET, "reset")


def test_space_is_asked_for_before_the_download(tmp_path: Path) -> None:
    require_space(tmp_path / "not" / "yet" / "there", 1, "a/b")
    with pytest.raises(StoreError, match=r"a/b needs 1000000000\.0 GB in .* is free"):
        require_space(tmp_path, 10**18, "a/b")


def test_a_file_is_written_whole(tmp_path: Path, notes: Notes) -> None:
    path = tmp_path / "f.json"
    path.write_text("old")
    write_atomically(path, "موجز")
    assert [p.name for p in tmp_path.iterdir()] == ["f.json"]
    assert path.read_text(encoding="utf-8") == "موجز"
    assert sha256_of(path, notes) == hashlib.sha256("موجز".encode()).hexdigest()
    assert notes.done == 8
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "half \ud800")
    assert [p.name for p in tmp_path.iterdir()] == ["f.json"]
    assert path.read_text(encoding="utf-8") == "موجز"
