"""Whether the numbers and names of an Arabic source are in the output, and its own in the source.

Nothing here is a likeness of words: numbers are read and compared by value (`mujaz.arabic`), and a
name stands in an English output when an accepted spelling of it does (`mujaz.checks`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mujaz.arabic import (
    Name,
    Number,
    find_english_numbers,
    find_names,
    find_numbers,
    match_numbers,
)
from mujaz.arabic.proclitics import stems
from mujaz.checks import check_names
from mujaz.checks.english_names import find_english_names
from mujaz.errors import InputError

from .metric import Need, Segments
from .ratios import RatioMetric, Remembered, matrix
from .wording import mostly_arabic, require_sources, words

if TYPE_CHECKING:
    from .metric import Matrix

# Kinds of names whose wording is fixed. Offices, organisations, regions, currencies are said in
# many ways, and the checks accept any.
_KINDS = frozenset({"person", "country", "territory", "capital", "city", "nationality"})
# The checks read no longer text at once; a longer one is read in pieces of so many characters.
_PIECE = 4000


@dataclass(frozen=True, slots=True)
class _Source:
    """A source text with what must be preserved of it."""

    text: str
    numbers: tuple[Number, ...]
    names: tuple[Name, ...]

    @property
    def wanted(self) -> list[Name]:
        """The names that count: of tables, of kinds with a fixed wording."""
        return [name for name in self.names if name.kind in _KINDS and not name.guess]


def _source(text: str) -> _Source:
    return _Source(text, tuple(find_numbers(text)), tuple(find_names(text)))


def _sources(texts: tuple[str, ...]) -> list[_Source]:
    return [_source(text) for text in texts]


class Preservation(RatioMetric):
    """Numbers and names kept from the source, and those of the output that the source supports.

    - ``numbers_kept``: share of the source's numbers, dates, percentages and sums of money that the
      output has, by value;
    - ``numbers_supported``: share of the output's that the source has;
    - ``names_kept``: share of the known names of people, places and peoples in the source that
      stand in the output, in any accepted spelling when it is English;
    - ``names_supported``: share of the output's known names that something in the source explains.

    All are from 0 to 1 and ratios of sums: every number and every name of a text weighs the same. A
    number counts as often as it stands there, a name once a text. Numbers too small to be missed (1
    and 2, first to third) count on neither side. A text with none weighs nothing; an empty output
    keeps nothing and has nothing to support. The share that is kept falls with the length of a
    summary by its nature; the supported shares do not.

    Sources must be Arabic; outputs are read as English or, when most of their letters are Arabic
    ones, as Arabic. Names are those of the tables: what no table holds is not counted.
    """

    name = "preservation"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = ("numbers_kept", "numbers_supported", "names_kept", "names_supported")
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores, True)

    def __init__(self) -> None:
        self._sources = Remembered(_sources)

    def signature(self, segments: Segments) -> str:
        """Return the choices, the language in which outputs are read, and our version."""
        from mujaz import __version__

        language = _language(segments)
        return f"avg:pooled|outputs:{language}|names:tables|mujaz:{__version__}"

    def statistics(self, segments: Segments) -> Matrix:
        """Return what is kept and supported, and what there is, of numbers and of names.

        Raises:
            InputError: A source is missing or has no words, or the sources are not Arabic.
        """
        require_sources(segments, self.name)
        if len(segments) and not mostly_arabic(segments.sources):
            raise InputError(
                f"{self.name} reads Arabic sources, and most letters of these are not Arabic",
                "check that sources and outputs are not exchanged",
            )
        arabic = _language(segments) == "ar"
        rows = []
        for source, output in zip(
            self._sources.of(segments.sources), segments.hypotheses, strict=True
        ):
            numbers = find_numbers(output) if arabic else find_english_numbers(output)
            names = _arabic_names if arabic else _english_names
            counts = (*_numbers(source.numbers, numbers), *names(source, output))
            rows.append((*counts[::2], *counts[1::2]))
        return matrix(rows, 8)


Counts = tuple[int, int, int, int]
"""Kept and all of the source, supported and all of the output."""


def _language(segments: Segments) -> str:
    return "ar" if mostly_arabic(segments.hypotheses) else "en"


def _numbers(source: Sequence[Number], output: Sequence[Number]) -> Counts:
    match = match_numbers(source, output)
    here, there = (sum(not number.weak for number in some) for some in (source, output))
    return here - len(match.missing), here, there - len(match.added), there


def _english_names(source: _Source, output: str) -> Counts:
    """Return the counts for an English output, by the findings of the checks."""
    wanted = {(name.start, name.end): name.english for name in source.wanted}
    kept: set[str] = set()
    supported = known = 0
    for piece in textwrap.wrap(output, _PIECE):
        added: set[tuple[int, int]] | None = None
        for part in textwrap.wrap(source.text, _PIECE):
            findings = check_names(part, piece, source.names)
            # What is lacking depends on the output alone, what is invented on the source as well.
            lacking = {wanted.get(f.source, "") for f in findings if f.source is not None}
            invented = {f.target for f in findings if f.target is not None}
            added = invented if added is None else added & invented
        kept |= set(wanted.values()) - lacking
        spans = _known(piece)
        known += len(spans)
        supported += sum(span not in (added or ()) for span in spans)
    return len(kept), len(set(wanted.values())), supported, known


def _known(text: str) -> list[tuple[int, int]]:
    """Return the spans of the known names of an English text that are names beyond doubt."""
    spans: list[tuple[int, int]] = []
    for name in find_english_names(text):
        if name.sure and name.kinds & _KINDS and (not spans or name.start >= spans[-1][1]):
            spans.append((name.start, name.end))
    return spans


def _arabic_names(source: _Source, output: str) -> Counts:
    """Return the counts for an Arabic output: the same name, or the same words."""
    here = {name.english: name.surface for name in source.wanted}
    there = {name.english: name.surface for name in _source(output).wanted}
    source_words, output_words = words(source.text), words(output)
    return (
        sum(one in there or _stands(form, output_words) for one, form in here.items()),
        len(here),
        sum(one in here or _stands(form, source_words) for one, form in there.items()),
        len(there),
    )


def _stands(name: str, text: Sequence[str]) -> bool:
    """Return whether a name's words stand in a row in a text, with a particle before or without."""
    first, *rest = words(name)
    return any(
        first in {stem for _, stem in stems(word)} and [*text[at + 1 : at + 1 + len(rest)]] == rest
        for at, word in enumerate(text)
    )
