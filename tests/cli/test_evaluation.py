"""``mujaz eval score`` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import sacrebleu

from mujaz.cli.main import main

from .conftest import Command

REFERENCE = (
    "The minister opened a new bridge over the river on Tuesday.",
    "Farmers in the south have asked the government for water.",
    "Schools close on Thursday because of the storm.",
)
OUTPUT = (
    "The minister opened a new bridge on the river on Tuesday.",
    "Farmers in the south asked the government for some water.",
    "Schools are closed on Thursday because of the storm.",
)
SOURCE = (
    "افتتح الوزير جسرا جديدا فوق النهر يوم الثلاثاء.",
    "طلب المزارعون في الجنوب الماء من الحكومة.",
    "تغلق المدارس يوم الخميس بسبب العاصفة.",
)
SCORE = ["eval", "score", "--hyp", "h.txt", "--ref", "r.txt"]


@pytest.fixture(autouse=True)
def files(workplace: Path) -> None:
    for name, lines in (("h", OUTPUT), ("r", REFERENCE), ("s", SOURCE)):
        text = "".join(f"{line}\n" for line in lines)
        (workplace / f"{name}.txt").write_text(text, encoding="utf-8")


def scored(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, float]:
    assert main([*arguments, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["segments", "scores"]
    assert data["segments"] == 3
    for one in data["scores"]:
        assert list(one) == ["name", "score", "low", "high", "signature"]
        assert one["low"] <= one["score"] <= one["high"]
        assert "seed:12345" in one["signature"]
    return {one["name"]: one["score"] for one in data["scores"]}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mujaz: ")
    assert err.count("\n") == 1
    return err


def test_scores_are_sacrebleus(capsys: pytest.CaptureFixture[str]) -> None:
    found = scored(capsys, *SCORE, "--metrics", "bleu,chrf,chrf++,ter")
    hyp, ref = list(OUTPUT), [list(REFERENCE)]
    assert found == pytest.approx(
        {
            "bleu": sacrebleu.corpus_bleu(hyp, ref).score,
            "chrf": sacrebleu.corpus_chrf(hyp, ref).score,
            "chrf++": sacrebleu.corpus_chrf(hyp, ref, word_order=2).score,
            "ter": sacrebleu.corpus_ter(hyp, ref).score,
        }
    )


def test_without_a_choice_there_are_bleu_chrf_and_rouge(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(scored(capsys, *SCORE)) == [
        "bleu", "chrf", "rouge1", "rouge2", "rougeL", "rougeLsum",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["--ref", "r.txt", "h.txt", "--metrics", "bleu", "ter"],
        ["--ref", "r.txt", "--ref", "h.txt", "--metrics", "bleu,ter"],
        ["--metrics=bleu", "ter", "--ref=r.txt", "h.txt"],
        ["--metrics", "bleu", "--ref", "r.txt", "h.txt", "--metrics", "ter"],
    ],
)
def test_several_references_and_metrics_behind_one_option(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    found = scored(capsys, "eval", "score", "--hyp", "h.txt", *arguments)
    assert found == pytest.approx({"bleu": 100, "ter": 0}, abs=1e-9)


def test_the_table_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SCORE, "--metrics", "bleu,chrf"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("3 segments\n\nscore  value")
    assert "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:13a" in out


def test_csv_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SCORE, "--metrics", "bleu", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["name"] == "bleu"
    assert main([*SCORE, "--metrics", "bleu", "--format", "md"]) == 0
    assert "| bleu | " in capsys.readouterr().out


def test_resamples_and_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SCORE, "--metrics", "bleu", "--resamples", "200", "--seed", "5"]) == 0
    assert "|bs:200|seed:5|" in capsys.readouterr().out
    assert "too few" in refused(capsys, *SCORE, "--resamples", "3")


def test_sources_are_asked_for_where_they_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, *SCORE, "--metrics", "bleu,length")
    assert line == "mujaz: length needs sources; give sources (--src FILE)\n"
    found = scored(capsys, *SCORE, "--src", "s.txt", "--metrics", "length")
    assert found["length_ratio_chars"] > 0


def test_of_a_group_what_cannot_score_is_left_out_and_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*SCORE, "--metrics", "all"]) == 0
    out, err = capsys.readouterr()
    assert "bleu" in out
    assert "repetition_2" in out
    assert "mujaz: similarity is left out: similarity needs sources\n" in err
    assert main(["-q", *SCORE, "--metrics", "all"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["eval", "score"], "Missing option '--hyp'"),
        (["eval", "score", "--hyp", "h.txt"], "bleu needs references; give references (--ref"),
        (["eval", "score", "--hyp", "no.txt", "--ref", "r.txt"], "no.txt: no such file"),
        (["eval", "score", "--hyp", "h.txt", "stray", "--ref", "r.txt"], "unexpected extra"),
        ([*SCORE, "--metrics", "blue"], "metric 'blue' is unknown; use bleu"),
        ([*SCORE, "--metrics", "bleu:flores200"], "not on this machine"),
        ([*SCORE, "--format", "pdf"], "'pdf' is not one of 'table', 'json'"),
        (["eval", "score", "--hyp", "s.txt", "--ref", "s.txt", "--metrics", "bleu:13a"], "ASCII"),
        (["eval", "scores"], "No such command"),
    ],
)
def test_impossible_requests_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert message in refused(capsys, *arguments)


def test_files_that_do_not_fit(capsys: pytest.CaptureFixture[str]) -> None:
    Path("short.txt").write_text("one\n", encoding="utf-8")
    line = refused(capsys, "eval", "score", "--hyp", "short.txt", "--ref", "r.txt")
    assert "short.txt has 1 segments and r.txt 3" in line
    Path("old.txt").write_bytes("\n".join(SOURCE).encode("cp1256"))
    line = refused(capsys, "eval", "score", "--hyp", "old.txt", "--ref", "s.txt")
    assert "old.txt is not UTF-8" in line
    assert "iconv -f windows-1256 -t UTF-8 old.txt" in line


def test_what_the_reader_must_know_is_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    Path("h.txt").write_text("\n".join((OUTPUT[0], "", OUTPUT[2])) + "\n", encoding="utf-8")
    assert main([*SCORE, "--metrics", "chrf"]) == 0
    assert capsys.readouterr().err == "mujaz: 1 of 3 output is empty, and counted as such\n"


def test_json_lines_a_runs_folder_and_a_pipe(
    capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    rows = [
        {"id": str(n), "hypothesis": h, "references": [r], "source": s}
        for n, (h, r, s) in enumerate(zip(OUTPUT, REFERENCE, SOURCE, strict=True))
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    Path("run").mkdir()
    Path("run/outputs.jsonl").write_text(text, encoding="utf-8")
    Path("run/run.json").write_text('{"schema": "mujaz.run/1"}', encoding="utf-8")
    plain = scored(capsys, *SCORE, "--metrics", "bleu")
    for hyp in ("run", "run/outputs.jsonl"):
        assert scored(capsys, "eval", "score", "--hyp", hyp, "--metrics", "bleu") == plain
    done = command(
        "eval", "score", "--hyp", "-", "--ref", "r.txt", "--format", "json", input="\n".join(OUTPUT)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scores"][0]["score"] == plain["bleu"]


def test_documents_are_pooled(capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.txt").write_text("one\none\ntwo\n", encoding="utf-8")
    assert main([*SCORE, "--metrics", "bleu", "--documents", "d.txt", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["segments"] == 2
    assert data["scores"][0]["signature"].endswith("|unit:document")


def test_the_verbs_of_the_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval"]) == 2
    text = capsys.readouterr().err
    for verb in ("score", "run", "compare", "data"):
        assert f"\n  {verb} " in text
        assert main(["eval", verb, "--help"]) == 0
        assert f"Example: mujaz eval {verb}" in capsys.readouterr().out


def test_compare_takes_metrics_behind_one_option_and_systems_behind_a_reference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("b.txt").write_text("\n".join(REFERENCE) + "\n", encoding="utf-8")
    given = ["eval", "compare", "h.txt", "--ref", "r.txt", "b.txt", "--metrics", "bleu", "chrf"]
    assert main([*given, "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert "nrefs:1|" in out
    assert "nrefs:2|" not in out


def test_help_is_short_and_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "score", "--help"]) == 0
    text = capsys.readouterr().out
    assert "Example: mujaz eval score" in text
    assert len(text.splitlines()) < 34
