"""The loop over the inputs: a failure stops none of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.cli.inputs import Source
from mujaz.cli.work import work
from mujaz.errors import EngineError, InputError, ModelError

from .conftest import ARTICLE


def put(*names: str) -> list[Source]:
    for name in names:
        Path(name).write_text(ARTICLE if "bad" not in name else "", encoding="utf-8")
    return [Source(Path(name), Path(Path(name).stem)) for name in names]


def by_id() -> Callable[[Article], str]:
    return lambda article: f"made of {article.id}"


def test_one_input_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert work(put("a.txt"), [None], by_id, quiet=False) == 0
    assert capsys.readouterr() == ("made of a\n", "")


def test_outputs_are_written_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    places = [Path("out/a.txt"), Path("out/b.txt")]
    assert work(put("a.txt", "b.txt"), places, by_id, quiet=False) == 0
    assert [p.read_text() for p in places] == ["made of a\n", "made of b\n"]
    assert capsys.readouterr() == ("", "a.txt → out/a.txt\nb.txt → out/b.txt\n")
    assert work(put("a.txt"), places[:1], by_id, quiet=True) == 0
    assert capsys.readouterr() == ("", "")


def test_a_bad_input_stops_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    places = [Path("out") / f"{n}.txt" for n in range(3)]
    assert work(put("a.txt", "bad.txt", "c.txt"), places, by_id, quiet=True) == 1
    assert [place.exists() for place in places] == [True, False, True]
    error = capsys.readouterr().err.splitlines()
    assert error[0].startswith("mujaz: bad.txt is empty; ")
    assert error[1] == "mujaz: 1 of 3 inputs failed; the rest are done"


def test_all_bad_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert work(put("bad1.txt", "bad2.txt"), [Path("x"), Path("y")], by_id, quiet=True) == 2
    assert "2 of 2 inputs failed; nothing is done" in capsys.readouterr().err


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
    capsys: pytest.CaptureFixture[str], error: Exception, line: str
) -> None:
    def start() -> Callable[[Article], str]:
        def make(article: Article) -> str:
            if article.id == "a":
                raise error
            return "made"

        return make

    assert work(put("a.txt", "b.txt"), [Path("x"), Path("y")], start, quiet=True) == 1
    assert capsys.readouterr().err.splitlines()[0] == line
    assert Path("y").read_text() == "made\n"
    assert work(put("a.txt", "b.txt"), [Path("x"), Path("y")], start, quiet=True, debug=True) == 1
    assert "Traceback" in capsys.readouterr().err
    with pytest.raises(type(error)):
        work(put("a.txt"), [None], start, quiet=True)


def test_models_are_loaded_once_and_only_for_an_article() -> None:
    loads: list[int] = []

    def start() -> Callable[[Article], str]:
        loads.append(1)
        return lambda article: article.id

    with pytest.raises(InputError):
        work(put("bad.txt"), [None], start, quiet=True)
    assert loads == []
    assert work(put("bad.txt", "a.txt", "b.txt"), [None] * 3, start, quiet=True) == 1
    assert loads == [1]


def test_a_model_that_cannot_be_had_ends_all() -> None:
    def start() -> Callable[[Article], str]:
        raise ModelError("no model")

    with pytest.raises(ModelError):
        work(put("a.txt", "b.txt"), [Path("x"), Path("y")], start, quiet=True)
