"""The record that every translator hands on, and the interface that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mujaz.arabic import Name
from mujaz.checks import Finding, Severity, worst
from mujaz.record import from_json, to_json

SCHEMA = "mujaz.translation/1"


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name of the source as the model was told to write it, or as the checks expect it."""

    arabic: str
    english: str
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence to translate.

    Attributes:
        text: The Arabic, as it stands in the article.
        names: Names of ``text`` with offsets into it, found where the whole article could be seen;
            ``None`` lets the translator look in the sentence alone.
    """

    text: str
    names: tuple[Name, ...] | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One translation among several that were made of a sentence, and how it fared.

    Attributes:
        how: What was done: ``first``, ``as a quotation``, ``sampled, seed 1``, ``wider beam``,
            ``by MODEL``.
        text: The English.
        findings: What the checks found in it, the messages above ``info``.
        taken: Whether it was chosen.
        part: Of a long sentence that was translated in parts, the part's number from 1; else 0.
    """

    how: str
    text: str
    findings: tuple[str, ...] = ()
    taken: bool = False
    part: int = 0

    @classmethod
    def judged(
        cls, how: str, text: str, findings: Sequence[Finding], *, taken: bool, part: int = 0
    ) -> Attempt:
        """Return the attempt whose findings are ``findings``."""
        messages = tuple(f.message for f in findings if f.severity != "info")
        return cls(how, text, messages, taken, part)


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated sentence.

    Attributes:
        source: The Arabic, as given.
        text: The English.
        confidence: Mean natural-log probability of the English tokens; ``None`` if not known.
        findings: What is or may be wrong; empty when every check passed. Their offsets count the
            characters of ``source`` and of ``text``.
        names: Names of the source and their English.
        attempts: How many translations the model made before this text was chosen; 0 when there
            was nothing to translate.
        tried: These translations, in the order in which they were made; empty where there was but
            one.
    """

    source: str
    text: str
    confidence: float | None
    findings: tuple[Finding, ...] = ()
    names: tuple[GivenName, ...] = ()
    attempts: int = 1
    tried: tuple[Attempt, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the findings, ``None`` when there are none."""
        return worst(self.findings)

    def to_json(self) -> str:
        """Return the translation as one line of JSON, schema ``mujaz.translation/1``."""
        return to_json(self, SCHEMA)

    @classmethod
    def from_json(cls, text: str | bytes) -> Translation:
        """Read a translation back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.translation/1`` record.
        """
        return from_json(text, cls, SCHEMA)


class SegmentTranslator(Protocol):
    """Translates Arabic sentences into English, one by one or in batches, in order."""

    method: str
    """``instruct`` or ``seq2seq``."""

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order; an empty segment gives an empty one."""
        ...
