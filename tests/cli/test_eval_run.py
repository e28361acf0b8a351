"""``mujaz eval run`` and ``mujaz eval data`` from end to end, with tiny weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.cli.main import main

from .conftest import ONE_THREAD, Command

FIRST = "افتتح الرئيس جسرا جديدا فوق النهر يوم الثلاثاء بعد أعوام من العمل."
SECOND = "قال الوزير إن المشروع سيبدأ في شهر مارس المقبل في مدن أخرى."
THIRD = "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب."
ROWS = [
    {"id": "a", "text": f"{FIRST} {SECOND} {THIRD}", "reference": SECOND, "domain": "bridges"},
    {"id": "b", "text": f"{THIRD} {FIRST}", "reference": THIRD, "domain": "farms"},
]
ENGLISH = [
    {"id": "a", "text": FIRST, "reference": "The president opened a new bridge over the river."},
    {"id": "b", "text": THIRD, "reference": "The government announced a plan for farmers."},
]


def write(name: str, *rows: object) -> str:
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return name


def run(*arguments: str) -> int:
    return main(["eval", "run", "-o", "out", "--resamples", "40", *arguments, *ONE_THREAD])


def systems(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run("-q", "--format", "json", *arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: list[dict[str, Any]] = json.loads(out)["systems"]
    return found


def score(system: dict[str, Any], name: str) -> float:
    return next(float(s["score"]) for s in system["report"]["scores"] if s["name"] == name)


def test_summaries_beside_their_baselines(capsys: pytest.CaptureFixture[str]) -> None:
    data = write("news.jsonl", *ROWS)
    found = systems(
        capsys, "--data", data, "--task", "summarize", "--systems", "extract-1", "oracle-1"
    )
    assert [(s["system"], s["baseline"]) for s in found] == [
        ("lead-1", True),
        ("lead-3", True),
        ("extract-1", False),
        ("oracle-sees-reference-1", False),
    ]
    assert score(found[3], "rouge1") == 100
    assert score(found[0], "rouge1") == 50
    rows = Path("out/lead-1/outputs.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["hypothesis"] for row in rows] == [FIRST, THIRD]


def test_a_table_and_what_is_said_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    data = write("news.jsonl", *ROWS)
    choice = ("--data", data, "--task", "summarize", "--systems", "lead-2", "--no-baselines")
    assert run(*choice, "--limit", "1") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1].startswith("lead-2  ")
    assert err.splitlines()[0] == "mujaz: lead-2: 1 rows → out/lead-2"
    assert run(*choice) == 0
    err = capsys.readouterr().err
    assert err == "mujaz: lead-2: 2 rows, 1 of them kept from before → out/lead-2\n"
    assert run(*choice, "--sentences", "9", "--text-field", "reference") == 2
    assert "holds another run: the data have changed" in capsys.readouterr().err


def test_a_bad_row_is_counted_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    data = write("news.jsonl", *ROWS, {"id": "c", "text": "12", "reference": SECOND})
    options = ("--data", data, "--task", "summarize", "--systems", "lead-1", "--no-baselines")
    assert run(*options, "--format", "csv") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1].startswith("lead-1,False,3,1,")
    assert "1 of 3 rows failed and are scored as empty; the first: c: row 'c' has no" in err
    bad = write("bad.jsonl", {"id": "c", "text": "12", "reference": SECOND})
    assert main(["eval", "run", "--data", bad, "--task", "summarize"]) == 2
    assert Path("eval-runs/bad-summarize/extract-3/run.json").exists()


def test_translations(capsys: pytest.CaptureFixture[str], tiny: Callable[[str], Path]) -> None:
    model = str(tiny("marian"))
    data = write("news.jsonl", *ENGLISH)
    (found,) = systems(capsys, "--data", data, "--task", "translate", "--models", model)
    assert found["system"] == model
    assert found["settings"]["translator"]["model"] == model
    assert {s["name"] for s in found["report"]["scores"]} == {"bleu", "chrf"}
    assert run("--data", data, "--task", "translate", "--models", model) == 0
    assert "a translation has no baseline here: name a second model" in capsys.readouterr().err


def test_briefs(capsys: pytest.CaptureFixture[str], tiny: Callable[[str], Path]) -> None:
    model = str(tiny("marian"))
    data = write("news.jsonl", *({"id": row["id"], "text": row["text"]} for row in ROWS))
    options = ("--data", data, "--task", "brief", "--systems", f"chain@{model}", "-n", "1")
    assert run(*options, "--metrics", "length", "--format", "json") == 0
    out, err = capsys.readouterr()
    assert [s["system"] for s in json.loads(out)["systems"]] == [
        f"chain-1:lead@{model}",
        f"translate-then-extract-1@{model}",
        f"chain-1@{model}",
    ]
    assert "news.jsonl has no references (it has id, text): scored without any" in err


def test_a_summarization_model(capsys: pytest.CaptureFixture[str], tiny_summarizer: Path) -> None:
    data = write("news.jsonl", *ROWS)
    name = f"seq2seq-1:{tiny_summarizer}"
    found = systems(capsys, "--data", data, "--task", "summarize", "--systems", name)
    assert found[2]["system"] == name
    assert found[2]["failed"] == 0
    assert found[2]["words"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--data", "absent.jsonl"), "absent.jsonl: no such file"),
        (("--data", "news.jsonl", "--systems", "best"), "system 'best' is unknown"),
        (("--data", "news.jsonl", "--metrics", "best"), "metric 'best' is unknown"),
        (("--data", "news.jsonl", "--systems", "seq2seq:none"), "neither a known model nor a path"),
        (("--data", "news.jsonl", "--systems", "instruct"), "this run is offline"),
        (("--data", "news.jsonl", "--reference-field", "gold"), "no field 'gold' among id, text"),
        (("--data", "news.jsonl", "--split", "test"), "news.jsonl has no splits"),
    ],
)
def test_impossible_requests_make_nothing(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    write("news.jsonl", *ROWS)
    assert run("--task", "summarize", *options) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert not Path("out").exists()


def test_known_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "data"]) == 0
    text = capsys.readouterr().out
    for said in ("xlsum:PATH", "easc:PATH", "flores:PATH", "ntrex:PATH", "datasets:DIR"):
        assert said in text
    assert text.count("licence") == 4
    assert main(["eval", "data", "--format", "json"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert known["schema"] == "mujaz.eval-data/1"
    assert all(one["licence"] and one["source"] and one["size"] for one in known["data"])


def test_as_a_process(command: Command) -> None:
    data = write("news.jsonl", *ROWS)
    options = ("--data", data, "--task", "summarize", "--systems", "lead-1", "--format", "md")
    done = command("eval", "run", *options, *ONE_THREAD, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("| system | rouge1 |")
    assert Path("eval-runs/news-summarize/lead-3/outputs.jsonl").exists()
