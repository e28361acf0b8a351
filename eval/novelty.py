"""How much of a summary is said in words that its source does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from .metric import Need, Segments
from .ratios import RatioMetric, Remembered, matrix
from .wording import ngrams, require_one_script, require_outputs, require_sources, wording, words

if TYPE_CHECKING:
    from .metric import Matrix

_SIZES = (1, 2, 3)


class Novelty(RatioMetric):
    """Share of the outputs' 1-, 2- and 3-grams that their sources do not have, from 0 to 1.

    Every occurrence counts, and n-grams run over ends of sentences. Ratios of sums: every n-gram of
    the corpus weighs the same; an output of fewer than n words has none and weighs nothing.
    """

    name = "novelty"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = tuple(f"novelty_{size}" for size in _SIZES)
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores)

    def __init__(self) -> None:
        self._sources = Remembered(lambda texts: [words(text) for text in texts])

    def signature(self, segments: Segments) -> str:
        """Return the choices."""
        return f"avg:pooled|{wording().signature}|count:occurrences"

    def statistics(self, segments: Segments) -> Matrix:
        """Return the numbers of new n-grams and of all n-grams.

        Raises:
            InputError: A source is missing or has no words, no output has words, or sources and
                outputs are in different scripts.
        """
        require_sources(segments, self.name)
        require_outputs(segments, self.name)
        require_one_script(segments, self.name)
        rows = []
        for source, hypothesis in zip(
            self._sources.of(segments.sources), segments.hypotheses, strict=True
        ):
            output = words(hypothesis)
            new, all_ = [], []
            for size in _SIZES:
                known = set(ngrams(source, size))
                grams = list(ngrams(output, size))
                new.append(sum(gram not in known for gram in grams))
                all_.append(len(grams))
            rows.append((*new, *all_))
        return matrix(rows, 2 * len(_SIZES))
