"""Inputs and outputs of the verbs: paths, folders and standard input in; files or stdout out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mujaz.arabic import Article, article_from_text, decode, read_article

from mujaz.errors import InputError, OptionError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    Attributes:
        path: The file, or ``None`` for standard input.
        place: Where its output goes below the output folder, without a suffix.
    """

    path: Path | None
    place: Path

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return str(self.path) if self.path else "standard input"

    def read(self) -> Article:
        """Return the article.

        Raises:
            InputError: It cannot be read as one.
        """
        if self.path:
            return read_article(self.path)
        return article_from_text(decode(sys.stdin.buffer.read(), STDIN), id="stdin", origin=STDIN)


def sources(paths: Sequence[str], output: Path | None) -> list[Source]:
    """Return the inputs that ``paths`` name; none named means standard input.

    A folder stands for the ``.txt`` files in it, in a stable order, hidden ones left out.

    Raises:
        OptionError: Standard input is a terminal, or several inputs have no output folder.
        InputError: A path does not exist, or a folder holds no ``.txt`` file.
    """
    given = list(paths) or [STDIN]
    if STDIN in given and sys.stdin.isatty():
        raise OptionError("no input", "name a file, or pipe an article in")
    found: list[Source] = []
    for path in given:
        if path == STDIN:
            found.append(Source(None, Path("stdin")))
        elif Path(path).is_dir():
            found += _folder(Path(path))
        elif Path(path).exists():
            found.append(Source(Path(path), Path(Path(path).stem)))
        else:
            raise InputError(f"{path}: no such file", "check the path")
    if len(found) > 1 and output is None:
        raise OptionError(f"{len(found)} inputs", "say where the outputs go with -o DIR")
    return _apart(found)


def _folder(folder: Path) -> list[Source]:
    files = sorted(
        path
        for path in folder.rglob("*.txt")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not files:
        raise InputError(f"{folder}: no .txt file in this folder", "check the path")
    return [Source(path, path.relative_to(folder).with_suffix("")) for path in files]


def _apart(found: list[Source]) -> list[Source]:
    """Give inputs of the same name places of their own: news, news-2, news-3."""
    taken: set[str] = set()
    result = []
    for source in found:
        place, number = source.place, 2
        while str(place).casefold() in taken:
            place = source.place.with_name(f"{source.place.name}-{number}")
            number += 1
        taken.add(str(place).casefold())
        result.append(Source(source.path, place))
    return result


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` under a temporary name, then rename, so that no half file is ever left.

    Raises:
        OptionError: The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".mujaz-", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OptionError(
            f"{path}: cannot be written ({error.strerror})", "choose another -o DIR"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def outputs(found: Sequence[Source], output: Path | None, suffix: str) -> Iterator[Path | None]:
    """Yield where each input's output goes; ``None`` is standard output."""
    for source in found:
        if output is None:
            yield None
        else:
            yield output / source.place.with_name(source.place.name + suffix)
