"""``mujaz check`` as a user and a pipeline meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mujaz.cli.main import main

from .conftest import Command

SOURCE = (
    "قال الوزير إن 25 مزارعا وصلوا إلى باكو يوم الثلاثاء للمشاركة في المعرض",
    "",
    "وأضاف أن الحكومة ستدعم المزارعين في الجنوب خلال العام المقبل",
)
GOOD = (
    "The minister said 25 farmers had arrived in Baku on Tuesday to take part in the fair",
    "",
    "He added that the government would support farmers in the south over the coming year",
)
WRONG = (GOOD[0].replace("25", "35"), "", "")


def write(name: str, lines: tuple[str, ...]) -> str:
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return name


@pytest.fixture(autouse=True)
def files(workplace: Path) -> None:
    for name, lines in (("s.ar", SOURCE), ("good.en", GOOD), ("wrong.en", WRONG)):
        write(name, lines)


def checked(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> tuple[list[str], str]:
    """Run the check; return its lines, and what it said on stderr."""
    assert main(["check", *arguments]) == code
    out, err = capsys.readouterr()
    return out.splitlines(), err


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mujaz: ")
    assert err.count("\n") == 1
    return err


def test_a_good_translation_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    lines, err = checked(capsys, "s.ar", "good.en")
    assert lines == []
    assert err == "mujaz: 3 segments: 0 severe in 0, 0 warning in 0, 0 info in 0\n"


def test_a_wrong_one_ends_with_1_and_a_line_for_each_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines, err = checked(capsys, "s.ar", "wrong.en", code=1)
    assert [line.split(":")[:3] for line in lines] == [
        ["1", " severe", " number"],
        ["1", " severe", " number"],
        ["3", " severe", " empty"],
    ]
    assert '"35" is not in the source' in lines[1]
    assert err == "mujaz: 3 segments: 3 severe in 2, 0 warning in 0, 0 info in 0\n"
    assert checked(capsys, "-q", "s.ar", "wrong.en", code=1)[1] == ""


def test_json_is_the_promised_one(capsys: pytest.CaptureFixture[str]) -> None:
    lines, _ = checked(capsys, "s.ar", "wrong.en", "--format", "json", code=1)
    data = json.loads("\n".join(lines))
    assert list(data) == ["segments"]
    assert [one["id"] for one in data["segments"]] == ["1", "2", "3"]
    assert data["segments"][1] == {"id": "2", "findings": []}
    first = data["segments"][0]["findings"][0]
    assert list(first)[:3] == ["kind", "severity", "message"]
    start, end = first["source"]
    assert "25" in SOURCE[0][start:end]
    assert first["target"] is None


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        (["--only", "number"], {"number"}),
        (["--only", "number,empty"], {"number", "empty"}),
        (["--only", "number", "empty"], {"number", "empty"}),
        (["--skip", "number"], {"empty"}),
        (["--only", "number", "empty", "--skip=empty"], {"number"}),
    ],
)
def test_kinds(capsys: pytest.CaptureFixture[str], arguments: list[str], kinds: set[str]) -> None:
    lines, _ = checked(capsys, "s.ar", "wrong.en", *arguments, code=1)
    assert {line.split(": ")[2] for line in lines} == kinds


def test_what_fails_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    write("g.tsv", ("المعرض\tExpo",))
    given = ["s.ar", "good.en", "--glossary", "g.tsv"]
    lines, _ = checked(capsys, *given)
    assert lines == ['1: warning: name: "Expo", the glossary\'s word for المعرض, is not here']
    checked(capsys, *given, "--fail-on", "warning", code=1)
    checked(capsys, "s.ar", "wrong.en", "--fail-on", "never")
    checked(capsys, "s.ar", "wrong.en", "--only", "name")


def test_a_source_without_a_text_and_a_text_without_a_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("more.en", (GOOD[0], "This was never said.", GOOD[2]))
    lines, _ = checked(capsys, "s.ar", "more.en", code=1)
    assert lines == ["2: severe: length: there is no source for this text"]


def test_json_lines_go_by_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": f"a{n}", "text": text} for n, text in enumerate(SOURCE) if text]
    write("s.jsonl", tuple(map(json.dumps, rows)))
    rows = [{"id": f"a{n}", "translation": text} for n, text in enumerate(WRONG) if SOURCE[n]]
    write("h.jsonl", tuple(json.dumps(row) for row in reversed(rows)))
    lines, _ = checked(capsys, "s.jsonl", "h.jsonl", "--only", "empty", code=1)
    assert lines == ["a2: severe: empty: the translation is empty"]
    write("h.jsonl", tuple(json.dumps(row) for row in [*rows, rows[0]]))
    assert "the id 'a0' stands in several rows" in refused(capsys, "s.jsonl", "h.jsonl")


def test_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    write("d.ar", ("أعلن عبد العزيز بلخادم القرار", "وقال بلخادم إن الاتفاق قريب جدا"))
    write("d.en", ("Abdelaziz Belkhadem announced it", "And he said a deal was near"))
    assert checked(capsys, "d.ar", "d.en", "--only", "name")[0] == []
    (line,) = checked(capsys, "d.ar", "d.en", "--only", "name", "--document")[0]
    assert "Belkhadem" in line
    assert line.startswith("2: ")


def test_glossaries_of_the_usual_places(capsys: pytest.CaptureFixture[str]) -> None:
    home = Path("../home")
    home.mkdir()
    write("../home/glossary.tsv", ("المعرض\tExpo", "المزارعين\tgrowers"))
    write("mujaz-glossary.csv", ("المعرض,Exhibition",))
    lines, err = checked(capsys, "s.ar", "good.en")
    assert [line.split('"')[1] for line in lines] == ["Exhibition", "growers"]
    assert [line.rsplit("/", 1)[-1] for line in err.splitlines()[:2]] == [
        "glossary.tsv",
        "mujaz-glossary.csv",
    ]
    write("g.tsv", ("المعرض\tfair",))
    lines, _ = checked(capsys, "s.ar", "good.en", "--glossary", "g.tsv")
    assert [line.split('"')[1] for line in lines] == ["growers"]
    lines, err = checked(capsys, "s.ar", "good.en", "--no-usual-glossaries")
    assert lines == []
    assert err.count("\n") == 1


def test_what_files_hold_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write("e.en", (GOOD[0], "", GOOD[2] + " \u0627\u202e\x1b[31m\u0645\u0645 \u0627\u2067\u0628"))
    lines, _ = checked(capsys, "s.ar", "e.en", code=1)
    assert lines
    assert not any(mark in line for line in lines for mark in "\x1b\u202e\u2067")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["s.ar"], "Missing argument 'OUTPUT'"),
        (["s.ar", "no.en"], "no.en: no such file"),
        (["good.en", "s.ar"], "good.en is not in Arabic; name the Arabic file first"),
        (["-", "-"], "both files are standard input"),
        (["s.ar", "short.en"], "short.en has 1 segments and s.ar 3"),
        (["s.ar", "good.en", "--only", "numbers"], "kind 'numbers' is unknown; use repetition"),
        (["s.ar", "good.en", "--only", "name", "--skip", "name"], "nothing is left to look for"),
        (["s.ar", "good.en", "--fail-on", "info"], "'info' is not one of"),
        (["s.ar", "good.en", "--glossary", "no.tsv"], "cannot read the glossary no.tsv"),
        (["s.ar", "good.en", "--glossary", "bad.tsv"], "line 2 of the glossary bad.tsv"),
    ],
)
def test_impossible_requests_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write("short.en", GOOD[:1])
    write("bad.tsv", ("المعرض\tfair", "المعرض"))
    assert message in refused(capsys, *arguments)


def test_as_a_gate_in_a_pipe(command: Command) -> None:
    done = command("check", "s.ar", "-", input="".join(f"{line}\n" for line in WRONG))
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.startswith("mujaz: 3 segments: 3 severe")


def test_help_is_short_and_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--help"]) == 0
    text = capsys.readouterr().out
    assert "Example: mujaz check article.ar article.en" in text
    assert len(text.splitlines()) < 34
