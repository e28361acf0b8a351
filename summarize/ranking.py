"""How much each sentence of an article says of what the article is about.

A random reader (Erkan and Radev 2004, "LexRank", JAIR 22) walks from sentence to sentence, more
often to those near in meaning, and starts anew where the news is expected: near the beginning, and
where the headline's subject is (the "biased" form of Otterbacher, Erkan and Radev 2009). A
sentence's score is the share of the time spent there. The summary is picked one by one, each new
sentence paying for what it repeats (Carbonell and Goldstein 1998, maximal marginal relevance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mujaz.arabic import fold

from .candidates import WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_ROUNDS = 30
# Function words (folded, without و) that say nothing of the subject of a headline.
_FUNCTION_WORDS = (
    "في من علي الي عن ان التي الذي الذين ما لا لم لن قد هذا هذه ذلك تلك كان كانت بعد قبل مع بين كل "
    "او ثم بعض غير حتي هو هي هم كما عند عندما منذ خلال اي فيه فيها منه منها عليه عليها به بها له "
    "لها انه انها الا لكن بن يوم لماذا كيف هل ماذا متي اين"
)
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """What counts how much. Defaults: `benchmarks/extract_weights.py`, on 150 BBC Arabic articles.

    Attributes:
        position: Exponent of the decay with the sentence's position.
        headline: Weight of the share of the headline's words that are in the sentence.
        walk: Share of the steps that follow the similarity of sentences; the rest start anew.
        redundancy: How much of its score a sentence loses that says what was said already.
        leaning: How much of its score a sentence loses that begins by pointing back ("he added").
            Not measured but set, for the reader's sake: it costs no ROUGE.
    """

    position: float = 0.6
    headline: float = 0.5
    walk: float = 0.2
    redundancy: float = 0.5
    leaning: float = 0.2


# Weight of a sentence that shares no word with the headline.
_FLOOR = 0.1


def prior(count: int, shares: Scores | None, weights: RankingWeights) -> Scores:
    """Return where the reader starts: shape (count,), sum 1.

    Args:
        count: Sentences of the article.
        shares: Share of the headline's words in each sentence; ``None`` without a headline.
        weights: The exponent of the position and the weight of the headline.
    """
    import numpy as np

    start = (1.0 + np.arange(count)) ** -weights.position
    if shares is not None:
        start *= _FLOOR + weights.headline * shares
    return np.asarray(start / start.sum(), dtype=np.float64)


def walk(similarity: Scores, start: Scores, weights: RankingWeights) -> Scores:
    """Return the share of time that the reader spends on each sentence: shape (count,), sum 1.

    Args:
        similarity: Cosines of the sentences with each other: shape (count, count).
        start: Where the reader starts, from :func:`prior`.
        weights: The share of steps that follow the similarity.
    """
    import numpy as np

    steps = np.maximum(similarity, 0.0).astype(np.float64)
    np.fill_diagonal(steps, 0.0)
    totals = steps.sum(axis=1, keepdims=True)
    # A sentence near to no other sends the reader back to the start.
    steps = np.where(totals > 0, steps / np.where(totals > 0, totals, 1.0), start)
    scores = start
    for _ in range(_ROUNDS):
        scores = (1.0 - weights.walk) * start + weights.walk * (scores @ steps)
    return scores


def pick(
    scores: Scores,
    similarity: Scores,
    allowed: Sequence[int],
    leaning: Sequence[bool],
    count: int,
    weights: RankingWeights,
) -> list[int]:
    """Return the indexes of the summary's sentences, in the article's order.

    Args:
        scores: Score of every sentence of the article.
        similarity: Cosines of the sentences with each other.
        allowed: Indexes that may be picked.
        leaning: For every sentence, whether it leans on the one before.
        count: How many to pick; fewer if fewer are allowed.
        weights: The price of repetition and of leaning.
    """
    taken: list[int] = []
    left = list(allowed)

    def value(index: int) -> float:
        worth = float(scores[index])
        if taken:
            nearest = max(float(similarity[index, other]) for other in taken)
            worth *= 1.0 - weights.redundancy * max(nearest, 0.0)
        if leaning[index] and index - 1 not in taken:
            worth *= 1.0 - weights.leaning
        # Rounded, so that the last bits of a sum never decide; then the earlier sentence wins.
        return round(worth, 9)

    while left and len(taken) < count:
        best = max(left, key=lambda index: (value(index), -index))
        left.remove(best)
        taken.append(best)
    return sorted(taken)


def headline_shares(headline: str, texts: Sequence[str]) -> Scores:
    """Return the share of the headline's words that each text contains: shape (texts,), 0 to 1."""
    import numpy as np

    wanted = _subject_words(headline)
    shares = [len(wanted & _subject_words(text)) / max(len(wanted), 1) for text in texts]
    return np.asarray(shares, dtype=np.float64)


def _subject_words(text: str) -> frozenset[str]:
    empty = frozenset(_FUNCTION_WORDS.split())
    words = WORD.findall(fold(text))
    return frozenset(_bare(word) for word in words if len(word) > 2 and word not in empty)


def _bare(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word
