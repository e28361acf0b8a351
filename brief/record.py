"""The brief and its record: what it says, what it rests on, what may be wrong, who made it."""

from __future__ import annotations

from dataclasses import dataclass

from mujaz.checks import Finding, Severity, worst
from mujaz.record import from_json, to_json
from mujaz.summarize import Reading
from mujaz.translate import Attempt, GivenName

SCHEMA = "mujaz.brief/1"


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One English sentence and what it rests on.

    Attributes:
        text: The English; empty where the translator gave none, which is then among the findings.
        arabic: The Arabic that was translated.
        start: Offset in the article's text where the Arabic it rests on begins; ``None`` when the
            summarizer cannot tell.
        end: Offset behind it, likewise.
        sources: The article's sentences that it rests on, by number from 0; likewise.
        findings: What is or may be wrong.
        confidence: Mean natural-log probability of the English tokens; ``None`` if not known.
        names: Names of the Arabic and their English.
        attempts: How many translations were made before this one was chosen.
        tried: These translations, in the order in which they were made; empty where there was but
            one.
        instead_of: The Arabic that the summarizer wrote here and that did not pass its checks: the
            article's own sentence stands in its place. Empty where nothing was replaced.
    """

    text: str
    arabic: str
    start: int | None = None
    end: int | None = None
    sources: tuple[int, ...] | None = None
    findings: tuple[Finding, ...] = ()
    confidence: float | None = None
    names: tuple[GivenName, ...] = ()
    attempts: int = 1
    tried: tuple[Attempt, ...] = ()
    instead_of: str = ""

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the findings, ``None`` when there are none."""
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class Making:
    """What made a brief.

    Attributes:
        version: Of Mujaz.
        summarizer: Method of the summary.
        summarizer_model: Its model, the sentence encoder of an extract; empty where there is none.
        summarizer_why: Why that was taken.
        translator: Method of the translation.
        translator_model: Its model.
        translator_why: Why that was taken.
        sentences: How many sentences were asked for.
        second_model: The model that tries what the translator leaves with a severe fault; empty
            where there is none.
        strict: Whether sentences with a severe fault are left out.
    """

    version: str
    summarizer: str
    summarizer_model: str
    summarizer_why: str
    translator: str
    translator_model: str
    translator_why: str
    sentences: int
    second_model: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Timings:
    """Wall time in seconds."""

    summarize: float
    translate: float


@dataclass(frozen=True, slots=True)
class Brief:
    """An English brief of one Arabic article.

    Attributes:
        article: The article's id.
        origin: Where the article came from: a path, or ``-``.
        title: The article's own headline in Arabic; empty if it has none.
        headline: English headline: the title's translation, or cut from the first sentence.
        sentences: The brief, in order.
        read: What part of the article the summarizer read.
        making: What made it.
        seconds: What it took; ``None`` where it was made together with others.
        left_out: What a strict brief leaves out: headline and sentences with a severe fault.
    """

    article: str
    origin: str
    title: str
    headline: BriefSentence
    sentences: tuple[BriefSentence, ...]
    read: Reading
    making: Making
    seconds: Timings | None = None
    left_out: tuple[BriefSentence, ...] = ()

    @property
    def warnings(self) -> list[tuple[int, Finding]]:
        """Findings above ``info``, each with its sentence's number from 1; 0 is the headline."""
        return [
            (number, finding)
            for number, sentence in enumerate((self.headline, *self.sentences))
            for finding in sentence.findings
            if finding.severity != "info"
        ]

    def to_json(self, *, indent: int = 0) -> str:
        """Return the brief as JSON of schema ``mujaz.brief/1``; one line unless indented."""
        return to_json(self, SCHEMA, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Brief:
        """Read a brief back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.brief/1`` record.
        """
        return from_json(text, cls, SCHEMA)

    def text(self) -> str:
        """Return the brief as an analyst would paste it into a report."""
        from .rendering import as_text

        return as_text(self)

    def markdown(self) -> str:
        """Return the brief as Markdown."""
        from .rendering import as_markdown

        return as_markdown(self)
