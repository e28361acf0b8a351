"""The writing side of a job: outcomes to files and to the manifest, in an order that survives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import mujaz
from mujaz.brief import Brief
from mujaz.errors import MujazError
from mujaz.translate.document import Document

from .entry import entry_of
from .events import Event, Failed, Kept, Made, Tell
from .manifest import Item, Manifest
from .outputs import OutputError, Outputs, Staged
from .recipe import Recipe
from .rendering import rendered
from .rows_output import RowsOutput, drop_parts, row_line
from .runner import Done
from .steps import Closed, Copied, Opened, Refused, Task
from .worker import Outcome, error_line


class Writer:
    """Writes what the worker made.

    Each output is written whole under a temporary name; the manifest then says that it is coming,
    it is renamed, and the manifest says that it is done. A run that dies in between leaves a whole
    output that the next one recognises by its hash (`recover`).

    Args:
        outputs: The output folder.
        manifest: The job's manifest.
        recipe: What was made.
        tell: Told of every article.
    """

    def __init__(self, outputs: Outputs, manifest: Manifest, recipe: Recipe, tell: Tell) -> None:
        self._outputs, self._manifest, self._recipe, self._tell = outputs, manifest, recipe, tell
        self._rows: dict[str, RowsOutput] = {}

    def write(self, batch: Sequence[Done]) -> None:
        """Write the outcomes of a batch.

        Raises:
            OutputError: Nothing can be written any more.
        """
        ready: list[tuple[Item, Staged, Made]] = []
        failures: list[tuple[Item, Failed]] = []
        told: list[Event] = []
        kept: Counter[str] = Counter()
        for step, outcome in batch:
            match step:
                case Task(row=None):
                    assert outcome
                    item = self._item(step.output, step.content)
                    try:
                        ready.append(self._staged(item, step, outcome))
                    except OutputError:
                        raise
                    except MujazError as error:
                        failures.append(_failure(item, outcome, error_line(error)))
                case Refused(row=None):
                    item = self._item(step.output, step.content)
                    refused = Outcome(step.id, error=step.error)
                    failures.append(_failure(item, refused, step.error))
                case Opened():
                    kept[step.output] += step.kept
                    self._rows[step.output] = RowsOutput(
                        self._outputs, self._manifest, step.output, step.part, step.kept
                    )
                case Copied():
                    row = step.row
                    kept[step.output] += 1
                    target = self._rows[step.output]
                    target.put(step.number, row.key, row.failed, row.entry, row)
                case Closed():
                    self._rows[step.output].end = step.rows
                    self._rows[step.output].content = step.content
                case _:
                    told.append(self._row(step, outcome))
        with self._manifest.together():
            self._manifest.put(*(item for item, _ in failures))
            for rows in self._rows.values():
                rows.commit()
        told += [Kept(output, count) for output, count in kept.items() if count]
        told += [failed for _, failed in failures]
        told += self._publish(ready)
        for output in [o for o, rows in self._rows.items() if rows.complete]:
            told += self._finish(self._rows.pop(output))
        for event in told:
            self._tell(event)

    def close(self) -> None:
        """Close the files of rows that are not complete; they are gone on with another time."""
        for rows in self._rows.values():
            rows.close()

    def _item(self, output: str, content: str) -> Item:
        item = self._manifest.find(output)
        assert item, f"{output} is not in the manifest"
        made = datetime.now(UTC).isoformat(timespec="seconds")
        return replace(
            item, content=content, recipe=self._recipe.digest, version=mujaz.__version__, made=made
        )

    def _staged(self, item: Item, task: Task, outcome: Outcome) -> tuple[Item, Staged, Made]:
        """Return a document's item, its output on the disk, and what to tell.

        Raises:
            MujazError: The article failed, or its output cannot be made.
        """
        if outcome.error:
            raise MujazError(outcome.error)
        content = output_bytes(outcome, item, self._recipe)
        staged = self._outputs.stage(item.output, content)
        item = replace(
            item,
            state="writing",
            error="",
            coming=staged.sha256,
            size=staged.size,
            rows=1,
            rows_failed=0,
            entry=entry_of(outcome).to_json(),
        )
        name = item.called
        told = Made(name, "", item.output, outcome.sentences, len(outcome.warnings))
        return item, staged, told

    def _row(self, step: Task | Refused, outcome: Outcome | None) -> Made | Failed:
        """Take a row of an input of many articles; return what to tell."""
        assert step.row is not None
        if isinstance(step, Refused):
            outcome = Outcome(step.id, error=step.error)
        assert outcome
        id = step.article.id if isinstance(step, Task) else step.id
        origin = step.article.origin if isinstance(step, Task) else ""
        error = _naming(outcome.error, origin) if outcome.error else ""
        self._rows[step.output].put(
            step.row,
            step.key,
            bool(error),
            replace(entry_of(outcome), error=error).to_json(),
            row_line(id, outcome.record, error),
        )
        item = self._manifest.find(step.output)
        name = item.called if item else step.output
        if error:
            return Failed(name, id, error, outcome.trace)
        return Made(name, id, step.output, outcome.sentences, len(outcome.warnings))

    def _publish(self, ready: Sequence[tuple[Item, Staged, Made]]) -> list[Made | Failed]:
        """Rename complete outputs to their places; return what to tell."""
        if not ready:
            return []
        with self._manifest.together():
            self._manifest.put(*(item for item, _, _ in ready))
        problems = [self._outputs.publish(staged) for _, staged, _ in ready]
        told: list[Made | Failed] = []
        with self._manifest.together():
            for (item, staged, made), problem in zip(ready, problems, strict=True):
                if problem:
                    staged.temporary.unlink(missing_ok=True)
                    # Nothing is wrong with the input: it is tried again without being asked.
                    item, failure = _failure(
                        replace(item, content="", coming=""), Outcome(item.place), problem
                    )
                    told.append(failure)
                else:
                    item = replace(item, state="done", sha256=item.coming, coming="")
                    told.append(made)
                self._manifest.put(item)
        return told

    def _finish(self, rows: RowsOutput) -> list[Made | Failed]:
        """Bring a complete file of rows to its place; return what to tell."""
        item = self._item(rows.output, rows.content)
        name = item.called
        if not rows.content:
            rows.close()
            error = f"{name} changed while it was read; run it again"
            item, failure = _failure(replace(item, content=""), Outcome(item.place), error)
            self._manifest.put(item)
            return [failure]
        staged = rows.staged()
        failed = self._manifest.count_failed_rows(rows.output, rows.part)
        item = replace(
            item,
            state="writing",
            error="",
            coming=staged.sha256,
            size=staged.size,
            rows=rows.next,
            rows_failed=failed,
            entry="",
        )
        self._manifest.put(item)
        problem = self._outputs.publish(staged)
        if problem:
            item, failure = _failure(
                replace(item, content="", coming=""), Outcome(item.place), problem
            )
            self._manifest.put(item)
            return [failure]
        finish_rows(self._manifest, self._outputs.folder, item, rows.part)
        return []


def finish_rows(manifest: Manifest, folder: Path, item: Item, part: int) -> None:
    """Take the file of rows that has come to its place for done, and delete older ones."""
    with manifest.together():
        manifest.publish_rows(item.output, part)
        manifest.put(replace(item, state="done", sha256=item.coming, coming=""))
    drop_parts(folder, item.output)


def recover(manifest: Manifest, outputs: Outputs) -> None:
    """Settle what a killed run was renaming: what has come is done, the rest waits again."""
    for item in manifest.items("writing"):
        come = outputs.sha256(item.output) == item.coming
        if not come:
            manifest.put(replace(item, state="pending", coming=""))
        elif part := manifest.last_part(item.output):
            finish_rows(manifest, outputs.folder, item, part)
        else:
            manifest.put(replace(item, state="done", sha256=item.coming, coming=""))


def output_bytes(outcome: Outcome, item: Item, recipe: Recipe) -> bytes:
    """Return a document's output.

    Raises:
        MujazError: It cannot be made of this input.
    """
    text = outcome.text
    if recipe.form == "same":
        suffix = Path(item.output).suffix
        record = (
            Brief.from_json(outcome.record)
            if recipe.verb == "brief"
            else Document.from_json(outcome.record)
            if recipe.verb == "translate"
            else None
        )
        if suffix == ".docx" and record:
            from .word import word_output

            return word_output(Path(item.named), record)
        if suffix == ".srt" and isinstance(record, Document):
            from .subtitles import subtitle_output

            text = subtitle_output(Path(item.named), record)
        elif suffix == ".md" and record:
            text = rendered(record, "md")
    return f"{text.rstrip()}\n".encode("utf-8", "replace")


def _failure(item: Item, outcome: Outcome, error: str) -> tuple[Item, Failed]:
    """Return a failed input's item, and what to tell."""
    name = item.called
    error = _naming(error, name)
    entry = replace(entry_of(outcome), error=error)
    item = replace(item, state="failed", error=error, rows_failed=item.rows, entry=entry.to_json())
    return item, Failed(name, "", error, outcome.trace)


def _naming(error: str, name: str) -> str:
    """Return ``error`` so that it names its input; an engine knows nothing of files."""
    return error if not name or name in error else f"{name}: {error}"
