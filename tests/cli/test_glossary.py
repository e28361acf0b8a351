"""``mujaz glossary check`` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mujaz.cli.main import main

GLOSSARY = "النورس\tAl-Nawras\nكتيبة | كتائب\tbattalion\nالدلفين\tDolphin\n"
TEXT = "قال للنورس إنه وصل.\nثم جاءت كتيبتهم والكتائب من بيروت.\n"


def write(name: str, text: str) -> str:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.fixture(autouse=True)
def files(workplace: Path) -> None:
    write("g.tsv", GLOSSARY)
    write("news.txt", TEXT)


def checked(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> tuple[list[str], str]:
    assert main(["glossary", "check", *arguments]) == code
    out, err = capsys.readouterr()
    return out.splitlines(), err


def test_what_matches_where_and_what_never(capsys: pytest.CaptureFixture[str]) -> None:
    lines, err = checked(capsys, "g.tsv", "news.txt")
    assert lines == [
        "news.txt:1:6: لنورس → Al-Nawras (g.tsv:1)",
        "news.txt:2:9: كتيبتهم → battalion (g.tsv:2)",
        "news.txt:2:18: الكتائب → battalion (g.tsv:2)",
        "g.tsv:3: never matches here: الدلفين → Dolphin",
    ]
    assert err == "mujaz: 3 entries, 3 matches, 1 never match\n"


def test_what_is_wrong_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    write("g.tsv", f"{GLOSSARY}النورس\nفيروس C\tvirus C\nالنورس\tGull\nالدلفين\tDolphin\n")
    lines, err = checked(capsys, "g.tsv", code=1)
    assert [line.split(": ")[:2] for line in lines] == [
        ["g.tsv:5", "can never match"],
        ["g.tsv:1", "conflict"],
        ["g.tsv:3", "duplicate"],
        ["g.tsv:4", "malformed"],
    ]
    assert "g.tsv:6 says Gull" in lines[1]
    assert err.endswith(
        "6 entries, 0 matches, 0 never match, 1 duplicate, 1 conflict, 1 malformed\n"
    )


def test_a_longer_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("g.tsv", "الأمن\tsecurity\n")
    write("news.txt", "اجتمع مجلس الأمن اليوم.\n")
    lines, _ = checked(capsys, "g.tsv", "news.txt")
    assert lines[0].endswith("; not used, for مجلس الأمن stands there")
    assert "never matches" in lines[1]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    lines, _ = checked(capsys, "g.tsv", "news.txt", "--format", "json")
    data = json.loads("\n".join(lines))
    assert list(data) == ["matches", "unmatched", "clashes", "unfindable", "faults"]
    assert data["matches"][0]["entry"] == {
        "arabic": ["النورس"],
        "english": ["Al-Nawras"],
        "origin": "g.tsv",
        "line": 1,
    }


def test_the_usual_places_are_seen_and_lose(capsys: pytest.CaptureFixture[str]) -> None:
    write("../home/glossary.tsv", "النورس\tGull\nبيروت\tBeyrouth\n")
    lines, err = checked(capsys, "g.tsv", "news.txt")
    assert "glossary.tsv" in err.splitlines()[0]
    assert "→ Al-Nawras (g.tsv:1)" in lines[0]
    assert any("بيروت → Beyrouth" in line for line in lines)
    assert any(": override: النورس → Gull; g.tsv:1 says Al-Nawras" in line for line in lines)
    lines, _ = checked(capsys, "g.tsv", "news.txt", "--no-usual-glossaries")
    assert not any("Beyrouth" in line for line in lines)


def test_the_users_own_is_not_read_twice(capsys: pytest.CaptureFixture[str]) -> None:
    write("mujaz-glossary.tsv", GLOSSARY)
    lines, err = checked(capsys, "mujaz-glossary.tsv", "news.txt")
    assert not any("duplicate" in line for line in lines)
    assert err.startswith("mujaz: 3 entries")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'FILE'"),
        (["no.tsv"], "cannot read the glossary no.tsv"),
        (["g.tsv", "no.txt"], "no.txt does not exist"),
    ],
)
def test_impossible_requests_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    lines, err = checked(capsys, *arguments, code=2)
    assert lines == []
    assert message in err
    assert err.count("\n") == 1


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "check", "--help"]) == 0
    assert "Example: mujaz glossary check names.tsv article.txt" in capsys.readouterr().out
