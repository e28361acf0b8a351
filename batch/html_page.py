"""Saved web pages to articles: their main text, through trafilatura."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mujaz.arabic import Article, decode
from mujaz.errors import InputError

from .inputs import article_of
from .regular import LARGEST_TEXT, MEGABYTE, read_regular
from .unreadable import legible

LARGEST_PAGE = 64 * MEGABYTE
"""Bytes of a saved page, the images that some programs save inside it included."""

_EMBEDDED = re.compile(rb"data:[\w.+/-]{0,80}(?:;[\w=.+-]{0,80}){0,4},[^\"')\s>]{64,}")
# What no reader sees. It is taken out first: pages may be megabytes of it.
_UNSEEN = (b"script", b"style", b"svg")
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_HEAD = 4096  # browsers look for the charset in the first 1,024 bytes; pages do not keep to it
_NESTING = re.compile(r"<(/?)(?:div|span|section|table|ul|ol|blockquote|font|b|i|a)\b", re.I)
_DEEPEST = 1000  # tags within tags; the parser gives up at 256, what it has read goes on being text
_MOST_TAGS = 50_000  # a news page has up to 20,000; 100,000 open paragraphs took 13 s
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}\Z")  # behind a title: " | the site"
_ADVICE = "save the article's text alone as .txt"


def read_page(path: Path) -> Article:
    """Read the main text of a saved web page: title and paragraphs, without menus and comments.

    The encoding is that of the byte order mark, else UTF-8 if the bytes are, else what the page
    says of itself (``windows-1256``), else a guess among the Arabic ones. A table's row becomes a
    paragraph.

    Raises:
        InputError: It is missing, unreadable, no web page, too large, or without a main text.
    """
    name = legible(path)
    raw = read_regular(path, LARGEST_PAGE)
    if not raw.strip():
        raise InputError(f"{name} is empty", "save the page again")
    raw = _seen(_EMBEDDED.sub(b"", raw))
    if len(raw) > LARGEST_TEXT or raw.count(b"<") > _MOST_TAGS:
        raise InputError(f"{name} is too large a page", _ADVICE)
    title, paragraphs = _main_text(_decoded(raw, name), name)
    if not paragraphs:
        raise InputError(f"{name} is a page without an article in it", _ADVICE)
    return article_of(path, "\n\n".join(paragraphs), title)


def _seen(raw: bytes) -> bytes:
    """Return a page without scripts, styles and drawings.

    By searches from place to place: on pages that open a thousand scripts and close none, a regular
    expression would take time with their square.
    """
    for name in _UNSEEN:
        lower = raw.lower()
        kept, end = [], 0
        while (start := lower.find(b"<" + name, end)) >= 0:
            closed = lower.find(b"</" + name, start)
            if closed < 0:
                break
            kept.append(raw[end:start])
            end = closed + len(name) + 2
            end = lower.find(b">", end) + 1 or end
        raw = b"".join(kept) + raw[end:]
    return raw


def _decoded(raw: bytes, name: str) -> str:
    """Return a page's characters."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    said = _CHARSET.search(raw, 0, _HEAD) or _XML.search(raw)
    # By accident, no Arabic eight-bit text is valid UTF-8, so that comes before what a page says.
    for encoding in ("utf-8", *([said[1].decode("ascii")] if said else [])):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    # `decode` sends web pages away by their first tag.
    return decode(b"." + raw, name)[1:]


def _main_text(text: str, name: str) -> tuple[str, list[str]]:
    """Return the title and the paragraphs of a page."""
    import trafilatura
    from lxml import etree

    if _depth(text) > _DEEPEST:
        raise InputError(f"{name} is nested too deeply", _ADVICE)
    try:
        with _silenced("trafilatura"):
            tree = trafilatura.load_html(text)
        if tree is None:
            return "", []
        title = _title(tree)
        # Metadata would load a parser of dates in every language, which takes a second.
        with _silenced("trafilatura"):
            found = trafilatura.bare_extraction(
                tree, include_comments=False, include_tables=True, with_metadata=False
            )
    except (etree.LxmlError, RecursionError, ValueError) as error:
        raise InputError(f"{name} cannot be parsed as a web page", _ADVICE) from error
    return title, list(_paragraphs(str(getattr(found, "text", None) or "")))


@contextmanager
def _silenced(name: str) -> Iterator[None]:
    """Keep a library's warnings of pages that it cannot read off the terminal: ours are enough."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield trafilatura's lines, rows of tables as lists of their cells."""
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith("|"):
            line = "، ".join(cell.strip() for cell in line.split("|") if cell.strip(" -"))
        if line:
            yield line


def _title(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return what the page gives as its article's title."""
    for path in ("//meta[@property='og:title']/@content", "//meta[@name='twitter:title']/@content"):
        for found in tree.xpath(path):
            if found.strip():
                return str(found)
    headings = tree.xpath("//h1")
    if len(headings) == 1 and (title := "".join(headings[0].itertext()).strip()):
        return title
    titles = tree.xpath("//head/title")
    return _SITE.sub("", "".join(titles[0].itertext()).strip()) if titles else ""


def _depth(text: str) -> int:
    """Return how deeply tags stand within tags."""
    depth = deepest = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
