"""The stand-in is an executable with comet-score's options and files, and a rule for its scores."""

import os
import sys
from pathlib import Path

import pytest

from mujaz.errors import EngineError, InputError, OptionError
from mujaz.eval.comet import COMMAND, Comet, CometWithoutReference

from .articles import ARTICLES, ENGLISH, corpus, scores, singles

REFERENCES = [[text] for text in ENGLISH]

# Scores the share of the reference's letters that the output has as many of; 0.5 without one.
STAND_IN = """#!{python}
import argparse, json, sys
parser = argparse.ArgumentParser()
for option in ("-s", "-t", "-r", "--model", "--gpus", "--batch_size", "--to_json"):
    parser.add_argument(option)
parser.add_argument("--quiet", action="store_true")
given = parser.parse_args()
def read(path):
    return [line.strip() for line in open(path).readlines()]
rows = []
sides = [read(given.s), read(given.t), read(given.r) if given.r else None]
for at, (source, output) in enumerate(zip(*sides[:2], strict=True)):
    assert source and output, "an empty line was shown to the model"
    value = 0.5 if sides[2] is None else len(output) / len(sides[2][at])
    rows.append({{"src": source, "mt": output, "COMET": value}})
{then}
json.dump({{given.t: rows}}, open(given.to_json, "w"), ensure_ascii=False)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a stand-in on the path that does ``then`` before it writes its scores."""

    def put(then: str = "") -> Path:
        path = tmp_path / COMMAND
        path.write_text(STAND_IN.format(python=sys.executable, then=then), encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        return path

    return put


def test_without_the_command_one_line_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    segments = corpus(ENGLISH, references=REFERENCES)
    for ask in (Comet().signature, Comet().statistics):
        with pytest.raises(
            OptionError, match="no comet-score on PATH; install it apart: pipx"
        ) as e:
            ask(segments)
        assert "\n" not in str(e.value)


def test_the_scores_of_the_command_are_taken_in_order(install):
    install()
    halves = [text[: len(text) // 2].strip() for text in ENGLISH]
    segments = corpus([ENGLISH[0], halves[1], ENGLISH[2]], references=REFERENCES)
    first, second, third = singles(Comet(), segments)["comet"]
    assert first == third == 1
    assert second == len(halves[1]) / len(ENGLISH[1])
    assert scores(Comet(), segments)["comet"] == pytest.approx((2 + second) / 3)


def test_an_empty_output_scores_0_and_is_not_shown(install):
    install()
    segments = corpus([ENGLISH[0], " ", ENGLISH[2]], references=REFERENCES)
    assert singles(Comet(), segments)["comet"] == [1, 0, 1]
    nothing = corpus(["", "", ""], references=REFERENCES)
    assert singles(Comet(), nothing)["comet"] == [0, 0, 0]


def test_a_text_of_several_lines_stays_one_segment(install):
    install()
    broken = [text.replace(" ", "\n", 3) for text in ENGLISH]
    assert singles(Comet(), corpus(broken, references=REFERENCES))["comet"] == [1, 1, 1]


def test_arabic_passes_whatever_the_locale(install, monkeypatch):
    install("assert rows[0]['src'].startswith('أعلنت'), ascii(rows[0])")
    for name in ("LC_ALL", "LANG"):
        monkeypatch.setenv(name, "C")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    monkeypatch.setenv("PYTHONUTF8", "0")
    assert singles(Comet(), corpus(ENGLISH, references=REFERENCES))["comet"] == [1, 1, 1]


def test_the_choices_reach_the_command(install):
    install("assert (given.model, given.gpus, given.batch_size) == ('own.ckpt', '2', '4')")
    metric = Comet(model="own.ckpt", gpus=2, batch_size=4)
    segments = corpus(ENGLISH, references=REFERENCES)
    assert singles(metric, segments)["comet"] == [1, 1, 1]
    assert "nrefs:1|ref:first|" in metric.signature(segments)
    assert "|model:own.ckpt|batch:4|gpus:2|version:" in metric.signature(segments)


def test_a_model_without_references_gets_none(install):
    install("assert given.r is None")
    segments = corpus(ENGLISH, references=REFERENCES)
    assert singles(CometWithoutReference(), segments)["comet-qe"] == [0.5] * 3
    assert CometWithoutReference().signature(segments).startswith("avg:mean|")


def test_the_version_is_asked_of_the_command_s_own_python(install):
    # The stand-in's Python is ours, and has no COMET.
    path = install()
    segments = corpus(ENGLISH, references=REFERENCES)
    assert Comet().signature(segments).endswith("|version:unknown")
    site = path.parent / "python"
    site.write_text("#!/bin/sh\necho 2.2.7\n", encoding="utf-8")
    site.chmod(0o755)
    other = path.parent / "other"
    other.mkdir()
    (other / COMMAND).write_text(f"#!{site}\n", encoding="utf-8")
    (other / COMMAND).chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(other))
        assert Comet().signature(segments).endswith("|version:2.2.7")


@pytest.mark.parametrize(
    ("then", "message"),
    [
        ("sys.exit('CUDA out of memory')", "ended with status 1: CUDA out of memory; run it"),
        ("sys.exit(0)", "ended with status 0: it said nothing"),
        ("rows.pop()", "gave 2 scores for 3 segments"),
        ("rows[0]['COMET'] = float('nan')", "no number"),
        ("del rows[0]['COMET']", "cannot be read"),
    ],
)
def test_a_command_that_fails_is_an_error_of_one_line(install, then, message):
    install(then)
    with pytest.raises(EngineError, match=message) as caught:
        Comet().statistics(corpus(ENGLISH, references=REFERENCES))
    assert "\n" not in str(caught.value)


def test_impossible_choices_and_blank_sources_are_refused(install):
    install()
    with pytest.raises(OptionError, match="-1 graphics cards"):
        Comet(gpus=-1)
    with pytest.raises(InputError, match="'2'"):
        Comet().statistics(corpus(ENGLISH, (ARTICLES[0], "", ARTICLES[2]), REFERENCES))
