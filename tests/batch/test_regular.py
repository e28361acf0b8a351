"""Reading of files that may be anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mujaz.batch.regular import read_regular
from mujaz.errors import InputError


def refused(path: Path, limit: int = 100) -> str:
    with pytest.raises(InputError) as caught:
        read_regular(path, limit)
    return str(caught.value)


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_regular(tmp_path / "a", 100) == b"x" * 100
    assert "larger than" in refused(tmp_path / "a", 99)


def test_a_sparse_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(1 << 40)
    assert "larger than" in refused(tmp_path / "a")


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe or a device" in refused(tmp_path / "pipe")
    assert "a pipe or a device" in refused(Path("/dev/zero"))
    assert "a folder" in refused(tmp_path)
    assert "does not exist" in refused(tmp_path / "gone")
    assert "does not exist" in refused(Path("a\0b"))
    assert "too long" in refused(tmp_path / ("x" * 300))


def test_a_file_of_the_system_without_a_size() -> None:
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("this system has no /proc")
    assert path.stat().st_size == 0
    assert b"Name:" in read_regular(path, 1 << 20)
    assert "larger than" in refused(path, 10)


def test_a_closed_file(tmp_path: Path) -> None:
    if not os.geteuid():
        pytest.skip("to root nothing is closed")
    (tmp_path / "a").write_text("x")
    (tmp_path / "a").chmod(0)
    assert "no permission" in refused(tmp_path / "a")
