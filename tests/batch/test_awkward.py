"""Every awkward input: its own line or its article, and no exception, wait, or memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.batch.inputs import Unreadable, is_rows, read_input
from mujaz.batch.unreadable import legible
from mujaz.batch.walk import DOCUMENTS, SUBTITLES, walk

from .awkward import make_awkward, open_again
from .memory import peak_of_reading

MOST_MEMORY = 256  # megabytes; 111 were measured, 63 of them before the first file


@pytest.fixture(scope="module")
def awkward(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, dict[str, str | None]]]:
    folder = tmp_path_factory.mktemp("awkward") / "in"
    expected = make_awkward(folder)
    yield folder, expected
    open_again(folder)


def outcomes(folder: Path) -> dict[str, Article | str]:
    found: dict[str, Article | str] = {}
    for item in walk([folder], suffixes=(*DOCUMENTS, *SUBTITLES)):
        name = str(item.path.relative_to(folder))
        if item.problem:
            found[name] = item.problem
            continue
        for read in read_input(item.path):
            whole = isinstance(read, Unreadable) and read.id == legible(item.path.stem)
            key = f"{name}#{read.id}" if is_rows(item.path) and not whole else name
            assert key not in found, f"{key} twice"
            found[key] = str(read.error) if isinstance(read, Unreadable) else read
    return found


def test_each_gets_its_line_and_the_good_ones_are_read(
    awkward: tuple[Path, dict[str, str | None]],
) -> None:
    folder, expected = awkward
    assert len(expected) >= 60
    found = outcomes(folder)
    assert sorted(found) == sorted(expected)
    for name, phrase in expected.items():
        outcome = found[name]
        if phrase is None:
            assert isinstance(outcome, Article), f"{name}: {outcome}"
            outcome.origin.encode()
            continue
        assert isinstance(outcome, str), f"{name} was read"
        assert phrase in outcome, outcome
        assert "\n" not in outcome
        assert legible(name.split("#")[0]) in outcome, "the line names its input"
        assert "; " in outcome, "and the next step"


def test_memory_stays_bounded(awkward: tuple[Path, dict[str, str | None]]) -> None:
    count, peak = peak_of_reading(awkward[0])
    assert count > 60
    assert peak < MOST_MEMORY


def test_no_two_outputs_share_a_place(awkward: tuple[Path, dict[str, str | None]]) -> None:
    found = list(walk([awkward[0]]))
    places = [str(item.place).casefold() for item in found]
    assert len(set(places)) == len(places)
    for item in found:
        for part in item.place.parts:
            assert "\n" not in part
            assert len(part.encode()) <= 200
    assert [item.place for item in walk([awkward[0]])] == [item.place for item in found]
