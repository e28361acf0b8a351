"""Folders to inputs: a walk in a stable order that tells what it could not enter and goes on."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mujaz.errors import InputError

from .patterns import Patterns
from .places import Shelf
from .unreadable import legible

DOCUMENTS = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf",
    ".jsonl", ".ndjson", ".csv", ".tsv",
)  # fmt: skip
"""Suffixes of what is read as articles."""

SUBTITLES = (".srt",)
"""Suffixes of what is translated, but is no article."""

# What may well hold an article, but not in a form that can be read: listed, not passed over.
_UNREAD = {
    ".doc": ("an old Word document", "save it as .docx"),
    ".docm": ("a Word document with macros", "save it as .docx"),
    ".rtf": ("an RTF document", "save it as .docx or .txt"),
    ".odt": ("an OpenDocument text", "save it as .docx"),
    ".pages": ("a Pages document", "export it as .docx"),
    ".epub": ("an e-book", "export its text as .txt"),
    ".mht": ("a web archive", "save the page as .html"),
    ".mhtml": ("a web archive", "save the page as .html"),
    ".webarchive": ("a web archive", "save the page as .html"),
    ".xls": ("a spreadsheet", "save it as .csv"),
    ".xlsx": ("a spreadsheet", "save it as .csv"),
    ".zip": ("an archive", "unpack it first"),
    ".gz": ("an archive", "unpack it first"),
    ".7z": ("an archive", "unpack it first"),
    ".rar": ("an archive", "unpack it first"),
    ".tar": ("an archive", "unpack it first"),
}
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)
_LEAVE_OUT = "leave it out with --exclude"


@dataclass(frozen=True, slots=True)
class Found:
    """One input of a walk.

    Attributes:
        path: The file, or the folder that could not be entered.
        place: Where its output goes below the output folder, without a suffix.
        problem: Why it cannot be read, and the next step, in one line; ``None`` if nothing is
            known to be wrong with it.
    """

    path: Path
    place: PurePosixPath
    problem: str | None = None


Recorded = Callable[[Path], PurePosixPath | None]


def walk(
    roots: Sequence[Path],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    output: Path | None = None,
    suffixes: Sequence[str] = DOCUMENTS,
    recorded: Recorded | None = None,
) -> Iterator[Found]:
    """Return the inputs under ``roots``, sorted by name, folder by folder.

    A single folder's tree is mirrored directly below the output folder; of several roots, each
    folder's under its own name. A file among the roots is an input whatever it is called.

    Left out without a word: hidden files and folders, Word's lock files (``~$…``), the folders that
    browsers save beside a page (``page_files``), the output folder, links to folders that are
    walked anyhow, and files of other kinds than ``suffixes``. Documents of kinds that cannot be
    read (``.doc``, ``.zip``) are found with a problem; so are unreadable folders, pipes, sockets
    and devices, and links that lead nowhere or out of the roots.

    Args:
        roots: Folders and files.
        include: Globs; with them, only what fits one is an input, whatever its suffix.
        exclude: Globs of what is left out; a folder with all that is below it.
        output: The output folder.
        suffixes: Kinds of files to take.
        recorded: Tells the place that an earlier run gave a path, which it then keeps.

    Raises:
        InputError: A root does not exist.
    """
    for root in roots:
        try:
            root.stat()
        except (OSError, ValueError) as error:
            raise InputError(f"{legible(root)}: {_reason(error)}", "check the path") from error
    return _Walk(roots, include, exclude, output, suffixes, recorded).run()


class _Walk:
    """One walk: what to take, and where it has been."""

    def __init__(
        self,
        roots: Sequence[Path],
        include: Sequence[str],
        exclude: Sequence[str],
        output: Path | None,
        suffixes: Sequence[str],
        recorded: Recorded | None,
    ) -> None:
        self.roots = _distinct(roots)
        self.bounds = [root.resolve() for root in self.roots if root.is_dir()]
        self.include, self.exclude = Patterns(include), Patterns(exclude)
        own = output.resolve() if output else None
        # Where the outputs go among the inputs, they cannot be told apart by their folder.
        self.output = own if own not in self.bounds else None
        self.suffixes = frozenset(suffixes)
        self.recorded = recorded or (lambda _path: None)

    def run(self) -> Iterator[Found]:
        top = Shelf(PurePosixPath())
        if len(self.roots) == 1 and self.bounds:
            yield from self._tree(self.roots[0], top)
            return
        for root in self.roots:
            for place in filter(None, [self.recorded(root)]):
                top.keep(place)
        for root in self.roots:
            name = root.name if root.name not in ("", "..") else root.resolve().name
            if root.is_dir():
                yield from self._tree(root, Shelf(top.folder(name or "root")))
            else:
                problem = _problem_of(root, root.stat().st_mode)
                yield Found(root, self.recorded(root) or top.file(name), problem)

    def _tree(self, root: Path, shelf: Shelf) -> Iterator[Found]:
        """Walk one folder; a stack of iterators, since trees may be deeper than recursion goes."""
        stack = [self._folder(root, root, shelf)]
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
            elif isinstance(found, Found):
                yield found
            else:
                stack.append(self._folder(root, *found))

    def _folder(
        self, root: Path, folder: Path, shelf: Shelf
    ) -> Iterator[Found | tuple[Path, Shelf]]:
        """Yield the inputs of one folder, and each folder in it with its shelf."""
        try:
            with os.scandir(folder) as entries:
                # Names alone: a flat folder may hold a million files.
                modes = {entry.name: _mode(entry) for entry in entries if _is_shown(entry.name)}
        except OSError as error:
            name = legible(folder)
            where = shelf.place if shelf.place.name else shelf.file(folder.name)
            yield Found(folder, where, f"{name}: {_reason(error)}; {_step(error)}")
            return
        below = PurePosixPath(*folder.parts[len(root.parts) :])
        names = sorted(modes, key=os.fsencode)
        for name in names:
            for place in filter(None, [self.recorded(folder / name)]):
                shelf.keep(place)
        for name in names:
            path, mode = folder / name, modes[name]
            if self.exclude.match(below / name):
                continue
            if stat.S_ISDIR(mode):
                if not self._is_passed_over(path, modes):
                    yield path, Shelf(shelf.folder(name))
                continue
            problem = None
            if stat.S_ISLNK(mode):
                mode, problem = self._linked(path)
                if stat.S_ISDIR(mode) and problem is None:
                    continue
            if not self._is_wanted(below / name, link_to_folder=stat.S_ISDIR(mode)):
                continue
            problem = problem or _problem_of(path, mode)
            yield Found(path, self.recorded(path) or shelf.file(name), problem)

    def _is_passed_over(self, path: Path, modes: dict[str, int]) -> bool:
        """Return whether a folder is the output, or what a browser saved beside a page."""
        if path.name.endswith(("_files", ".files", "_الملفات", "_ملفات")):
            page = path.name.removesuffix(".files").rpartition("_")[0] or path.stem
            if any(f"{page}{suffix}" in modes for suffix in (".html", ".htm", ".xhtml")):
                return True
        return self.output is not None and path.resolve() == self.output

    def _is_wanted(self, below: PurePosixPath, *, link_to_folder: bool) -> bool:
        if self.include:
            return self.include.match_any(below)
        suffix = below.suffix.lower()
        return link_to_folder or suffix in self.suffixes or suffix in _UNREAD

    def _linked(self, path: Path) -> tuple[int, str | None]:
        """Return the mode of a link's target, and why it is not followed."""
        name = legible(path)
        try:
            mode = path.stat().st_mode
            target = path.resolve()
        except (OSError, RuntimeError) as error:
            loops = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
            why = "is a link that leads back to itself" if loops else "is a link to nothing"
            if not loops and isinstance(error, OSError) and error.errno != errno.ENOENT:
                why = f"is a link that cannot be followed ({_reason(error)})"
            return stat.S_IFREG, f"{name} {why}; remove it, or {_LEAVE_OUT}"
        if any(target == bound or bound in target.parents for bound in self.bounds):
            return mode, None
        step = f"name {legible(target)} as an input of its own, or {_LEAVE_OUT}"
        return mode, f"{name} is a link that leaves the folder, and is not followed; {step}"


