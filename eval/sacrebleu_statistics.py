"""What BLEU, chrF and TER share: statistics that sacreBLEU itself takes, and its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .metric import Metric, Segments

if TYPE_CHECKING:
    from .metric import Matrix


def streams(segments: Segments) -> list[list[str | None]]:
    """Return the references as sacreBLEU takes them: one list per reference, ``None`` for none."""
    most = max(len(references) for references in segments.references)
    return [
        [
            references[place] if place < len(references) else None
            for references in segments.references
        ]
        for place in range(most)
    ]


class SacreBleuMetric(Metric):
    """A metric of sacreBLEU's.

    The statistics come from sacreBLEU's own code, so tokenizers, clipping, and the choice among
    several references are its own; `corpus` repeats only the closing formula for many corpora at
    once, and a test holds it equal to sacreBLEU's public functions.
    """

    def _scorer(self, segments: Segments) -> Any:  # noqa: ANN401 - sacreBLEU's metrics
        """Return sacreBLEU's metric with our choices, fit for these texts."""
        raise NotImplementedError

    def statistics(self, segments: Segments) -> Matrix:
        """Return sacreBLEU's statistics of each segment, one row each."""
        rows = self._scorer(segments)._extract_corpus_statistics(
            segments.hypotheses, streams(segments)
        )
        return np.asarray(rows, dtype=np.float64)

    def signature(self, segments: Segments) -> str:
        """Return sacreBLEU's own signature."""
        scorer = self._scorer(segments)
        counts = {len(references) for references in segments.references}
        scorer.num_refs = counts.pop() if len(counts) == 1 else -1
        return str(scorer.get_signature())
