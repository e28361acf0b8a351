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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mujaz.models.encoder import sentence_encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_ENGLISH = re.compile(r"[a-z]{3,}")
_CASED = re.compile(r"[A-Za-z]{3,}")
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
# Words whose vectors are kept: 16 MB.
_MOST_KEPT = 8192


@dataclass(frozen=True, slots=True)
class CoveredWord:
    """One content word, of the Arabic or of the English.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        cosine: With the nearest word of the other side; 0 where there is none.
    """

    start: int
    end: int
    cosine: float


def covered_words(source: str, text: str) -> list[CoveredWord]:
    """Return the content words of the Arabic ``source`` with their cosine in the English ``text``.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    ours = [word for word in _ARABIC.finditer(source) if word[0] not in _ARABIC_FUNCTION]
    theirs = [word for word in _ENGLISH.findall(text.lower()) if word not in _ENGLISH_FUNCTION]
    return _nearest(ours, theirs)


def supported_words(source: str, text: str) -> list[CoveredWord]:
    """Return the content words of the English ``text`` with their cosine in the Arabic ``source``.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    # Lower case may be longer than capitals, and the offsets are the text's.
    words = [m for m in _CASED.finditer(text) if m[0].lower() not in _ENGLISH_FUNCTION]
    return _nearest(words, [w for w in _ARABIC.findall(source) if w not in _ARABIC_FUNCTION])


def _nearest(ours: list[re.Match[str]], theirs: list[str]) -> list[CoveredWord]:
    """Return each of ``ours`` with the cosine of the nearest of ``theirs``."""
    ours, theirs = ours[:_MOST_WORDS], list(dict.fromkeys(theirs))[:_MOST_WORDS]
    if not ours or not theirs:
        return [CoveredWord(*word.span(), 0.0) for word in ours]
    vectors = _word_vectors()
    best = (vectors.of([word[0].lower() for word in ours]) @ vectors.of(theirs).T).max(axis=1)
    return [
        CoveredWord(*word.span(), float(cosine)) for word, cosine in zip(ours, best, strict=True)
    ]


def coverage(source: str, text: str) -> float:
    """Return the mean cosine of the source's content words: 0.67 for a usual translation.

    A source without content words, ``نعم`` or a number, is covered by anything: 1.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    words = covered_words(source, text)
    return sum(word.cosine for word in words) / len(words) if words else 1.0


class _WordVectors:
    """Vectors of words, each computed once: news says the same words again and again."""

    def __init__(self) -> None:
        self._known: dict[str, Vectors] = {}

    def of(self, words: Sequence[str]) -> Vectors:
        """Return one vector for each word: shape (words, 512)."""
        import numpy as np

        known = self._known
        new = list(dict.fromkeys(word for word in words if word not in known))
        if len(known) + len(new) > _MOST_KEPT:
            known = self._known = {word: known[word] for word in words if word in known}
        known.update(zip(new, sentence_encoder().encode(new), strict=True))
        return np.stack([known[word] for word in words])


@cache
def _word_vectors() -> _WordVectors:
    return _WordVectors()
