"""A translation that says which sentence it is of, for tests of the form alone."""

from __future__ import annotations

from collections.abc import Callable

from mujaz.arabic import Article, Sentence, sentences
from mujaz.translate import Translation
from mujaz.translate.document import Document, TranslatedSentence


def numbered(
    article: Article, say: Callable[[int, Sentence], str] = lambda n, _: f"Sentence {n}"
) -> Document:
    """Return ``article`` with what ``say`` makes of each sentence and its number from 1."""
    made = tuple(
        TranslatedSentence(Translation(s.text, say(n, s), None), s.start, s.end, s.paragraph)
        for n, s in enumerate(sentences(article), 1)
    )
    return Document(article.id, article.origin, "numbered", made)
