"""The steps of a job, done by warm workers on the machines of a Ray cluster."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event
from types import ModuleType
from typing import Any, Literal

import mujaz
from mujaz.arabic import Article
from mujaz.errors import EngineError, ModelError
from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .events import Loaded, Tell, silent
from .ray_cluster import Cluster, connected, import_ray
from .recipe import Recipe
from .runner import Done
from .shards import Shard, Shards, next_size
from .steps import Step
from .worker import Outcome, Worker, error_line

# How long the driver takes to see that an end was asked for, in seconds.
_GLANCE = 0.5
# Workers that may die while they load, for each that was wanted.
_MOST_DEATHS = 3


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
            crew = _Crew(recipe, self._settings, options, cluster, self._progress, tell)
            try:
                crew.hire(wanted)
                yield from self._drive(crew, shards, stop)
            finally:
                crew.dismiss()

    def _drive(self, crew: _Crew, shards: Shards, stop: Event) -> Iterator[list[Done]]:
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
                    # The mypy of a Done wants the wider type of a step.
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


def _supply(crew: _Crew, shards: Shards) -> Iterator[list[Done]]:
    """Give every idle worker a shard, one and no more; yield the notes that come in between."""
    for hand in crew.idle:
        shard = None
        while not (shard or shards.empty):
            shard = shards.take(hand.size)
            yield from _notes(shards)
        if not shard:
            return
        crew.give(hand, shard)


@dataclass(slots=True, eq=False)
class _Hand:
    """One worker as the driver sees it; ``answer`` is what it is asked for now.

    A worker ``waiting`` has no CPU yet.
    """

    actor: Any
    answer: Any
    state: Literal["waiting", "loading", "idle", "busy"] = "waiting"
    where: str = ""
    size: int = 1
    window: int = 1
    shard: Shard | None = None


class _Crew:
    """The workers of a run."""

    def __init__(
        self,
        recipe: Recipe,
        settings: Settings,
        options: dict[str, int],
        cluster: Cluster,
        progress: Progress,
        tell: Tell,
    ) -> None:
        self._ray: ModuleType = import_ray(local=False)
        self._given = (recipe, settings, mujaz.__version__)
        self._cluster, self._options = cluster, options
        self._progress, self._tell = progress, tell
        self._hands: list[_Hand] = []
        self._wanted = self._deaths = 0
        self._loaded = False
        self._problems: list[str] = []

    @property
    def idle(self) -> list[_Hand]:
        return [hand for hand in self._hands if hand.state == "idle"]

    @property
    def busy(self) -> bool:
        return any(hand.state == "busy" for hand in self._hands)

    @property
    def started(self) -> bool:
        return any(hand.state != "waiting" for hand in self._hands)

    def hire(self, count: int) -> None:
        """Ask for workers; they come when there is room, spread over the machines."""
        self._wanted += count
        kind = self._ray.remote(RayWorker)
        for _ in range(count):
            # No restarts by Ray itself: which shard is whose is known here.
            actor = kind.options(
                max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD", **self._options
            ).remote(*self._given)
            self._hands.append(_Hand(actor, actor.where.remote()))

    def give(self, hand: _Hand, shard: Shard) -> None:
        """Let a worker begin a shard."""
        hand.state, hand.shard = "busy", shard
        hand.answer = hand.actor.do.remote([task.article for task in shard.tasks])

    def turned(self, seconds: float) -> list[_Hand]:
        """Return the workers that have answered, or died; wait for the first, but no longer."""
        asked = {hand.answer: hand for hand in self._hands if hand.answer is not None}
        if not asked:
            raise self._refused()
        answers, _ = self._ray.wait(list(asked), num_returns=len(asked), timeout=0)
        if not answers:
            answers, _ = self._ray.wait(list(asked), num_returns=1, timeout=seconds)
        return [asked[answer] for answer in answers]

    def attend(self, hand: _Hand) -> tuple[Shard | None, Reply | str]:
        """Take a worker's answer.

        Returns:
            The shard that it had in hand, if any, and the reply, or how it was lost.
        """
        shard, hand.shard = hand.shard, None
        try:
            answer = self._ray.get(hand.answer)
        except self._ray.exceptions.RayTaskError as error:
            # Ours: a `Worker` raises for no article. It lives, and is not trusted any more.
            why = f"internal error: {_last_line(error)}"
            return shard, self._lost(hand, shard, why)
        except self._ray.exceptions.RayError as error:
            return shard, self._lost(hand, shard, _cause(error))
        match hand.state:
            case "waiting":
                hand.where, hand.state = str(answer), "loading"
                hand.answer = hand.actor.load.remote()
            case "loading":
                self._welcome(hand, answer)
            case _:
                assert shard
                done = len(shard.tasks)
                hand.size = next_size(hand.size, done, answer.seconds, hand.window)
                hand.state, hand.answer = "idle", None
                return shard, answer
        return None, ""

    def dismiss(self) -> None:
        """End all workers, whatever they do."""
        for hand in self._hands:
            self._kill(hand)
        self._hands = []

    def nobody(self, seconds: float) -> EngineError:
        """Return why there is no worker after ``seconds``."""
        free = self._ray.available_resources().get("CPU", 0.0)
        cpus = self._ray.cluster_resources().get("CPU", 0.0)
        needs = f"{self._options['num_cpus']:g} CPU" + ("s" * (self._options["num_cpus"] > 1))
        if self._options["num_gpus"]:
            needs += " and a GPU"
        return EngineError(
            f"no Ray worker could start within {seconds:g} s: {free:g} of the cluster's {cpus:g} "
            f"CPUs are free, and a worker needs {needs}",
            "wait until other jobs end, use fewer --threads, or add machines",
        )

    def _welcome(self, hand: _Hand, ready: Ready) -> None:
        """Take a worker that is loaded for idle, and let go of one that cannot work."""
        if ready.problem:
            self._problems.append(f"{hand.where}: {ready.problem}")
            self._progress.message(f"a Ray worker is left out: {self._problems[-1]}")
            self._kill(hand)
            self._hands.remove(hand)
            if not self._hands:
                raise self._refused()
            return
        hand.state, hand.answer, hand.window = "idle", None, ready.window
        if not self._loaded:
            self._loaded = True
            machines = self._cluster.machines
            on = (
                "this machine"
                if self._cluster.own
                else f"{machines} machine" + "s" * (machines > 1)
            )
            workers = f"Ray: {self._wanted} worker{'s' * (self._wanted > 1)} on {on}"
            self._tell(Loaded((*ready.notes, workers)))

    def _lost(self, hand: _Hand, shard: Shard | None, why: str) -> str:
        """Let go of a worker and ask for another; return ``why``."""
        self._kill(hand)
        self._hands.remove(hand)
        if shard:
            count = len(shard.tasks)
            articles = f"{count} article{'s' * (count > 1)}"
            self._progress.message(
                f"the Ray worker on {hand.where} is lost with {articles} in hand: {why}"
            )
        else:
            self._deaths += 1
            self._problems.append(f"{hand.where or 'a machine'}: {why}")
        if self._deaths < _MOST_DEATHS * self._wanted:
            self._wanted -= 1
            self.hire(1)
        elif not self._hands:
            raise self._refused()
        return why

    def _refused(self) -> ModelError:
        """Return why no worker is left."""
        why = self._problems[-1] if self._problems else "all are lost"
        return ModelError(f"no Ray worker can load the models; {why}")

    def _kill(self, hand: _Hand) -> None:
        self._ray.kill(hand.actor, no_restart=True)


def _cause(error: Exception) -> str:
    """Return in a few words how Ray says that a worker was lost."""
    text = str(error)
    if "No module named 'mujaz" in text:
        return "Mujaz is not installed there; install it on every machine"
    if "running low on memory" in text:
        return "its machine ran out of memory"
    # Ray knows of a broken connection first, and of what broke it only later.
    return "it does not answer any more" if "unavailable" in text else "it died"


def _last_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip() if lines else type(error).__name__
