"""BLEU (Papineni et al., 2002), as sacreBLEU computes it (Post, 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mujaz.errors import InputError, OptionError

from .metric import Segments
from .sacrebleu_statistics import SacreBleuMetric
from .script import first_arabic

if TYPE_CHECKING:
    from .metric import Matrix

_ORDER = 4
# Split at ASCII punctuation only, so that «، ؟ ؛» stay on Arabic words. `char` and `none` know no
# script; `intl` and the SentencePiece ones know every script.
_ASCII = frozenset({"13a", "zh", "ja-mecab", "ko-mecab"})
# Those that sacreBLEU fetches on first use, with the file names that it keeps them under.
_FETCHED = {
    "spm": "sacrebleu_tokenizer_spm.model",
    "flores101": "sacrebleu_tokenizer_spm.model",
    "flores200": "flores200sacrebleuspm",
    "spbleu-1k": "spbleu-1k_tokenizer_spm.model",
}
_SMOOTHINGS = ("exp", "floor", "add-k", "none")


class Bleu(SacreBleuMetric):
    """BLEU from 0 to 100.

    Args:
        tokenize: A tokenizer of sacreBLEU's. ``None`` takes ``13a``, sacreBLEU's default, unless
            a reference is in Arabic: then ``intl``, which knows Arabic punctuation.
        lowercase: Whether case does not count.
        smooth: ``exp``, ``floor``, ``add-k`` or ``none``.

    Raises:
        OptionError: A choice is unknown, or the tokenizer would have to be downloaded.
    """

    name: ClassVar[str] = "bleu"
    scores = ("bleu",)
    higher_is_better: Mapping[str, bool | None] = {"bleu": True}

    def __init__(
        self, tokenize: str | None = None, *, lowercase: bool = False, smooth: str = "exp"
    ) -> None:
        from sacrebleu.metrics.bleu import BLEU

        if smooth not in _SMOOTHINGS:
            raise OptionError(f"smoothing {smooth!r} is unknown", f"use {', '.join(_SMOOTHINGS)}")
        known = {name.lower(): name for name in BLEU.TOKENIZERS}
        if tokenize is not None and tokenize.lower() not in known:
            raise OptionError(f"BLEU tokenizer {tokenize!r} is unknown", f"use {', '.join(known)}")
        self.tokenize = known[tokenize.lower()] if tokenize else None
        self.lowercase = lowercase
        self.smooth = smooth
        if self.tokenize:
            _check_present(self.tokenize)

    def _scorer(self, segments: Segments) -> Any:  # noqa: ANN401 - sacreBLEU's metric
        from sacrebleu.metrics.bleu import BLEU

        arabic = first_arabic(segments)
        if arabic and self.tokenize in _ASCII:
            raise InputError(
                f"segment {arabic!r} has an Arabic reference, and BLEU's tokenizer"
                f" {self.tokenize} splits at ASCII punctuation only",
                "use bleu:intl, or bleu without a tokenizer",
            )
        # force: sacreBLEU's own line about tokenized texts goes to a log; `warnings` says it.
        return BLEU(
            tokenize=self.tokenize or ("intl" if arabic else "13a"),
            lowercase=self.lowercase,
            smooth_method=self.smooth,
            force=True,
        )

    def corpus(self, sums: Matrix) -> Matrix:
        """Return BLEU from summed lengths, matches and totals, shape (corpora, 1)."""
        return self._scores(sums, effective_order=False)

    def by_segment(self, statistics: Matrix) -> Matrix:
        """Return sentence BLEU: orders that a short output cannot have do not count."""
        return self._scores(statistics, effective_order=True)

    def _scores(self, sums: Matrix, *, effective_order: bool) -> Matrix:
        """Repeat sacreBLEU's ``compute_bleu`` for many corpora at once."""
        sums = np.atleast_2d(sums)
        length, reference = sums[:, 0], sums[:, 1]
        correct, total = sums[:, 2 : 2 + _ORDER].copy(), sums[:, 2 + _ORDER :].copy()
        nothing = ~correct.any(axis=1)
        if self.smooth == "add-k":
            # Orders beyond the first get one more of each, as in sacreBLEU's default for k.
            correct[:, 1:] += 1
            total[:, 1:] += 1
        alive = np.logical_and.accumulate(total > 0, axis=1)
        missed = alive & (correct == 0)
        if self.smooth == "exp":
            correct = np.where(missed, 0.5 ** np.cumsum(missed, axis=1), correct)
        elif self.smooth == "floor":
            correct = np.where(missed, 0.1, correct)
        precision = np.divide(correct, total, out=np.zeros_like(total), where=alive)
        order = alive.sum(axis=1) if effective_order else np.full(len(sums), _ORDER)
        counted = alive if effective_order else np.ones_like(alive)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(counted, np.log(precision), 0.0).sum(axis=1) / np.maximum(order, 1)
            brevity = np.where(length < reference, np.exp(1 - reference / length), 1.0)
        bleu = 100 * np.where(length > 0, brevity, 0.0) * np.exp(logs)
        return np.where(nothing, 0.0, bleu)[:, None]

    def warnings(self, segments: Segments, statistics: Matrix) -> tuple[str, ...]:
        """Say when BLEU is 0 for shortness alone, and when texts look tokenized."""
        found = []
        totals = statistics[:, 2 + _ORDER :].sum(axis=0)
        if self.smooth != "add-k" and totals[0] and not totals[-1]:
            found.append(
                f"BLEU is 0 whatever the texts say: no output has {_ORDER} words, and BLEU counts"
                f" sequences of {_ORDER}; use chrf"
            )
        tokenized = sum(text.rstrip().endswith(" .") for text in segments.hypotheses)
        if tokenized >= max(1, min(100, len(segments) // 2)):
            found.append(
                f"{tokenized} of {len(segments)} outputs end in a full stop with a space before"
                " it: BLEU wants text as it is written, not tokenized"
            )
        return tuple(found)


def _check_present(tokenize: str) -> None:
    """Refuse a tokenizer whose model or package is not on this machine."""
    model = _FETCHED.get(tokenize.lower())
    if model:
        from sacrebleu.utils import SACREBLEU_DIR

        path = Path(SACREBLEU_DIR) / "models" / model
        if not path.exists():
            raise OptionError(
                f"BLEU tokenizer {tokenize} needs a model that is not on this machine",
                f"put it at {path} (sacrebleu --tokenize {tokenize} fetches it), or use intl",
            )
    elif tokenize in ("ja-mecab", "ko-mecab"):
        from importlib.util import find_spec

        package = {"ja-mecab": "MeCab", "ko-mecab": "mecab_ko"}[tokenize]
        if find_spec(package) is None:
            raise OptionError(
                f"BLEU tokenizer {tokenize} needs a package that is not installed",
                f"pip install 'sacrebleu[{tokenize[:2]}]', or use intl",
            )
