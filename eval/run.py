"""Runs of systems over data: every output kept, resumable, then scored."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import mujaz
from mujaz.errors import InputError, MujazError, OptionError
from mujaz.models.disk import write_atomically
from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings

from .choices import Choice
from .data_known import Task
from .data_row import Data, Row
from .pipelines import Pipeline, decided, open_pipeline
from .run_folder import SCORES, OutputRow, Run, RunFolder, as_segments, failed, output_row

if TYPE_CHECKING:
    from .registry import Requested
    from .scoring import ScoreReport

METRICS: dict[Task, tuple[str, str]] = {
    "summarize": ("rouge:arabic", "length,repetition"),
    "translate": ("bleu,chrf", "similarity,preservation"),
    "brief": ("rouge:google,chrf,similarity", "similarity,preservation"),
}
"""What each task is scored by where no metric is named: with references, and without."""

Told = Callable[[str, int, int], None]
"""Told after every row: the system's name, how many rows are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A system's run over the chosen rows.

    Attributes:
        choice: The system.
        folder: Where its outputs are.
        rows: Its outputs, in the order of the data.
        kept: How many of them were there already.
        run: What made them.
    """

    choice: Choice
    folder: Path
    rows: tuple[OutputRow, ...]
    kept: int
    run: Run

    @property
    def failed(self) -> int:
        """Rows on which the system failed; they are scored as empty."""
        return sum(bool(row.error) for row in self.rows)

    @property
    def seconds(self) -> float:
        """Wall time of all rows together, without loading the models."""
        return sum(row.seconds for row in self.rows)

    @property
    def words(self) -> float:
        """Words of an output, on average over the rows that did not fail."""
        counts = [len(row.hypothesis.split()) for row in self.rows if not row.error]
        return sum(counts) / max(1, len(counts))


def run_all(
    choices: Sequence[Choice],
    data: Data,
    place: Path,
    *,
    every: int = 1,
    limit: int | None = None,
    force: bool = False,
    settings: Settings | None = None,
    progress: Progress = SILENT,
    told: Told = lambda _name, _done, _of: None,
) -> Iterator[Finished]:
    """Run systems over data, one after the other, each into its own folder below ``place``.

    Yields each system's run when it is finished.

    A row on which a system fails is kept with its error and stops no other. A run that is there
    already is continued: its rows are not made again, unless they failed.

    Args:
        choices: The systems.
        data: The data.
        place: Folder of the folders.
        every: Take every so many-th row.
        limit: Rows, at most.
        force: Start over, whatever the folders hold.
        settings: Where the models are, threads, device, network.
        progress: Told what is fetched.
        told: Told of every row.

    Raises:
        OptionError: A folder holds another run, or is being written.
        MujazError: A model cannot be had or loaded.
    """
    settings = settings or Settings.from_environment()
    rows = data.chosen(every=every, limit=limit)
    about = {"spec": data.spec, "rows": len(data.rows), "fingerprint": data.fingerprint}
    # All models first: a wrong name ends the work before it begins.
    runs = [
        Run(
            choice.name,
            choice.task,
            about,
            decided(choice, settings, progress),
            mujaz.__version__,
        )
        for choice in choices
    ]
    for choice, run in zip(choices, runs, strict=True):
        folder = RunFolder(place / choice.folder)
        with folder.locked():
            done = folder.begin(run, rows, force=force)
            made = _continue(choice, folder, rows, done, settings, progress, told)
        yield Finished(choice, folder.path, made, len(done), run)


def _continue(
    choice: Choice,
    folder: RunFolder,
    rows: Sequence[Row],
    done: Sequence[OutputRow],
    settings: Settings,
    progress: Progress,
    told: Told,
) -> tuple[OutputRow, ...]:
    """Make what is not done, and return all rows in the order of the data."""
    found = {row.id: row for row in done}
    left = [row for row in rows if row.id not in found]
    if left:
        pipeline = open_pipeline(choice, settings, progress)
        try:
            with folder.writer() as writer:
                for start in range(0, len(left), pipeline.window):
                    for made in _made(pipeline, left[start : start + pipeline.window]):
                        writer.append(made)
                        found[made.id] = made
                        told(choice.name, len(found), len(rows))
        finally:
            pipeline.close()
    return tuple(found[row.id] for row in rows)


def _made(pipeline: Pipeline, rows: Sequence[Row]) -> list[OutputRow]:
    """Return the outputs of some rows, whatever goes wrong in any of them."""
    began = time.perf_counter()
    try:
        outputs = pipeline.outputs(rows)
    except Exception as error:  # noqa: BLE001 - a fault of ours is that row's failure, kept with it
        if len(rows) > 1:
            return [made for row in rows for made in _made(pipeline, [row])]
        return [failed(rows[0], error, time.perf_counter() - began)]
    each = round((time.perf_counter() - began) / len(rows), 4)
    return [
        failed(row, output, each)
        if isinstance(output, MujazError)
        else output_row(row, output.hypothesis, {"seconds": each, **output.record})
        for row, output in zip(rows, outputs, strict=True)
    ]


def metrics_for(task: Task, data: Data, asked: Sequence[str] | None) -> Requested:
    """Return the metrics named, or those that suit the task and the data.

    Said before anything runs: a metric that could not score the outputs of hours is no use then.

    Raises:
        OptionError: A metric is unknown, or needs references, and there are none.
        InputError: The references are not in the language of the task's outputs.
    """
    from .registry import request
    from .script import is_arabic

    references = [text for row in data.rows for text in row.references]
    with_references, without = METRICS[task]
    made = request(asked or (with_references if references else without))
    for metric in made.named:
        if "references" in metric.needs and not references:
            raise OptionError(
                f"{metric.name} needs references, and {data.spec} has none",
                "name their field with --reference-field, or leave the metric out",
            )
    language = "Arabic" if task == "summarize" else "English"
    if references and is_arabic("\n".join(references)) != (language == "Arabic"):
        raise InputError(
            f"{data.spec}: the references are not in {language}, as outputs of {task} are",
            "choose another --task or --reference-field",
        )
    return made


def score_run(finished: Finished, metrics: Requested, resamples: int, seed: int) -> ScoreReport:
    """Score a run and keep the scores beside its outputs.

    Failed rows are scored as empty outputs and counted, never left out.

    Raises:
        InputError: The outputs cannot be scored by a metric, or are all empty.
    """
    from .scoring import score

    segments = as_segments(finished.rows)
    report = score(segments, metrics.named, resamples, seed, optional=metrics.optional)
    write_atomically(finished.folder / SCORES, report.to_json(indent=2) + "\n")
    return report


def default_place(data: Data, task: Task, text_field: str | None) -> Path:
    """Return where runs over ``data`` go when no folder is named: below ``eval-runs``."""
    name = "-".join(part for part in (data.name, text_field, task) if part)
    return Path("eval-runs") / re.sub(r"[^\w.+-]+", "-", name)
