"""``mujaz cache``: what is kept, and how to forget it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.cli.main import main
from mujaz.settings import Settings
from mujaz.translate import SegmentCache, Translation
from mujaz.translate.cache import cache_file


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUJAZ_HOME", str(tmp_path))
    return cache_file(Settings(home=tmp_path))


def test_a_home_without_a_cache(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "info"]) == 0
    assert main(["cache", "clear"]) == 0
    assert (
        capsys.readouterr().out
        == f"{file}\n0 sentences, of at most 500 MB\n0 sentences forgotten\n"
    )
    assert not file.exists()


def test_a_cache_is_shown_and_emptied(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = SegmentCache(file)
    store.put({bytes([n]): Translation("س", "x", None) for n in range(3)})
    store.close()
    assert main(["cache", "info"]) == 0
    assert main(["cache", "clear"]) == 0
    assert main(["cache", "info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(file)
    assert lines[1].startswith("3 sentences, ")
    assert lines[2] == "3 sentences forgotten"
    assert lines[4].startswith("0 sentences, ")


def test_a_broken_cache_is_one_line_on_standard_error(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no database" * 500)
    assert main(["cache", "info"]) == 0
    told = capsys.readouterr()
    assert "0 sentences" in told.out
    assert len(told.err.splitlines()) == 1
