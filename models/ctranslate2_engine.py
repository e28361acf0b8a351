"""Converted checkpoints through CTranslate2: the fast way for sequence-to-sequence models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from mujaz.errors import ModelError

from .codec import Codec
from .conversion import ORIGINAL
from .decoding import Decoding
from .devices import available_threads, choose_device
from .engine import GenerationOptions
from .families import MARIAN, Route
from .seq2seq import Job, Output, Seq2SeqEngine
from .tuning import preferred

# Source tokens, and scores of next tokens (one for each beam and entry of the vocabulary), that run
# at once. The scores are float32, and CTranslate2 keeps two copies: 64 MB for OPUS-MT's 62,834.
_TOKENS = 2048
_SCORES = 8 << 20
# Texts that are not spread over several workers.
_SMALLEST = 4

MANY = 16
"""Texts of a call from which on several workers pay, and loading the model for them."""

# Texts share a batch only if all of them are shorter than this, or none is. With the length that
# a batch is padded to, the library of matrix products changes its kernel, and with the kernel the
# last bits: oneDNN between 15 and 16, and nowhere else among 26 lengths up to 150. On either side
# an int8 model was seen to give every text what it gives it alone, to the last bit (docs/batch.md).
_KERNEL = 16
# Where outputs are scored again, both lengths count; texts share a batch within spans of both.
_SPAN = 16


class CTranslate2Engine(Seq2SeqEngine):
    """Runs a folder made by ``conversion.convert``, in the form that it was converted to.

    Args:
        path: The converted folder.
        threads: CPU threads; default: what ``mujaz doctor --tune`` found, else all that the process
            may use. Each runs batches of its own.
        joined: Whether all threads work on one batch until a call brings ``MANY`` texts; default:
            what the tuning found, else not. On a quiet machine it makes few texts faster; on one
            that does other work threads wait for each other, and it can be many times slower.
        device: ``auto`` (a CUDA GPU where there is one), ``cpu`` or ``cuda``.

    Raises:
        ModelError: The folder is not a usable converted model.
        EngineError: The device is absent.
    """

    name = "ctranslate2"

    def __init__(
        self,
        path: Path,
        *,
        threads: int | None = None,
        joined: bool | None = None,
        device: str = "auto",
    ) -> None:
        if not (path / "model.bin").is_file() or not (path / ORIGINAL).is_dir():
            raise ModelError(
                f"{path} is no converted model (model.bin, {ORIGINAL}/)",
                "convert the checkpoint first (mujaz.models.convert)",
            )
        super().__init__(Codec(path / ORIGINAL))
        self.path = path
        self._tokens = _vocabulary(path)
        self._ids = {token: id for id, token in enumerate(self._tokens)}
        self._device = choose_device(device, "ctranslate2")
        tuned = preferred("ctranslate2") if threads is None else None
        self._threads = threads or (tuned.threads if tuned else available_threads())
        self._joined = bool(tuned and tuned.joined) if joined is None else joined
        # Batches side by side, a thread each, beat one batch with all threads.
        self._workers = 1 if self._joined else self._threads
        if self._device == "cuda":
            self._workers = self._threads = 1
        self._translator: Any = self._load()

    def close(self) -> None:
        """Free the weights."""
        self._translator = None

    @property
    def arrangement(self) -> tuple[int, int]:
        """Batches that run side by side now, and the threads of each."""
        return self._workers, self._threads // self._workers if self._joined else 1

    def logprobs(
        self, written: Sequence[tuple[Job, Output]], options: GenerationOptions
    ) -> list[float]:
        """Return what this model gives another's outputs: sums of natural-log probabilities."""
        prefix = self._prefix(self._codec.route(options))
        jobs, outputs = [job for job, _ in written], [output for _, output in written]
        return [output.logprob for output in self._rescored(jobs, prefix, outputs)]

    def _load(self) -> Any:  # noqa: ANN401 - a class of ctranslate2, untyped
        import ctranslate2

        workers, threads = self.arrangement
        try:
            return ctranslate2.Translator(
                str(self.path),
                device=self._device,
                compute_type="default",
                inter_threads=workers,
                intra_threads=threads,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{self.path} cannot be loaded ({error})", "convert the checkpoint again"
            ) from error

    def _run(self, jobs: Sequence[Job], limit: int, decoding: Decoding, way: Route) -> list[Output]:
        if decoding.samples:
            self._reseed(decoding.seed)
        elif len(jobs) >= MANY and self._workers < self._threads:
            self._workers = self._threads  # for good: loading takes time, if only a little
            self._translator = None
            self._translator = self._load()
        prefix = self._prefix(way)
        forced = int(self._codec.first(way) is not None)
        # Greedy scores are sums as they are; a beam's are sums over a power of the length.
        power = decoding.length_penalty if decoding.beams > 1 else 0.0
        rows = max(1, _SCORES // (decoding.beams * self._codec.vocabulary_size))
        rows = min(rows, max(_SMALLEST, -(-len(jobs) // self._workers)))
        waiting: list[Any] = []
        # All batches are asked for before the first is waited for, so that every worker is busy.
        for _, group in groupby(jobs, key=lambda job: len(job.ids) < _KERNEL):
            source = [[self._tokens[id] for id in job.ids] for job in group]
            waiting += self._translator.translate_batch(
                source,
                target_prefix=[prefix] * len(source) if prefix else None,
                max_batch_size=max(1, min(rows, _TOKENS // len(source[0]))),
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
        start = max(1, len(prefix))  # Marian's own start is not in the prefix
        shapes = [
            (len(job.ids) // _SPAN, (len(output.ids) + start) // _SPAN)
            for job, output in zip(jobs, outputs, strict=True)
        ]
        rescored = list(outputs)
        order = sorted(range(len(jobs)), key=shapes.__getitem__, reverse=True)
        for (read, written), group in groupby(order, key=shapes.__getitem__):
            numbers = list(group)
            rows = _SCORES // ((written + 1) * _SPAN * self._codec.vocabulary_size)
            scored = self._translator.score_batch(
                [[self._tokens[id] for id in jobs[n].ids] for n in numbers],
                [prefix + [self._tokens[id] for id in outputs[n].ids] for n in numbers],
                max_batch_size=max(1, min(rows, _TOKENS // ((read + 1) * _SPAN))),
                batch_type="examples",
                max_input_length=0,
            )
            for n, score in zip(numbers, scored, strict=True):
                # One probability per token, the end token's last, whether it was written or not.
                end = forced + len(outputs[n].ids) + outputs[n].ended
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
        # One worker: which of several takes a batch is left to chance.
        self._workers = 1
        self._translator = self._load()


def _vocabulary(path: Path) -> list[str]:
    file = path / "shared_vocabulary.json"
    try:
        return list(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{file} cannot be read ({error})", "convert the checkpoint again"
        ) from error
