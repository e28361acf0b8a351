"""Reading, running and writing at the same time: an iterator that runs ahead in a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

# How long a thread takes to see that nobody waits for it any more, in seconds.
_GLANCE = 0.1


class _End:
    """Behind the last item: what was raised, if anything was."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class Ahead(Generic[T]):
    """Runs an iterable in a thread of its own, at most ``size`` items ahead.

    Whatever it raises is raised where it is read. Close it when no more is wanted.

    Args:
        items: What to run.
        size: Items that may wait.
        name: The thread's name.
    """

    def __init__(self, items: Iterable[T], size: int, name: str) -> None:
        self._queue: Queue[T | _End] = Queue(size)
        self._closed = Event()
        # A daemon: a second Ctrl-C must not wait for a model.
        self._thread = Thread(target=self._run, args=(items,), name=name, daemon=True)
        self._thread.start()

    def _run(self, items: Iterable[T]) -> None:
        iterator = iter(items)
        end = _End()
        try:
            for item in iterator:
                if not self._put(item):
                    break
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is read
            end = _End(error)
        finally:
            # A generator's own clearing up happens in its own thread.
            close = getattr(iterator, "close", None)
            if close:
                close()
        self._put(end)

    def _put(self, item: T | _End) -> bool:
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=_GLANCE)
            except Full:
                continue
            return True
        return False

    def __iter__(self) -> Iterator[T]:
        while True:
            try:
                # A wait without an end would keep signals from the main thread on some systems.
                item = self._queue.get(timeout=_GLANCE)
            except Empty:
                continue
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item

    def close(self, wait: bool = True) -> None:
        """End the thread: at its next item, not in the middle of one.

        Args:
            wait: Return when it has ended.
        """
        self._closed.set()
        if wait:
            self._thread.join()
