"""A whole article in English: its sentences in its own paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Protocol

from mujaz.arabic import Article, Glossary, Sentence, sentences
from mujaz.errors import InputError, MujazError
from mujaz.record import from_json, to_json

from .segments import locate
from .translation import Segment, Translation
from .typography import finished
from .windows import in_windows

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


class DocumentTranslator(Protocol):
    """What whole articles need of a translator."""

    model: str
    """Its model's id, for the record."""

    glossary: Glossary | None
    """The user's own names."""

    @property
    def window(self) -> int:
        """How many articles at a time suit it."""
        ...

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order."""
        ...


def translate_document(translator: DocumentTranslator, article: Article) -> Document:
    """Return the whole ``article`` in English.

    Raises:
        InputError: There is no sentence in it.
    """
    work = _prepared(translator, article)
    return _document(translator, work, translator.translate(work.segments))


def translate_documents(
    translator: DocumentTranslator, articles: Iterable[Article], window: int | None = None
) -> Iterator[Document | MujazError]:
    """Yield the whole of each article in English, or its error, in order.

    An article's document is the one that `translate_document` gives.

    Args:
        translator: Translates the sentences of a window of articles in one call.
        articles: The articles; read a window at a time.
        window: Articles of a window; by default what suits the translator.
    """
    return in_windows(
        articles,
        window or translator.window,
        partial(_prepared, translator),
        translator.translate,
        partial(_document, translator),
    )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article whose sentences wait for their translations."""

    article: Article
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]


def _prepared(translator: DocumentTranslator, article: Article) -> _Prepared:
    found = sentences(article)
    if not found:
        raise InputError(f"{article.origin}: no sentence to translate", "give an article")
    spans = [(s.text, s.start, s.end) for s in found]
    segments = locate(article, spans, glossary=translator.glossary)
    return _Prepared(article, tuple(found), tuple(segments))


def _document(
    translator: DocumentTranslator, work: _Prepared, made: Sequence[Translation]
) -> Document:
    return Document(
        article=work.article.id,
        origin=work.article.origin,
        model=translator.model,
        sentences=tuple(
            TranslatedSentence(t, s.start, s.end, s.paragraph)
            for s, t in zip(work.sentences, made, strict=True)
        ),
    )
