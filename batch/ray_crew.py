"""The workers of a run on a Ray cluster, as the driver sees them."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

import mujaz
from mujaz.errors import EngineError, ModelError
from mujaz.models.progress import Progress
from mujaz.settings import Settings

from .events import Loaded, Tell
from .ray_cluster import Cluster, import_ray
from .ray_worker import RayWorker, Ready, Reply
from .recipe import Recipe
from .shards import Shard, next_size

# Workers that may die while they load, for each that was wanted.
_MOST_DEATHS = 3


@dataclass(slots=True, eq=False)
class Hand:
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


class Crew:
    """The workers of a run: asked for, given shards, replaced when they die.

    Args:
        recipe: What they make, pinned.
        settings: As they are there.
        options: What Ray gives each: ``num_cpus``, ``num_gpus``.
        cluster: Where they are.
        progress: Told of workers that are lost or cannot work.
        tell: Told once that models run.
    """

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
        self._hands: list[Hand] = []
        self._wanted = self._deaths = 0
        self._loaded = False
        self._problems: list[str] = []

    @property
    def idle(self) -> list[Hand]:
        """Those that wait for a shard."""
        return [hand for hand in self._hands if hand.state == "idle"]

    @property
    def busy(self) -> bool:
        """Whether a shard is in hand."""
        return any(hand.state == "busy" for hand in self._hands)

    @property
    def started(self) -> bool:
        """Whether any has its CPUs."""
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
            self._hands.append(Hand(actor, actor.where.remote()))

    def give(self, hand: Hand, shard: Shard) -> None:
        """Let a worker begin a shard."""
        hand.state, hand.shard = "busy", shard
        hand.answer = hand.actor.do.remote([task.article for task in shard.tasks])

    def turned(self, seconds: float) -> list[Hand]:
        """Return the workers that have answered, or died; wait for the first, but no longer."""
        asked = {hand.answer: hand for hand in self._hands if hand.answer is not None}
        if not asked:
            raise self._refused()
        answers, _ = self._ray.wait(list(asked), num_returns=len(asked), timeout=0)
        if not answers:
            answers, _ = self._ray.wait(list(asked), num_returns=1, timeout=seconds)
        return [asked[answer] for answer in answers]

    def attend(self, hand: Hand) -> tuple[Shard | None, Reply | str]:
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

    def _welcome(self, hand: Hand, ready: Ready) -> None:
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

    def _lost(self, hand: Hand, shard: Shard | None, why: str) -> str:
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

    def _kill(self, hand: Hand) -> None:
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
