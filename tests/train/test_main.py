from collections.abc import Callable
from pathlib import Path

import pytest

from train.__main__ import main


@pytest.mark.parametrize("verb", ["prepare", "tune", "export", "measure", "all"])
def test_a_base_that_is_not_there_is_one_line(
    verb: str, tmp_path: Path, write_run: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [verb, "--config", str(write_run(tmp_path)), "--base", "nowhere/base.gguf"]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said == "error: nowhere/base.gguf does not exist; check --base, or `file` in [base]\n"


def test_files_are_cut_and_put_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"0123456789")
    parts, there = str(tmp_path / "parts"), str(tmp_path / "there")
    assert main(["split", str(path), parts, "--size", "4"]) == 0
    assert main(["join", parts, there]) == 0
    assert capsys.readouterr().err == f"3 parts in {parts}\n{there}/model.gguf\n"
    assert (tmp_path / "there" / "model.gguf").read_bytes() == b"0123456789"
    assert main(["split", str(path), parts, "--size", "0"]) == 2
