"""Folders that the ``datasets`` library saved, or that hold its files: arrow, parquet, JSON lines.

Nothing is fetched and no script of a data set is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mujaz.errors import InputError

from .data_lines import objects, one_split
from .data_row import Columns, Data, Row, row_of

_SAVED = "state.json"
_SPLITS = "dataset_dict.json"
_FILES = {".parquet", ".jsonl", ".json"}
_SHARD = re.compile(r"[-_.]?\d+(?:-of-\d+)?$")


def dataset(folder: Path, split: str | None, columns: Columns, spec: str) -> Data:
    """Read a data set in one of the layouts of ``datasets``.

    These are what ``save_to_disk`` writes, one set or several splits, and the hub's: parquet or
    JSON-lines files named after their split (``data/test-00000-of-00001.parquet``,
    ``test/0000.parquet``, ``test.jsonl``). Rows without an id field are numbered.

    Args:
        folder: The folder.
        split: Which split; may be left out when there is one.
        columns: The fields to take; ``text``, ``reference``, ``title``, ``id`` and ``domain`` where
            they are not named and there.
        spec: How the data were asked for.

    Raises:
        InputError: There is no data set in the folder, or not the split or fields asked for.
    """
    if (folder / _SAVED).exists():
        name, found = "", _saved(folder)
    elif (folder / _SPLITS).exists():
        parts = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{_SAVED}"))}
        name = one_split(parts, split, str(folder), f"SPLIT/{_SAVED}")
        found = _saved(parts[name])
    else:
        files = _files(folder)
        firsts = {label: paths[0] for label, paths in files.items()}
        name = one_split(firsts, split, str(folder), "SPLIT-*.parquet or SPLIT.jsonl")
        found = (fields for path in files[name] for fields in _rows(path))
    rows: list[Row] = []
    seen: dict[str, None] = {}
    for number, fields in enumerate(found, 1):
        numbered = {"row number": f"{name or 'row'}-{number:06d}", **fields}
        present = Columns(
            text="text",
            id="id" if "id" in fields else "row number",
            title="title" if "title" in fields else None,
            domain="domain" if "domain" in fields else None,
            references=next(((n,) for n in ("references", "reference") if n in fields), None),
        )
        rows.append(row_of(numbered, columns | present, f"{folder}, row {number}"))
        seen |= dict.fromkeys(fields)
    label = f"{folder.resolve().name}-{name}" if name else folder.resolve().name
    return Data(spec, label, tuple(rows), tuple(seen))


def _saved(folder: Path) -> Iterator[dict[str, Any]]:
    from datasets import load_from_disk

    try:
        yield from load_from_disk(str(folder))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder} cannot be read ({error})", "save it again") from error


def _files(folder: Path) -> dict[str, list[Path]]:
    """Return the data files by split, shards in order."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in _FILES and path.is_file() and not path.name.startswith(("dataset_", ".")):
            label = _SHARD.sub("", path.stem) or path.parent.name
            found.setdefault(label, []).append(path)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix != ".parquet":
        yield from (fields for _, fields in objects(path))
        return
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"{path} cannot be read ({error})", "fetch it again") from error
