"""What a job tells while it runs, for a bar, a log, or a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import msgspec


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The inputs have been looked at.

    Attributes:
        inputs: Files found.
        todo: Files to work on.
        articles: Articles in these; rows of tables are estimated.
        reasons: How many files are to be worked on for which reason: ``new``, ``unfinished``,
            ``changed``, ``settings``, ``missing``, ``failed``, ``forced``.
        done: Files that are done already.
        failed: Articles that failed before and are not tried again.
        gone: Files that are done and whose inputs are no longer there.
    """

    inputs: int
    todo: int
    articles: int
    reasons: dict[str, int]
    done: int
    failed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The models run.

    Attributes:
        models: One line per model.
    """

    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An article is done and its output on the disk.

    Attributes:
        input: Its file.
        id: Its row's id; empty for a document.
        output: The output, below the output folder.
        sentences: How many were written.
        warnings: How many stand in its record.
    """

    input: str
    id: str
    output: str
    sentences: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that an earlier run has done already.

    Attributes:
        output: Their output, below the output folder.
        rows: How many.
    """

    output: str
    rows: int


@dataclass(frozen=True, slots=True)
class Failed:
    """An article failed.

    Attributes:
        input: Its file.
        id: Its row's id; empty for a document.
        error: Why, in one line that names it.
        trace: The traceback, where there is one.
    """

    input: str
    id: str
    error: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over.

    Attributes:
        how: ``finished``, ``interrupted`` or ``stopped`` (by an error that concerns all).
        made: Articles done in this run.
        kept: Rows of unfinished files that an earlier run had done.
        failed: Articles that failed in this run.
        failed_before: Articles that failed before and were not tried again.
        left: Files that wait for the next run.
        sentences: Sentences written in this run.
        seconds: What it took.
    """

    how: Literal["finished", "interrupted", "stopped"]
    made: int
    kept: int
    failed: int
    failed_before: int
    left: int
    sentences: int
    seconds: float


Event = Surveyed | Loaded | Made | Kept | Failed | Ended
Tell = Callable[[Event], None]


def silent(_: Event) -> None:
    """Tell nobody."""


def as_json(event: Event) -> str:
    """Return an event as one line of JSON: its name under ``event``, then what it tells.

    >>> as_json(Loaded(("summary: lead",)))
    '{"event":"loaded","models":["summary: lead"]}'
    """
    name = type(event).__name__.lower()
    return msgspec.json.encode({"event": name, **msgspec.to_builtins(event)}).decode()
