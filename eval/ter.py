"""TER, the translation edit rate (Snover et al., 2006), as sacreBLEU computes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mujaz.errors import InputError

from .metric import Segments
from .sacrebleu_statistics import SacreBleuMetric
from .script import first_arabic

if TYPE_CHECKING:
    from .metric import Matrix


class Ter(SacreBleuMetric):
    """TER: edits per hundred words of the reference; less is better, and it can pass 100.

    Words are what stands between spaces, so Arabic texts need no other tokenizer; the two choices
    that touch punctuation know ASCII alone and are refused for Arabic.

    Args:
        normalized: Split ASCII punctuation from words, as tercom's ``-N``.
        no_punct: Delete ASCII punctuation, as tercom's ``-P``.
        case_sensitive: Whether case counts; sacreBLEU's default is that it does not.
    """

    name: ClassVar[str] = "ter"
    scores = ("ter",)
    higher_is_better: Mapping[str, bool | None] = {"ter": False}

    def __init__(
        self,
        *,
        normalized: bool = False,
        no_punct: bool = False,
        case_sensitive: bool = False,
    ) -> None:
        self._choices: dict[str, Any] = {
            "normalized": normalized,
            "no_punct": no_punct,
            "case_sensitive": case_sensitive,
        }

    def _scorer(self, segments: Segments) -> Any:  # noqa: ANN401 - sacreBLEU's metric
        from sacrebleu.metrics.ter import TER

        touched = [name for name in ("normalized", "no_punct") if self._choices[name]]
        arabic = first_arabic(segments) if touched else None
        if arabic:
            raise InputError(
                f"segment {arabic!r} has an Arabic reference, and TER's {touched[0]} knows ASCII"
                " punctuation only",
                f"leave {touched[0]} out",
            )
        return TER(**self._choices)

    def corpus(self, sums: Matrix) -> Matrix:
        """Return TER from summed edits and reference lengths, shape (corpora, 1)."""
        sums = np.atleast_2d(sums)
        edits, words = sums[:, 0], sums[:, 1]
        rate = np.divide(edits, words, out=(edits > 0).astype(np.float64), where=words > 0)
        return 100 * rate[:, None]
