"""Outputs to standard output: a failure stops none of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.arabic import Article
from mujaz.batch.recipe import Recipe
from mujaz.batch.worker import Worker
from mujaz.cli.inputs import Source
from mujaz.cli.main import main
from mujaz.cli.work import print_outputs
from mujaz.errors import EngineError, InputError, ModelError
from mujaz.settings import Settings
from mujaz.summarize.lead import Lead

from .conftest import ARTICLE

LINES = Recipe("summarize", form="json", method="lead", sentences=1)


def put(*names: str) -> list[Source]:
    for name in names:
        Path(name).write_text(ARTICLE if "bad" not in name else "", encoding="utf-8")
    return [Source(Path(name)) for name in names]


def lead() -> Worker:
    return Worker(LINES, Settings.from_environment())


def test_several_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_outputs(put("a.txt", "b.txt"), LINES, lead, quiet=False) == 0
    out, err = capsys.readouterr()
    assert [line[:46] for line in out.splitlines()] == [
        '{"schema":"mujaz.summary/1","article":"a","sen',
        '{"schema":"mujaz.summary/1","article":"b","sen',
    ]
    assert err == ""


def test_a_bad_input_stops_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_outputs(put("a.txt", "bad.txt", "c.txt"), LINES, lead, quiet=True) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    first, last = err.splitlines()
    assert first.startswith("mujaz: bad.txt is empty; ")
    assert last == "mujaz: 1 of 3 articles failed; the rest are done"


def test_all_bad_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_outputs(put("bad1.txt", "bad2.txt"), LINES, lead, quiet=True) == 2
    assert "2 of 2 articles failed; nothing is done" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (EngineError("too long", "split it"), "mujaz: a.txt: too long; split it"),
        (InputError("a.txt has nothing"), "mujaz: a.txt has nothing"),
        (
            RuntimeError("out\nof memory"),
            "mujaz: a.txt: internal error: RuntimeError: out of memory; run again with --debug",
        ),
    ],
)
def test_whatever_befalls_one_input_is_a_line_that_names_it(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    line: str,
) -> None:
    whole: Callable[..., Any] = Lead.summarize

    def summarize(self: Lead, article: Article) -> object:
        if article.id == "a":
            raise error
        return whole(self, article)

    monkeypatch.setattr(Lead, "summarize", summarize)
    assert print_outputs(put("a.txt", "b.txt"), LINES, lead, quiet=True) == 1
    out, err = capsys.readouterr()
    assert err.splitlines()[0] == line
    assert out.count("\n") == 1
    assert print_outputs(put("a.txt", "b.txt"), LINES, lead, quiet=True, debug=True) == 1
    assert "Traceback" in capsys.readouterr().err
    with pytest.raises(type(error)):
        print_outputs(put("a.txt"), LINES, lead, quiet=True)


def test_models_are_loaded_once_and_only_for_an_article() -> None:
    loads: list[int] = []

    def start() -> Worker:
        loads.append(1)
        return lead()

    with pytest.raises(InputError):
        print_outputs(put("bad.txt"), LINES, start, quiet=True)
    assert loads == []
    assert print_outputs(put("bad.txt", "a.txt", "b.txt"), LINES, start, quiet=True) == 1
    assert loads == [1]


def test_a_model_that_cannot_be_had_ends_all() -> None:
    def start() -> Worker:
        raise ModelError("no model")

    with pytest.raises(ModelError):
        print_outputs(put("a.txt", "b.txt"), LINES, start, quiet=True)


@pytest.mark.parametrize("option", ["--retry-failed", "--force", "--dry-run", "--events"])
def test_options_of_jobs_need_a_folder(
    capsys: pytest.CaptureFixture[str], news: Path, option: str
) -> None:
    assert main(["summarize", "news.txt", "--method", "lead", option]) == 2
    assert capsys.readouterr().err == (
        f"mujaz: {option} is for jobs; say where the outputs go with -o DIR\n"
    )


@pytest.mark.parametrize(
    "options", [["--runner", "ray"], ["--address", "127.0.0.1:1"], ["--workers", "2"]]
)
def test_a_cluster_is_for_jobs(
    capsys: pytest.CaptureFixture[str], news: Path, options: list[str]
) -> None:
    assert main(["summarize", "news.txt", "--method", "lead", *options]) == 2
    assert "are for jobs; add -o DIR" in capsys.readouterr().err
    if "--runner" not in options:
        assert main(["summarize", "news.txt", "--method", "lead", "-o", "out", *options]) == 2
        assert f"{options[0]} is for Ray; add --runner ray" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["summarize", "translate"])
def test_only_briefs_are_pages(capsys: pytest.CaptureFixture[str], news: Path, verb: str) -> None:
    assert main([verb, "news.txt", "--format", "html"]) == 2
    assert f"mujaz {verb} writes no HTML" in capsys.readouterr().err


def test_the_inputs_own_kind_needs_a_folder(capsys: pytest.CaptureFixture[str], news: Path) -> None:
    assert main(["translate", "news.txt", "--format", "same"]) == 2
    assert "--format same is for jobs" in capsys.readouterr().err
