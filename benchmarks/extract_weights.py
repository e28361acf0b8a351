"""How the weights of extract were chosen: a search on the choosing half of the BBC articles.

python -m benchmarks.extract_weights

One weight at a time is moved over a short grid while the aim rises. The aim is what extract gains
over the lead of as many sentences (mean of ROUGE-1, 2 and L), with and without the headline: for
summaries of 1, 2 and 3 sentences of the articles without their lead, and, counted half, for one
sentence of the whole articles. There the first sentence nearly is the reference, and any second
one is only rewarded for being short.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benchmarks.summaries import Half, Item, bbc, easc, rouge, tokens
from mujaz.arabic import sentences
from mujaz.models.encoder import sentence_encoder
from mujaz.summarize.candidates import candidates, leans
from mujaz.summarize.ranking import RankingWeights, headline_shares, pick, prior, walk

Floats = NDArray[np.float64]
COUNTS = (1, 2, 3)
START = RankingWeights(position=0.5, headline=1.0, walk=0.5, redundancy=0.5, leaning=0.2)
GRID: dict[str, tuple[float, ...]] = {
    "position": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0),
    "headline": (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0),
    "walk": (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    "redundancy": (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0),
}


@dataclass(slots=True)
class Prepared:
    """An article with everything that does not depend on the weights."""

    words: list[list[str]]
    references: list[list[str]]
    similarity: Floats
    shares: Floats
    allowed: list[int]
    leaning: list[bool]
    known: dict[tuple[int, ...], float] = field(default_factory=dict)

    def value(self, taken: list[int]) -> float:
        """Return the mean of the three scores of the sentences taken."""
        key = tuple(taken)
        if key not in self.known:
            text = [word for index in key for word in self.words[index]]
            self.known[key] = float(np.mean([rouge(text, one) for one in self.references]))
        return self.known[key]

    def lead(self, count: int) -> float:
        """Return the score of the lead."""
        return self.value(self.allowed[:count])

    def extract(self, count: int, weights: RankingWeights, *, headline: bool) -> float:
        """Return the score of the extract."""
        start = prior(len(self.words), self.shares if headline else None, weights)
        scores = walk(self.similarity, start, weights)
        return self.value(pick(scores, self.similarity, self.allowed, self.leaning, count, weights))


def prepared(items: list[Item]) -> list[Prepared]:
    """Return the articles with their vectors."""
    made = []
    for item in items:
        found = sentences(item.article)
        texts = [sentence.text for sentence in found]
        vectors = sentence_encoder().encode(texts).astype(np.float64)
        made.append(
            Prepared(
                words=[tokens(text) for text in texts],
                references=[tokens(reference) for reference in item.references],
                similarity=vectors @ vectors.T,
                shares=headline_shares(item.article.title, texts),
                allowed=candidates(item.article, found),
                leaning=[leans(text) for text in texts],
            )
        )
    return made


def gain(items: list[Prepared], weights: RankingWeights, count: int, *, headline: bool) -> float:
    """Return what extract gains over the lead."""
    return float(
        np.mean([one.extract(count, weights, headline=headline) - one.lead(count) for one in items])
    )


def aim(nolead: list[Prepared], whole: list[Prepared], weights: RankingWeights) -> float:
    """Return the mean gain without the lead, and half of the mean gain on whole articles."""
    cells = list(product(COUNTS, (False, True)))
    return float(
        np.mean([gain(nolead, weights, count, headline=title) for count, title in cells])
        + 0.5 * np.mean([gain(whole, weights, 1, headline=title) for title in (False, True)])
    )


def search(
    nolead: list[Prepared], whole: list[Prepared], start: RankingWeights
) -> tuple[RankingWeights, float]:
    """Return the weights where no single move raises the aim by 0.01."""
    best, value = start, aim(nolead, whole, start)
    moved = True
    while moved:
        moved = False
        for name, grid in GRID.items():
            for step in grid:
                trial = replace(best, **{name: step})
                result = aim(nolead, whole, trial)
                if result > value + 0.01:
                    best, value, moved = trial, result, True
    return best, value


def main() -> None:
    """Search on one half; print the gains on both, and out of domain."""
    halves: dict[Half, tuple[list[Prepared], list[Prepared]]] = {
        half: (
            prepared(bbc("text_nolead", title=True, half=half)),
            prepared(bbc("text", title=True, half=half)),
        )
        for half in ("choosing", "held-out")
    }
    away = prepared(easc())
    chosen, value = search(*halves["choosing"], START)
    print(f"aim {value:.3f}:", asdict(chosen))
    for name, weights in (("defaults", RankingWeights()), ("chosen", chosen)):
        for half, (nolead, whole) in halves.items():
            for headline, count in product((False, True), COUNTS):
                print(
                    f"{name:9s} {half:9s} headline={headline!s:5s} sentences={count}"
                    f"  without lead {gain(nolead, weights, count, headline=headline):+.2f}"
                    f"  whole {gain(whole, weights, count, headline=headline):+.2f}"
                )
        print(
            f"{name:9s} EASC",
            *(f"{gain(away, weights, count, headline=False):+.2f}" for count in COUNTS),
        )


if __name__ == "__main__":
    main()
