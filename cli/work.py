"""The loop that the verbs share: each input by itself, a failure stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import typer
from mujaz.arabic import Article

from mujaz.errors import EngineError, InputError, MujazError

from .inputs import Source, outputs, write_whole


def work(
    found: Sequence[Source],
    output: Path | None,
    suffix: str,
    make: Callable[[Article], str],
    *,
    quiet: bool,
) -> int:
    """Make each input's output and return the exit code.

    Args:
        found: The inputs.
        output: Folder of the outputs; ``None`` prints the one output.
        suffix: Of the output files, with its dot.
        make: From article to output.
        quiet: Whether to say nothing of progress.

    Raises:
        MujazError: The one input there is has failed, or the outputs cannot be written.
    """
    failed = 0
    for source, place in zip(found, outputs(found, output, suffix), strict=True):
        try:
            text = make(source.read())
        except (InputError, EngineError) as error:
            if len(found) == 1:
                raise
            failed += 1
            typer.echo(f"mujaz: {_line(error)}", err=True)
            continue
        if place is None:
            typer.echo(text)
        else:
            write_whole(place, text + "\n")
            if not quiet:
                typer.echo(f"{source.name} → {place}", err=True)
    if failed:
        typer.echo(f"mujaz: {failed} of {len(found)} inputs failed; the rest are done", err=True)
    return 1 if failed else 0


def _line(error: MujazError) -> str:
    return " ".join(str(error).split())
