"""Jobs as a user meets them: messages, exit codes, signals, kills, and ``mujaz jobs``."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.cli.main import main

from ..models.conftest import ALONE, CAN_MOUNT
from .conftest import ARTICLE, Command

LEAD = ["summarize", "--method", "lead", "-n", "1"]


def put(count: int, folder: str = "in") -> None:
    Path(folder).mkdir(exist_ok=True)
    for number in range(count):
        Path(f"{folder}/{number:04}.txt").write_text(f"{ARTICLE} {number}", encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    """Run a job; return its lines on stderr."""
    assert main([*LEAD, *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def outputs(folder: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and ".mujaz" not in path.parts
    }


# ------------------------------------------------------------------ what it says


def test_a_small_job_names_its_outputs(capsys: pytest.CaptureFixture[str]) -> None:
    put(2)
    assert run(capsys, "in", "-o", "out")[:3] == [
        "summary: lead (asked for by name)",
        "in/0000.txt → out/0000.txt",
        "in/0001.txt → out/0001.txt",
    ]
    put(3)
    lines = run(capsys, "in", "-o", "out")
    assert lines[0] == "1 of 3 inputs to do, 2 done already"
    assert lines[-1] == "1 summary in 0 s; see out/index.html"
    assert run(capsys, "in", "-o", "out") == ["0 of 3 inputs to do, 3 done already"]
    Path("in/0000.txt").unlink()
    assert run(capsys, "in", "-o", "out") == [
        "0 of 2 inputs to do, 2 done already; 1 inputs are gone, and their outputs left"
    ]


def test_a_single_file_and_standard_input(command: Command, news: Path) -> None:
    done = command(*LEAD, "news.txt", "-o", "out")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[1:] == ["news.txt → out/news.txt"]
    done = command(*LEAD, "-o", "out", input=ARTICLE)
    assert done.stderr.splitlines()[1] == "standard input → out/stdin.txt"
    assert Path("out/news.txt").read_bytes() == Path("out/stdin.txt").read_bytes()


def test_failures_and_their_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    put(1)
    Path("in/bad.txt").write_text("English.", encoding="utf-8")
    lines = run(capsys, "-q", "in", "-o", "out", code=1)
    assert lines == [
        "mujaz: in/bad.txt is not in Arabic; give an Arabic article",
        "mujaz: 1 article failed; the rest are done",
    ]
    assert run(capsys, "-q", "in", "-o", "out", code=1) == [
        "mujaz: 1 article failed before; --retry-failed tries them again"
    ]
    assert len(run(capsys, "-q", "in", "-o", "out", "--retry-failed", code=1)) == 2
    assert run(capsys, "-q", "in/bad.txt", "-o", "alone", code=2) == [
        "mujaz: in/bad.txt is not in Arabic; give an Arabic article"
    ]
    Path("in/0000.txt").write_text("English.", encoding="utf-8")
    assert run(capsys, "-q", "in", "-o", "none", code=2)[-1] == (
        "mujaz: 2 articles failed; nothing is done"
    )


def test_a_rehearsal(capsys: pytest.CaptureFixture[str]) -> None:
    put(2)
    assert main([*LEAD, "in", "-o", "out", "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert out == "new: in/0000.txt → out/0000.txt\nnew: in/0001.txt → out/0001.txt\n"
    assert err == "2 of 2 inputs to do, 0 done already\n"
    assert not Path("out").exists()


def test_events_are_lines_of_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    put(2)
    Path("in/bad.txt").write_text("English.", encoding="utf-8")
    events = [json.loads(line) for line in run(capsys, "in", "-o", "out", "--events", code=1)]
    assert sorted(event["event"] for event in events) == [
        "ended",
        "failed",
        "loaded",
        "made",
        "made",
        "surveyed",
    ]
    assert events[-1]["made"] == 2
    (line,) = run(capsys, "in", "-o", "in/bad.txt", "--events", code=2)
    assert json.loads(line)["error"].startswith("in/bad.txt is not a folder")


def test_debug_shows_tracebacks_of_failures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    put(2)
    monkeypatch.setattr("mujaz.summarize.lead.Lead.summarize", broken)
    lines = run(capsys, "in", "-o", "out", code=2)
    assert "in/0000.txt: internal error: ZeroDivisionError: a bug; run again" in lines[1]
    assert any("Traceback" in line for line in run(capsys, "in", "-o", "new", "--debug", code=2))


def test_an_output_folder_of_another_verb(capsys: pytest.CaptureFixture[str]) -> None:
    put(1)
    run(capsys, "in", "-o", "out")
    assert main(["translate", "in", "-o", "out"]) == 2
    assert capsys.readouterr().err == (
        "mujaz: out holds the outputs of `mujaz summarize`; choose another -o DIR\n"
    )


@pytest.mark.skipif(not CAN_MOUNT, reason="needs a name space of its own to mount a small disk in")
def test_a_disk_that_fills_up(workplace: Path) -> None:
    put(400)
    script = (
        'mount -t tmpfs -o size=400k none /mnt; "$@" || echo $?; '
        'mount -o remount,size=40M /mnt; "$@"; ls /mnt/out/*.txt | wc -l'
    )
    job = [sys.executable, "-m", "mujaz", *LEAD, "-q", "in", "-o", "/mnt/out"]
    done = subprocess.run(
        [*ALONE, script, "sh", *job],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["2", "400"], done
    (line,) = done.stderr.splitlines()
    assert line.startswith("mujaz: the disk of /mnt/out is full; free some space")


def test_a_terminal_has_a_bar(workplace: Path) -> None:
    put(30)
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", *LEAD, "in", "-o", "out"],
        stderr=terminal,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            block = os.read(master, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(master)
    assert process.wait(60) == 0
    text = shown.decode()
    assert "30/30" in text
    assert "sentences/s" in text
    assert "30 summaries in" in text


# ------------------------------------------------------------------ signals and kills


@pytest.fixture
def started(workplace: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that do not outlive their test."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def start(started: list[subprocess.Popen[str]], output: str, *more: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", *LEAD, "in", "-o", output, *more],
        stderr=subprocess.PIPE,
        text=True,
        # A shell without job control starts its background jobs deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    started.append(process)
    return process


def events(process: subprocess.Popen[str], kind: str, count: int = 1) -> None:
    """Read events until so many of a kind have come, or the process has ended."""
    assert process.stderr
    for line in process.stderr:
        count -= f'"event":"{kind}"' in line
        if not count:
            return


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_says_how_to_go_on(
    started: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    put(1500)
    process = start(started, "out", "-q")
    deadline = time.monotonic() + 100
    while not (Path("out").exists() and any(Path("out").glob("*.txt"))):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=100)
    assert process.returncode == 130, err
    first, last = err.splitlines()
    assert first == "mujaz: finishing the articles in hand; Ctrl-C again ends at once"
    done = len(list(Path("out").glob("*.txt")))
    assert 1 <= done < 1500
    assert last == (
        f"mujaz: interrupted; what was done is kept ({1500 - done:,} inputs left); "
        "run the same command again to go on"
    )
    assert len(Path("out/index.jsonl").read_text("utf-8").splitlines()) == done


def test_the_second_ctrl_c_ends_at_once(started: list[subprocess.Popen[str]]) -> None:
    put(40)
    # An article that takes a minute: nobody waits for it twice.
    code = (
        "import sys, time\nfrom mujaz.summarize.lead import Lead\n"
        "whole = Lead.summarize\n"
        "def slow(self, article):\n"
        "    if article.id == '0005': time.sleep(60)\n"
        "    return whole(self, article)\n"
        "Lead.summarize = slow\n"
        "from mujaz.cli.main import script\nscript()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *LEAD, "in", "-o", "out", "-q"],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    started.append(process)
    deadline = time.monotonic() + 100
    while not Path("out/0001.txt").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stderr
    assert "finishing the articles in hand" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert "interrupted; what was done is kept" in process.stderr.read()
    assert process.wait(30) == 130
    assert time.monotonic() - began < 30
    assert main([*LEAD, "-q", "in", "-o", "out"]) == 0
    assert len(list(Path("out").glob("*.txt"))) == 40


def test_kills_lose_nothing(
    started: list[subprocess.Popen[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The small sister of benchmarks/batch_kill.py."""
    put(30)
    rows = [json.dumps({"id": n, "text": f"{ARTICLE} {n}"}) for n in range(10)]
    Path("in/rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    run(capsys, "-q", "in", "-o", "calm")
    stood: dict[Path, tuple[int, int]] = {}
    for kill in (1, 4, 9, 15):
        process = start(started, "out", "--events")
        events(process, "made", kill)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        for path, stamp in stood.items():
            assert (path.stat().st_ino, path.stat().st_mtime_ns) == stamp, "done twice"
        stood = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in Path("out").glob("*.txt")}
    assert stood
    assert "killed" in status(capsys, "out")
    run(capsys, "-q", "in", "-o", "out")
    assert outputs("out") == outputs("calm")
    assert [p.name for p in Path("out/.mujaz").iterdir() if p.is_dir() and any(p.iterdir())] == []


