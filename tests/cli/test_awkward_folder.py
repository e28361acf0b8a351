"""A folder of awkward inputs as a job: each bad one has its line, the good ones are done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mujaz.cli.main import main

from ..batch.awkward import make_awkward, open_again


def test_each_bad_input_has_its_line_and_the_good_ones_are_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = Path("in").absolute()
    expected = {n: w for n, w in make_awkward(folder).items() if ".srt" not in n}
    try:
        arguments = ["summarize", "--method", "lead", "-n", "1", "in", "-o", "out"]
        assert main(arguments) == 1
        told = capsys.readouterr().err
        assert main(["jobs", "out", "--failed", "--format", "json"]) in (0, 1)
        failed = json.loads(capsys.readouterr().out)
    finally:
        open_again(folder)
    good = [name for name, phrase in expected.items() if phrase is None]
    bad = [phrase for phrase in expected.values() if phrase is not None]
    assert len(good) > 10
    assert len(bad) > 40

    assert [phrase for phrase in set(bad) if phrase not in told] == []
    rows = [
        json.loads(line)
        for path in Path("out").rglob("*.jsonl")
        if path.name != "index.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    index = Path("out/index.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum("record" in row for row in rows) == sum("#" in name for name in good)
    assert failed
    assert len(index) >= len(good)
    documents = [p for p in Path("out").rglob("*.txt") if ".mujaz" not in p.parts]
    assert len(documents) == sum("#" not in name for name in good)
    assert all(path.stat().st_size for path in documents)