def _problem_of(path: Path, mode: int) -> str | None:
    """Return why what is at ``path`` cannot be read, as far as its kind and name tell."""
    for is_kind, kind in _KINDS:
        if is_kind(mode):
            return f"{legible(path)} is {kind}, not a file; {_LEAVE_OUT}"
    if path.suffix.lower() in _UNREAD:
        kind, step = _UNREAD[path.suffix.lower()]
        return f"{legible(path)} is {kind}, which cannot be read; {step}, or {_LEAVE_OUT}"
    return None


def _distinct(roots: Sequence[Path]) -> list[Path]:
    """Return the roots without those that are named twice, or that another one holds."""
    kept: list[tuple[Path, Path]] = []
    folders = {root.resolve() for root in roots if root.is_dir()}
    for root in roots:
        real = root.resolve()
        if real not in (seen for _, seen in kept) and (
            not folders.intersection(real.parents) or not root.is_dir()
        ):
            kept.append((root, real))
    return [root for root, _ in kept]


def _is_shown(name: str) -> bool:
    return not name.startswith((".", "~$"))


def _mode(entry: os.DirEntry[str]) -> int:
    """Return an entry's kind; what cannot be asked counts as a file, and fails when it is read."""
    try:
        if entry.is_symlink():
            return stat.S_IFLNK
        if entry.is_dir(follow_symlinks=False):
            return stat.S_IFDIR
        if entry.is_file(follow_symlinks=False):
            return stat.S_IFREG
        return entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return stat.S_IFREG


def _reason(error: OSError | ValueError | RuntimeError) -> str:
    """Return what the system said, in the words of this program."""
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM):
        return "no permission to read it"
    if number == errno.ENAMETOOLONG:
        return "nested too deeply for this system"
    if number is None or number == errno.ENOENT:
        return "no such file"
    return os.strerror(number)


def _step(error: OSError) -> str:
    deep = error.errno == errno.ENAMETOOLONG
    return (
        "start from a folder further down" if deep else f"change its permissions, or {_LEAVE_OUT}"
    )
