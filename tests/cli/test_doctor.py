"""``mujaz doctor`` from the outside."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mujaz.cli.main import main
from mujaz.models import diagnosis, tuner
from mujaz.models.diagnosis import Check
from mujaz.models.tuner import Finding, Trial
from mujaz.models.tuning import Tuned

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


def test_tuning_without_a_model_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--tune", "--offline"]) == 2
    said = capsys.readouterr().err
    assert "measuring" in said
    assert "mujaz models list" in said


def test_tuning_says_what_it_found_and_where_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trials = (Trial(Tuned(4), 2.0), Trial(Tuned(2), 1.5))
    found = [Finding("llama", "some/model", Tuned(2), trials)]
    monkeypatch.setattr(tuner, "tune", lambda settings: found)
    assert main(["--quiet", "doctor", "--tune"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        "✓ llama  2 threads (4 threads 2.0 s, 2 threads 1.5 s; some/model)",
        f"kept in {tmp_path / 'home' / 'tuning.json'}; --threads and MUJAZ_THREADS go before it",
    ]
