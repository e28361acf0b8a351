"""What a run has to do: the inputs that are new, changed, unfinished, or whose output is gone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

import mujaz
from mujaz.arabic import Article
from mujaz.errors import InputError
from mujaz.models.disk import sha256_of

from .entry import Entry
from .events import Surveyed
from .inputs import Unreadable, is_rows
from .manifest import Item, Manifest
from .outputs import Outputs
from .reading import STDIN, standard_content
from .recipe import SUFFIXES, Recipe
from .rows_output import drop_parts
from .unreadable import legible
from .walk import DOCUMENTS, SUBTITLES, Found, walk

Reason = Literal["new", "unfinished", "changed", "settings", "missing", "failed", "forced"]

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for.

    Attributes:
        roots: Files and folders.
        output: The output folder.
        recipe: What to make.
        include: Globs of what to take.
        exclude: Globs of what to leave out.
        retry_failed: Try again what failed, unchanged.
        force: Make everything again, and overwrite whatever stands in an output's place.
        standard: The article from standard input, if it is an input.
        command: What was typed, to say how to go on.
    """

    roots: tuple[Path, ...]
    output: Path
    recipe: Recipe
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    retry_failed: bool = False
    force: bool = False
    standard: Article | Unreadable | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One input of a run and what to do with it.

    Attributes:
        named: The input as it was named.
        output: Its output, below the output folder.
        reason: Why it is to be worked on; ``None`` if it is not.
        error: Why it cannot be, in one line.
    """

    named: str
    output: str
    reason: Reason | None
    error: str = ""


@dataclass(slots=True)
class Survey:
    """Looks at the inputs of a request and marks in the manifest what is to be done.

    Attributes:
        request: What was asked for.
        outputs: The output folder.
        manifest: The job's manifest.
        run: The run that will do it.
        recipe: Returns the recipe with its models; asked where an earlier run has to be compared.
        rehearsal: Delete nothing, whatever the manifest is told.
        counts: What was found so far.
    """

    request: Request
    outputs: Outputs
    manifest: Manifest
    run: int
    recipe: Callable[[], Recipe]
    rehearsal: bool = False
    counts: Surveyed = field(default_factory=lambda: Surveyed(0, 0, 0, {}, 0, 0, 0))

    def plans(self) -> Iterator[Plan]:
        """Yield what to do with each input, in order; ``counts`` is right behind the last.

        Raises:
            InputError: A root does not exist, or there is no input at all.
        """
        reasons: Counter[str] = Counter()
        inputs = done = failed = articles = 0
        for found in self._found():
            inputs += 1
            plan, item = self._plan(found, sum(reasons.values()) + 1)
            if plan.reason:
                reasons[plan.reason] += 1
                articles += _estimate(found.path)
            elif not plan.error:
                done += item.state == "done"
                failed += item.rows_failed
            yield plan
        if not inputs:
            names = ", ".join(legible(root) for root in self.request.roots)
            raise InputError(
                f"{names}: no article found", "check the path, --include and --exclude"
            )
        todo = sum(reasons.values())
        gone = self._gone() if self.request.roots else 0
        self.counts = Surveyed(inputs, todo, articles, dict(reasons), done, failed, gone)

    def _found(self) -> Iterator[Found]:
        request = self.request
        if request.standard is not None:
            yield Found(Path(STDIN), PurePosixPath("stdin"), None)
        if request.roots:
            suffixes = (*DOCUMENTS, *(SUBTITLES if request.recipe.verb == "translate" else ()))
            yield from walk(
                request.roots,
                include=request.include,
                exclude=request.exclude,
                output=request.output,
                suffixes=suffixes,
                recorded=self._recorded,
            )

    def _recorded(self, path: Path) -> PurePosixPath | None:
        place = self.manifest.place_of(str(path.absolute()))
        return None if place is None else PurePosixPath(place)

    def _plan(self, found: Found, position: int) -> tuple[Plan, Item]:
        """Return what to do with one input, and its item as it then stands in the manifest."""
        standard = str(found.path) == STDIN and self.request.standard is not None
        path = STDIN if standard else str(found.path.absolute())
        output = str(found.place) + suffix_of(found.path, self.request.recipe)
        known = self.manifest.find(output)
        item = known or Item(output, str(found.place), path, str(found.path))
        item = replace(item, input=path, named=str(found.path), place=str(found.place))
        reason = None if found.problem else self._reason(known, item, found.path)
        problem = found.problem or (self._in_the_way(item, found.path) if reason else "")
        if problem:
            entry = Entry(legible(found.path.stem), error=problem)
            # Without a hash of the input: it is looked at again each time.
            item = replace(
                item, state="failed", error=problem, content="", rows_failed=item.rows,
                entry=entry.to_json(), run=self.run,
            )  # fmt: skip
        elif reason:
            if self.request.force:
                self._forget_rows(output)
            item = replace(item, state="pending", run=self.run, position=position)
        if item != known:
            self.manifest.put(item)
        return Plan(item.named, output, None if problem else reason, problem), item

    def _forget_rows(self, output: str) -> None:
        for part in range(self.manifest.last_part(output) + 1):
            self.manifest.drop_rows(output, part, 0)
        if not self.rehearsal:
            drop_parts(self.outputs.folder, output)

    def _reason(self, known: Item | None, item: Item, path: Path) -> Reason | None:
        """Return why an input is to be worked on."""
        if known is None:
            return "new"
        if self.request.force:
            return "forced"
        if known.state in ("pending", "writing"):
            return "unfinished"
        if known.recipe != self.recipe().digest:
            return "settings"
        if known.input != item.input or known.content != self._content(item, path):
            return "changed"
        if known.state == "failed" or known.rows_failed:
            again = self.request.retry_failed or known.version != mujaz.__version__
            if again:
                return "failed"
        if known.state == "done" and not self.outputs.size(known.output):
            return "missing"
        return None

    def _content(self, item: Item, path: Path) -> str:
        if item.input == STDIN and self.request.standard is not None:
            return standard_content(self.request.standard)
        try:
            return sha256_of(path)
        except OSError:
            return ""

    def _in_the_way(self, item: Item, path: Path) -> str:
        """Return why an input's output may not be written where it belongs, empty if it may."""
        place = self.outputs.path(item.output)
        name = legible(place)
        try:
            if not place.exists():
                return ""
            if place.is_dir():
                return f"{name}: a folder is in its place; move it away"
            if item.input != STDIN and place.samefile(path):
                return f"{name}: the output would overwrite it; choose another -o DIR"
        except OSError as error:
            return f"{name}: cannot be looked at ({error.strerror}); choose another -o DIR"
        # An empty file, which another program may have left, has nothing to lose.
        if self.request.force or not self.outputs.size(item.output):
            return ""
        if self.outputs.sha256(item.output) in (item.sha256, ""):
            return ""
        if item.sha256:
            return f"{name}: changed since it was written; move it away, or use --force"
        return f"{name}: exists and is not of this job; move it away, or use --force"

    def _gone(self) -> int:
        """Return how many inputs are gone whose outputs stand; forget those that never had one."""
        gone = 0
        for item in self.manifest.each():
            if item.input == STDIN or os.path.lexists(item.input):
                continue
            if item.sha256:
                gone += 1
            else:
                self.manifest.forget(item.output)
        return gone


def suffix_of(path: Path, recipe: Recipe) -> str:
    """Return the suffix of an input's output."""
    suffix = path.suffix.lower()
    if is_rows(path):
        return ".jsonl"
    if recipe.form == "same":
        if suffix == ".docx" and recipe.verb != "summarize":
            return ".docx"
        if suffix == ".srt" and recipe.verb == "translate":
            return ".srt"
        if suffix in (".md", ".markdown") and recipe.verb != "summarize":
            return ".md"
    return SUFFIXES[recipe.form]


def _estimate(path: Path) -> int:
    """Return how many articles an input has, as far as its lines tell."""
    if not is_rows(path):
        return 1
    try:
        with path.open("rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    except OSError:
        return 1
    return max(1, lines)
