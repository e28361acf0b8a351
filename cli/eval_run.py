"""``mujaz eval run`` and ``mujaz eval data``: systems over data sets, and which sets there are."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from .eval_options import (
    ManyValues,
    Resamples,
    ScoreFormat,
    ScoreFormatOption,
    Seed,
)
from .options import Sentences, is_quiet

if TYPE_CHECKING:
    from rich.progress import TaskID

    from mujaz.eval.run_table import Scored

RUN_EXAMPLE = (
    "Example: mujaz eval run --data easc:easc.jsonl --task summarize --systems extract instruct-1"
)
# Between two lines on how far a long run is, where there is no terminal for a bar.
_EVERY_SECONDS = 60.0
DATA_EXAMPLE = "Example: mujaz eval data --format json"


class TaskName(StrEnum):
    """What the systems do."""

    BRIEF = "brief"
    SUMMARIZE = "summarize"
    TRANSLATE = "translate"


class DataFormat(StrEnum):
    """How the known data are printed."""

    TEXT = "text"
    JSON = "json"


class RunValues(ManyValues):
    """Takes several systems, metrics and fields of references behind one option."""

    many: ClassVar[frozenset[str]] = frozenset(
        {"--systems", "--models", "--metrics", "--reference-field"}
    )


def run(
    ctx: typer.Context,
    data: Annotated[
        str,
        typer.Option(
            "--data", metavar="DATA", help="FILE.jsonl, or KIND:PATH; see `mujaz eval data`."
        ),
    ],
    task: Annotated[TaskName, typer.Option("--task", help="What the systems do.")],
    systems: Annotated[
        list[str] | None,
        typer.Option(
            "--systems",
            "--models",
            metavar="NAMES",
            help="summarize: lead-N, extract-N, oracle-N, instruct-N:MODEL, seq2seq-N:MODEL. "
            "translate: models. brief: chain-N:METHOD@MODEL, translate-then-extract-N@MODEL, "
            "translate-then-lead-N@MODEL. Number and model may be left out.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where the outputs go, a folder a system. Default: below eval-runs.",
        ),
    ] = None,
    sentences: Sentences = 3,
    every: Annotated[int, typer.Option(min=1, help="Take every so many-th row.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows, at most.")] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Run the baselines too.")
    ] = True,
    metrics: Annotated[
        list[str] | None,
        typer.Option("--metrics", metavar="NAMES", help="Metrics or groups. Default: by task."),
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which split, where there are several.")
    ] = None,
    text_field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Where the Arabic is.")
    ] = None,
    reference_field: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Where the references are.")
    ] = None,
    title_field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Where the headline is; '' for none.")
    ] = None,
    id_field: Annotated[str | None, typer.Option(metavar="FIELD", help="Where the id is.")] = None,
    domain_field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Where the domain is; '' for none.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Start over, whatever the folders hold.")
    ] = False,
    format_: ScoreFormatOption = ScoreFormat.TABLE,
    resamples: Resamples = 1000,
    seed: Seed = 12345,
) -> int:
    """Run systems over a data set, keep every output, and score them beside their baselines.

    A run that was broken off goes on where it ended; a row that fails is scored as empty.
    """
    from mujaz.eval.choices import choices
    from mujaz.eval.data import Columns, load_data
    from mujaz.eval.run import default_place, metrics_for, run_all, score_run
    from mujaz.eval.run_table import Scored, as_csv, as_json, as_markdown, as_table

    from .models import DownloadProgress

    quiet = is_quiet(ctx)
    say = _Speaker(quiet)
    fields = tuple(reference_field) if reference_field else None
    columns = Columns(text_field, fields, title_field, id_field, domain_field)
    loaded = load_data(data, split=split, columns=columns)
    wanted = choices(
        task.value,
        systems or (),
        sentences=sentences,
        baselines=baselines,
        references=bool(loaded.rows[0].references),
        settings=ctx.obj,
    )
    asked = metrics_for(task.value, loaded, metrics)
    place = output or default_place(loaded, task.value, text_field)
    if not loaded.rows[0].references:
        have = f" (it has {', '.join(loaded.fields)})" if loaded.fields else ""
        say.line(f"{data} has no references{have}: scored without any")
    if baselines and task is TaskName.TRANSLATE and len(wanted) == 1:
        say.line("a translation has no baseline here: name a second model beside it")
    finished = []
    with _RowBar(say) as bar:
        for one in run_all(
            wanted,
            loaded,
            place,
            every=every,
            limit=limit,
            force=force,
            settings=ctx.obj,
            progress=DownloadProgress(quiet),
            told=bar.told,
        ):
            kept = f", {one.kept} of them kept from before" if one.kept else ""
            say.line(f"{one.choice.name}: {len(one.rows)} rows{kept} → {one.folder}")
            bad = next((row for row in one.rows if row.error), None)
            if bad:
                typer.echo(
                    f"mujaz: {one.choice.name}: {one.failed} of {len(one.rows)} rows failed and "
                    f"are scored as empty; the first: {bad.id}: {bad.error}",
                    err=True,
                )
            finished.append(one)
    runs: list[Scored] = []
    for one in finished:
        empty = not any(row.hypothesis.strip() for row in one.rows)
        report = None if empty else score_run(one, asked, resamples, seed)
        for warning in report.warnings if report else ():
            say.line(f"{one.choice.name}: {warning}")
        runs.append(Scored(one, report))
    forms = {
        ScoreFormat.TABLE: as_table,
        ScoreFormat.MD: as_markdown,
        ScoreFormat.CSV: as_csv,
        ScoreFormat.JSON: as_json,
    }
    sys.stdout.write(forms[format_](runs) + "\n")
    failed = sum(one.failed for one in finished)
    return 0 if not failed else 1 if failed < sum(len(one.rows) for one in finished) else 2


def data(
    format_: Annotated[
        DataFormat, typer.Option("--format", "-f", help="How to print.")
    ] = DataFormat.TEXT,
) -> None:
    """List the data sets that are known: where each is to be had, its size and licence.

    Nothing is fetched. Give what you have fetched to `mujaz eval run --data KIND:PATH`.
    """
    from dataclasses import asdict

    from mujaz.eval.data_known import GENERAL, KNOWN

    if format_ is DataFormat.JSON:
        import json

        known = {"schema": "mujaz.eval-data/1", "data": [asdict(one) for one in KNOWN]}
        sys.stdout.write(json.dumps(known, ensure_ascii=False, indent=2) + "\n")
        return
    lines = []
    for one in KNOWN:
        lines += [
            f"{one.name}:PATH  {one.title}; for {one.task}",
            f"    what     {one.what}",
            f"    size     {one.size}",
            f"    licence  {one.licence}",
            f"    from     {one.source}",
            f"    PATH     {one.layout}",
            "",
        ]
    lines += [f"{form}  {what}" for form, what in GENERAL]
    sys.stdout.write("\n".join(lines) + "\n")


class _Speaker:
    """Says lines on standard error, unless asked to be quiet."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet

    def line(self, text: str) -> None:
        if not self.quiet:
            typer.echo(f"mujaz: {text}", err=True)


class _RowBar:
    """Shows how far each system is: a bar on a terminal, else a line now and then."""

    def __init__(self, say: _Speaker) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._say = say
        console = Console(stderr=True)  # obeys NO_COLOR
        self._terminal = console.is_terminal
        self._bar = Progress(
            console=console, disable=say.quiet or not self._terminal, transient=True
        )
        self._tasks: dict[str, TaskID] = {}
        self._said = time.monotonic()

    def __enter__(self) -> _RowBar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def told(self, name: str, done: int, of: int) -> None:
        if name not in self._tasks:
            self._bar.start()
            self._tasks[name] = self._bar.add_task(name, total=of)
        self._bar.update(self._tasks[name], completed=done)
        if not self._terminal and done < of and time.monotonic() - self._said > _EVERY_SECONDS:
            self._said = time.monotonic()
            self._say.line(f"{name}: {done} of {of} rows")
