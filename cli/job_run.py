"""A verb with ``-o DIR``: a job that can be stopped, killed, resumed and repeated."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from mujaz.batch.events import Ended, Surveyed
from mujaz.batch.job import Stop, plan_job, run_job
from mujaz.batch.recipe import Recipe
from mujaz.batch.runner import Runner
from mujaz.batch.survey import Plan, Request
from mujaz.batch.unreadable import legible
from mujaz.errors import MujazError, OptionError
from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .inputs import given_paths, read_standard_input
from .job_display import Display, JsonLines, display_for
from .models import DownloadProgress
from .options import JobOptions, Runs, is_debugging, is_quiet


def work_as_job(
    ctx: typer.Context, recipe: Recipe, paths: Sequence[str], output: Path, options: JobOptions
) -> int:
    """Work through the inputs and return the exit code: 0, 1, 2 or 130.

    Raises:
        MujazError: There is no input, no model can be had, or the folder cannot be written.
    """
    roots, standard = given_paths(paths)
    request = Request(
        roots=tuple(roots),
        output=output,
        recipe=recipe,
        include=tuple(options.include or ()),
        exclude=tuple(options.exclude or ()),
        retry_failed=options.retry_failed,
        force=options.force,
        standard=read_standard_input() if standard else None,
        command=legible(shlex.join(["mujaz", *sys.argv[1:]])),
    )
    quiet = is_quiet(ctx)
    progress = SILENT if options.events else DownloadProgress(quiet)
    if options.dry_run:
        return _rehearse(plan_job(request, ctx.obj, progress), output)
    runner = _runner(options, ctx.obj, progress)
    display = display_for(
        recipe.verb, output, events=options.events, quiet=quiet, debug=is_debugging(ctx)
    )
    stop = Stop()
    try:
        with _ending(stop, display), display:
            ended = run_job(
                request,
                ctx.obj,
                runner=runner,
                stop=stop,
                tell=display.tell,
                progress=progress,
            )
    except KeyboardInterrupt:
        return _left(display)
    except MujazError as error:
        if isinstance(display, JsonLines):
            display.error(str(error))
            return error.exit_code
        raise
    if ended.how == "interrupted":
        display.interrupted(ended, forced=options.force)
        return 130
    return exit_code(ended, display.surveyed)


def _runner(options: JobOptions, settings: Settings, progress: Progress) -> Runner | None:
    """Return who does the work, ``None`` for a worker in this process.

    Raises:
        OptionError: An option of Ray's was given without it.
    """
    if options.runner is Runs.RAY:
        from mujaz.batch.ray_runner import RayRunner

        return RayRunner(settings, progress, address=options.address, workers=options.workers)
    for name in ("address", "workers"):
        if getattr(options, name):
            raise OptionError(f"--{name} is for Ray", "add --runner ray")
    return None


def exit_code(ended: Ended, surveyed: Surveyed) -> int:
    """Return 0 if all is done, 1 if some articles failed, 2 if all did."""
    if not ended.failed and not ended.failed_before:
        return 0
    return 1 if ended.made or surveyed.done or ended.kept else 2


def _rehearse(plans: Iterator[Plan | Surveyed], output: Path) -> int:
    """Print what a run would do, one input a line."""
    failed = False
    for plan in plans:
        if isinstance(plan, Surveyed):
            told = f"{plan.todo:,} of {plan.inputs:,} inputs to do, {plan.done:,} done already"
            if plan.failed:
                told += f"; {plan.failed:,} failed before (--retry-failed tries them again)"
            typer.echo(told, err=True)
        elif plan.error:
            failed = True
            typer.echo(f"mujaz: {plan.error}", err=True)
        elif plan.reason:
            typer.echo(f"{plan.reason}: {legible(plan.named)} → {legible(output / plan.output)}")
    return 1 if failed else 0


@contextmanager
def _ending(stop: Stop, display: Display) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the run after the articles in hand; the second time at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        if stop.asked.is_set() or not stop.patient:
            raise KeyboardInterrupt
        stop.asked.set()
        # Not through Python's buffers: the signal may have come in the middle of a write.
        os.write(2, display.waiting.encode())

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _left(display: Display) -> int:
    """End at once, whatever the worker is doing, and return the exit code."""
    display.error("interrupted; what was done is kept; run the same command again to go on")
    if any(thread.name == "mujaz-worker" for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        # Python would wait for, or crash on, a thread inside a model.
        os._exit(130)
    return 130
