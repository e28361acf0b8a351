"""The index of a job's outputs: pages for a reader, JSON lines for a program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import quote

import msgspec

from mujaz.page import template

from .entry import Entry
from .manifest import Item, Manifest
from .outputs import Outputs, Staged, guarded
from .unreadable import legible

HTML = "index.html"
LINES = "index.jsonl"

PER_PAGE = 500
"""Entries of one page: some 500 kB, which any browser shows at once."""

_PAGES = "index_pages"
_ROWS = 1000
_HEADINGS = {"brief": "Briefs", "summarize": "Summaries", "translate": "Translations"}


@dataclass(frozen=True, slots=True)
class Link:
    """One article in the index.

    Attributes:
        entry: What is shown of it.
        input: Its file.
        output: Its output, below the output folder; empty where it failed.
        row: Whether the output holds many articles.
    """

    entry: Entry
    input: str
    output: str
    row: bool = False

    @property
    def href(self) -> str:
        """The output as a relative address."""
        return quote(os.fsencode(self.output), safe="/")

    def to_json(self) -> bytes:
        """Return the article as one line of ``index.jsonl``."""
        entry = self.entry
        told: dict[str, Any] = {"input": self.input, "id": entry.id}
        if self.output:
            told |= {"output": legible(self.output)}
        if entry.error:
            return msgspec.json.encode(told | {"error": entry.error}) + b"\n"
        told |= {"title": entry.title, "original": entry.original, "line": entry.line}
        told |= {"warnings": entry.warnings, "warned": entry.warned}
        return msgspec.json.encode(told) + b"\n"


def is_own_index(manifest: Manifest, outputs: Outputs) -> bool:
    """Return whether the job has an index, and nothing else stands in its place."""
    return bool(manifest.get(_PAGES)) and outputs.path(HTML).is_file()


def foreign_index(manifest: Manifest, outputs: Outputs) -> str:
    """Return the name of a file that is in the index's place and is not the job's, or nothing."""
    if manifest.get(_PAGES):
        return ""
    return next((name for name in (HTML, LINES) if outputs.path(name).exists()), "")


def write_index(manifest: Manifest, outputs: Outputs) -> None:
    """Write ``index.jsonl`` and the pages ``index.html``, ``index-2.html``, …; each whole.

    What is done and what failed is listed in the order of the outputs; what waits is not.

    Raises:
        OutputError: They cannot be written.
    """
    counts = manifest.counts()
    failures = counts.get("failed", (0, 0, 0))[0]
    _, rows, rows_failed = counts.get("done", (0, 0, 0))
    total = rows + failures
    pages = max(1, -(-total // PER_PAGE))
    before = int(manifest.get(_PAGES) or 0)
    # Before the first one is written: they are the job's own.
    manifest.set(_PAGES, str(max(pages, before)))
    draw = template("mujaz.batch", HTML).render
    links = _logged(_links(manifest), outputs)
    for page in range(1, pages + 1):
        text = draw(
            heading=_HEADINGS.get(manifest.get("verb"), "Articles"),
            page=page,
            pages=pages,
            near=_near(page, pages),
            page_name=page_name,
            total=total,
            failed=rows_failed + failures,
            links=list(islice(links, PER_PAGE)),
        )
        outputs.write(page_name(page), text.encode("utf-8", "replace"))
    for _ in links:  # the last line, and the renaming of the lines
        pass
    for page in range(pages + 1, before + 1):
        with guarded(outputs.folder):
            outputs.path(page_name(page)).unlink(missing_ok=True)
    manifest.set(_PAGES, str(pages))


def page_name(number: int) -> str:
    """Return the file of a page, from 1."""
    return HTML if number == 1 else f"index-{number}.html"


def _near(page: int, pages: int) -> list[int]:
    """Return the pages to link to: the first and last, and others ever further away."""
    steps = [0, 1, 2, 3, 10, 30, 100, 300, 1000]
    around = {page + way * step for step in steps for way in (-1, 1)}
    return sorted({1, pages} | {number for number in around if 1 <= number <= pages})


def _links(manifest: Manifest) -> Iterator[Link]:
    for item in manifest.each():
        name = item.called
        if item.state == "failed":
            yield Link(Entry.from_json(item.entry), name, "")
        elif item.state == "done" and item.entry:
            yield Link(Entry.from_json(item.entry), name, item.output)
        elif item.state == "done":
            yield from _rows(manifest, item, name)


def _rows(manifest: Manifest, item: Item, name: str) -> Iterator[Link]:
    behind = -1
    while rows := manifest.rows(item.output, 0, behind, _ROWS):
        for row in rows:
            yield Link(Entry.from_json(row.entry), name, item.output, row=True)
        behind = rows[-1].number


def _logged(links: Iterator[Link], outputs: Outputs) -> Iterator[Link]:
    """Hand links on, and write each as a line; rename the lines to their place at the end."""
    temporary = outputs.temporary()
    with guarded(outputs.folder), temporary.open("wb") as file:
        for link in links:
            file.write(link.to_json())
            yield link
        file.flush()
        os.fsync(file.fileno())
    outputs.publish(Staged(LINES, temporary, "", 0))
