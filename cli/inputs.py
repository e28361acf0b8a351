"""Inputs and outputs of the verbs: paths, folders and standard input in; files or stdout out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mujaz.arabic import Article, arabic_share, article_from_text, decode, read_article
from mujaz.errors import InputError, OptionError
from mujaz.summarize.summary import LEAST_ARABIC

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
            InputError: It cannot be read as one, or is not in Arabic.
        """
        if self.path:
            article = read_article(self.path)
            # A name in another encoding than the system's cannot stand in a record as it is.
            id, origin = _legible(article.id), _legible(article.origin)
            article = replace(article, id=id, origin=origin)
        else:
            if sys.stdin is None:
                raise InputError("standard input is closed", "name a file, or pipe an article in")
            raw = sys.stdin.buffer.read()
            article = article_from_text(decode(raw, STDIN), id="stdin", origin=STDIN)
        if arabic_share(article.text) < LEAST_ARABIC:
            raise InputError(f"{self.name} is not in Arabic", "give an Arabic article")
        return article


def sources(paths: Sequence[str], output: Path | None, *, lines: bool = False) -> list[Source]:
    """Return the inputs that ``paths`` name; none named means standard input.

    A folder stands for the ``.txt`` files in it, in a stable order; hidden ones, and those of the
    output folder, are left out.

    Args:
        paths: Files, folders, or ``-``.
        output: Folder of the outputs.
        lines: Whether several outputs may go to standard output, one a line.

    Raises:
        OptionError: Standard input is a terminal or named twice, or there is a folder or several
            inputs and no output folder, or that folder is a file.
        InputError: A path does not exist, or a folder holds no ``.txt`` file.
    """
    given = list(paths) or [STDIN]
    if given.count(STDIN) > 1:
        raise OptionError("standard input is named twice", "name it once")
    if STDIN in given and sys.stdin is not None and sys.stdin.isatty():
        raise OptionError("no input", "name a file, or pipe an article in")
    if output is not None and output.exists() and not output.is_dir():
        raise OptionError(f"{output} is not a folder", "choose another -o DIR")
    found: list[Source] = []
    folders = 0
    for name in given:
        path = Path(name)
        if name == STDIN:
            found.append(Source(None, Path("stdin")))
        elif name and _is(path, Path.is_dir):
            found += _folder(path, output)
            folders += 1
        elif name and _is(path, Path.exists):
            found.append(Source(path, Path(path.stem)))
        else:
            raise InputError(f"{_shortened(name)}: no such file", "check the path")
    if output is None and not lines and (len(found) > 1 or folders):
        what = "a folder" if folders else f"{len(found)} inputs"
        raise OptionError(f"{what} and one output", "say where the outputs go with -o DIR")
    return _apart(found)


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Ask ``kind`` of ``path``; a name that the system cannot even look up is no file's."""
    try:
        return kind(path)
    except (OSError, ValueError):
        return False


def _shortened(name: str) -> str:
    """Return a path as an error names it; an article given in a path's place is cut."""
    line = " ".join(name.split())
    return repr(line) if len(line) < 1 else line if len(line) <= 200 else f"{line[:60]}…"


def _legible(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _folder(folder: Path, output: Path | None) -> list[Source]:
    own = output.resolve() if output else None
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".txt"
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not (own and own != folder.resolve() and own in path.resolve().parents)
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


def outputs(found: Sequence[Source], output: Path | None, suffix: str) -> list[Path | None]:
    """Return where each input's output goes; ``None`` is standard output.

    Raises:
        OptionError: An output would overwrite an input.
    """
    if output is None:
        return [None] * len(found)
    inputs = {source.path.resolve() for source in found if source.path}
    places: list[Path | None] = []
    for source in found:
        place = output / source.place.with_name(source.place.name + suffix)
        if place.resolve() in inputs:
            raise OptionError(f"{place}: the output would overwrite it", "choose another -o DIR")
        places.append(place)
    return places
