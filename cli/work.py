"""The loop that the verbs share: each input by itself, a failure stops none of the others."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from mujaz.arabic import Article
from mujaz.errors import MujazError

from .inputs import Source, write_whole


def work(
    found: Sequence[Source],
    places: Sequence[Path | None],
    start: Callable[[], Callable[[Article], str]],
    *,
    quiet: bool,
    debug: bool = False,
) -> int:
    """Make each input's output and return the exit code: 0, 1 if some failed, 2 if all did.

    Args:
        found: The inputs.
        places: Where each output goes; ``None`` is standard output.
        start: Loads the models and returns what makes an output of an article. It is called once,
            when an article has been read: a wrong path costs no download and no load.
        quiet: Whether to say nothing of progress.
        debug: Whether to show the tracebacks of failures.

    Raises:
        MujazError: The one input there is has failed, no model can be had, or the outputs cannot be
            written.
    """
    failed = 0
    make: Callable[[Article], str] | None = None

    def skip(source: Source, error: Exception) -> None:
        nonlocal failed
        failed += 1
        if debug:
            traceback.print_exception(error)
        typer.echo(f"mujaz: {_line(error, source)}", err=True)

    for source, place in zip(found, places, strict=True):
        try:
            article = source.read()
        except MujazError as error:
            if len(found) == 1:
                raise
            skip(source, error)
            continue
        make = make or start()
        try:
            text = make(article)
        except Exception as error:
            if len(found) == 1 or isinstance(error, BrokenPipeError):
                raise
            skip(source, error)
            continue
        if place is None:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
        else:
            write_whole(place, f"{text}\n")
            if not quiet:
                typer.echo(f"{source.name} → {place}", err=True)
    if failed:
        rest = "the rest are done" if failed < len(found) else "nothing is done"
        typer.echo(f"mujaz: {failed} of {len(found)} inputs failed; {rest}", err=True)
    return 0 if not failed else 1 if failed < len(found) else 2


def _line(error: Exception, source: Source) -> str:
    """Return a failure in one line that names its input."""
    text = str(error)
    if not isinstance(error, MujazError):
        text = f"internal error: {type(error).__name__}: {text}; run again with --debug"
    # An engine knows nothing of files.
    return " ".join((text if source.name in text else f"{source.name}: {text}").split())
