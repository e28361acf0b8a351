"""Data for evaluation: one way in for every format."""

from __future__ import annotations

from pathlib import Path

from mujaz.errors import InputError, OptionError

from .data_known import KNOWN, KnownData, Task
from .data_lines import easc, plain, xlsum
from .data_parallel import flores, ntrex
from .data_row import Columns, Data, Row
from .data_tables import dataset

__all__ = ["KNOWN", "Columns", "Data", "KnownData", "Row", "Task", "load_data"]

FORMATS = ("xlsum", "easc", "flores", "ntrex", "datasets")
"""What may stand before the path: ``xlsum:PATH``. Without one it is a file of JSON lines."""

# These formats have one Arabic and one English side, so there is nothing to choose.
_PARALLEL = ("flores", "ntrex")
_FOLDERS = ("flores", "ntrex", "datasets")
_WITH_SPLITS = ("xlsum", "flores", "datasets")


def load_data(spec: str, *, split: str | None = None, columns: Columns | None = None) -> Data:
    """Read a data set from this machine; nothing is fetched.

    Args:
        spec: A file of JSON lines, or a format of :data:`FORMATS`, a colon and a path.
        split: Which split, where the path holds several.
        columns: The fields to take, where they are not the format's own.

    Raises:
        InputError: It cannot be read as that.
        OptionError: The format has no splits or no fields, and one is named.
    """
    columns = columns or Columns()
    format_, _, rest = spec.partition(":")
    known = format_ in FORMATS and not Path(spec).exists()
    path = Path(rest if known else spec).expanduser()
    if split and (not known or format_ not in _WITH_SPLITS):
        raise OptionError(f"--split {split}: {spec} has no splits", "leave it out")
    if known and format_ in _PARALLEL and columns != Columns():
        raise OptionError(f"{spec} has no fields to choose among", "leave out the field options")
    if not path.exists():
        raise InputError(f"{path}: no such file or folder", "see `mujaz eval data`")
    if known and format_ in _FOLDERS and not path.is_dir():
        raise InputError(f"{path} is a file", f"{format_}: takes a folder")
    if not known and path.is_dir():
        raise InputError(
            f"{path} is a folder", f"say of which kind: {', '.join(f'{f}:DIR' for f in FORMATS)}"
        )
    match format_ if known else "":
        case "xlsum":
            return xlsum(path, split, columns, spec)
        case "easc":
            return easc(path, columns, spec)
        case "flores":
            return flores(path, split, spec)
        case "ntrex":
            return ntrex(path, spec)
        case "datasets":
            return dataset(path, split, columns, spec)
        case _:
            return plain(path, columns, spec)
