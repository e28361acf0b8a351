"""Articles and sentences: the records everything else is anchored to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of an article's text that is not news and is left out of everything.

    Attributes:
        start: Offset of its first character in ``Article.text``.
        end: Offset behind its last character.
        kind: Why it was dropped: ``signature``, ``related``, ``caption`` and so on.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read.

    Attributes:
        id: Unique within a run; the file's stem or the row's id.
        title: Headline, or empty.
        text: The decoded text, unchanged but for line ends (line feeds); all offsets count its
            characters (Unicode code points).
        origin: Where it came from: a path, or ``-`` for standard input.
        dropped: Parts of ``text`` that are not news, in order, without overlap.
    """

    id: str
    title: str
    text: str
    origin: str = "-"
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Attributes:
        text: The surface, exactly ``article.text[start:end]``.
        start: Offset of the first character in the article's text.
        end: Offset behind the last character.
        paragraph: Number of its paragraph, from 0.
    """

    text: str
    start: int
    end: int
    paragraph: int
