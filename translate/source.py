"""A segment as models read it: in normal form, with its names, and with the way back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mujaz.arabic import (
    Glossary,
    Name,
    Normalized,
    Sentence,
    arabic_share,
    find_names,
    normalize,
)
from mujaz.checks import Finding, check_form

from .translation import GivenName, Segment, Translation
from .typography import polish


@dataclass(frozen=True, slots=True)
class Source:
    """A segment in normal form.

    Attributes:
        segment: As it was given.
        normal: Its normal form, with the way back.
        names: Its names, with offsets into the normal form.
    """

    segment: Segment
    normal: Normalized
    names: tuple[Name, ...]

    @classmethod
    def of(cls, segment: Segment, glossary: Glossary | None = None) -> Source:
        """Read a segment; names that it does not bring are looked for in it alone."""
        normal = normalize(segment.text)
        if segment.names is None:
            return cls(segment, normal, tuple(find_names(normal.text, glossary=glossary)))
        return cls(segment, normal, _moved(segment.names, normal))

    @property
    def text(self) -> str:
        """The normal form's text."""
        return self.normal.text

    def part(self, piece: Sentence) -> tuple[Name, ...]:
        """Return the names inside ``piece``, a span of the text, with offsets into the piece."""
        return tuple(
            replace(name, start=name.start - piece.start, end=name.end - piece.start)
            for name in self.names
            if piece.start <= name.start and name.end <= piece.end
        )

    def anchored(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return findings on the normal form with offsets into the segment as it was given."""
        return tuple(
            replace(f, source=self.normal.span(*f.source)) if f.source else f for f in findings
        )

    def untranslated(self) -> Translation | None:
        """Return the translation if there is no Arabic to translate, else ``None``.

        What is in Latin letters already stays as it is; a line of signs alone (``***``) is empty.
        """
        if arabic_share(self.text) > 0:
            return None
        text = polish(self.text) if any(c.isalnum() for c in self.text) else ""
        found = check_form(self.text, text) if text else []
        return Translation(self.segment.text, text, None, self.anchored(found), attempts=0)


def given(names: Sequence[Name]) -> tuple[GivenName, ...]:
    """Return names as models are told them, each pair once."""
    return tuple({GivenName(n.surface, n.english, n.guess): None for n in names})


def _moved(names: Sequence[Name], normal: Normalized) -> tuple[Name, ...]:
    """Return names of the source of ``normal`` with offsets into its text."""
    moved = []
    for name in names:
        start = bisect_left(normal.offsets, name.start)
        end = bisect_left(normal.offsets, name.end)
        surface = normal.text[start:end].strip()
        if surface:
            start += len(normal.text[start:end]) - len(normal.text[start:end].lstrip())
            moved.append(replace(name, surface=surface, start=start, end=start + len(surface)))
    return tuple(moved)
