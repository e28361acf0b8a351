"""Outputs in the input's own kind, and what is written of an outcome."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.batch.events import Failed
from mujaz.batch.job import run_job
from mujaz.batch.manifest import Item
from mujaz.batch.outputs import OutputError
from mujaz.batch.recipe import Recipe
from mujaz.batch.survey import Request, suffix_of
from mujaz.batch.worker import Outcome
from mujaz.batch.writer import output_bytes
from mujaz.settings import Settings

from .conftest import article_text

SRT = "1\n00:00:01,000 --> 00:00:03,500\nافتتح الرئيس جسرا جديدا فوق النهر.\n"


def docx(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("خبر قصير", 1)
    document.add_paragraph("افتتح الرئيس جسرا جديدا فوق النهر.")
    document.save(str(path))


def test_each_kind_stays_what_it_is(
    tmp_path: Path, translation: Recipe, settings: Settings
) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    docx(folder / "a.docx")
    (folder / "b.srt").write_text(SRT, "utf-8")
    (folder / "c.md").write_text(f"# عنوان\n\n{article_text(1)}", "utf-8")
    (folder / "d.txt").write_text(article_text(2), "utf-8")
    with (folder / "e.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text"], ["1", article_text(3)]])
    request = Request((folder,), output, replace(translation, form="same"))
    events: list[object] = []
    ended = run_job(request, settings, tell=events.append)
    assert ended.made == 5, [e for e in events if isinstance(e, Failed)]
    assert {p.name for p in output.iterdir()} == {
        ".mujaz", "a.docx", "b.srt", "c.md", "d.txt", "e.jsonl", "index.html", "index.jsonl",
    }  # fmt: skip
    from docx import Document

    paragraphs = [p.text for p in Document(str(output / "a.docx")).paragraphs]
    assert len(paragraphs) == 2
    assert all(text.isascii() and text for text in paragraphs)
    assert "00:00:01,000 --> 00:00:03,500" in (output / "b.srt").read_text("utf-8")
    assert json.loads((output / "e.jsonl").read_text("utf-8"))["id"] == "1"
    assert run_job(request, settings).made == 0


@pytest.mark.parametrize(
    ("name", "verb", "form", "suffix"),
    [
        ("a.docx", "brief", "same", ".docx"),
        ("a.DOCX", "translate", "same", ".docx"),
        ("a.docx", "summarize", "same", ".txt"),
        ("a.docx", "brief", "text", ".txt"),
        ("a.srt", "translate", "same", ".srt"),
        ("a.srt", "brief", "same", ".txt"),
        ("a.markdown", "brief", "same", ".md"),
        ("a.html", "brief", "same", ".txt"),
        ("a.pdf", "brief", "json", ".json"),
        ("a.csv", "brief", "same", ".jsonl"),
        ("a.jsonl", "brief", "md", ".jsonl"),
        ("stdin", "brief", "md", ".md"),
    ],
)
def test_suffixes(name: str, verb: str, form: str, suffix: str) -> None:
    assert suffix_of(Path(name), Recipe(verb, form)) == suffix  # type: ignore[arg-type]


def test_text_ends_in_one_line_end() -> None:
    item = Item("a.txt", "a", "/in/a.txt", "in/a.txt")
    made = output_bytes(Outcome("a", text="خبر\n\n"), item, Recipe("summarize"))
    assert made == "خبر\n".encode()
    # What no UTF-8 can hold is shown as such.
    assert output_bytes(Outcome("a", text="x\udcff"), item, Recipe("summarize")) == b"x?\n"


def test_a_disk_that_is_full_ends_the_run(
    news: Path, tmp_path: Path, lead: Recipe, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    request = Request((news,), tmp_path / "out", lead)
    monkeypatch.setattr("mujaz.batch.outputs.os.fsync", full)
    with pytest.raises(OutputError, match=r"the disk of .* is full"):
        run_job(request, settings)
    monkeypatch.undo()
    assert run_job(request, settings).made == 6
