"""Many articles through one translator: the segments of a window of them go in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from mujaz.errors import MujazError

from .translation import Segment, Translation

Item = TypeVar("Item")
Result = TypeVar("Result")
Translate = Callable[[Sequence[Segment]], list[Translation]]


class Prepared(Protocol):
    """What is left of an article's work once its segments are translated."""

    @property
    def segments(self) -> Sequence[Segment]:
        """What is to be translated, in order."""
        ...


Work = TypeVar("Work", bound=Prepared)


def in_windows(
    items: Iterable[Item],
    size: int,
    prepare: Callable[[Item], Work],
    translate: Translate,
    finish: Callable[[Work, list[Translation]], Result],
) -> Iterator[Result | MujazError]:
    """Prepare, translate and finish ``items``; yield a result or an error for each, in order.

    A failing item yields its error and stops no other. Where a window's one call of ``translate``
    fails, its items are translated one by one, so that the error falls on the item it belongs to.

    Args:
        items: What to work on; read a window at a time.
        size: Items of a window.
        prepare: Reads one item and finds its segments.
        translate: Translates the segments of a window.
        finish: Makes the result of one item.
    """
    rest = iter(items)
    while window := list(islice(rest, size)):
        works = [_tried(prepare, item) for item in window]
        yield from _results(works, translate, finish)


def _results(
    works: Sequence[Work | MujazError],
    translate: Translate,
    finish: Callable[[Work, list[Translation]], Result],
) -> Iterator[Result | MujazError]:
    good = [work for work in works if not isinstance(work, MujazError)]
    together = _tried(translate, [segment for work in good for segment in work.segments])
    rest = iter(together if isinstance(together, list) else ())
    for work in works:
        if isinstance(work, MujazError):
            yield work
            continue
        made: list[Translation] | MujazError
        if isinstance(together, list):
            made = list(islice(rest, len(work.segments)))
        else:
            made = together if len(good) == 1 else _tried(translate, work.segments)
        if isinstance(made, MujazError):
            yield made
        else:
            yield _tried(lambda pair: finish(*pair), (work, made))


def _tried(call: Callable[[Item], Result], argument: Item) -> Result | MujazError:
    """Return what ``call`` gives, or the error that it raises, a bug's as a `MujazError` too."""
    try:
        return call(argument)
    except MujazError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a bug met in one article must not end a long job
        what = f"internal error: {type(error).__name__}: {error}"
        failure = MujazError(what, "run again with --debug and report it")
        failure.__cause__ = error
        return failure
