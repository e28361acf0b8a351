"""A whole article in English: its sentences in its own paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from mujaz.arabic import Article, sentences
from mujaz.errors import InputError
from mujaz.record import from_json, to_json

from .translation import Translation
from .typography import finished

SCHEMA = "mujaz.document/1"


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One sentence of an article with its English.

    Attributes:
        translation: The English, and what may be wrong with it.
        start: Offset of the Arabic in the article's text.
        end: Offset behind it.
        paragraph: Number of its paragraph, from 0.
    """

    translation: Translation
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """The translation of one article.

    Attributes:
        article: The article's id.
        origin: Where it came from.
        model: What translated it.
        sentences: All its sentences, in order.
    """

    article: str
    origin: str
    model: str
    sentences: tuple[TranslatedSentence, ...]

    def text(self) -> str:
        """Return the English in the article's paragraphs, an empty line between them."""
        paragraphs = (
            " ".join(finished(s.translation.text) for s in group if s.translation.text)
            for _, group in groupby(self.sentences, key=lambda s: s.paragraph)
        )
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def warning_lines(self) -> list[str]:
        """Return one line per finding above ``info``, with the sentence's number from 1."""
        return [
            f"⚠ {self.origin}, sentence {number}: {finding.message}"
            for number, sentence in enumerate(self.sentences, 1)
            for finding in sentence.translation.findings
            if finding.severity != "info"
        ]

    def to_json(self, *, indent: int = 0) -> str:
        """Return JSON of schema ``mujaz.document/1``; one line unless indented."""
        return to_json(self, SCHEMA, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """Read a document back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.document/1`` record.
        """
        return from_json(text, cls, SCHEMA)


class ArticleTranslator(Protocol):
    """What `translate_document` needs of a translator."""

    model: str

    def translate_article(self, article: Article) -> list[Translation]:
        """Return the translation of every sentence of ``article``, in order."""
        ...


def translate_document(translator: ArticleTranslator, article: Article) -> Document:
    """Return the whole ``article`` in English.

    Raises:
        InputError: There is no sentence in it.
    """
    found = sentences(article)
    if not found:
        raise InputError(f"{article.origin}: no sentence to translate", "give an article")
    made = translator.translate_article(article)
    return Document(
        article=article.id,
        origin=article.origin,
        model=translator.model,
        sentences=tuple(
            TranslatedSentence(t, s.start, s.end, s.paragraph)
            for s, t in zip(found, made, strict=True)
        ),
    )
