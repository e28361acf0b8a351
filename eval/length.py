"""How long outputs are beside their sources or references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from .metric import Need, Segments
from .ratios import RatioMetric, Remembered, matrix
from .wording import characters, require_sources, wording, words

if TYPE_CHECKING:
    from .metric import Matrix


def _choices() -> str:
    return f"avg:pooled|chars:normalized|{wording().signature}"


def _lengths(texts: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return characters and words of each text."""
    return [(characters(text), len(words(text))) for text in texts]


class Length(RatioMetric):
    """Length of the output by that of its source.

    ``length_ratio_chars`` and ``length_ratio_words`` are output by source, ``compression`` is
    source by output in words (Grusky, Naaman and Artzi 2018, "Newsroom", NAACL). All are ratios of
    sums: an empty output adds nothing to the one side and its source to the other; alone, its
    compression is undefined.
    """

    name = "length"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = ("length_ratio_chars", "length_ratio_words", "compression")
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores)

    def __init__(self) -> None:
        self._sources = Remembered(_lengths)

    def signature(self, segments: Segments) -> str:
        """Return the choices."""
        return f"{_choices()}|against:source"

    def statistics(self, segments: Segments) -> Matrix:
        """Return the lengths above and below each ratio.

        Raises:
            InputError: A source is missing or has no words.
        """
        require_sources(segments, self.name)
        rows = [
            (chars, count, source_count, source_chars, source_count, count)
            for (chars, count), (source_chars, source_count) in zip(
                _lengths(segments.hypotheses), self._sources.of(segments.sources), strict=True
            )
        ]
        return matrix(rows, 6)


class ReferenceLength(RatioMetric):
    """Length of the output by the mean length of its references, a ratio of sums."""

    name = "length-reference"
    needs: ClassVar[frozenset[Need]] = frozenset({"references"})
    scores = ("length_ratio_reference_chars", "length_ratio_reference_words")
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores)

    def signature(self, segments: Segments) -> str:
        """Return the choices and the number of references."""
        return f"nrefs:{segments.reference_count}|{_choices()}|against:reference"

    def statistics(self, segments: Segments) -> Matrix:
        """Return the lengths above and below each ratio, references' as means."""
        rows = []
        for hypothesis, references in zip(
            _lengths(segments.hypotheses), segments.references, strict=True
        ):
            sides = zip(*_lengths(references), strict=True)
            rows.append((*hypothesis, *(sum(side) / len(references) for side in sides)))
        return matrix(rows, 4)
