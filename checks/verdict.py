"""The verdict on a translation, whoever made it: pairs of lines in, findings on each out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal, get_args

import msgspec

from mujaz.arabic import Glossary, Name, Normalized, find_names, normalize

from . import check_translation
from .finding import Finding, Kind, Severity, worst
from .meaning import aligned_similarities

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of finding."""

FailOn = Literal["severe", "warning", "never"]
"""From which severity on a verdict fails."""

_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Pair:
    """One Arabic line and its English.

    Attributes:
        id: What to call it.
        source: The Arabic.
        text: The English.
    """

    id: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentVerdict:
    """What is or may be wrong with one pair.

    Attributes:
        id: The pair's.
        findings: Their offsets count the characters of the pair's ``source`` and ``text``.
    """

    id: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is or may be wrong with a translation.

    Attributes:
        segments: One for each pair, in order, those without findings too.
    """

    segments: tuple[SegmentVerdict, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of findings of one severity."""
        return sum(f.severity == severity for one in self.segments for f in one.findings)

    def flagged(self, severity: Severity) -> int:
        """Return the number of segments with a finding of one severity."""
        return sum(any(f.severity == severity for f in one.findings) for one in self.segments)

    def fails(self, at: FailOn = "severe") -> bool:
        """Return whether a finding is as bad as ``at``, or worse."""
        enough = {"severe": ("severe",), "warning": ("warning", "severe"), "never": ()}[at]
        return any(worst(one.findings) in enough for one in self.segments)

    def to_json(self, *, indent: int = 0) -> str:
        """Return ``{"segments": [{"id", "findings": [{"kind", "severity", "message", …}]}]}``.

        ``source`` and ``target`` of a finding are ``[start, end]`` in code points, or null.
        """
        raw = msgspec.json.encode(msgspec.to_builtins(self))
        return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def judge(
    pairs: Sequence[Pair],
    *,
    glossary: Glossary | None = None,
    one_document: bool = False,
    kinds: Collection[Kind] = KINDS,
) -> Verdict:
    """Run every check on every pair.

    A pair of two blank lines is a break between paragraphs and has no findings; a text without a
    source is severe, and so is a source without a text. Entities of HTML in the English are read as
    what they stand for.

    Args:
        pairs: Lines, a sentence each; the Arabic as it stands in its file.
        glossary: The user's own names and terms; each that is missed is a finding.
        one_document: Whether all lines are one article, so that a name's short form is known by the
            full name on another line.
        kinds: What to look for.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    sources = [normalize(pair.source) for pair in pairs]
    names = _names(sources, glossary, one_document)
    texts = [_decoded(pair.text) for pair in pairs]
    cosines = (
        aligned_similarities([s.text for s in sources], [text.text for text in texts])
        if "meaning" in kinds
        else [1.0] * len(pairs)
    )
    skip = frozenset(KINDS) - frozenset(kinds)
    return Verdict(
        tuple(
            SegmentVerdict(pair.id, tuple(_findings(source, text, own, near, skip)))
            for pair, source, text, own, near in zip(
                pairs, sources, texts, names, cosines, strict=True
            )
        )
    )


def _findings(
    source: Normalized,
    text: Normalized,
    names: Sequence[Name],
    similarity: float,
    skip: Collection[Kind],
) -> list[Finding]:
    if not source.text:
        if not text.text.strip() or "length" in skip:
            return []
        span = (0, len(text.source))
        return [Finding("length", "severe", "there is no source for this text", target=span)]
    return [
        replace(
            found,
            source=source.span(*found.source) if found.source else None,
            target=text.span(*found.target) if found.target else None,
        )
        for found in check_translation(
            source.text, text.text, names, similarity=similarity, whole=True, skip=skip
        )
    ]


def _decoded(text: str) -> Normalized:
    """Return ``text`` with its HTML entities decoded: web services leave ``isn&#39;t`` behind."""
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _ENTITY.finditer(text):
        letters = unescape(match[0])
        if letters == match[0]:
            continue
        pieces += [text[done : match.start()], letters]
        offsets += [*range(done, match.start()), *[match.start()] * len(letters)]
        done = match.end()
    if not pieces:
        return Normalized(text, text, range(len(text) + 1))
    return Normalized(
        "".join([*pieces, text[done:]]), text, [*offsets, *range(done, len(text) + 1)]
    )


def _names(
    sources: Sequence[Normalized], glossary: Glossary | None, one_document: bool
) -> list[list[Name]]:
    """Return the names of each source, with offsets into it."""
    if not one_document:
        return [find_names(source.text, glossary=glossary) for source in sources]
    # A blank line between them keeps names from running on; one line end would not.
    whole = "\n\n".join(source.text for source in sources)
    names = iter([*find_names(whole, glossary=glossary), None])
    name = next(names)
    found, start = [], 0
    for source in sources:
        end = start + len(source.text)
        own = []
        while name is not None and name.start < end:
            own.append(replace(name, start=name.start - start, end=name.end - start))
            name = next(names)
        found.append(own)
        start = end + 2
    return found
