"""``mujaz summarize`` from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.cli.main import main
from mujaz.summarize import Summary

from .conftest import ARTICLE, ONE_THREAD


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["summarize", "-q", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_sentence_a_line(capsys: pytest.CaptureFixture[str], news: Path) -> None:
    lines = output(capsys, "news.txt", "-n", "2").splitlines()
    assert len(lines) == 2
    assert all(line in ARTICLE for line in lines)


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    text = "قال *الوزير* إن مشروع_الجسر الجديد سيبدأ في شهر مارس المقبل."
    Path("a.txt").write_text(text, encoding="utf-8")
    assert output(capsys, "a.txt", "--format", "md") == (
        "- قال \\*الوزير\\* إن مشروع\\_الجسر الجديد سيبدأ في شهر مارس المقبل.\n"
    )


def test_json(capsys: pytest.CaptureFixture[str], news: Path) -> None:
    made = Summary.from_json(output(capsys, "news.txt", "--format", "json"))
    assert made.method == "extract"
    assert [ARTICLE[s.start : s.end] for s in made.sentences] == [s.text for s in made.sentences]
    lines = output(capsys, "news.txt", "news.txt", "--format", "json").splitlines()
    assert [Summary.from_json(line) for line in lines] == [made, made]


def test_a_sequence_to_sequence_model(
    capsys: pytest.CaptureFixture[str], news: Path, tiny_summarizer: Path
) -> None:
    how = ["--method", "seq2seq", "--summarizer", str(tiny_summarizer), *ONE_THREAD]
    made = Summary.from_json(output(capsys, "news.txt", *how, "--format", "json", "-n", "1"))
    assert (made.method, made.model) == ("seq2seq", str(tiny_summarizer))
    assert len(made.sentences) == 1
    assert output(capsys, "news.txt", *how, "-n", "1") == f"{made.sentences[0].text}\n"
