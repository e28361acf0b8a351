"""The record that every summarizer hands on, and the interface that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mujaz.arabic import Article, Sentence
from mujaz.checks import Finding
from mujaz.errors import OptionError
from mujaz.record import from_json, to_json

SCHEMA = "mujaz.summary/1"

LEAST_ARABIC = 0.3
"""Share of Arabic among an article's letters below which it is not an Arabic article. Chosen: of
453 published articles the one with the most Latin letters has 0.91."""

Setting = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary, and what it rests on.

    Attributes:
        text: The Arabic sentence. Extracted ones are exactly ``article.text[start:end]``.
        sources: The article's sentences that it rests on, as indexes into ``sentences(article)`` in
            ascending order; ``None`` when the method cannot tell.
        start: Offset in the article's text where the first of these sentences begins; ``None``
            when they are not known.
        end: Offset behind the last of them, likewise.
        findings: What the article does not bear out; their ``source`` is a place in ``text``.
        instead_of: What a model wrote in its place, and the article did not bear out; empty where
            nothing was replaced.
    """

    text: str
    sources: tuple[int, ...] | None = None
    start: int | None = None
    end: int | None = None
    findings: tuple[Finding, ...] = ()
    instead_of: str = ""

    @classmethod
    def resting_on(
        cls, text: str, sources: Sequence[int], article: Sequence[Sentence]
    ) -> SummarySentence:
        """Return ``text`` as a sentence that rests on ``sources`` of the article's sentences."""
        ordered = tuple(sorted(set(sources)))
        if not ordered:
            return cls(text)
        return cls(text, ordered, article[ordered[0]].start, article[ordered[-1]].end)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a summarizer read of an article, always from its beginning.

    Attributes:
        sentences: Sentences that were read.
        of: Sentences that the article has.
        parts: Pieces in which they were read; above 1, each was summarised by itself first.
    """

    sentences: int
    of: int
    parts: int = 1

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        return self.sentences >= self.of


@dataclass(frozen=True, slots=True)
class Summary:
    """An Arabic summary of one article.

    Attributes:
        article: The article's id.
        sentences: The summary, in order.
        method: ``extract``, ``lead``, ``seq2seq`` or ``instruct``.
        model: Name and version of the weights that made it; empty where there are none.
        settings: What the method was told, so that it can be done again.
        read: What part of the article was read.
    """

    article: str
    sentences: tuple[SummarySentence, ...]
    method: str
    model: str
    read: Reading
    settings: dict[str, Setting] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)

    def warning_lines(self, origin: str) -> list[str]:
        """Return one line per finding above ``info``, with the sentence's number from 1."""
        return [
            f"⚠ {origin}, sentence {number}: {finding.message}"
            for number, sentence in enumerate(self.sentences, 1)
            for finding in sentence.findings
            if finding.severity != "info"
        ]

    def to_json(self, *, indent: int = 0) -> str:
        """Return the summary as JSON of schema ``mujaz.summary/1``; one line unless indented."""
        return to_json(self, SCHEMA, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Summary:
        """Read a summary back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.summary/1`` record.
        """
        return from_json(text, cls, SCHEMA)


class ArticleSummarizer(Protocol):
    """Makes Arabic summaries of a fixed number of sentences."""

    method: str
    """``extract``, ``lead``, ``seq2seq`` or ``instruct``."""

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article; a short article gives fewer sentences.

        Raises:
            InputError: The article has no sentence.
        """
        ...


def checked_count(count: int) -> int:
    """Return the number of sentences asked for.

    Raises:
        OptionError: It is less than 1.
    """
    if count < 1:
        raise OptionError(f"a summary of {count} sentences", "ask for 1 or more")
    return count
