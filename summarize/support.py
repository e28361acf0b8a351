"""What a written summary sentence rests on, and what in it the article does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mujaz.arabic import (
    Article,
    Name,
    Number,
    Sentence,
    find_names,
    find_numbers,
    fold,
    match_numbers,
    normalize,
)
from mujaz.checks import Finding, Severity
from mujaz.models.encoder import sentence_encoder

# Similarity of a written sentence and the article's nearest one. On 200 articles of BBC Arabic 2.5%
# of the reference summaries lie below the first value and 6% below the second, most of them
# questions to the reader; of the summaries of other articles 99% lie below the first.
LEAST, DOUBTFUL = 0.40, 0.50
_MOST_SOURCES = 2

# Names of these kinds have one Arabic form and its inflections; offices and bodies may be reworded.
_FIXED = frozenset({"person", "country", "territory", "capital", "city", "nationality"})
# Names that are less sure than this may be common words.
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a written sentence rests on, and what is wrong with it.

    Attributes:
        sources: Numbers of the article's sentences that it rests on, from 0, the nearest first;
            empty when nothing in the article comes near to it.
        findings: What the article does not have. Their ``source`` is a place in the sentence.
    """

    sources: tuple[int, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def severe(self) -> bool:
        """Whether the sentence must not be relied on."""
        return any(finding.severity == "severe" for finding in self.findings)


class Support:
    """An article, as what is written about it is held against it.

    A written sentence is severely wrong when nothing in the article comes near to it in meaning, or
    when it has a number, a person or a place that the article lacks.

    Args:
        article: The article.
        found: Its sentences.
    """

    def __init__(self, article: Article, found: Sequence[Sentence]) -> None:
        self._whole = normalize(f"{article.title}\n{article.text}").text
        self._sentences = [normalize(sentence.text).text for sentence in found]

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Return what each written sentence rests on, and what is wrong with it."""
        if not texts or not self._sentences:
            return [Judgement(()) for _ in texts]
        matrix = sentence_encoder().similarity(list(texts), self._sentences)
        judged = []
        for text, row in zip(texts, matrix, strict=True):
            order = sorted(range(len(row)), key=lambda i, row=row: -float(row[i]))  # type: ignore[misc]
            near = tuple(i for i in order[:_MOST_SOURCES] if row[i] >= LEAST)
            findings = (*self._numbers(text), *self._names(text))
            nearest = float(row[order[0]])
            if nearest < DOUBTFUL:
                message = (
                    "nothing in the article comes near to this sentence of the summary "
                    f"(similarity {nearest:.2f})"
                )
                severity: Severity = "warning" if near else "severe"
                findings = (Finding("support", severity, message), *findings)
            judged.append(Judgement(near, findings))
        return judged

    def _numbers(self, text: str) -> list[Finding]:
        found = find_numbers(text)
        return [
            Finding("number", "severe", f'"{n.surface}" is not in the article', (n.start, n.end))
            for n in (match_numbers(self._own_numbers, found).added if found else ())
        ]

    def _names(self, text: str) -> list[Finding]:
        return [
            Finding(
                "name",
                "severe",
                f'"{name.english}" ({name.surface}) is not in the article',
                (name.start, name.end),
            )
            for name in find_names(text, guesses=False)
            if name.kind in _FIXED and name.confidence >= _SURE and not self._has(name)
        ]

    def _has(self, name: Name) -> bool:
        last = name.english.split()[-1]
        return (
            fold(name.surface) in self._folded
            or any(last in spelling.split() for spelling in self._spellings)
            or (name.kind != "person" and name.country in self._countries)
        )

    @cached_property
    def _own_numbers(self) -> list[Number]:
        return find_numbers(self._whole)

    @cached_property
    def _folded(self) -> str:
        return fold(self._whole)

    @cached_property
    def _own_names(self) -> list[Name]:
        return find_names(self._whole)

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(s for n in self._own_names for s in (n.english, *n.also))

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(n.country for n in self._own_names) - {""}
