"""Sentences of Arabic text, with exact offsets.

Two steps: `mujaz.arabic.layout` finds the paragraphs, and the marks that may end a sentence are
judged one by one in each. Every character that is not white space belongs to exactly one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .article import Article, Sentence
from .layout import paragraphs
from .marks import ends

# A piece with none of these says nothing: it goes to its neighbour.
_WORD = re.compile(r"[^\W_]")


def split(text: str) -> list[Sentence]:
    """Split ``text`` into sentences.

    A sentence ends at ``. ! ? ؟ ؛ …`` or with its paragraph, never at ``،``, and not inside quotes
    or brackets. Its surface is kept as it is, line feeds of hard-wrapped lines included;
    `normalize` folds them.

    Returns:
        The sentences in order. Between them is white space alone.
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        for first, behind in _pieces(text, start, end):
            found.append(Sentence(text[first:behind], first, behind, number))
    return found


def sentences(article: Article) -> list[Sentence]:
    """Split an article into sentences, leaving out what was dropped from it.

    Offsets count in ``article.text``; no sentence reaches across a dropped part.
    """
    text = article.text
    for part in article.dropped:
        # Line feeds of the same length: a paragraph break that moves nothing.
        text = text[: part.start] + "\n" * (part.end - part.start) + text[part.end :]
    return split(text)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one paragraph, without white space at their ends."""
    spans: list[tuple[int, int]] = []
    first = start
    for stop in (*ends(text, start, end), end):
        piece = text[first:stop]
        lead = first + len(piece) - len(piece.lstrip())
        tail = first + len(piece.rstrip())
        first = stop
        if lead >= tail:
            continue
        # A piece without a word (a stray mark, a row of dots) joins the sentence before it.
        if spans and not _WORD.search(text, lead, tail):
            spans[-1] = (spans[-1][0], tail)
        else:
            spans.append((lead, tail))
    if len(spans) > 1 and not _WORD.search(text, *spans[0]):
        spans[:2] = [(spans[0][0], spans[1][1])]
    yield from spans
