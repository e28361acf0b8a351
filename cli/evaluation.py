"""``mujaz eval``: how good outputs are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from . import eval_compare, eval_run
from .eval_options import (
    ManyValues,
    Metrics,
    References,
    Resamples,
    ScoreFormat,
    ScoreFormatOption,
    Seed,
    Sources,
)
from .options import is_quiet

app = typer.Typer(
    help="Score outputs, run data sets, compare systems.",
    no_args_is_help=True,
)


class CompareValues(ManyValues):
    """Takes one file behind ``--ref``: a system that is read as a reference would be silent."""

    many: ClassVar[frozenset[str]] = frozenset({"--metrics"})


SCORE_EXAMPLE = "Example: mujaz eval score --hyp system.en --ref reference.en --metrics bleu chrf"


@app.command("score", cls=ManyValues, epilog=SCORE_EXAMPLE)
def score(
    ctx: typer.Context,
    hyp: Annotated[
        str, typer.Option("--hyp", metavar="FILE", help="Outputs: a file, a run's folder, or -.")
    ],
    ref: References = None,
    src: Sources = None,
    metrics: Metrics = None,
    documents: Annotated[
        Path | None,
        typer.Option("--documents", metavar="FILE", help="Each segment's document, to pool them."),
    ] = None,
    format_: ScoreFormatOption = ScoreFormat.TABLE,
    resamples: Resamples = 1000,
    seed: Seed = 12345,
) -> None:
    """Score one system's outputs, with 95% intervals and signatures.

    Files hold one segment a line, or JSON lines with ids, in UTF-8.
    """
    from mujaz.eval.documents import pooled
    from mujaz.eval.registry import Requested, request
    from mujaz.eval.registry import metrics as by_name
    from mujaz.eval.score_table import as_csv, as_markdown, as_table
    from mujaz.eval.scoring import score as score_segments
    from mujaz.eval.segments import read_column, read_segments

    asked = request(metrics) if metrics else Requested(by_name("bleu,chrf"), by_name("rouge"))
    reading = read_segments(hyp, ref or (), src)
    segments, unit = reading.segments, "segment"
    if documents:
        segments = pooled(segments, read_column(documents, "document", segments))
        unit = "document"
    report = score_segments(
        segments, asked.named, resamples, seed, optional=asked.optional, unit=unit
    )
    if not is_quiet(ctx):
        for line in (*reading.notes, *report.warnings):
            typer.echo(f"mujaz: {line}", err=True)
    if format_ is ScoreFormat.JSON:
        text = report.to_json(indent=2)
    else:
        forms = {ScoreFormat.TABLE: as_table, ScoreFormat.MD: as_markdown, ScoreFormat.CSV: as_csv}
        text = forms[format_](report)
    sys.stdout.write(text + "\n")


app.command("run", cls=eval_run.RunValues, epilog=eval_run.RUN_EXAMPLE)(eval_run.run)
app.command("compare", cls=CompareValues, epilog=eval_compare.COMPARE_EXAMPLE)(eval_compare.compare)
app.command("data", epilog=eval_run.DATA_EXAMPLE)(eval_run.data)
