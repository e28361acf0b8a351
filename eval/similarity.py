"""How near an output is to its source in meaning, across languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from mujaz.arabic import split
from mujaz.models.encoder import sentence_encoder

from .metric import Need, Segments
from .ratios import RatioMetric, Remembered
from .wording import require_sources

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .metric import Matrix

    Vectors = NDArray[np.float32]


class Similarity(RatioMetric):
    """Cosine of source and output by the multilingual sentence encoder, from -1 to 1.

    The encoder is made for sentences. So a text is split into sentences, and its vector is the
    mean of theirs, each weighing the same; nothing of a long text is left out, but for what stands
    in one sentence beyond the encoder's 1,024 tokens. Of 300 BBC Arabic articles and their editor's
    summaries this tells the right article from another as well as one vector of the whole text does
    (docs/evaluation.md). The corpus score is the mean over segments. An output in which the encoder
    reads nothing, an empty one above all, has a similarity of 0 and counts.
    """

    name = "similarity"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = ("similarity",)
    higher_is_better: Mapping[str, bool | None] = {"similarity": True}

    def __init__(self) -> None:
        self._sources = Remembered(text_vectors)

    def signature(self, segments: Segments) -> str:
        """Return the choices and the encoder's version."""
        encoder = sentence_encoder()
        return f"avg:mean|texts:mean-of-sentences|empty:0|{encoder.name}:{encoder.version}"

    def statistics(self, segments: Segments) -> Matrix:
        """Return the cosine, and one.

        Raises:
            InputError: A source is missing or has no words.
            ModelError: The encoder cannot be loaded.
        """
        import numpy as np

        require_sources(segments, self.name)
        sources = self._sources.of(segments.sources)
        cosines = np.einsum("ij,ij->i", sources, text_vectors(segments.hypotheses))
        ones = np.ones(len(segments))
        return np.column_stack([np.clip(cosines, -1.0, 1.0), ones]).astype(np.float64)


def text_vectors(texts: Sequence[str]) -> Vectors:
    """Return a vector for each text, the mean of its sentences': shape (texts, 512), of length 1.

    A text without anything that the encoder reads has the zero vector.

    Raises:
        ModelError: The encoder cannot be loaded.
    """
    import numpy as np

    pieces = [[sentence.text for sentence in split(text)] for text in texts]
    flat = sentence_encoder().encode([piece for some in pieces for piece in some])
    owners = np.repeat(np.arange(len(texts)), [len(some) for some in pieces])
    vectors = np.zeros((len(texts), flat.shape[1]), dtype=np.float32)
    np.add.at(vectors, owners, flat)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
