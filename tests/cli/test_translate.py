"""``mujaz translate`` from end to end, with tiny weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.cli.main import main
from mujaz.translate.document import Document

from .conftest import ARTICLE, ONE_THREAD


@pytest.fixture
def how(tiny: Callable[[str], Path]) -> list[str]:
    return ["translate", "news.txt", "--translator", str(tiny("marian")), *ONE_THREAD]


def test_text_in_the_articles_paragraphs(
    capsys: pytest.CaptureFixture[str], news: Path, how: list[str]
) -> None:
    assert main(how) == 0
    out, err = capsys.readouterr()
    assert len(out.strip().split("\n\n")) == 2
    lines = err.splitlines()
    assert lines[0].endswith("(asked for by name)")
    # Random weights translate nothing right, and a reader is told.
    assert lines[1:]
    assert all(line.startswith("⚠ news.txt, sentence ") for line in lines[1:])
    assert main([*how, "-q"]) == 0
    assert capsys.readouterr() == (out, "")


def test_json(capsys: pytest.CaptureFixture[str], news: Path, how: list[str]) -> None:
    assert main([*how, "-q", "--format", "json"]) == 0
    made = Document.from_json(capsys.readouterr().out)
    assert len(made.sentences) == 4
    assert [ARTICLE[s.start : s.end] for s in made.sentences] == [
        s.translation.source for s in made.sentences
    ]


def test_markdown_is_escaped(
    capsys: pytest.CaptureFixture[str], news: Path, how: list[str]
) -> None:
    assert main([*how, "-q", "--format", "md", "-o", "out"]) == 0
    assert main([*how, "-q", "-o", "out"]) == 0
    plain, marked = Path("out/news.txt").read_text("utf-8"), Path("out/news.md").read_text("utf-8")
    assert marked.replace("\\", "") == plain.replace("\\", "")
    assert plain.count("\n\n") == marked.count("\n\n")
