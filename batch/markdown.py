"""Markdown to articles: paragraphs without their markup, the title from front matter or heading."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.arabic import Article, decode

from .inputs import article_of
from .regular import read_regular
from .unreadable import legible

if TYPE_CHECKING:
    from markdown_it.token import Token

# Front matter as Jekyll (YAML) and Hugo (TOML) have it. Of its fields only a one-line title is
# asked for, so that no parser of either language is needed.
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.{0,65536}?)^\1[ \t]*(?:\r?\n|\Z)", re.M | re.S)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.M | re.I)
_TAG = re.compile(r"<[^<>]*>|<!--.*?-->", re.S)


def read_markdown(path: Path) -> Article:
    """Read a Markdown file.

    The title is that of the front matter, or the first heading of the first level. Headings,
    paragraphs, list items, quotations and table cells become paragraphs; addresses of links,
    images, HTML tags and the front matter go.

    Raises:
        InputError: As for plain text.
    """
    text = decode(read_regular(path), legible(path))
    title, body = _without_front(text.removeprefix("\ufeff"))
    heading, paragraphs = _blocks(body)
    return article_of(path, "\n\n".join(paragraphs), title or heading)


def _without_front(text: str) -> tuple[str, str]:
    """Return the front matter's title and what follows it."""
    front = _FRONT.match(text)
    if front is None:
        return "", text
    title = _TITLE.search(front[2])
    return (title[1].strip("\"'") if title else ""), text[front.end() :]


def _blocks(text: str) -> tuple[str, list[str]]:
    """Return the first heading of the first level, and the paragraphs."""
    from markdown_it import MarkdownIt

    title = ""
    paragraphs: list[str] = []
    opened = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline":
            content = _inline(token.children or []).strip()
            if opened == "h1" and not title:
                title = content
        elif token.type in ("fence", "code_block"):
            content = token.content.strip()
        elif token.type == "html_block":
            content = _TAG.sub("", token.content).strip()
        else:
            opened = token.tag
            continue
        if content:
            paragraphs.append(content)
    return title, paragraphs


def _inline(tokens: list[Token]) -> str:
    """Return the words of a paragraph; its line ends are spaces, as Markdown has it."""
    words = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            words.append(token.content)
        elif token.type == "softbreak":
            words.append(" ")
        elif token.type == "hardbreak":
            words.append("\n")
    return "".join(words)
