"""What the verbs share: one recipe, outputs to standard output, or a job in a folder."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mujaz.batch.inputs import Unreadable
from mujaz.batch.recipe import Recipe, Verb
from mujaz.errors import OptionError

from .glossaries import own_glossary
from .inputs import Source, sources
from .options import Format, JobOptions, Runs, SummaryMethod, is_debugging, is_quiet

if TYPE_CHECKING:
    from mujaz.batch.worker import Worker


def recipe_of(
    ctx: typer.Context,
    verb: Verb,
    form: Format,
    job: JobOptions,
    *,
    sentences: int = 3,
    method: SummaryMethod = SummaryMethod.AUTO,
    summarizer: str = "auto",
    translator: str = "auto",
    glossary: Path | None = None,
    second: str = "none",
    strict: bool = False,
) -> Recipe:
    """Return what the options of a verb ask for.

    Raises:
        MujazError: A glossary cannot be read, or the verb has no such format.
    """
    if form is Format.HTML and verb != "brief":
        raise OptionError(f"mujaz {verb} writes no HTML", "use --format text, md or json")
    own = None
    if verb != "summarize":
        own = own_glossary(ctx.obj, glossary, usual=True, quiet=is_quiet(ctx))
    return Recipe(
        verb,
        form=form.value,
        sentences=sentences,
        method=method.value,
        summarizer=summarizer,
        translator=translator,
        glossary=own.pairs if own else (),
        second=second,
        strict=strict,
        text_field=job.text_field,
        id_field=job.id_field,
        title_field=job.title_field,
        cache=not job.no_cache,
    )


def work(
    ctx: typer.Context, recipe: Recipe, paths: Sequence[str], output: Path | None, job: JobOptions
) -> int:
    """Do what a verb asks for and return the exit code.

    Raises:
        MujazError: Nothing of it can be done.
    """
    if output is not None:
        from .job_run import work_as_job

        return work_as_job(ctx, recipe, paths, output, job)
    for name in ("retry_failed", "force", "dry_run", "events"):
        if getattr(job, name):
            option = f"--{name.replace('_', '-')}"
            raise OptionError(f"{option} is for jobs", "say where the outputs go with -o DIR")
    if job.runner is not Runs.LOCAL or job.address or job.workers:
        raise OptionError("--runner, --address and --workers are for jobs", "add -o DIR")
    if recipe.form == "same":
        raise OptionError("--format same is for jobs", "say where the outputs go with -o DIR")
    found = sources(paths, recipe, job)
    quiet = is_quiet(ctx)
    opened: list[Worker] = []

    def start() -> Worker:
        from mujaz.batch.worker import Worker

        from .models import DownloadProgress

        worker = Worker(recipe, ctx.obj, DownloadProgress(quiet))
        opened.append(worker)
        if not quiet:
            for note in worker.notes:
                typer.echo(note, err=True)
        return worker

    try:
        return print_outputs(found, recipe, start, quiet=quiet, debug=is_debugging(ctx))
    finally:
        for worker in opened:
            worker.close()


def print_outputs(
    found: Sequence[Source],
    recipe: Recipe,
    start: Callable[[], Worker],
    *,
    quiet: bool,
    debug: bool = False,
) -> int:
    """Print the output of each article; return the exit code: 0, 1 if some failed, 2 if all did.

    Args:
        found: The inputs.
        recipe: What to make of them.
        start: Loads the models. It is called once, when an article has been read: a wrong path
            costs no download and no load.
        quiet: Whether to print no warnings beside a summary or a translation.
        debug: Whether to show the tracebacks of failures.

    Raises:
        MujazError: The one article there is has failed, or no model can be had.
    """
    done = failed = 0
    one = len(found) == 1 and not found[0].is_rows
    worker: Worker | None = None
    for source in found:
        for article in source.read(recipe):
            if isinstance(article, Unreadable):
                if one:
                    raise article.error
                failed += 1
                _tell(article.error, source.name, debug)
                continue
            worker = worker or start()
            try:
                outcome = worker.make(article)
            except Exception as error:
                if one or isinstance(error, BrokenPipeError):
                    raise
                failed += 1
                _tell(error, source.name, debug)
                continue
            done += 1
            if recipe.verb != "brief" and recipe.form == "text" and not quiet:
                for line in outcome.warnings:
                    typer.echo(line, err=True)
            sys.stdout.write(f"{outcome.text if one else outcome.record}\n")
            sys.stdout.flush()
    if failed:
        rest = "the rest are done" if done else "nothing is done"
        typer.echo(f"mujaz: {failed} of {done + failed} articles failed; {rest}", err=True)
    return 0 if not failed else 1 if done else 2


def _tell(error: Exception, name: str, debug: bool) -> None:
    from mujaz.batch.worker import error_line

    if debug:
        traceback.print_exception(error)
    line = error_line(error)
    # An engine knows nothing of files.
    typer.echo(f"mujaz: {line if name in line else f'{name}: {line}'}", err=True)