# ------------------------------------------------------------------ mujaz jobs


def status(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["jobs", *arguments]) == 0
    return capsys.readouterr().out


def test_where_a_job_stands(capsys: pytest.CaptureFixture[str]) -> None:
    put(3)
    Path("in/bad.txt").write_text("English.", encoding="utf-8")
    run(capsys, "in", "-o", "out", code=1)
    Path("out/0001.txt").unlink()
    Path("in/0002.txt").unlink()
    lines = status(capsys, "out").splitlines()
    assert lines[:6] == [
        "out: mujaz summarize",
        "done     3",
        "failed   1",
        "missing  1 outputs; the next run makes them again",
        "gone     1 inputs; their outputs are left",
        lines[5],
    ]
    assert lines[5].startswith("last run finished; began 20")
    assert lines[-1] == "✗ in/bad.txt is not in Arabic; give an Arabic article"
    record = json.loads(status(capsys, "out", "--format", "json"))
    assert record["schema"] == "mujaz.job/1"
    assert (record["done"], record["failed"], record["waiting"]) == (3, 1, 0)
    assert record["recipe"]["verb"] == "summarize"


def test_many_failures_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    put(1)
    for number in range(15):
        Path(f"in/bad{number}.txt").write_text("English.", encoding="utf-8")
    run(capsys, "in", "-o", "out", code=1)
    lines = status(capsys, "out").splitlines()
    assert sum(line.startswith("✗") for line in lines) == 10
    assert lines[-1] == "… and 5 more; see mujaz jobs out --failed"
    assert status(capsys, "out", "--failed").count("✗") == 15


def test_a_folder_without_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs", "."]) == 2
    assert capsys.readouterr().err == (
        "mujaz: .: no job in this folder; name the folder that -o DIR named\n"
    )


def test_a_running_job_is_said_to_run(
    started: list[subprocess.Popen[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    put(3000)
    process = start(started, "out", "--events")
    events(process, "made")
    text = status(capsys, "out")
    assert "last run running now" in text
    assert "waiting" in text
    assert main([*LEAD, "in", "-o", "out"]) == 2
    assert "another run is working on out" in capsys.readouterr().err
