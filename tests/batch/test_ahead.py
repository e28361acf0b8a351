"""Iterators that run ahead: in order, within bounds, and to an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from mujaz.batch.ahead import Ahead


def test_everything_comes_in_order() -> None:
    assert list(Ahead(range(1000), 3, "test")) == list(range(1000))


def test_it_runs_no_further_ahead_than_told() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    ahead = Ahead(items(), 4, "test")
    time.sleep(0.3)
    assert len(taken) == 5
    ahead.close()
    assert len(taken) == 5


def test_an_error_comes_where_it_is_read() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    ahead = iter(Ahead(items(), 4, "test"))
    assert next(ahead) == 1
    with pytest.raises(KeyError):
        next(ahead)


def test_it_clears_up_in_its_own_thread() -> None:
    cleared: list[str] = []

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            cleared.append(threading.current_thread().name)

    ahead = Ahead(items(), 1, "reader")
    next(iter(ahead))
    ahead.close()
    assert cleared == ["reader"]


def test_one_may_feed_another() -> None:
    first = Ahead(range(50), 2, "first")
    assert list(Ahead((n * n for n in first), 2, "second")) == [n * n for n in range(50)]
