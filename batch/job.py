"""A folder as a job that can be stopped, killed, resumed and repeated."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from threading import Event as Flag

from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .ahead import Ahead
from .events import Ended, Event, Failed, Kept, Loaded, Made, Surveyed, Tell, silent
from .index import foreign_index, is_own_index, write_index
from .manifest import Manifest
from .outputs import FOLDER, OutputError, Outputs, opened
from .reading import Reader
from .recipe import Recipe, pinned
from .runner import Done, LocalRunner, Runner
from .survey import Plan, Request, Survey
from .unreadable import legible
from .writer import Writer, recover

# Articles that wait for the worker, and batches that wait for the writer.
_READ_AHEAD = 64
_WRITE_BEHIND = 1


class Stop:
    """How a run is asked to end.

    Attributes:
        asked: Set it, and the articles in hand are the last.
        patient: Whether articles are in hand that are worth waiting for; while models are fetched
            or inputs looked at, nothing is lost by ending at once.
    """

    def __init__(self) -> None:
        self.asked = Flag()
        self.patient = False


@dataclass(slots=True)
class _Tally:
    """Counts what is told, and tells it on."""

    tell: Tell
    stop: Stop
    made: int = 0
    kept: int = 0
    failed: int = 0
    sentences: int = 0
    changed: bool = False

    def __call__(self, event: Event) -> None:
        match event:
            case Made():
                self.made += 1
                self.sentences += event.sentences
                self.changed = True
            case Kept():
                self.kept += event.rows
            case Failed():
                self.failed += 1
                self.changed = True
            case Loaded():
                self.stop.patient = True
        self.tell(event)


def run_job(
    request: Request,
    settings: Settings,
    *,
    runner: Runner | None = None,
    stop: Stop | None = None,
    tell: Tell = silent,
    progress: Progress = SILENT,
) -> Ended:
    """Do what is new, changed, unfinished or missing of a request; return how it ended.

    The manifest in the output folder is the one truth. A run that is killed loses the articles in
    hand; the next one goes on.

    Args:
        request: What to do.
        settings: Where the models are, threads, device, network.
        runner: Who makes outcomes of articles; one worker in this process by default.
        stop: To end the run early.
        tell: Is told what happens, from several threads.
        progress: Is told what is fetched.

    Raises:
        InputError: There is no input.
        OutputError: The output folder cannot be written, is in use, or holds something else.
        MujazError: A model cannot be had or loaded.
    """
    stop = stop or Stop()
    began = time.monotonic()
    with opened(request.output) as outputs:
        manifest = Manifest(request.output)
        try:
            tally = _Tally(tell, stop)
            job = _Job(request, settings, outputs, manifest, stop, tally, progress)
            return job.run(runner or LocalRunner(settings, progress), began)
        finally:
            manifest.close()


def plan_job(
    request: Request, settings: Settings, progress: Progress = SILENT
) -> Iterator[Plan | Surveyed]:
    """Yield what a run would do with each input, then the counts; change nothing.

    Raises:
        MujazError: As `run_job`.
    """
    with ExitStack() as stack:
        # What is there is locked: a survey and a run in one manifest would wait for each other.
        known = (request.output / FOLDER).exists()
        outputs = stack.enter_context(opened(request.output)) if known else Outputs(request.output)
        manifest = Manifest(request.output, memory=not known)
        stack.callback(manifest.close)
        stack.enter_context(manifest.together(undone=True))
        recipe = _claimed(request, manifest, outputs, settings, progress)
        survey = Survey(request, outputs, manifest, 0, recipe, rehearsal=True)
        yield from survey.plans()
        yield survey.counts


@dataclass(slots=True)
class _Job:
    """One run."""

    request: Request
    settings: Settings
    outputs: Outputs
    manifest: Manifest
    stop: Stop
    tally: _Tally
    progress: Progress

    def run(self, runner: Runner, began: float) -> Ended:
        recover(self.manifest, self.outputs)
        with self.manifest.together():
            recipe = _claimed(
                self.request, self.manifest, self.outputs, self.settings, self.progress
            )
            run = self.manifest.begin(_now(), self.request.command)
            survey = Survey(self.request, self.outputs, self.manifest, run, recipe)
            refused = [plan for plan in survey.plans() if plan.error]
        self.tally(survey.counts)
        for plan in refused:
            self.tally(Failed(plan.named, "", plan.error))
        how = "stopped"
        try:
            if survey.counts.todo:
                self._work(runner, run, recipe())
            left = self.manifest.left(run)
            # Whatever was not handed on waits: nothing does unless an end was asked for.
            how = "interrupted" if left else "finished"
            self._index()
        except KeyboardInterrupt:
            how = "interrupted"
            raise
        finally:
            self.manifest.end(run, _now(), how)
        ended = Ended(
            how="interrupted" if how == "interrupted" else "finished",
            made=self.tally.made,
            kept=self.tally.kept,
            failed=self.tally.failed,
            failed_before=survey.counts.failed,
            left=left,
            sentences=self.tally.sentences,
            seconds=time.monotonic() - began,
        )
        self.tally(ended)
        return ended

    def _work(self, runner: Runner, run: int, recipe: Recipe) -> None:
        """Read, make and write at the same time, until all is done or an end is asked for."""
        self.manifest.follow(run, recipe.digest, recipe.to_json())
        reader = Reader(
            self.request.output,
            recipe,
            run,
            self.stop.asked,
            retry_failed=self.request.retry_failed,
            force=self.request.force,
            standard=self.request.standard,
        )
        writer = Writer(self.outputs, self.manifest, recipe, self.tally)
        steps = Ahead(reader.steps(), _READ_AHEAD, "mujaz-reader")
        done: Ahead[list[Done]] = Ahead(
            runner.run(recipe, steps, self.stop.asked, self.tally), _WRITE_BEHIND, "mujaz-worker"
        )
        wait = True
        try:
            for batch in done:
                writer.write(batch)
        except KeyboardInterrupt:
            wait = False
            raise
        finally:
            # No model takes another article, whatever ended the loop.
            self.stop.asked.set()
            done.close(wait)
            steps.close(wait)
            writer.close()

    def _index(self) -> None:
        if "done" not in self.manifest.counts():
            return
        if self.tally.changed or not is_own_index(self.manifest, self.outputs):
            write_index(self.manifest, self.outputs)


def _claimed(
    request: Request,
    manifest: Manifest,
    outputs: Outputs,
    settings: Settings,
    progress: Progress,
) -> Callable[[], Recipe]:
    """Make the folder this job's own, and return what finds the recipe's models, once.

    Raises:
        OutputError: It belongs to another verb, or has an index that is not a job's.
    """
    folder, verb = legible(request.output), manifest.get("verb")
    if verb not in ("", request.recipe.verb):
        if "done" in manifest.counts():
            raise OutputError(
                f"{folder} holds the outputs of `mujaz {verb}`", "choose another -o DIR"
            )
        manifest.clear()
    foreign = "" if request.force else foreign_index(manifest, outputs)
    if foreign:
        raise OutputError(
            f"{folder} has an {foreign} that is not of this job",
            "move it away, choose another -o DIR, or use --force",
        )
    manifest.set("verb", request.recipe.verb)
    return cache(lambda: pinned(request.recipe, settings, progress))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
