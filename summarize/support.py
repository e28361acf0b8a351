"""What an abstractive summary sentence rests on: the article's sentences nearest in meaning."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic import Sentence, normalize
from mujaz.models.encoder import sentence_encoder

from .summary import SummarySentence

# Similarity below which a sentence of the article supports nothing. Chosen, not
# measured: between the medians of wrong and right pairs of `mujaz.checks.meaning`, 0.19 and 0.77.
LEAST = 0.5
_MOST_SOURCES = 2


def supported(texts: Sequence[str], article: Sequence[Sentence]) -> list[SummarySentence]:
    """Return ``texts`` with the article's sentences that each rests on.

    A sentence that nothing in the article comes near to has no sources: it may be invented.
    """
    if not texts or not article:
        return [SummarySentence(text) for text in texts]
    matrix = sentence_encoder().similarity(list(texts), [normalize(s.text).text for s in article])
    result = []
    for text, row in zip(texts, matrix, strict=True):
        order = sorted(range(len(article)), key=lambda i, row=row: -float(row[i]))  # type: ignore[misc]
        near = [i for i in order[:_MOST_SOURCES] if row[i] >= LEAST]
        result.append(SummarySentence.resting_on(text, near, article))
    return result
