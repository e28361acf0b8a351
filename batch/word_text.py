"""Word documents opened within bounds, and the words of their paragraphs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.errors import InputError

from .regular import MEGABYTE, read_regular
from .unreadable import legible

if TYPE_CHECKING:
    from docx.document import Document as WordFile

LARGEST_FILE = 128 * MEGABYTE
LARGEST_WHOLE = 256 * MEGABYTE
"""Bytes of all parts of a document, unpacked."""
LARGEST_PART = 24 * MEGABYTE
"""Bytes of one XML part, unpacked; the tree of its elements takes about ten times as much."""
_MOST_PARTS = 10_000
_OLD = b"\xd0\xcf\x11\xe0"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What was deleted or moved away with changes tracked, and what Word keeps a second time for older
# programs. ``w:del`` and ``w:moveFrom`` hold ``w:delText`` mostly, but not always.
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{MC}Fallback"})
_BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def open_word(path: Path) -> WordFile:
    """Open a ``.docx`` file.

    The sizes of its parts are checked before any is unpacked; zipfile unpacks no more of a part
    than the size that was checked.

    Raises:
        InputError: It is missing, unreadable, no Word document, locked, damaged, or larger
            unpacked than a document may be.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    name = legible(path)
    raw = read_regular(path, LARGEST_FILE)
    if not raw.strip():
        raise InputError(f"{name} is empty", "give a Word document with text")
    if raw.startswith(_OLD):
        # A document with a password is wrapped in the old format.
        raise InputError(
            f"{name} is locked with a password, or an old Word document (.doc)",
            "save it as .docx without a password",
        )
    damaged = InputError(f"{name} is no Word document, or is damaged", "open it and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged from error
    largest = max((n for part, n in sizes.items() if part.endswith((".xml", ".rels"))), default=0)
    if sum(sizes.values()) > LARGEST_WHOLE or largest > LARGEST_PART or len(sizes) > _MOST_PARTS:
        raise InputError(
            f"{name} unpacks to more than a document may have ({sum(sizes.values()) >> 20} MB)",
            "save it without its images, or split it",
        )
    try:
        document = docx.Document(io.BytesIO(raw))
        _ = document.element.body.tag  # absent where the main part is something else
    except (
        OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError,
        NotImplementedError, RuntimeError, OSError, EOFError,
    ) as error:  # fmt: skip
        raise damaged from error
    except Exception as error:
        # zlib's error is raised through zipfile, and is no OSError.
        if type(error).__module__ == "zlib":
            raise damaged from error
        raise
    return document


def paragraphs_of(document: WordFile) -> list[Any]:
    """Return the ``w:p`` elements of the body in order: tables, text boxes, content controls too.

    A text box stands behind the paragraph that it is anchored in. What was deleted with changes
    tracked is left out; what was inserted is in.
    """
    found: list[Any] = []
    stack = [document.element.body]
    while stack:
        element = stack.pop()
        if element.tag in _GONE:
            continue
        if element.tag == f"{W}p":
            found.append(element)
        stack.extend(reversed(element))
    return found


def text_of(paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the words of a ``w:p``, without those of text boxes inside it."""
    words: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _GONE or element.tag == f"{W}p":
            continue
        if element.tag == f"{W}t":
            words.append(element.text or "")
        elif element.tag in _BREAKS and element.getparent().tag == f"{W}r":
            words.append(_BREAKS[element.tag])
        elif element.tag == f"{W}sym":
            words.append(" ")
        else:
            stack.extend(reversed(element))
    # The line ends that reading a text as an article would change.
    return "\n".join("".join(words).splitlines()).strip()


def spans_of(paragraphs: list[Any]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of ``paragraphs``, with an empty line between them, and where each stands."""
    texts = [text_of(paragraph) for paragraph in paragraphs]
    spans: list[tuple[int, int]] = []
    pieces: list[str] = []
    end = 0
    for text in texts:
        if text and pieces:
            pieces.append("\n\n")
            end += 2
        spans.append((end, end + len(text)))
        pieces.append(text)
        end += len(text)
    return "".join(pieces), spans


def style_of(paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the id of a paragraph's style, or an empty string."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val") or "") if found is not None else ""
