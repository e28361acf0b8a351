"""One door for every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.batch.inputs import Unreadable, read_input

from .awkward import ARTICLE, DATA, tiny_pdf


def one(path: Path) -> Article | Unreadable:
    (found,) = read_input(path)
    return found


def test_plain_text(tmp_path: Path) -> None:
    for name in ("a.txt", "a.log", "a"):
        (tmp_path / name).write_text(ARTICLE, "utf-8")
        article = one(tmp_path / name)
        assert isinstance(article, Article)
        assert article.text == ARTICLE
        assert article.title == "افتتاح مكتبة عامة في نابلس"
        assert (article.id, article.origin) == ("a", str(tmp_path / name))


def test_the_suffix_says_how_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.PDF").write_bytes((DATA / "article.pdf").read_bytes())
    (tmp_path / "b.Html").write_text(f"<html><body><p>{ARTICLE}</p></body></html>", "utf-8")
    (tmp_path / "c.MD").write_text(f"# عنوان\n\n{ARTICLE}", "utf-8")
    for name in ("a.PDF", "b.Html", "c.MD"):
        assert isinstance(one(tmp_path / name), Article)


@pytest.mark.parametrize(
    "suffix", [".txt", ".md", ".html", ".docx", ".pdf", ".srt", ".csv", ".jsonl"]
)
def test_every_format_tells_its_failures(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a\nb{suffix}"
    missing = one(path)
    path.write_bytes(b"")
    empty = one(path)
    path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 10)
    binary = one(path)
    for found in (missing, empty, binary):
        assert isinstance(found, Unreadable)
        assert found.id == r"a\nb"
        assert "\n" not in str(found.error)
        assert rf"a\nb{suffix}" in str(found.error)
        assert found.error.next_step


def test_what_is_not_arabic(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Only English words are in this file.")
    found = one(tmp_path / "a.txt")
    assert isinstance(found, Unreadable)
    assert "is not in Arabic" in str(found.error)


def test_a_wrong_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(tiny_pdf())
    found = one(tmp_path / "a.txt")
    assert isinstance(found, Unreadable)
    assert "a PDF document" in str(found.error)
