"""``mujaz eval compare`` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ..eval.contests import field, run_folder
from .conftest import Command

QUICK = ("--metrics", "chrf", "--resamples", "100", "--trials", "100")


@pytest.fixture
def files(workplace: Path) -> Path:
    """Outputs of three systems, references and sources as files of lines."""
    own = field(count=24, domains=())
    shared = own.systems[0].segments
    texts = {
        "reference.en": [refs[0] for refs in shared.references],
        "source.ar": shared.sources,
        "first.en": own.systems[0].segments.hypotheses,
        "second.en": own.systems[1].segments.hypotheses,
        "third.en": own.systems[2].segments.hypotheses,
    }
    for name, lines in texts.items():
        (workplace / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return workplace


def test_a_table(command: Command, files: Path) -> None:
    done = command(
        "eval", "compare", "first.en", "second.en", "third.en", "--ref", "reference.en", *QUICK
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "24 segments; differences are from first"
    rows = [line.split() for line in lines[3:6]]
    assert rows[0][:2] == ["chrf", "first"]
    assert [row[0] for row in rows[1:]] == ["second", "third"]
    assert all("▼" in row for row in rows[1:])
    assert "nrefs:1|bs:100|ar:100|seed:12345" in lines[-1]


def test_json_markdown_and_csv_say_the_same(command: Command, files: Path) -> None:
    given = ("eval", "compare", "first.en", "second.en", "--ref", "reference.en", *QUICK)
    made = {form: command(*given, "--format", form).stdout for form in ("json", "md", "csv")}
    data = json.loads(made["json"])
    assert data["schema"] == "mujaz.comparison/1"
    assert data["systems"] == ["first", "second"]
    second = data["cells"][1][0]
    assert second["difference"]["verdict"] == "worse"
    rows = list(csv.DictReader(io.StringIO(made["csv"])))
    assert [row["system"] for row in rows] == ["first", "second"]
    assert float(rows[1]["score"]) == second["score"]
    assert float(rows[1]["p_randomisation"]) == second["difference"]["p_randomisation"]
    assert rows[1]["verdict"] == "worse"
    assert rows[0]["difference"] == ""
    table = [line.split(" | ") for line in made["md"].splitlines() if line.startswith("| chrf")]
    assert [row[2] for row in table] == [f"{cell[0]['score']:.2f}" for cell in data["cells"]]


def test_a_report(command: Command, files: Path) -> None:
    given = ("eval", "compare", "first.en", "second.en", "--ref", "reference.en")
    done = command(*given, "--src", "source.ar", *QUICK, "-o", "out/report")
    assert done.returncode == 0
    assert "report.html" in done.stderr
    made = sorted(str(p.relative_to("out/report")) for p in Path("out/report").rglob("*.*"))
    assert made == ["comparison.json", "plots/chrf-distribution.svg", "report.html"]
    assert "<!doctype html>" in Path("out/report/report.html").read_text(encoding="utf-8")
    # Again into the same folder: the same files, whole.
    before = Path("out/report/report.html").read_bytes()
    assert command("--quiet", *given, "--src", "source.ar", *QUICK, "-o", "out/report").stderr == ""
    assert Path("out/report/report.html").read_bytes() == before


def test_run_folders(command: Command, workplace: Path) -> None:
    own = field(count=6)
    for system, name in zip(own.systems, ("one", "two", "three"), strict=True):
        run_folder(workplace / name, f"system {name}", system.segments)
    done = command("eval", "compare", "one", "two", *QUICK, "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["systems"] == ["system one", "system two"]


def test_a_file_without_ids_beside_a_run_is_said_to_be_taken_in_order(
    command: Command, workplace: Path
) -> None:
    own = field(count=2).systems[0].segments
    run_folder(workplace / "run", "x", own)
    (workplace / "b.en").write_text("one\ntwo\n", encoding="utf-8")
    done = command("eval", "compare", "run", "b.en", *QUICK)
    assert done.returncode == 0
    assert "b.en has no ids" in done.stderr


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("first.en",), "two systems"),
        (("first.en", "nowhere.en"), "nowhere.en"),
        (("first.en", "short.en"), "segments"),
        (("first.en", "second.en", "--resamples", "3"), "too few"),
        (("first.en", "second.en", "--metrics", "blue"), "blue"),
        (("first.en", "second.en", "-o", "first.en"), "first.en"),
    ],
)
def test_impossible_requests(
    command: Command, files: Path, given: tuple[str, ...], error: str
) -> None:
    (files / "short.en").write_text("one\n", encoding="utf-8")
    done = command("eval", "compare", *given, "--ref", "reference.en")
    assert done.returncode == 2
    assert error in done.stderr
    assert len(done.stderr.splitlines()) == 1
