"""How the steps of a job get their outcomes: here, by one worker in a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from threading import Event
from typing import Protocol

from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .events import Loaded, Tell, silent
from .recipe import Recipe
from .steps import Step, Task
from .worker import Outcome, Worker

Done = tuple[Step, Outcome | None]
"""A step and, for a task, its outcome."""

# A kill loses the articles in hand: no more of them than take about this long, in seconds.
_WINDOW_SECONDS = 10.0
# Steps that no worker sees are handed on in batches of this size.
_MOST_STEPS = 256


class Runner(Protocol):
    """Turns steps into outcomes.

    It hands every step on exactly once, in any order but for this: a step that is no `Task` comes
    before the outcomes of all tasks behind it. It ends early when told to stop; what it then has
    taken and not handed on is done in the next run.
    """

    def run(
        self, recipe: Recipe, steps: Iterable[Step], stop: Event, tell: Tell
    ) -> Iterator[list[Done]]:
        """Yield the steps with their outcomes, some at a time.

        Args:
            recipe: What to make, pinned.
            steps: What to do; read ahead no further than needed.
            stop: Set when the articles in hand are the last.
            tell: Is told when the models run.

        Raises:
            MujazError: A model cannot be had or loaded.
        """
        ...


class LocalRunner:
    """One worker in this process.

    Args:
        settings: Where the models are, threads, device, network.
        progress: Told what is fetched.
    """

    def __init__(self, settings: Settings, progress: Progress = SILENT) -> None:
        self._settings = settings
        self._progress = progress

    def run(
        self, recipe: Recipe, steps: Iterable[Step], stop: Event, tell: Tell = silent
    ) -> Iterator[list[Done]]:
        """Yield the steps with their outcomes, a window of articles at a time; see `Runner`."""
        worker: Worker | None = None
        size = 1
        rest = iter(steps)
        try:
            while not stop.is_set() and (window := _window(rest, size)):
                if stop.is_set():
                    break
                tasks = [step for step in window if isinstance(step, Task)]
                if not tasks:
                    yield [(step, None) for step in window]
                    continue
                if not worker:
                    worker = Worker(recipe, self._settings, self._progress)
                    tell(Loaded(worker.notes))
                began = time.monotonic()
                outcomes = iter(worker.do([task.article for task in tasks]))
                took = time.monotonic() - began
                yield [(s, next(outcomes) if isinstance(s, Task) else None) for s in window]
                wanted = int(2 * len(tasks) * _WINDOW_SECONDS / max(took, 0.001))
                size = max(1, min(2 * size, worker.window, wanted // 2))
        finally:
            if worker:
                worker.close()


def _window(steps: Iterator[Step], tasks: int) -> list[Step]:
    """Return the next steps, up to a number of tasks."""
    window: list[Step] = []
    for step in steps:
        window.append(step)
        tasks -= isinstance(step, Task)
        if not tasks or len(window) >= _MOST_STEPS:
            break
    return window
