"""The command from the outside: exit codes, one-line errors, signals, shared options."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import mujaz
from mujaz.cli.main import main
from mujaz.settings import Settings

from .conftest import ARTICLE, Command

LEAD = ["summarize", "--method", "lead"]
TRANSLATE = ["-q", "--threads", "1", "translate", "in", "-o", "out"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """Run what must end with ``code``, one line on stderr and nothing on stdout."""
    assert main(list(arguments)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mujaz: ")
    assert err.count("\n") == 1
    return err


# ------------------------------------------------------------------ inputs that will not do


@pytest.mark.parametrize("verb", ["brief", "summarize", "translate"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file; check the path"),
        (b"", "is empty"),
        (b"%PDF-1.7 binary", "is a PDF document, not plain text; give it the suffix"),
        (bytes(range(256)) * 20, "binary or in an unknown encoding"),
        (b"The king went home.", "is not in Arabic; give an Arabic article"),
        (b"1234 --- 5678", "has no letters in it"),
    ],
)
def test_a_bad_file_is_one_line_and_needs_no_model(
    capsys: pytest.CaptureFixture[str], verb: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        Path("article.txt").write_bytes(content)
    line = refused(capsys, verb, "article.txt")
    assert "article.txt" in line
    assert message in line


def test_a_folder_with_one_bad_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for name in ("a", "b", "d"):
        Path(f"in/{name}.txt").write_text(ARTICLE, encoding="utf-8")
    Path("in/c.txt").write_bytes(b"%PDF-1.7")
    assert main([*LEAD, "in", "-o", "out"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert sorted(p.name for p in Path("out").glob("*.txt")) == ["a.txt", "b.txt", "d.txt"]
    assert "mujaz: in/c.txt is a PDF document" in err
    assert err.splitlines()[-1] == "mujaz: 1 article failed; the rest are done"


# ------------------------------------------------------------------ options that will not do


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["brief", "--colour"], "No such option"),
        (["bref"], "No such command"),
        (["brief", "news.txt", "--threads", "0"], "--threads"),
        (["--threads", "many", "brief", "news.txt"], "--threads"),
        (["brief", "news.txt", "--device", "tpu"], "device 'tpu' is unknown; use auto, cpu"),
        (["brief", "news.txt", "--method", "best"], "'best' is not one of 'auto', 'extract'"),
        (["brief", "news.txt", "--format", "pdf"], "'pdf' is not one of 'text', 'json', 'md'"),
        (["brief", "news.txt", "--sentences", "0"], "--sentences"),
        (["brief", "news.txt", "--translator", "no such"], "neither a known model nor a path"),
        (["brief", "news.txt", "--translator", "./nothing"], "neither a known model nor a path"),
        (["summarize", "news.txt", "--method", "lead", "--summarizer", "x"], "uses no model"),
        (["brief", "news.txt", "--glossary", "no.tsv"], "no.tsv"),
        (["brief", "news.txt", "news.txt"], "2 inputs and one output"),
        (["brief", "."], "a folder and one output"),
        (["brief", "news.txt", "-o", "."], "would overwrite"),
        (["brief", "news.txt", "-o", "news.txt"], "is not a folder"),
        (["brief", "--threads"], "--threads"),
    ],
)
def test_a_bad_option_is_one_line(
    capsys: pytest.CaptureFixture[str], news: Path, arguments: list[str], message: str
) -> None:
    assert message in refused(capsys, *arguments)


@pytest.mark.parametrize("verb", ["brief", "translate"])
def test_offline_without_a_model_says_what_to_do(
    capsys: pytest.CaptureFixture[str], news: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    line = refused(capsys, verb, "news.txt", "--offline")
    assert "this run is offline; run `mujaz models pull " in line


def test_an_output_folder_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], news: Path
) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs a folder that not even root may write")
    line = refused(capsys, *LEAD, "-q", "news.txt", "-o", "/proc/mujaz")
    assert "/proc/mujaz cannot be written" in line
    assert "choose another -o DIR" in line


# ------------------------------------------------------------------ shared options


@pytest.mark.parametrize(
    "arguments",
    [
        ["--quiet", *LEAD, "news.txt"],
        [*LEAD, "news.txt", "-q"],
        [*LEAD, "--quiet", "news.txt", "--threads=1"],
        ["-q", *LEAD, "news.txt", "--threads", "1", "--device", "cpu", "--offline"],
    ],
)
def test_shared_options_stand_before_or_behind_the_verb(
    capsys: pytest.CaptureFixture[str], news: Path, arguments: list[str]
) -> None:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert out.startswith("افتتح الرئيس جسرا")
    assert err == ""


def test_they_reach_the_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []
    monkeypatch.setattr(
        "mujaz.models.diagnosis.diagnose",
        lambda settings: seen.append(settings) or [mujaz.models.diagnosis.Check("a", "works", "b")],
    )
    monkeypatch.delenv("HF_HUB_OFFLINE")
    assert main(["doctor"]) == 0
    assert main(["doctor", "--threads", "3", "--device=cuda", "--offline"]) == 0
    assert [(s.threads, s.device, s.offline) for s in seen] == [
        (None, "auto", False),
        (3, "cuda", True),
    ]


def test_without_quiet_the_choice_is_said_on_stderr(
    capsys: pytest.CaptureFixture[str], news: Path
) -> None:
    assert main([*LEAD, "news.txt"]) == 0
    assert capsys.readouterr().err == "summary: lead (asked for by name)\n"


def test_behind_two_dashes_everything_is_a_path(
    capsys: pytest.CaptureFixture[str], news: Path
) -> None:
    news.rename("--quiet")
    assert main([*LEAD, "--", "--quiet"]) == 0
    assert "summary: lead" in capsys.readouterr().err
    assert "--debug: no such file" in refused(capsys, *LEAD, "--", "--debug")


def test_debug_adds_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*LEAD, "nothing.txt", "--debug"]) == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-1] == "mujaz: nothing.txt: no such file; check the path"


def test_a_fault_of_ours_is_one_line_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, news: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("mujaz.summarize.lead.Lead.summarize", broken)
    line = refused(capsys, *LEAD, "-q", "news.txt")
    assert "internal error: ZeroDivisionError: a bug; run again with --debug" in line
    with pytest.raises(ZeroDivisionError):
        main([*LEAD, "-q", "news.txt", "--debug"])


# ------------------------------------------------------------------ help


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"mujaz {mujaz.__version__}\n"
    assert main([]) == 0
    alone = capsys.readouterr().out
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == alone
    assert alone.startswith("Usage: mujaz")


@pytest.mark.parametrize("verb", ["brief", "summarize", "translate", "doctor"])
def test_help_of_every_verb_is_short_and_has_an_example(
    capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    assert main([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"Example: mujaz {verb}" in text
    # One screen.
    assert len(text.splitlines()) <= 36


def test_a_group_without_its_verb_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: mujaz models")
    assert "pull" in err


# ------------------------------------------------------------------ as a process


def test_results_on_stdout_and_the_rest_on_stderr(command: Command, news: Path) -> None:
    done = command(*LEAD, "news.txt", "-n", "1")
    assert (done.returncode, done.stderr) == (0, "summary: lead (asked for by name)\n")
    assert done.stdout == ("افتتح الرئيس جسرا جديدا فوق النهر يوم الثلاثاء بعد أعوام من العمل.\n")


@pytest.mark.parametrize("given", [[], ["-"]])
def test_a_pipe_is_read(command: Command, given: list[str]) -> None:
    done = command(*LEAD, "-q", *given, input=ARTICLE.encode("cp1256"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "قال الوزير إن المشروع" in done.stdout


def test_an_empty_pipe(command: Command) -> None:
    done = command("brief", input=b"")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mujaz: standard input is empty; ")


def test_a_terminal_is_no_article(workplace: Path) -> None:
    master, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "mujaz", "brief"],
        stdin=terminal,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    os.close(master)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mujaz: no input; name a file, or pipe an article in\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_is_utf8_whatever_the_locale(command: Command, news: Path, encoding: str) -> None:
    news.rename("خبر.txt")
    done = command(*LEAD, "خبر.txt", "-o", "out", PYTHONIOENCODING=encoding, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "خبر.txt → out/خبر.txt" in done.stderr
    done = command(*LEAD, "-q", "خبر.txt", PYTHONIOENCODING=encoding)
    assert "افتتح" in done.stdout


def test_no_colour_is_asked_for_and_none_comes(command: Command, news: Path) -> None:
    for arguments in (["brief", "news.txt"], ["doctor"], ["--help"]):
        done = command(*arguments, NO_COLOR="1", FORCE_COLOR="")
        assert "\x1b[" not in done.stdout + done.stderr


def test_a_reader_that_leaves_is_no_error(workplace: Path) -> None:
    Path("in").mkdir()
    for number in range(400):
        Path(f"in/{number:03}.txt").write_text(ARTICLE, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", *LEAD, "-q", "--format", "json", "in"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    first = process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert first.startswith(b'{"schema":"mujaz.summary/1"')
    assert (process.wait(60), errors) == (0, b"")


def test_ctrl_c_keeps_what_is_done(workplace: Path, tiny: Callable[[str], Path]) -> None:
    Path("in").mkdir()
    for number in range(300):
        Path(f"in/{number:03}.txt").write_text(ARTICLE, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", *TRANSLATE, "--translator", str(tiny("marian"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell without job control starts its background jobs deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 200
    while not (Path("out").exists() and any(Path("out").glob("*.txt"))):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "mujaz: interrupted; what was done is kept" in err.splitlines()[-1]
    done = list(Path("out").glob("*.txt"))
    assert 1 <= len(done) < 300
    assert all(path.read_text("utf-8").strip() for path in done)
