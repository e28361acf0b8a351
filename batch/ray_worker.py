"""What runs in an actor of a Ray cluster: one warm worker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import mujaz
from mujaz.arabic import Article
from mujaz.settings import Settings

from .ray_cluster import import_ray
from .recipe import Recipe
from .worker import Outcome, Worker, error_line


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker has its models loaded, or has not.

    Attributes:
        notes: One line per model.
        window: Articles at a time that suit them.
        problem: Why it cannot work, in one line; empty if it can.
    """

    notes: tuple[str, ...] = ()
    window: int = 1
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A shard is done.

    Attributes:
        outcomes: One per article, in order.
        seconds: What it took, without the way there and back.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float


class RayWorker:
    """What runs in an actor: one `Worker`, loaded once.

    Args:
        recipe: What to make, pinned.
        settings: As on the driver's machine; the folders too.
        version: Of Mujaz there.
    """

    def __init__(self, recipe: Recipe, settings: Settings, version: str) -> None:
        self._recipe, self._settings, self._version = recipe, settings, version
        self._worker: Worker | None = None

    def where(self) -> str:
        """Return the address of its machine; whoever gets it knows that there was room."""
        ray = import_ray(local=False)
        return str(ray.util.get_node_ip_address())

    def load(self) -> Ready:
        """Load the models, and return whether that worked: an error's next step does not pickle."""
        if mujaz.__version__ != self._version:
            return Ready(problem=f"has Mujaz {mujaz.__version__}; install {self._version}")
        try:
            self._worker = Worker(self._recipe, self._settings)
        except Exception as error:  # noqa: BLE001 - a library that is missing there, for one
            return Ready(problem=error_line(error))
        return Ready(self._worker.notes, self._worker.window)

    def do(self, articles: Sequence[Article]) -> Reply:
        """Return what became of each article."""
        assert self._worker
        began = time.monotonic()
        outcomes = tuple(self._worker.do(articles))
        return Reply(outcomes, time.monotonic() - began)
