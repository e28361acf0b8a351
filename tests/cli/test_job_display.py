"""What a job shows of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mujaz.batch.events import Ended, Failed, Kept, Loaded, Made, Surveyed
from mujaz.cli import job_display
from mujaz.cli.job_display import Bar, Display, JsonLines, display_for


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(job_display.time, "monotonic", lambda: now[0])
    return now


def made(number: int) -> Made:
    return Made(f"in/{number}.txt", "", f"{number}.txt", 4, 0)


def test_a_log_has_a_line_a_minute(capsys: pytest.CaptureFixture[str], clock: list[float]) -> None:
    display = Display("translate", Path("out"), quiet=False, debug=False)
    display.tell(Surveyed(1000, 1000, 1000, {"new": 1000}, 0, 0, 0))
    display.tell(Loaded(("translation: m (why)",)))
    for number in range(121):
        clock[0] += 1
        display.tell(Failed("in/7.txt", "", "in/7.txt is bad") if number == 7 else made(number))
    display.tell(Ended("finished", 120, 0, 1, 0, 0, 480, 4000.0))
    assert capsys.readouterr().err.splitlines() == [
        "translation: m (why)",
        "mujaz: in/7.txt is bad",
        "60 of 1,000 articles, 3.9 sentences/s, 15:40 min left, 1 failed",
        "120 of 1,000 articles, 4.0 sentences/s, 14:40 min left, 1 failed",
        "120 translations in 1:06 h; see out/index.html",
        "mujaz: 1 article failed; the rest are done",
    ]


def test_quiet_says_errors_alone(capsys: pytest.CaptureFixture[str]) -> None:
    display = Display("brief", Path("out"), quiet=True, debug=False)
    display.tell(Surveyed(3, 2, 2, {"new": 2}, 1, 0, 1))
    display.tell(Loaded(("a model",)))
    display.tell(made(1))
    display.tell(Kept("r.jsonl", 3))
    display.tell(Failed("in/2.txt", "", "in/2.txt is bad"))
    display.tell(Ended("finished", 1, 3, 1, 2, 0, 4, 1.0))
    assert capsys.readouterr().err.splitlines() == [
        "mujaz: in/2.txt is bad",
        "mujaz: 1 article failed; the rest are done",
        "mujaz: 2 articles failed before; --retry-failed tries them again",
    ]


def test_an_interruption_with_force(capsys: pytest.CaptureFixture[str]) -> None:
    display = Display("brief", Path("out"), quiet=True, debug=False)
    display.interrupted(Ended("interrupted", 1, 0, 0, 0, 1234, 4, 1.0), forced=True)
    assert capsys.readouterr().err == (
        "mujaz: interrupted; what was done is kept (1,234 inputs left); "
        "run the same command again without --force to go on\n"
    )


def test_programs_get_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    display = display_for("brief", Path("out"), events=True, quiet=False, debug=True)
    assert isinstance(display, JsonLines)
    display.tell(made(1))
    display.interrupted(Ended("interrupted", 1, 0, 0, 0, 1, 4, 1.0), forced=True)
    display.error("no model")
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["made", "error"]
    assert json.loads(display.waiting) == {"event": "stopping"}


def test_a_bar_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    def kind(quiet: bool) -> type:
        return type(display_for("brief", Path("out"), events=False, quiet=quiet, debug=False))

    assert kind(False) is Display
    monkeypatch.setattr(job_display.sys.stderr, "isatty", lambda: True, raising=False)
    assert kind(False) is Bar
    assert kind(True) is Display
