"""The reading side of a job: from the manifest's pending items to steps, one article at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from threading import Event

from mujaz.arabic import Article
from mujaz.models.disk import sha256_of

from .inputs import Unreadable, is_rows, read_input
from .manifest import Item, Manifest, Row
from .recipe import Recipe
from .rows_output import part_file
from .steps import Closed, Copied, Opened, Refused, Step, Task
from .unreadable import legible

STDIN = "-"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what a run has to do.

    Attributes:
        folder: The output folder.
        recipe: The job's recipe.
        run: The run.
        stop: Set when no more is wanted.
        retry_failed: Whether rows that failed are tried again.
        force: Whether rows that are done are made again.
        standard: The article from standard input, if it is an input.
    """

    folder: Path
    recipe: Recipe
    run: int
    stop: Event
    retry_failed: bool = False
    force: bool = False
    standard: Article | Unreadable | None = None

    def steps(self) -> Iterator[Step]:
        """Yield the steps of the run, in the order of its items."""
        manifest = Manifest(self.folder, readonly=True)
        try:
            position = 0
            while items := manifest.to_do(self.run, position, _PAGE):
                for item in items:
                    if self.stop.is_set():
                        return
                    yield from self._item(manifest, item)
                position = items[-1].position
        finally:
            manifest.close()

    def _item(self, manifest: Manifest, item: Item) -> Iterator[Step]:
        if item.input == STDIN:
            assert self.standard is not None
            yield _step(item.output, self.standard, standard_content(self.standard))
        elif is_rows(Path(item.named)):
            yield from self._rows(manifest, item)
        else:
            yield self._document(item)

    def _read(self, item: Item) -> Iterator[Article | Unreadable]:
        recipe = self.recipe
        return read_input(
            Path(item.named),
            text_field=recipe.text_field,
            id_field=recipe.id_field,
            title_field=recipe.title_field,
        )

    def _document(self, item: Item) -> Step:
        path = Path(item.named)
        for _ in range(2):
            # What ails a file that cannot be read, its reader says in one line.
            before, content = _stamp(path), _sha256(path)
            found = next(self._read(item))
            if before is None or _stamp(path) in (None, before):
                return _step(item.output, found, content)
        name = item.called
        return Refused(item.output, "", f"{name} changes while it is read; run it again", "")

    def _rows(self, manifest: Manifest, item: Item) -> Iterator[Step]:
        """Yield the steps of an input with many articles.

        Rows that stand in the file that an earlier run left unfinished are passed over; those
        that an older file of the same output has are copied; the others are worked on.
        """
        path = Path(item.named)
        before, content = _stamp(path), _sha256(path)
        stream = self._read(item)
        head = list(islice(stream, 2))
        if len(head) == 1 and isinstance(head[0], Unreadable) and head[0].id == legible(path.stem):
            yield _step(item.output, head[0], content)
            return
        number, part, opened = 0, manifest.last_part(item.output), False
        standing = self._standing(manifest, item.output, part)
        # Bytes of the output itself can be relied on only where nobody else has changed it.
        whole = self.folder / item.output
        final = bool(item.sha256) and _sha256(whole) == item.sha256
        for number, found in enumerate(chain(head, stream)):
            if self.stop.is_set():
                return
            key = self._key(found)
            if not opened:
                row = next(standing, None)
                if row and row.key == key and not (row.failed and self.retry_failed):
                    continue
                part = yield from self._opened(manifest, item.output, part, number, row is None)
                opened = True
            old = None if self.force else manifest.find_row(item.output, key, part)
            if old and (old.part or final) and not (old.failed and self.retry_failed):
                yield Copied(item.output, number, old)
            else:
                yield _step(item.output, found, content, number, key)
        rows = number + 1 if head else 0
        if not opened:
            yield from self._opened(manifest, item.output, part, rows, next(standing, None) is None)
        same = before is not None and _stamp(path) in (None, before)
        yield Closed(item.output, content if same else "", rows)

    def _opened(
        self, manifest: Manifest, output: str, part: int, number: int, whole: bool
    ) -> Generator[Step, None, int]:
        """Begin behind the first ``number`` rows of file ``part``; return the file to go on with.

        Args:
            manifest: The manifest.
            output: The output.
            part: The newest file of rows, 0 if there is none.
            number: How many of its rows are still right.
            whole: Whether these are all that it has; if not, a new file takes them over.
        """
        if whole and part:
            yield Opened(output, part, number)
            return part
        yield Opened(output, part + 1, 0)
        behind = -1
        while part and behind < number - 1:
            rows = manifest.rows(output, part, behind, min(_PAGE, number - 1 - behind))
            yield from (Copied(output, row.number, row) for row in rows)
            behind = rows[-1].number
        return part + 1

    def _standing(self, manifest: Manifest, output: str, part: int) -> Iterator[Row]:
        """Yield the rows of an unfinished file, as far as its bytes have come to the disk."""
        if not part:
            return
        try:
            size = part_file(self.folder, output, part).stat().st_size
        except OSError:
            return
        behind = -1
        while rows := manifest.rows(output, part, behind, _PAGE):
            for row in rows:
                if row.start + row.size > size:
                    return
                yield row
            behind = rows[-1].number

    def _key(self, found: Article | Unreadable) -> bytes:
        """Return what a row's output depends on, as a hash of 16 bytes."""
        digest = hashlib.blake2b(self.recipe.digest.encode(), digest_size=16)
        parts = (
            (found.id, found.title, found.text, found.origin)
            if isinstance(found, Article)
            else (found.id, str(found.error))
        )
        for part in parts:
            raw = part.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big") + raw)
        return digest.digest()


def _step(
    output: str, found: Article | Unreadable, content: str, row: int | None = None, key: bytes = b""
) -> Step:
    if isinstance(found, Article):
        return Task(output, found, content, row, key)
    return Refused(output, found.id, " ".join(str(found.error).split()), content, row, key)


def standard_content(found: Article | Unreadable) -> str:
    """Return the SHA-256 of what standard input gave."""
    text = found.text if isinstance(found, Article) else str(found.error)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


Stamp = tuple[int, int, int]


def _stamp(path: Path) -> Stamp | None:
    """Return what changes when a file is written: size, time, number; ``None`` if it is gone."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
