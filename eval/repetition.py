"""How much an output repeats itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from .metric import Need, Segments
from .ratios import RatioMetric, matrix
from .wording import ngrams, require_outputs, wording, words

if TYPE_CHECKING:
    from .metric import Matrix

_SIZES = (2, 3, 4)


class Repetition(RatioMetric):
    """Share of an output's 2-, 3- and 4-grams that stood in it before, from 0 to 1.

    1 - distinct n-grams / n-grams, as in Welleck et al. 2020, "Neural Text Generation with
    Unlikelihood Training", ICLR (seq-rep-n; theirs is of 4-grams). Ratios of sums: the repeated
    n-grams of all outputs by all their n-grams; an output of fewer than n words weighs nothing.
    """

    name = "repetition"
    needs: ClassVar[frozenset[Need]] = frozenset()
    scores = tuple(f"repetition_{size}" for size in _SIZES)
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores, False)

    def signature(self, segments: Segments) -> str:
        """Return the choices."""
        return f"avg:pooled|{wording().signature}|count:occurrences"

    def statistics(self, segments: Segments) -> Matrix:
        """Return the numbers of repeated n-grams and of all n-grams.

        Raises:
            InputError: No output has words.
        """
        require_outputs(segments, self.name)
        rows = []
        for hypothesis in segments.hypotheses:
            output = words(hypothesis)
            grams = [list(ngrams(output, size)) for size in _SIZES]
            repeated = [len(some) - len(set(some)) for some in grams]
            rows.append((*repeated, *map(len, grams)))
        return matrix(rows, 2 * len(_SIZES))
