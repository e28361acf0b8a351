"""Whether a converted model still says what the original says."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mujaz.errors import ModelError

from .conversion import convert
from .ctranslate2_engine import CTranslate2Engine
from .description import CONVERTED_FORMS
from .engine import GenerationOptions
from .progress import Progress
from .samples import SAMPLES
from .seq2seq import Seq2SeqEngine
from .transformers_engine import TransformersEngine

LARGEST_DRIFT = 0.25
"""Nats a token. Quantisation to int8 costs a few hundredths; a fault in the conversion (a start
token, a scale or a normalisation gone wrong) costs several tenths to several nats
(``docs/engines.md``)."""

# Tokens of an output that are compared: enough to go wrong in, and seconds even for big models.
_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How a converted model compares with the original.

    Attributes:
        texts: Texts compared.
        equal: Those for which both write the same.
        drift: By how much the converted model's mean log-probability of the original's tokens
            differs from the original's own, in nats, without regard to the sign; mean over texts.
    """

    texts: int
    equal: int
    drift: float

    @property
    def faithful(self) -> bool:
        """Whether the difference is one of rounding."""
        return self.drift <= LARGEST_DRIFT

    def __str__(self) -> str:
        return f"{self.equal} of {self.texts} sample outputs equal, {self.drift:.3f} nats a token"


def fidelity(
    original: Seq2SeqEngine, converted: CTranslate2Engine, texts: Sequence[str] = SAMPLES
) -> Fidelity:
    """Compare two forms of one model on ``texts``, greedily.

    Raises:
        ValueError: ``texts`` holds no text.
    """
    # No blocks and no limits: what is asked is what the weights say.
    options = GenerationOptions(
        max_new_tokens=_TOKENS,
        min_new_tokens=0,
        beams=1,
        no_repeat_ngram=0,
        repetition_penalty=1.0,
    )
    pairs = [
        (job, output) for job, output in original.outputs(texts, options) if output is not None
    ]
    if not pairs:
        raise ValueError("no texts to compare on")
    others = [output for _, output in converted.outputs(texts, options) if output is not None]
    equal = sum(one.ids == other.ids for (_, one), other in zip(pairs, others, strict=True))
    drifts = [
        abs(other - output.logprob) / (len(output.ids) + output.ended)
        for (_, output), other in zip(pairs, converted.logprobs(pairs, options), strict=True)
    ]
    return Fidelity(len(pairs), equal, sum(drifts) / len(drifts))


def convert_faithfully(
    folder: Path, name: str, progress: Progress, *, pickle: bool = False
) -> tuple[str, str]:
    """Convert the checkpoint in ``folder`` inside it, to the smallest form that stays faithful.

    Args:
        folder: The checkpoint; its converted form is put into it.
        name: The model's name, for messages.
        progress: Told what is done, and how the outputs compare.
        pickle: Also read weights in pickle form.

    Returns:
        The name of the converted folder, and the form of its weights.

    Raises:
        ModelError: It cannot be converted, or no form of it writes what the original writes.
        StoreError: The folder cannot be written.
    """
    found = None
    for place, form in CONVERTED_FORMS.items():
        target = folder / place
        progress.message(f"converting {name} to {form}")
        try:
            convert(folder, target, form, force=True, pickle=pickle)
            found = _compared(folder, target, pickle)
            if found.faithful:
                progress.message(f"{form} against the original: {found}")
                return place, form
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
        shutil.rmtree(target)
        progress.message(f"{form} departs from the original ({found}) and is not kept")
    raise ModelError(
        f"no converted form of {name} writes what the original writes ({found})",
        "run it with the transformers engine",
    )


def _compared(folder: Path, target: Path, pickle: bool) -> Fidelity:
    original = TransformersEngine(folder, device="cpu", pickle=pickle)
    converted = CTranslate2Engine(target, device="cpu")
    try:
        return fidelity(original, converted)
    finally:
        original.close()
        converted.close()
