"""The sentences that carry the article, word for word: nothing in them can be invented."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mujaz.arabic import Article
from mujaz.models.encoder import SentenceEncoder, sentence_encoder

from .candidates import candidates, leans, sentences_of
from .ranking import RankingWeights, headline_shares, pick, prior, walk
from .summary import Reading, Setting, Summary, SummarySentence, checked_count

if TYPE_CHECKING:
    from .ranking import Scores

MAX_SENTENCES = 1000
"""Sentences that are read; the similarities of this many take 8 MB. News has 10 to 100."""


class Extract:
    """Picks the sentences that carry the article and gives them in the article's order.

    See :mod:`mujaz.summarize.ranking` for how. A headline helps when the article has one.

    Args:
        count: Sentences of the summary; a shorter article gives fewer.
        weights: What counts how much.
        encoder: The sentence encoder; by default the process's own.

    Raises:
        OptionError: ``count`` is less than 1.
    """

    method = "extract"

    def __init__(
        self,
        count: int = 3,
        *,
        weights: RankingWeights | None = None,
        encoder: SentenceEncoder | None = None,
    ) -> None:
        self.count = checked_count(count)
        self.weights = weights or RankingWeights()
        self.encoder = encoder or sentence_encoder()

    def summarize(self, article: Article) -> Summary:
        """Return the article's most telling sentences.

        Raises:
            InputError: The article has no sentence.
            ModelError: The sentence encoder cannot be loaded.
        """
        found = sentences_of(article)
        read = found[:MAX_SENTENCES]
        texts = [sentence.text for sentence in read]
        scores, similarity = self._scores(texts, article.title)
        taken = pick(
            scores,
            similarity,
            candidates(article, read),
            [leans(text) for text in texts],
            self.count,
            self.weights,
        )
        return Summary(
            article=article.id,
            sentences=tuple(
                SummarySentence.resting_on(texts[index], [index], read) for index in taken
            ),
            method=self.method,
            model=f"{self.encoder.name} {self.encoder.version}",
            read=Reading(sentences=len(read), of=len(found)),
            settings=self._settings(article),
        )

    def _scores(self, texts: list[str], headline: str) -> tuple[Scores, Scores]:
        import numpy as np

        vectors = self.encoder.encode(texts).astype(np.float64)
        similarity = vectors @ vectors.T
        shares = headline_shares(headline, texts) if headline.strip() else None
        start = prior(len(texts), shares, self.weights)
        return walk(similarity, start, self.weights), similarity

    def _settings(self, article: Article) -> dict[str, Setting]:
        used: dict[str, Setting] = {"sentences": self.count, "title": bool(article.title.strip())}
        return used | asdict(self.weights)
