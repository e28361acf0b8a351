"""``mujaz eval compare``: systems side by side, and the page that shows where they differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .eval_options import (
    Metrics,
    References,
    Resamples,
    ScoreFormat,
    ScoreFormatOption,
    Seed,
    Sources,
)
from .options import is_quiet

COMPARE_EXAMPLE = (
    "Example: mujaz eval compare a.en b.en --ref reference.en --src source.ar -o REPORT"
)


def compare(
    ctx: typer.Context,
    systems: Annotated[
        list[str],
        typer.Argument(metavar="SYSTEM", help="Run folders or files of outputs; two or more."),
    ],
    ref: References = None,
    src: Sources = None,
    metrics: Metrics = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for report.html and plots."),
    ] = None,
    format_: ScoreFormatOption = ScoreFormat.TABLE,
    resamples: Resamples = 1000,
    trials: Annotated[
        int, typer.Option("--trials", help="Of approximate randomisation, 40 or more.")
    ] = 10_000,
    seed: Seed = 12345,
) -> None:
    """Compare systems with the first: intervals, significance, a report to read.

    The report is one page, report.html, that needs no network.
    """
    from mujaz.eval.comparison import contest
    from mujaz.eval.registry import Requested, request
    from mujaz.eval.registry import metrics as by_name
    from mujaz.eval.standings_table import as_csv, as_markdown, as_table
    from mujaz.eval.systems import read_systems

    asked = request(metrics) if metrics else Requested(by_name("bleu,chrf"), by_name("rouge"))
    field = read_systems(systems, ref or (), src)
    found = contest(field, asked.named, asked.optional, resamples, seed, trials)
    standings, quiet = found.standings, is_quiet(ctx)
    if not quiet:
        for line in standings.warnings:
            typer.echo(f"mujaz: {line}", err=True)
    if output:
        from mujaz.eval.report import write_report

        page = write_report(found, output)
        if not quiet:
            typer.echo(f"mujaz: the report is {page}", err=True)
    if format_ is ScoreFormat.JSON:
        shown = standings.to_json(indent=2)
    else:
        forms = {ScoreFormat.TABLE: as_table, ScoreFormat.MD: as_markdown, ScoreFormat.CSV: as_csv}
        shown = forms[format_](standings)
    sys.stdout.write(shown + "\n")
