"""Converted checkpoints through CTranslate2: the fast way for sequence-to-sequence models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from mujaz.errors import EngineError, ModelError

from .codec import Codec
from .conversion import ORIGINAL
from .decoding import Decoding
from .families import MARIAN, Route
from .seq2seq import Job, Output, Seq2SeqEngine

# Source tokens, and scores of next tokens (one for each beam and entry of the vocabulary), that run
# at once. The scores are float32, and CTranslate2 keeps two copies: 64 MB for OPUS-MT's 62,834.
_TOKENS = 2048
_SCORES = 8 << 20


class CTranslate2Engine(Seq2SeqEngine):
    """Runs a folder made by ``conversion.convert``, in the form that it was converted to.

    Args:
        path: The converted folder.
        threads: CPU threads; default: CTranslate2's own choice.
        device: ``auto`` (a CUDA GPU where there is one), ``cpu`` or ``cuda``.

    Raises:
        ModelError: The folder is not a usable converted model.
        EngineError: The device is absent.
    """

    name = "ctranslate2"

    def __init__(self, path: Path, *, threads: int | None = None, device: str = "auto") -> None:
        if not (path / "model.bin").is_file() or not (path / ORIGINAL).is_dir():
            raise ModelError(
                f"{path} is no converted model (model.bin, {ORIGINAL}/)",
                "convert the checkpoint first (mujaz.models.convert)",
            )
        super().__init__(Codec(path / ORIGINAL))
        self.path = path
        self._tokens = _vocabulary(path)
        self._ids = {token: id for id, token in enumerate(self._tokens)}
        self._threads = threads
        self._device = _device(device)
        self._translator: Any = self._load()

    def close(self) -> None:
        """Free the weights."""
        self._translator = None

    def _load(self) -> Any:  # noqa: ANN401 - a class of ctranslate2, untyped
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self.path),
                device=self._device,
                compute_type="default",
                intra_threads=self._threads or 0,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{self.path} cannot be loaded ({error})", "convert the checkpoint again"
            ) from error

    def _run(self, jobs: Sequence[Job], limit: int, decoding: Decoding, way: Route) -> list[Output]:
        if decoding.samples:
            self._reseed(decoding.seed)
        prefix = self._prefix(way)
        forced = int(self._codec.first(way) is not None)
        # Greedy scores are sums as they are; a beam's are sums over a power of the length.
        power = decoding.length_penalty if decoding.beams > 1 else 0.0
        rows = max(1, _SCORES // (decoding.beams * self._codec.vocabulary_size))
        waiting: list[Any] = []
        # One length a batch. Padding changes the sums of attention, and with them the output of a
        # text that stands beside a longer one; without it an int8 model gives a text the same
        # output in every company, to the last bit (docs/batch.md). All batches are asked for
        # before the first is waited for, so that every worker is busy.
        for length, group in groupby(jobs, key=lambda job: len(job.ids)):
            source = [[self._tokens[id] for id in job.ids] for job in group]
            waiting += self._translator.translate_batch(
                source,
                target_prefix=[prefix] * len(source) if prefix else None,
                max_batch_size=max(1, min(rows, _TOKENS // length)),
                batch_type="examples",
                asynchronous=True,
                beam_size=decoding.beams,
                length_penalty=power,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                suppress_sequences=[
                    [self._tokens[id]] for id in self._codec.own.banned if id < len(self._tokens)
                ]
                or None,
                end_token=list(self._codec.own.ends),
                # The end token tells how the output stopped, and is counted in the beam's length as
                # transformers counts it.
                return_end_token=True,
                max_input_length=0,
                max_decoding_length=limit + forced,
                min_decoding_length=decoding.min_new_tokens + forced
                if decoding.min_new_tokens
                else 0,
                sampling_topk=0 if decoding.samples else 1,
                sampling_temperature=decoding.temperature if decoding.samples else 1.0,
                return_scores=True,
            )
        outputs = []
        for result in (one.result() for one in waiting):
            ids = [self._ids[token] for token in result.hypotheses[0]]
            total = result.scores[0] * len(ids) ** power
            ended = bool(ids) and ids[-1] in self._codec.own.ends
            outputs.append(Output(ids[forced : len(ids) - ended], total, ended))
        if decoding.constrained:
            return self._rescored(jobs, prefix, outputs)
        return outputs

    def _prefix(self, way: Route) -> list[str]:
        """Return the tokens that the output is forced to begin with, for CTranslate2."""
        first = self._codec.first(way)
        prefix = [] if first is None else [self._tokens[first]]
        # Converted models leave their start token to the caller, but for Marian's (see conversion).
        if self.family != MARIAN:
            prefix.insert(0, self._tokens[self._codec.start(way)])
        return prefix

    def _rescored(
        self, jobs: Sequence[Job], prefix: list[str], outputs: Sequence[Output]
    ) -> list[Output]:
        """Replace the scores of a constrained search by those of the model alone."""
        forced = len(prefix) - (self.family != MARIAN)
        # One shape a batch, for the reason given in `_run`.
        shapes = [(len(job.ids), len(o.ids)) for job, o in zip(jobs, outputs, strict=True)]
        rescored = list(outputs)
        order = sorted(range(len(jobs)), key=shapes.__getitem__, reverse=True)
        for (length, written), group in groupby(order, key=shapes.__getitem__):
            numbers = list(group)
            rows = _SCORES // ((written + 1) * self._codec.vocabulary_size)
            scored = self._translator.score_batch(
                [[self._tokens[id] for id in jobs[n].ids] for n in numbers],
                [prefix + [self._tokens[id] for id in outputs[n].ids] for n in numbers],
                max_batch_size=max(1, min(rows, _TOKENS // length)),
                batch_type="examples",
                max_input_length=0,
            )
            for n, score in zip(numbers, scored, strict=True):
                # One probability per token, the end token's last, whether it was written or not.
                end = forced + written + outputs[n].ended
                rescored[n] = replace(outputs[n], logprob=sum(score.log_probs[forced:end]))
        return rescored

    def _reseed(self, seed: int) -> None:
        """Seed the sampling of the next call.

        CTranslate2 seeds a worker's generator once, when it first samples, so that only new workers
        hear of a new seed: the model is loaded again.
        """
        import ctranslate2

        self._translator = None
        ctranslate2.set_random_seed(seed)
        self._translator = self._load()


def _vocabulary(path: Path) -> list[str]:
    file = path / "shared_vocabulary.json"
    try:
        return list(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{file} cannot be read ({error})", "convert the checkpoint again"
        ) from error


def _device(asked: str) -> str:
    import ctranslate2

    if asked not in {"auto", "cpu", "cuda"}:
        raise EngineError(f"device {asked!r} is none of ctranslate2's", "use auto, cpu or cuda")
    found = ctranslate2.get_cuda_device_count() > 0
    if asked == "cuda" and not found:
        raise EngineError("this machine has no cuda device for ctranslate2", "use device=cpu")
    return "cuda" if found and asked != "cpu" else "cpu"
