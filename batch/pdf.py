"""PDF documents to articles: their text layer, in the order in which it is read.

pdfium finds the characters and their places; what order they are read in is worked out here. Its
own text gives some Arabic words back to front: of a page that Chromium had printed, every word in
which all letters join.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from mujaz.arabic import Article
from mujaz.errors import InputError

from .inputs import article_of
from .page_lines import Glyph, Line, goes_on, is_finished, lines_of, paragraphs_of
from .regular import MEGABYTE, read_regular
from .unreadable import legible

LARGEST_PDF = 256 * MEGABYTE
MOST_PAGES = 500
"""Pages of one document. Chosen: a brief is of an article, not of an archive."""
_MOST_CHARACTERS = 1_000_000  # about 400 pages of a book; reading them takes 10 s
_LONGEST_RUN = 2000  # characters on one level; a line has a few hundred

_PAGE_NUMBER = re.compile(r"[\W\d]*(?:(?:صفحة|page|ص)[\W\d]*)?\d[\W\d]*(?:(?:من|of)[\W\d]*)?", re.I)
_DIGITS = re.compile(r"\d+")
# A line that this share of the pages begin or end with is the paper's, not the article's.
_RUNNING = 0.5
_EDGE = 2  # lines at the top and at the bottom that may be the paper's
_TITLE_SIZE = 1.2
_LONGEST_TITLE = 200
_FAILURES = {
    "password": ("is locked with a password", "save a copy without one"),
    "security": ("is locked in a way that cannot be opened", "save a copy without protection"),
}


def read_pdf(path: Path) -> Article:
    """Read a PDF document's text layer.

    Lines are put together to paragraphs by where they stand. Page numbers, and lines that half of
    the pages begin or end with, are left out. The largest type of the first page is the title.

    Raises:
        InputError: It is missing, unreadable, damaged, locked, too large, or has no text layer.
    """
    raw = read_regular(path, LARGEST_PDF)
    name = legible(path)
    if not raw.strip():
        raise InputError(f"{name} is empty", "give a PDF with text")
    # pdfium may not be entered by two threads at once.
    with _door():
        pages = list(_pages(raw, name))
    if not any(pages):
        raise InputError(
            f"{name} has no text layer, it is a scan ({len(pages)} pages)",
            "run text recognition first: ocrmypdf -l ara scan.pdf text.pdf",
        )
    pages = _without_running(pages)
    return article_of(path, "\n\n".join(_paragraphs(pages)), _title(pages))


@cache
def _door() -> threading.Lock:
    return threading.Lock()


def _pages(raw: bytes, name: str) -> Iterator[list[Line]]:
    """Yield the lines of each page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        said = str(error).lower()
        why = next((w for key, w in _FAILURES.items() if key in said), None)
        what, step = why or ("is no PDF document, or is damaged", "open it and save it again")
        raise InputError(f"{name} {what}", step) from error
    try:
        if len(document) > MOST_PAGES:
            raise InputError(
                f"{name} has {len(document)} pages, more than {MOST_PAGES}",
                "split it into articles",
            )
        count = 0
        for number in range(len(document)):
            try:
                page = document[number]
                text = page.get_textpage()
            except pypdfium2.PdfiumError as error:
                raise InputError(
                    f"{name}: page {number + 1} is damaged", "open it and save it again"
                ) from error
            count += text.count_chars()
            if count > _MOST_CHARACTERS:
                raise InputError(f"{name} has too much text for one article", "split it")
            yield lines_of(list(_runs(text)))
            text.close()
            page.close()
    finally:
        document.close()


def _runs(text: Any) -> Iterator[list[Glyph]]:  # noqa: ANN401 - pypdfium2 has no types
    """Yield the characters of a page, as many at a time as are drawn on one level."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = pdfium.FS_MATRIX()
    run: list[Glyph] = []
    word = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13) or len(run) > _LONGEST_RUN:
            yield run
            run = []
            word += 1
        if code in (10, 13):
            continue
        character = chr(code) if 32 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "
        # Spaces have no sure place; gaps tell them. U+FFFE stands for a hyphen at a line's end.
        if character.isspace() or code == 0xFFFE:
            word += 1
            continue
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        if size > 0:
            run.append(Glyph(character, left.value, right.value, y.value, size, word))
    yield run


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without the lines that head or end most."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    least = max(2, _RUNNING * len(pages))

    def is_running(line: Line) -> bool:
        # Chromium's pages end with single letters of the next one's first line, clipped from sight.
        few = sum(character.isalpha() for character in line.text) < 3
        return few or edges[_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text) is not None

    kept = []
    for page in pages:
        gone = {id(line) for line in _edge(page) if is_running(line)}
        kept.append([line for line in page if id(line) not in gone])
    return kept


def _edge(page: list[Line]) -> list[Line]:
    order = sorted(page, key=lambda line: line.base)
    return order if len(order) <= 2 * _EDGE else order[:_EDGE] + order[-_EDGE:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _paragraphs(pages: list[list[Line]]) -> list[str]:
    """Return the paragraphs; one that a page breaks off goes on where the next page begins."""
    found: list[str] = []
    last: Line | None = None
    previous: list[Line] = []
    for page in pages:
        for number, block in enumerate(paragraphs_of(page)):
            text = " ".join(line.text for line in block)
            broken = number == 0 and last is not None and not is_finished(found[-1])
            if broken and last is not None and goes_on(last, block[0], [*previous, *page]):
                found[-1] += f" {text}"
            else:
                found.append(text)
            last = block[-1]
        previous = page
    return found


def _title(pages: list[list[Line]]) -> str:
    """Return what stands in the largest type of the first page, if it is larger than the rest."""
    first = next((page for page in pages if page), [])
    sizes = sorted(line.size for page in pages for line in page for _ in line.text)
    if not first or not sizes:
        return ""
    blocks = paragraphs_of(first)
    largest = max(blocks, key=lambda block: block[0].size)
    title = " ".join(line.text for line in largest)
    usual = sizes[len(sizes) // 2]
    fits = largest[0].size > _TITLE_SIZE * usual and len(title) <= _LONGEST_TITLE
    return title if fits and any(character.isalpha() for character in title) else ""
