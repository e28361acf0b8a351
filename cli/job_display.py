"""A job's progress on standard error: a bar on a terminal, lines in a log, JSON for programs."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec
import typer

from mujaz.batch.events import Ended, Event, Failed, Kept, Loaded, Made, Surveyed, as_json
from mujaz.batch.recipe import Verb
from mujaz.batch.unreadable import legible

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# In a log, a line this often, in seconds; and each output by name up to so many.
_LINE_EVERY = 60.0
_MOST_NAMED = 20

_THINGS = {"brief": "brief", "summarize": "summary", "translate": "translation"}


def display_for(verb: Verb, output: Path, *, events: bool, quiet: bool, debug: bool) -> Display:
    """Return what shows a job here."""
    if events:
        return JsonLines(verb, output, quiet=quiet, debug=debug)
    if sys.stderr.isatty() and not quiet:
        return Bar(verb, output, quiet=quiet, debug=debug)
    return Display(verb, output, quiet=quiet, debug=debug)


class Display:
    """Lines in a log: failures as they come, and where the job stands once a minute.

    Args:
        verb: What is made.
        output: The output folder.
        quiet: Say nothing but errors.
        debug: Show the tracebacks of failures.

    Attributes:
        surveyed: What was found at the beginning.
    """

    waiting = "mujaz: finishing the articles in hand; Ctrl-C again ends at once\n"
    """What is said when an end has been asked for."""

    def __init__(self, verb: Verb, output: Path, *, quiet: bool, debug: bool) -> None:
        self.surveyed = Surveyed(0, 0, 0, {}, 0, 0, 0)
        self._verb, self._output, self._quiet, self._debug = verb, output, quiet, debug
        self._done = self._failed = self._sentences = 0
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def tell(self, event: Event) -> None:
        """Take an event; from any thread."""
        match event:
            case Surveyed():
                self.surveyed = event
                if event.done or event.gone:
                    self._say(_found(event))
            case Loaded():
                for model in event.models:
                    self._say(model)
                self._began = self._said = time.monotonic()
            case Made():
                self._done += 1
                self._sentences += event.sentences
                if self.surveyed.articles <= _MOST_NAMED and not event.id:
                    self._say(f"{event.input} → {legible(self._output / event.output)}")
            case Kept():
                self._done += event.rows
            case Failed():
                self._failed += 1
                if self._debug and event.trace:
                    self._line(event.trace.rstrip())
                self._line(f"mujaz: {event.error}")
            case Ended():
                self._ended(event)
        self._step(event)

    def _step(self, event: Event) -> None:
        """Show where the job stands, if it is time to."""
        now = time.monotonic()
        if isinstance(event, Made | Failed) and now - self._said >= _LINE_EVERY:
            self._said = now
            took = max(now - self._began, 0.001)
            done = self._done + self._failed
            total = max(self.surveyed.articles, done)
            left = (total - done) * took / max(done, 1)
            self._say(
                f"{done:,} of {total:,} articles, {_rate(self._sentences / took)} sentences/s, "
                f"{_clock(left)} left, {self._failed:,} failed"
            )

    def _ended(self, event: Ended) -> None:
        if event.how == "interrupted":
            return
        if event.made and (self.surveyed.articles > _MOST_NAMED or self.surveyed.inputs > 1):
            thing = _THINGS[self._verb]
            several = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
            count = f"{event.made:,} {thing if event.made == 1 else several}"
            index = legible(self._output / "index.html")
            self._say(f"{count} in {_clock(event.seconds)}; see {index}")
        alone = self.surveyed.inputs == 1 and event.made == 0 and event.failed <= 1
        if event.failed and not alone:
            rest = "the rest are done" if event.made or self.surveyed.done else "nothing is done"
            self._line(f"mujaz: {_articles(event.failed)} failed; {rest}")
        if event.failed_before:
            again = "--retry-failed tries them again"
            self._line(f"mujaz: {_articles(event.failed_before)} failed before; {again}")

    def interrupted(self, event: Ended, *, forced: bool) -> None:
        """Say how an interrupted run goes on."""
        how = "without --force " if forced else ""
        self._line(
            f"mujaz: interrupted; what was done is kept ({event.left:,} inputs left); "
            f"run the same command again {how}to go on"
        )

    def error(self, text: str) -> None:
        """Say that the run is over for ``text``."""
        self._line(f"mujaz: {text}")

    def _say(self, line: str) -> None:
        if not self._quiet:
            self._line(line)

    def _line(self, line: str) -> None:
        typer.echo(line, err=True)


class Bar(Display):
    """A bar with articles, sentences a second, time left and failures, and lines above it."""

    _bar: Progress
    _task: TaskID | None = None

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[failed]}", markup=False),
            console=Console(stderr=True),  # obeys NO_COLOR
            transient=True,
        )
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def _step(self, event: Event) -> None:
        if isinstance(event, Surveyed) and event.todo:
            self._task = self._bar.add_task("", total=event.articles, rate="", failed="")
        elif self._task is not None and isinstance(event, Made | Kept | Failed):
            took = max(time.monotonic() - self._began, 0.001)
            done = self._done + self._failed
            self._bar.update(
                self._task,
                completed=done,
                total=max(self.surveyed.articles, done),
                rate=f"{_rate(self._sentences / took)} sentences/s",
                failed=f"{self._failed:,} failed" if self._failed else "",
            )

    def _line(self, line: str) -> None:
        self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)


class JsonLines(Display):
    """Every event as one line of JSON, and nothing else."""

    waiting = '{"event":"stopping"}\n'

    def tell(self, event: Event) -> None:
        """Take an event; from any thread."""
        if isinstance(event, Surveyed):
            self.surveyed = event
        self._line(as_json(event))

    def interrupted(self, event: Ended, *, forced: bool) -> None:
        """Say nothing: the event has said it."""

    def error(self, text: str) -> None:
        """Say that the run is over for ``text``."""
        self._line(msgspec.json.encode({"event": "error", "error": text}).decode())


def _found(event: Surveyed) -> str:
    told = f"{event.todo:,} of {event.inputs:,} inputs to do, {event.done:,} done already"
    if event.gone:
        told += f"; {event.gone:,} inputs are gone, and their outputs left"
    return told


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _clock(seconds: float) -> str:
    """Return a span of time for a reader.

    >>> _clock(3.2), _clock(75), _clock(7260)
    ('3 s', '1:15 min', '2:01 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes}:{rest:02} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02} h"


def _rate(value: float) -> str:
    """Return a rate with two digits that say something: 12.3, 0.031."""
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"
