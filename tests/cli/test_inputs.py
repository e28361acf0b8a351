"""Inputs and where their outputs go."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from mujaz.cli.inputs import Source, outputs, sources, write_whole
from mujaz.errors import InputError, OptionError

from .conftest import ARTICLE


def put(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(ARTICLE, encoding="utf-8")


def places(*names: str, output: str = "out") -> list[str]:
    found = sources(names, Path(output))
    return [str(place) for place in outputs(found, Path(output), ".txt")]


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    raw = io.BytesIO(ARTICLE.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    return raw


def test_a_file(news: Path) -> None:
    (source,) = sources(["news.txt"], None)
    article = source.read()
    assert (article.id, article.origin, source.name) == ("news", "news.txt", "news.txt")
    assert outputs([source], None, ".txt") == [None]


@pytest.mark.parametrize("given", [[], ["-"]])
def test_standard_input(piped: io.BytesIO, given: list[str]) -> None:
    (source,) = sources(given, None)
    article = source.read()
    assert (article.id, article.origin, source.name) == ("stdin", "-", "standard input")
    assert outputs([source], Path("out"), ".md") == [Path("out/stdin.md")]


def test_standard_input_twice_closed_or_a_terminal(
    piped: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OptionError, match="named twice"):
        sources(["-", "-"], Path("out"))
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        sources([], None)[0].read()
    _, terminal = os.openpty()
    with os.fdopen(terminal) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(OptionError, match="no input; name a file, or pipe an article in"):
            sources([], None)


def test_a_folder_keeps_its_shape_and_leaves_out_what_is_hidden() -> None:
    put("in/b.txt", "in/a/c.TXT", "in/.git/x.txt", "in/.y.txt", "in/notes.md")
    assert places("in") == ["out/a/c.txt", "out/b.txt"]


def test_the_output_folder_inside_the_input_folder_is_no_input() -> None:
    put("in/a.txt", "in/out/a.txt")
    assert places("in", output="in/out") == ["in/out/a.txt"]


def test_same_names_get_places_of_their_own() -> None:
    put("x/news.txt", "y/news.txt", "y/news-2.txt", "z/NEWS.txt")
    assert places("x/news.txt", "y/news.txt", "y/news-2.txt", "z/NEWS.txt") == [
        "out/news.txt",
        "out/news-2.txt",
        "out/news-2-2.txt",
        "out/NEWS-3.txt",
    ]
    assert places("x", "y") == ["out/news.txt", "out/news-2.txt", "out/news-3.txt"]


def test_names_with_dots_and_arabic_names() -> None:
    put("خبر.اليوم.txt", "2024.01.02.txt")
    assert places("خبر.اليوم.txt", "2024.01.02.txt") == ["out/خبر.اليوم.txt", "out/2024.01.02.txt"]


def test_no_output_ever_overwrites_an_input() -> None:
    put("in/a.txt")
    for given, output in ((["in/a.txt"], "in"), (["in"], "in"), (["in/a.txt"], "in/../in")):
        with pytest.raises(OptionError, match=r"a\.txt: the output would overwrite it"):
            places(*given, output=output)
    assert outputs(sources(["in"], Path("in")), Path("in"), ".json") == [Path("in/a.json")]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere.txt", "nowhere.txt: no such file"),
        ("", "'': no such file"),
        ("x" * 5000, "x" * 60 + "…: no such file"),
        (ARTICLE, "no such file"),
        ("a\0b", "no such file"),
        ("empty", "empty: no .txt file in this folder"),
    ],
)
def test_what_is_not_there(given: str, message: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(InputError) as caught:
        sources([given], Path("out"))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_inputs_need_a_folder_or_lines() -> None:
    put("in/a.txt", "b.txt", "c.txt")
    with pytest.raises(OptionError, match="2 inputs and one output; say where"):
        sources(["b.txt", "c.txt"], None)
    with pytest.raises(OptionError, match="a folder and one output; say where"):
        sources(["in"], None)
    assert len(sources(["b.txt", "c.txt"], None, lines=True)) == 2
    assert len(sources(["in"], None, lines=True)) == 1
    with pytest.raises(OptionError, match=r"b\.txt is not a folder"):
        sources(["in"], Path("b.txt"))


@pytest.mark.parametrize(
    "text", ["The king went home. خبر", "Only English here.", "一二三四五六七八九十一二三四五"]
)
def test_what_is_not_arabic_is_refused(text: str) -> None:
    Path("a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt is not in Arabic"):
        sources(["a.txt"], None)[0].read()


def test_a_name_in_another_encoding_is_legible_in_the_record() -> None:
    name = os.fsdecode("خبر.txt".encode("cp1256"))
    try:
        Path(name).write_text(ARTICLE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    article = sources([name], None)[0].read()
    assert article.origin.encode().endswith(b".txt")
    assert article.id.encode()


def test_files_are_written_whole(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er" / "a.txt"
    write_whole(place, "خبر\n")
    assert place.read_bytes() == "خبر\n".encode()
    assert list(place.parent.iterdir()) == [place]
    umask = os.umask(0)
    os.umask(umask)
    assert place.stat().st_mode & 0o777 == 0o666 & ~umask
    write_whole(place, "آخر\n")
    assert place.read_text(encoding="utf-8") == "آخر\n"


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OptionError, match=r"cannot be written .*; choose another -o DIR"):
        write_whole(tmp_path / "file" / "a.txt", "x")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(OptionError, match="cannot be written"):
        write_whole(tmp_path / "folder.txt", "x")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with pytest.raises(UnicodeEncodeError):
        write_whole(folder / "a.txt", "half \udcff")
    assert list(folder.iterdir()) == []


def test_a_source_names_itself() -> None:
    assert Source(Path("a/b.txt"), Path("b")).name == "a/b.txt"
