"""From articles to segments: sentences with the names found in view of the whole article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mujaz.arabic import Article, Glossary, find_names, sentences

from .translation import Segment


def segments_of(article: Article, glossary: Glossary | None = None) -> list[Segment]:
    """Return the article's sentences with their names, found with the whole article in view."""
    return locate(
        article, [(s.text, s.start, s.end) for s in sentences(article)], glossary=glossary
    )


def locate(
    article: Article, texts: Iterable[tuple[str, int, int]], glossary: Glossary | None = None
) -> list[Segment]:
    """Return spans of ``article`` (text, start, end) as segments with their names."""
    names = find_names(article.text, glossary=glossary)
    return [
        Segment(
            text,
            tuple(
                replace(name, start=name.start - start, end=name.end - start)
                for name in names
                if start <= name.start and name.end <= end
            ),
        )
        for text, start, end in texts
    ]
