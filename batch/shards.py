"""Shards: the articles that one worker takes at a time, and what becomes of those it loses."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from mujaz.errors import EngineError

from .steps import Note, Step, Task
from .worker import Outcome, failed

MOST_TRIES = 3
"""A shard is tried so often: whole, whole on another worker, and then its articles one by one."""

# A lost worker loses the articles in hand: no more of them than take about this long, in seconds.
_SHARD_SECONDS = 10.0
# Steps that no worker sees are handed on after at most so many.
_MOST_NOTES = 256


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles that one worker takes together.

    Attributes:
        tasks: At least one.
        tries: How many workers have been lost with it.
    """

    tasks: tuple[Task, ...]
    tries: int = 0


class Shards:
    """Makes shards of the steps of a job, and takes back those whose worker is lost.

    Args:
        steps: What to do; no more is read than is asked for.

    Attributes:
        notes: The steps read so far that no worker sees; whoever hands them on empties it.
    """

    def __init__(self, steps: Iterable[Step]) -> None:
        self.notes: list[Note] = []
        self._steps = iter(steps)
        self._again: deque[Shard] = deque()
        self._read = False

    @property
    def empty(self) -> bool:
        """Whether all steps are read and no shard waits for another try."""
        return self._read and not self._again

    def take(self, most: int) -> Shard | None:
        """Return the next shard, one that was lost before all others.

        Args:
            most: Articles of a shard that is tried for the first time.

        Returns:
            ``None`` if there is none, or only notes were found so far (see `empty`).
        """
        if self._again:
            return self._again.popleft()
        tasks: list[Task] = []
        for step in self._steps:
            if isinstance(step, Task):
                tasks.append(step)
            else:
                self.notes.append(step)
            if len(tasks) >= most or len(self.notes) >= _MOST_NOTES:
                break
        else:
            self._read = True
        return Shard(tuple(tasks)) if tasks else None

    def put_back(self, shard: Shard) -> None:
        """Put a shard that no worker has seen in front of all others."""
        self._again.appendleft(shard)

    def lose(self, shard: Shard, why: str) -> list[tuple[Task, Outcome]]:
        """Take back a shard whose worker was lost, to be tried again.

        The second loss takes it apart, so that an article that kills its worker takes no other
        with it. The third one is an article's failure.

        Args:
            shard: What the worker had in hand.
            why: What happened to it, in a few words.

        Returns:
            The articles that are given up, each with its failure.
        """
        tries = shard.tries + 1
        if tries >= MOST_TRIES:
            error = EngineError(
                f"{tries} workers were lost over it, one after the other ({why})",
                "try it again with --retry-failed, with fewer workers on a machine",
            )
            return [(task, failed(task.article, error)) for task in shard.tasks]
        if tries < MOST_TRIES - 1:
            self._again.append(Shard(shard.tasks, tries))
        else:
            self._again.extend(Shard((task,), tries) for task in shard.tasks)
        return []


def next_size(size: int, articles: int, seconds: float, window: int) -> int:
    """Return how many articles a worker's next shard has.

    At most twice as many as before, and as many as take about ten seconds.

    Args:
        size: How many the last one was meant to have.
        articles: How many it had.
        seconds: What it took.
        window: The most that suit the models.

    >>> next_size(1, 1, 0.5, 32), next_size(16, 16, 20.0, 32), next_size(32, 32, 1.0, 32)
    (2, 8, 32)
    """
    wanted = int(articles * _SHARD_SECONDS / max(seconds, 0.001))
    return max(1, min(2 * size, window, wanted))
