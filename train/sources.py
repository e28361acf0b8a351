"""Sentence pairs as they come: one a line, Arabic, tab, English, in ``.tsv.xz`` files."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from mujaz.errors import InputError

from .config import Config

ENDING = ".tsv.xz"


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file.

    ``str.splitlines`` would also cut at characters that stand inside sentences, such as U+2028.

    Raises:
        OSError: It cannot be read.
        UnicodeDecodeError: It is not UTF-8.
    """
    with path.open(encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


class Pair(NamedTuple):
    """One sentence in two languages.

    Attributes:
        origin: Name of its file.
        arabic: The source.
        english: The translation.
    """

    origin: str
    arabic: str
    english: str


def read_pairs(config: Config) -> Iterator[Pair]:
    """Yield the pairs of every file that is not left out; people's before machines'.

    Of two alike the first is kept later, so the better ones come first.

    Raises:
        InputError: The folder has no such files, or one is broken.
        OptionError: A file is not in the configuration.
    """
    folder = Path(config.prepare.data)
    names = [path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}")]
    if not names:
        raise InputError(f"{folder} holds no *{ENDING}", "give the folder of the sentence pairs")
    rank = {"people": 0, "machine": 1, "names": 2}
    origins = sorted((config.origin(name) for name in names), key=lambda o: (rank[o.made], o.name))
    for origin in origins:
        if origin.weight > 0 and not {origin.name, origin.made} & set(config.prepare.leave_out):
            yield from _of_file(folder / f"{origin.name}{ENDING}", config.prepare.limit)


def _of_file(path: Path, limit: int) -> Iterator[Pair]:
    name = path.name.removesuffix(ENDING)
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in islice(file, limit or None):
                arabic, _, english = line.rstrip("\n").partition("\t")
                yield Pair(name, arabic, english)
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error})", "fetch the file again") from error
