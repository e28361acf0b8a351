"""The log of a training run: a row of numbers for each step, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mujaz.models.disk import write_atomically

LOG = "log.jsonl"
"""Name of the file in the folder of the run's checkpoint."""


def read_log(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the log at ``path``; none where there is no log.

    A last row that did not come whole is left out.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def cut_log(path: Path, step: int) -> None:
    """Drop the rows after ``step``: those of a killed run that its last checkpoint knows not of."""
    if path.is_file():
        kept = [row for row in read_log(path) if row["step"] <= step]
        write_atomically(path, "".join(map(_line, kept)))


def add_row(path: Path, row: Mapping[str, object]) -> None:
    """Append one row to the log at ``path``."""
    with path.open("a", encoding="utf-8") as file:
        file.write(_line(row))


def _line(row: Mapping[str, object]) -> str:
    return json.dumps(row) + "\n"
