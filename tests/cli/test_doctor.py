"""``mujaz doctor`` from the outside."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mujaz.cli.main import main
from mujaz.models import diagnosis
from mujaz.models.diagnosis import Check

from .conftest import Command


def test_what_works_what_does_not_and_the_next_step(command: Command, tmp_path: Path) -> None:
    began = time.monotonic()
    done = command("doctor", "--offline")
    assert time.monotonic() - began < 60  # 4 s when measured
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[1]: line for line in done.stdout.splitlines()}
    assert lines["llama"].startswith("✓")
    assert str(tmp_path / "home") in lines["store"]
    assert lines["translate"].startswith("–")
    assert "mujaz models pull" in lines["translate"]
    assert lines["hub"].startswith("–")


def test_a_fault_is_exit_code_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = [
        Check("store", "broken", "it is full", "free some"),
        Check("python", "works", "3.11"),
        Check("hub", "missing", "out of reach"),
    ]
    monkeypatch.setattr(diagnosis, "diagnose", lambda settings: checks)
    assert main(["doctor"]) == 1
    assert capsys.readouterr().out == (
        "✗ store   it is full; free some\n✓ python  3.11\n– hub     out of reach\n"
    )
