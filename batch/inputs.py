"""Files to articles: whatever the format, one door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from mujaz.arabic import Article, arabic_share, article_from_text, decode
from mujaz.errors import InputError
from mujaz.summarize.summary import LEAST_ARABIC

from .regular import read_regular
from .unreadable import Unreadable, legible

__all__ = ["ROWS", "Unreadable", "is_rows", "read_input"]

ROWS = (".jsonl", ".ndjson", ".csv", ".tsv")
"""Suffixes of files that hold an article a row."""


def is_rows(path: Path) -> bool:
    """Return whether a file holds many articles, so that its outputs go into one file too."""
    return path.suffix.lower() in ROWS


def read_input(
    path: Path,
    *,
    text_field: str = "text",
    id_field: str = "id",
    title_field: str = "title",
) -> Iterator[Article | Unreadable]:
    """Yield the articles of one file: one of a document, one a row of ``.jsonl`` and ``.csv``.

    The suffix says how to read it; any other than the known ones is read as plain text. What is
    wrong with a file or a row is yielded, not raised, so that the rest goes on. Memory is bounded
    whatever the file: one article at a time, none larger than `regular.LARGEST_TEXT`.

    Args:
        path: The file.
        text_field: Column or key of the text.
        id_field: Column or key of the id; rows without one are numbered.
        title_field: Column or key of the headline.
    """
    id = legible(path.stem)
    try:
        if is_rows(path):
            from .rows import read_rows

            found = read_rows(path, text_field, id_field, title_field)
        else:
            found = iter((_reader(path.suffix.lower())(path),))
        yield from map(_in_arabic, found)
    except InputError as error:
        yield Unreadable(id, error)


def _in_arabic(found: Article | Unreadable) -> Article | Unreadable:
    """Return an article that is not in Arabic as unreadable, anything else as it is."""
    if isinstance(found, Article) and arabic_share(found.text) < LEAST_ARABIC:
        error = InputError(f"{found.origin} is not in Arabic", "give an Arabic article")
        return Unreadable(found.id, error)
    return found


def _reader(suffix: str) -> Callable[[Path], Article]:
    """Return what reads files of a suffix; the libraries behind it load when they are needed."""
    if suffix in (".html", ".htm", ".xhtml"):
        from .html_page import read_page as read
    elif suffix == ".docx":
        from .word import read_word as read
    elif suffix == ".pdf":
        from .pdf import read_pdf as read
    elif suffix == ".srt":
        from .subtitles import read_subtitles as read
    elif suffix in (".md", ".markdown"):
        from .markdown import read_markdown as read
    else:
        read = read_text
    return read


def read_text(path: Path) -> Article:
    """Read plain text, in any encoding that `mujaz.arabic.decode` knows.

    Raises:
        InputError: It is missing, unreadable, empty, binary, too large, or without a letter.
    """
    return article_of(path, decode(read_regular(path), legible(path)))


def article_of(path: Path, text: str, title: str = "", *, whole: bool = False) -> Article:
    """Return a file's text as an article.

    Args:
        path: The file.
        text: What is in it.
        title: Its headline where it is known apart from the text.
        whole: Whether every line counts, credits and signatures too.

    Raises:
        InputError: There is no letter in ``text``.
    """
    title = " ".join(title.split())
    article = article_from_text(text, id=legible(path.stem), title=title, origin=legible(path))
    return replace(article, dropped=()) if whole else article
