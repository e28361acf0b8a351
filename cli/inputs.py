"""Inputs of the verbs: paths, folders and standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mujaz.arabic import Article, arabic_share, article_from_text, decode
from mujaz.batch.inputs import Unreadable, is_rows, read_input
from mujaz.batch.recipe import Recipe
from mujaz.batch.unreadable import legible
from mujaz.batch.walk import DOCUMENTS, SUBTITLES, walk
from mujaz.errors import InputError, OptionError
from mujaz.summarize.summary import LEAST_ARABIC

from .options import JobOptions

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input whose output goes to standard output.

    Attributes:
        path: The file, or ``None`` for standard input.
        problem: Why it cannot be read, if that is known already.
    """

    path: Path | None
    problem: str | None = None

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return legible(self.path) if self.path else "standard input"

    @property
    def is_rows(self) -> bool:
        """Whether it holds many articles."""
        return self.path is not None and is_rows(self.path)

    def read(self, recipe: Recipe) -> Iterator[Article | Unreadable]:
        """Yield its articles, and what cannot be read as one."""
        if self.problem:
            yield Unreadable(self.name, InputError(self.problem))
        elif self.path is None:
            yield read_standard_input()
        else:
            yield from read_input(
                self.path,
                text_field=recipe.text_field,
                id_field=recipe.id_field,
                title_field=recipe.title_field,
            )


def given_paths(paths: Sequence[str]) -> tuple[list[Path], bool]:
    """Return the files and folders that ``paths`` name, and whether standard input is read.

    None named means standard input.

    Raises:
        OptionError: Standard input is a terminal, or named twice.
        InputError: A path does not exist.
    """
    given = list(paths) or [STDIN]
    if given.count(STDIN) > 1:
        raise OptionError("standard input is named twice", "name it once")
    if STDIN in given and sys.stdin is not None and sys.stdin.isatty():
        raise OptionError("no input", "name a file, or pipe an article in")
    found = []
    for name in given:
        if name == STDIN:
            continue
        path = Path(name)
        if not (name and _is(path, Path.exists)) and not _is(path, Path.is_symlink):
            raise InputError(f"{_shortened(name)}: no such file", "check the path")
        found.append(path)
    return found, STDIN in given


def sources(paths: Sequence[str], recipe: Recipe, options: JobOptions) -> list[Source]:
    """Return the inputs whose outputs go to standard output, in order.

    Raises:
        OptionError: There is more than one output, and they are not lines of JSON.
        InputError: A path does not exist, or a folder holds no article.
    """
    given, standard = given_paths(paths)
    found = [Source(None)] if standard else []
    suffixes = (*DOCUMENTS, *(SUBTITLES if recipe.verb == "translate" else ()))
    folders = 0
    for path in given:
        if not path.is_dir():
            found.append(Source(path))
            continue
        folders += 1
        include, exclude = options.include or (), options.exclude or ()
        inside = [
            Source(item.path, item.problem)
            for item in walk([path], include=include, exclude=exclude, suffixes=suffixes)
        ]
        if not inside:
            raise InputError(f"{legible(path)}: no article in this folder", "check the path")
        found += inside
    many = len(found) > 1 or folders or found[0].is_rows
    if many and recipe.form != "json":
        what = "a folder" if folders else f"{len(found)} inputs"
        if len(found) == 1 and not folders:
            what = f"{found[0].name} with many articles"
        raise OptionError(f"{what} and one output", "say where the outputs go with -o DIR")
    return found


def read_standard_input() -> Article | Unreadable:
    """Return the article on standard input, or why there is none."""
    try:
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file, or pipe an article in")
        text = decode(sys.stdin.buffer.read(), STDIN)
        article = article_from_text(text, id="stdin", origin=STDIN)
        if arabic_share(article.text) < LEAST_ARABIC:
            raise InputError("standard input is not in Arabic", "give an Arabic article")
    except InputError as error:
        return Unreadable("stdin", error)
    return article


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Ask ``kind`` of ``path``; a name that the system cannot even look up is no file's."""
    try:
        return kind(path)
    except (OSError, ValueError):
        return False


def _shortened(name: str) -> str:
    """Return a path as an error names it; an article given in a path's place is cut."""
    line = " ".join(legible(name).split())
    return repr(line) if len(line) < 1 else line if len(line) <= 200 else f"{line[:60]}…"
