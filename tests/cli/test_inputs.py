"""Inputs as they are named on the command line."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.batch.inputs import Unreadable
from mujaz.batch.recipe import Recipe
from mujaz.cli.inputs import Source, given_paths, read_standard_input, sources
from mujaz.cli.options import JobOptions
from mujaz.errors import InputError, OptionError

from .conftest import ARTICLE

TEXT = Recipe("summarize")
LINES = Recipe("summarize", form="json")
PLAIN = JobOptions()


def put(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(ARTICLE, encoding="utf-8")


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    raw = io.BytesIO(ARTICLE.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    return raw


def test_a_file(news: Path) -> None:
    (source,) = sources(["news.txt"], TEXT, PLAIN)
    (article,) = source.read(TEXT)
    assert isinstance(article, Article)
    assert (article.id, article.origin, source.name) == ("news", "news.txt", "news.txt")
    assert not source.is_rows


@pytest.mark.parametrize("given", [[], ["-"]])
def test_standard_input(piped: io.BytesIO, given: list[str]) -> None:
    (source,) = sources(given, TEXT, PLAIN)
    (article,) = source.read(TEXT)
    assert (article.id, source.name) == ("stdin", "standard input")


def test_standard_input_twice_closed_or_a_terminal(
    piped: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OptionError, match="named twice"):
        sources(["-", "-"], LINES, PLAIN)
    monkeypatch.setattr(sys, "stdin", None)
    found = read_standard_input()
    assert isinstance(found, Unreadable)
    assert str(found.error).startswith("standard input is closed")
    _, terminal = os.openpty()
    with os.fdopen(terminal) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(OptionError, match="no input; name a file, or pipe an article in"):
            sources([], TEXT, PLAIN)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "standard input is empty"),
        (b"The king went home.", "standard input is not in Arabic; give an Arabic article"),
    ],
)
def test_standard_input_that_is_no_article(
    raw: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    found = read_standard_input()
    assert isinstance(found, Unreadable)
    assert str(found.error).startswith(message)


def test_a_folder_is_walked() -> None:
    put("in/b.txt", "in/a/c.TXT", "in/.git/x.txt", "in/.y.txt", "in/notes.md", "in/film.srt")
    found = sources(["in"], LINES, PLAIN)
    assert [source.name for source in found] == ["in/a/c.TXT", "in/b.txt", "in/notes.md"]
    found = sources(["in"], Recipe("translate", form="json"), PLAIN)
    assert [source.name for source in found][2] == "in/film.srt"
    found = sources(["in"], LINES, JobOptions(include=["*.txt"], exclude=["b.*"]))
    assert [source.name for source in found] == ["in/a/c.TXT"]


def test_a_problem_that_the_walk_finds_is_read_as_one() -> None:
    (found,) = Source(Path("a.doc"), "a.doc is old; save it anew").read(TEXT)
    assert isinstance(found, Unreadable)
    assert str(found.error) == "a.doc is old; save it anew"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere.txt", "nowhere.txt: no such file"),
        ("", "'': no such file"),
        ("x" * 5000, "x" * 60 + "…: no such file"),
        (ARTICLE, "no such file"),
        ("a\0b", "no such file"),
        ("empty", "empty: no article in this folder"),
    ],
)
def test_what_is_not_there(given: str, message: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(InputError) as caught:
        sources([given], LINES, PLAIN)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_outputs_need_a_folder_or_lines() -> None:
    put("in/a.txt", "b.txt", "c.txt")
    Path("rows.jsonl").write_text(json.dumps({"id": 1, "text": ARTICLE}), encoding="utf-8")
    for given, what in (
        (["b.txt", "c.txt"], "2 inputs"),
        (["in"], "a folder"),
        (["rows.jsonl"], r"rows\.jsonl with many articles"),
    ):
        with pytest.raises(OptionError, match=f"{what} and one output; say where .* -o DIR"):
            sources(given, TEXT, PLAIN)
        assert sources(given, LINES, PLAIN)


def test_rows_and_their_fields() -> None:
    row = {"key": "7", "body": ARTICLE, "head": "عنوان"}
    Path("rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    recipe = Recipe("summarize", "json", text_field="body", id_field="key", title_field="head")
    (article,) = Source(Path("rows.jsonl")).read(recipe)
    assert isinstance(article, Article)
    assert (article.id, article.title) == ("7", "عنوان")


def test_paths_of_a_job(news: Path) -> None:
    assert given_paths(["news.txt", "-"]) == ([Path("news.txt")], True)
    with pytest.raises(InputError, match="no such file"):
        given_paths(["nowhere"])


def test_a_link_to_nothing_is_told_by_the_walk() -> None:
    Path("link.txt").symlink_to("nowhere.txt")
    assert given_paths(["link.txt"]) == ([Path("link.txt")], False)


def test_a_name_in_another_encoding_is_legible_in_the_record() -> None:
    name = os.fsdecode("خبر.txt".encode("cp1256"))
    try:
        Path(name).write_text(ARTICLE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    (source,) = sources([name], TEXT, PLAIN)
    (article,) = source.read(TEXT)
    assert isinstance(article, Article)
    assert article.origin.encode().endswith(b".txt")
    assert article.id.encode()
    assert source.name.encode()
