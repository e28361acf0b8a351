"""The local runner: windows of tasks, everything handed on once."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from mujaz.arabic import article_from_text
from mujaz.batch.events import Loaded
from mujaz.batch.recipe import Recipe
from mujaz.batch.runner import LocalRunner
from mujaz.batch.steps import Opened, Refused, Step, Task
from mujaz.errors import MujazError
from mujaz.settings import Settings

from .conftest import article_text


def task(number: int) -> Task:
    return Task(f"{number}.txt", article_from_text(article_text(number), id=str(number)), "x")


def test_every_step_is_handed_on_once_in_order(lead: Recipe, settings: Settings) -> None:
    steps: list[Step] = [
        task(0),
        Opened("r", 1, 0),
        task(1),
        Refused("b", "b", "bad", "x"),
        task(2),
    ]
    told: list[object] = []
    batches = list(LocalRunner(settings).run(lead, steps, Event(), told.append))
    done = [pair for batch in batches for pair in batch]
    assert [step for step, _ in done] == steps
    assert [outcome.article if outcome else None for _, outcome in done] == [
        "0", None, "1", None, "2",
    ]  # fmt: skip
    assert told == [Loaded(("summary: lead (asked for by name)",))]


def test_windows_grow_while_they_are_quick(lead: Recipe, settings: Settings) -> None:
    sizes = [len(b) for b in LocalRunner(settings).run(lead, map(task, range(40)), Event())]
    assert sizes[:4] == [1, 2, 4, 8]
    assert max(sizes) == 8
    assert sum(sizes) == 40


def test_it_stops_when_it_is_told_to(lead: Recipe, settings: Settings) -> None:
    stop = Event()
    taken: list[int] = []

    def steps() -> Iterator[Step]:
        for number in range(100):
            taken.append(number)
            yield task(number)

    batches = LocalRunner(settings).run(lead, steps(), stop)
    next(batches)
    stop.set()
    assert list(batches) == []
    assert len(taken) == 1


def test_nothing_to_do_loads_nothing(settings: Settings) -> None:
    refused = Refused("b", "b", "bad", "x")
    recipe = Recipe("translate")  # there is no model
    assert list(LocalRunner(settings).run(recipe, [refused], Event())) == [[(refused, None)]]
    with pytest.raises(MujazError):
        list(LocalRunner(settings).run(recipe, [task(1)], Event()))
