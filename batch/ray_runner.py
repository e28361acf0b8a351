"""The steps of a job, done by warm workers on the machines of a Ray cluster."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Event

from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .events import Tell, silent
from .ray_cluster import connected
from .ray_crew import Crew
from .recipe import Recipe
from .runner import Done
from .shards import Shards
from .steps import Step

# How long the driver takes to see that an end was asked for, in seconds.
_GLANCE = 0.5


class RayRunner:
    """Warm workers in actors of a Ray cluster, a shard in the hands of each.

    This process keeps the manifest and writes the outputs. A worker that dies is replaced where
    there is room, and its shard goes to another one.

    Args:
        settings: Where the models are, on every machine; ``threads`` is per worker, one by
            default; ``device`` ``cuda`` gives each worker a GPU.
        progress: Told in one line of workers that are lost or cannot work.
        address: Of the cluster; see `connected`.
        workers: How many; by default as many as there is room for.
        start_seconds: How long to wait while there is no worker at all.
    """

    def __init__(
        self,
        settings: Settings,
        progress: Progress = SILENT,
        *,
        address: str = "",
        workers: int | None = None,
        start_seconds: float = 120.0,
    ) -> None:
        self._threads = settings.threads or 1
        self._settings = replace(settings, threads=self._threads)
        self._progress = progress
        self._address, self._workers = address, workers
        self._start_seconds = start_seconds

    def run(
        self, recipe: Recipe, steps: Iterable[Step], stop: Event, tell: Tell = silent
    ) -> Iterator[list[Done]]:
        """Yield the steps with their outcomes, a shard at a time; see `Runner`.

        Raises:
            OptionError: Ray is not installed, or no cluster can be had at the address.
            ModelError: No worker can load the models.
            EngineError: No worker could start, or they die while they load.
        """
        shards = Shards(steps)
        # A job without a task needs no cluster.
        first = None
        while not (first or shards.empty or stop.is_set()):
            first = shards.take(1)
            yield from _notes(shards)
        if not first or stop.is_set():
            return
        shards.put_back(first)
        gpus = int(self._settings.device == "cuda")
        with connected(
            self._address, workers=self._workers, threads=self._threads, gpus=gpus
        ) as cluster:
            wanted = self._workers or cluster.room(self._threads, gpus, spare=1)
            room = cluster.room(self._threads, gpus)
            if wanted > room:
                self._progress.message(
                    f"there is room for {room} of {wanted} Ray workers; the others wait for theirs"
                )
            if cluster.machines > 1:
                # SQLite's files cannot be shared by machines; the cache changes no output.
                recipe = replace(recipe, cache=False)
            options = {"num_cpus": self._threads, "num_gpus": gpus}
            crew = Crew(recipe, self._settings, options, cluster, self._progress, tell)
            try:
                crew.hire(wanted)
                yield from self._drive(crew, shards, stop)
            finally:
                crew.dismiss()

    def _drive(self, crew: Crew, shards: Shards, stop: Event) -> Iterator[list[Done]]:
        alive = time.monotonic()
        while True:
            if not stop.is_set():
                yield from _supply(crew, shards)
            if not crew.busy and (shards.empty or stop.is_set()):
                return
            if crew.started:
                alive = time.monotonic()
            elif time.monotonic() - alive > self._start_seconds:
                raise crew.nobody(self._start_seconds)
            for hand in crew.turned(_GLANCE):
                shard, reply = crew.attend(hand)
                if not shard:
                    continue
                if isinstance(reply, str):
                    given_up: list[Done] = list(shards.lose(shard, reply))
                    if given_up:
                        yield given_up
                    continue
                # The worker goes on while its outcomes are written.
                if not stop.is_set():
                    yield from _supply(crew, shards)
                yield list(zip(shard.tasks, reply.outcomes, strict=True))


def _notes(shards: Shards) -> Iterator[list[Done]]:
    """Yield the steps that no worker sees, if there are any."""
    if shards.notes:
        notes, shards.notes = shards.notes, []
        yield [(note, None) for note in notes]


def _supply(crew: Crew, shards: Shards) -> Iterator[list[Done]]:
    """Give every idle worker a shard, one and no more; yield the notes that come in between."""
    for hand in crew.idle:
        shard = None
        while not (shard or shards.empty):
            shard = shards.take(hand.size)
            yield from _notes(shards)
        if not shard:
            return
        crew.give(hand, shard)
