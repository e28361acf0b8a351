"""chrF (Popović, 2015) and chrF++ (Popović, 2017), as sacreBLEU computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mujaz.errors import InputError, OptionError

from .metric import Segments
from .sacrebleu_statistics import SacreBleuMetric
from .script import first_arabic

if TYPE_CHECKING:
    from .metric import Matrix

# Marks of Arabic text, and the quotation marks of printed text of any script, that chrF++ must
# split from words as it splits ASCII ones.
_ARABIC_MARKS = frozenset("،؛؟٪٫٬٭۔«»‹›“”‘’„…–—")
_PUNCTUATION = ("ascii", "arabic")


class Chrf(SacreBleuMetric):
    """chrF from 0 to 100; with ``word_order=2`` chrF++.

    Args:
        word_order: Longest sequence of words that counts: 0 for chrF, 2 for chrF++.
        char_order: Longest sequence of characters that counts.
        beta: How much more recall weighs than precision.
        lowercase: Whether case does not count.
        whitespace: Whether spaces count as characters.
        punctuation: What is split from words where words count. ``ascii`` is sacreBLEU's way;
            ``arabic`` also splits Arabic marks. ``None`` takes ``arabic`` when a reference is in
            Arabic.

    Raises:
        OptionError: ``punctuation`` is unknown.
    """

    name: ClassVar[str] = "chrf"

    def __init__(
        self,
        *,
        word_order: int = 0,
        char_order: int = 6,
        beta: int = 2,
        lowercase: bool = False,
        whitespace: bool = False,
        punctuation: str | None = None,
    ) -> None:
        if punctuation not in (None, *_PUNCTUATION):
            raise OptionError(
                f"punctuation {punctuation!r} is unknown", f"use {', '.join(_PUNCTUATION)}"
            )
        self.punctuation = punctuation
        self.beta = beta
        self.order = char_order + word_order
        self._words = word_order > 0
        self._choices: dict[str, Any] = {
            "word_order": word_order,
            "char_order": char_order,
            "beta": beta,
            "lowercase": lowercase,
            "whitespace": whitespace,
        }
        score = ("chrf" if beta == 2 else f"chrf{beta}") + "+" * word_order
        self.scores = (score,)
        self.higher_is_better: dict[str, bool | None] = {score: True}

    def _splits(self, segments: Segments) -> str:
        """Return which punctuation is split from words in these texts."""
        arabic = first_arabic(segments) if self._words else None
        if arabic and self.punctuation == "ascii":
            raise InputError(
                f"segment {arabic!r} has an Arabic reference, and chrF++ was told to split ASCII"
                " punctuation only",
                "leave the choice of punctuation out",
            )
        return self.punctuation or ("arabic" if arabic else "ascii")

    def _scorer(self, segments: Segments) -> Any:  # noqa: ANN401 - sacreBLEU's metric
        from sacrebleu.metrics.chrf import CHRF

        scorer = CHRF(**self._choices)
        if self._words and self._splits(segments) == "arabic":
            scorer._PUNCTS = CHRF._PUNCTS | _ARABIC_MARKS
        return scorer

    def signature(self, segments: Segments) -> str:
        """Return sacreBLEU's signature; another punctuation than its own is added to it."""
        signature = super().signature(segments)
        if self.beta != 2:
            signature = signature.replace("|nc:", f"|beta:{self.beta}|nc:")
        if self._words and self._splits(segments) == "arabic":
            signature = signature.replace("|version:", "|punct:arabic|version:")
        return signature

    def corpus(self, sums: Matrix) -> Matrix:
        """Return chrF from summed counts (output, reference, shared) per order: (corpora, 1)."""
        counts = np.atleast_2d(sums).reshape(-1, self.order, 3)
        output, reference, shared = counts[..., 0], counts[..., 1], counts[..., 2]
        # Orders that one side is too short for do not count (sacreBLEU's effective order).
        counted = (output > 0) & (reference > 0)
        orders = np.maximum(counted.sum(axis=1), 1)
        zeros = np.zeros_like(shared)
        precision = np.divide(shared, output, out=zeros.copy(), where=counted).sum(axis=1) / orders
        recall = np.divide(shared, reference, out=zeros, where=counted).sum(axis=1) / orders
        weight = self.beta**2
        below = weight * precision + recall
        score = np.divide(
            (1 + weight) * precision * recall, below, out=np.zeros_like(below), where=below > 0
        )
        scores: Matrix = 100 * score[:, None]
        return scores
