"""What every metric is: statistics of each segment, whose sums decide the score of a corpus.

A corpus score is a function of sums over segments. So a resample of the corpus needs no text again:
the bootstrap multiplies a matrix of how often each segment was drawn with the matrix of statistics
(`mujaz.eval.significance`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from mujaz.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

Need = Literal["references", "sources"]


@dataclass(frozen=True, slots=True)
class Segments:
    """What is scored: one system's outputs, aligned with what they are held against.

    Attributes:
        ids: Of the segments, unique.
        hypotheses: The outputs, one a segment.
        references: For each segment its references, at least one; how many may differ from segment
            to segment, and sacreBLEU's signature then says ``nrefs:var``. The whole is empty when
            there are none.
        sources: The source texts; empty when they are not known.
        domains: What each segment is about, for tables by domain; empty when not known.
    """

    ids: tuple[str, ...]
    hypotheses: tuple[str, ...]
    references: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("hypotheses", "references", "sources", "domains"):
            count = len(getattr(self, name))
            if count != len(self.ids) and (count or name == "hypotheses"):
                raise InputError(
                    f"{len(self.ids)} segments and {count} {name}", "give one for each segment"
                )
        if len(set(self.ids)) != len(self.ids):
            twice = next(id for id, count in Counter(self.ids).items() if count > 1)
            raise InputError(f"two segments have the id {twice!r}", "make the ids unique")
        bare = next((i for i, r in zip(self.ids, self.references, strict=False) if not r), None)
        if bare is not None:
            raise InputError(f"segment {bare!r} has no reference", "give each at least one")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def reference_count(self) -> str:
        """How many references a segment has, for signatures; ``var`` where that differs."""
        counts = {len(texts) for texts in self.references} or {0}
        return str(counts.pop()) if len(counts) == 1 else "var"


class Metric(ABC):
    """One metric with its choices made; makes one score or several (ROUGE makes four).

    Attributes:
        name: As it is asked for, ``bleu``.
        needs: What it compares the outputs with.
        scores: Names of the scores it gives, in the order of the columns of `corpus`.
        higher_is_better: Whether more is better, for each score; ``None`` where neither end is
            (length ratio).
    """

    name: ClassVar[str]
    needs: ClassVar[frozenset[Need]] = frozenset({"references"})
    scores: tuple[str, ...]
    higher_is_better: Mapping[str, bool | None]

    @abstractmethod
    def signature(self, segments: Segments) -> str:
        """Return every choice and version that the score depends on, in sacreBLEU's style.

        ``nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0``
        """

    @abstractmethod
    def statistics(self, segments: Segments) -> Matrix:
        """Return the statistics of each segment, one row each.

        Raises:
            InputError: The texts are not ones that the metric can score.
        """

    @abstractmethod
    def corpus(self, sums: Matrix) -> Matrix:
        """Return scores of corpora, one row each, from the sums of their segments' statistics.

        Args:
            sums: Shape (corpora, statistics).

        Returns:
            Shape (corpora, scores), on the metric's usual scale (BLEU, ROUGE, chrF: 0 to 100).
        """

    def warnings(self, segments: Segments, statistics: Matrix) -> tuple[str, ...]:
        """Return what a reader of the scores must know, one line each; usually nothing."""
        return ()

    def by_segment(self, statistics: Matrix) -> Matrix:
        """Return the scores of each segment alone, shape (segments, scores)."""
        return self.corpus(statistics)
