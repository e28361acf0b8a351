"""Where a job stands, as its manifest says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mujaz.errors import InputError
from mujaz.record import to_json

from .entry import Entry
from .manifest import FILE, Item, Manifest, Run
from .outputs import FOLDER, is_locked
from .recipe import Recipe
from .unreadable import legible

SCHEMA = "mujaz.job/1"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that failed.

    Attributes:
        input: Its file.
        error: Why, in one line with the next step.
    """

    input: str
    error: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a job stands.

    Attributes:
        output: The output folder.
        verb: What it makes.
        running: Whether a run is working on it now.
        done: Articles that are done.
        failed: Articles that failed.
        waiting: Inputs that wait.
        rows: Rows done of inputs that wait.
        gone: Inputs that are done and are no longer there.
        missing: Outputs that are no longer there; the next run makes them again.
        recipe: What was followed last; ``None`` before anything was worked on.
        run: The latest run.
        failures: What failed.
    """

    output: str
    verb: str
    running: bool
    done: int
    failed: int
    waiting: int
    rows: int
    gone: int
    missing: int
    recipe: Recipe | None
    run: Run | None
    failures: tuple[Failure, ...]

    def to_json(self, *, indent: int = 0) -> str:
        """Return JSON of schema ``mujaz.job/1``."""
        return to_json(self, SCHEMA, indent=indent)


def status_of(folder: Path, most_failures: int | None = None) -> Status:
    """Return where the job in ``folder`` stands; nothing is changed.

    Args:
        folder: Its output folder.
        most_failures: How many failures to name; all by default.

    Raises:
        InputError: There is no job in it.
        OutputError: Its manifest cannot be read.
    """
    if not (folder / FOLDER / FILE).is_file():
        raise InputError(
            f"{legible(folder)}: no job in this folder", "name the folder that -o DIR named"
        )
    manifest = Manifest(folder, readonly=True)
    try:
        return _status(folder, manifest, most_failures)
    finally:
        manifest.close()


def _status(folder: Path, manifest: Manifest, most: int | None) -> Status:
    run = manifest.last_run()
    record = manifest.last_recipe()
    counts = {"done": 0, "failed": 0, "waiting": 0, "rows": 0, "gone": 0, "missing": 0}
    failures: list[Failure] = []
    for item in manifest.each():
        if item.state == "done":
            counts["done"] += item.rows - item.rows_failed
            counts["failed"] += item.rows_failed
            counts["gone"] += item.input != "-" and not os.path.lexists(item.input)
            counts["missing"] += not (folder / item.output).exists()
        elif item.state == "failed":
            counts["failed"] += 1
        else:
            counts["waiting"] += 1
            part = manifest.last_part(item.output)
            counts["rows"] += manifest.count_rows(item.output, part) if part else 0
        if (item.state == "failed" or item.rows_failed) and item.state != "pending":
            room = most - len(failures) if most is not None else None
            failures += _failures(manifest, item, room)
    return Status(
        output=legible(folder),
        verb=manifest.get("verb"),
        running=is_locked(folder),
        recipe=Recipe.from_json(record) if record else None,
        run=run,
        failures=tuple(failures),
        **counts,
    )


def _failures(manifest: Manifest, item: Item, most: int | None) -> list[Failure]:
    if most == 0:
        return []
    name = item.called
    if item.state == "failed":
        return [Failure(name, item.error)]
    entries = manifest.failed_entries(item.output, most)
    return [Failure(name, Entry.from_json(entry).error) for entry in entries]
