"""``mujaz jobs``: where a job stands."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .models import ListFormat, print_out

if TYPE_CHECKING:
    from mujaz.batch.status import Status

EXAMPLE = "Example: mujaz jobs briefs/"

# More failures than these are named by --failed, and by --format json.
_MOST_FAILURES = 10


def jobs(
    output: Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of a job.")],
    failed: Annotated[bool, typer.Option("--failed", help="Name all that failed.")] = False,
    format_: Annotated[
        ListFormat, typer.Option("--format", "-f", help="How to print.")
    ] = ListFormat.TEXT,
) -> int:
    """Show where a job stands: what is done, what failed and why, how to go on."""
    from mujaz.batch.status import status_of

    as_json = format_ is ListFormat.JSON
    status = status_of(output, None if failed or as_json else _MOST_FAILURES)
    if as_json:
        print_out(status.to_json(indent=2))
    else:
        print_out("\n".join(_lines(status)))
    return 0


def _lines(status: Status) -> list[str]:
    lines = [f"{status.output}: mujaz {status.verb}"]
    if status.recipe and status.recipe.models:
        lines.append(f"models   {', '.join(model.split()[0] for model in status.recipe.models)}")
    lines.append(f"done     {status.done:,}")
    lines.append(f"failed   {status.failed:,}")
    if status.waiting:
        rows = f" ({status.rows:,} rows of them done)" if status.rows else ""
        lines.append(f"waiting  {status.waiting:,} inputs{rows}")
    if status.missing:
        lines.append(f"missing  {status.missing:,} outputs; the next run makes them again")
    if status.gone:
        lines.append(f"gone     {status.gone:,} inputs; their outputs are left")
    if status.run:
        how = "running now" if status.running else status.run.how or "killed"
        ended = f", ended {status.run.ended}" if status.run.ended else ""
        lines.append(f"last run {how}; began {status.run.started}{ended}")
        if status.waiting and not status.running:
            lines.append(f"go on    {status.run.command}")
    if status.failures:
        lines += ["", *(f"✗ {failure.error}" for failure in status.failures)]
        if status.failed > len(status.failures):
            more = status.failed - len(status.failures)
            lines.append(
                f"… and {more:,} more; see mujaz jobs {shlex.quote(status.output)} --failed"
            )
    return lines
