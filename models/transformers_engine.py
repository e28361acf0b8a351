"""Any checkpoint that ``AutoModelForSeq2SeqLM`` loads, through transformers: the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.errors import ModelError

from .codec import Codec
from .decoding import Decoding
from .devices import choose_device
from .families import Route
from .seq2seq import Job, Output, Seq2SeqEngine
from .silence import first_line, quiet_transformers
from .tuning import preferred

if TYPE_CHECKING:
    import torch

# Padded source tokens, and beams, that run at once. Enough to fill two cores; with 250,000 tokens
# in the vocabulary the scores of 64 beams take 64 MB.
_TOKENS = 2048
_ROWS = 64
# Scores that are held at once when the outputs' probabilities are computed: 256 MB of float32.
_SCORES = 64 << 20


class TransformersEngine(Seq2SeqEngine):
    """Runs a checkpoint folder in float32, on the CPU or a GPU.

    Args:
        path: The folder: ``config.json``, safetensors weights and the tokenizer's files.
        threads: CPU threads; default: ``MUJAZ_THREADS``, else torch's own choice.
        device: ``auto`` (a GPU where there is one), ``cpu``, ``cuda`` or ``mps``.
        pickle: Also load weights in pickle form (``pytorch_model.bin``). They are read by torch's
            restricted unpickler; still, give this for files that you trust alone.

    Raises:
        ModelError: The folder is not a usable checkpoint.
        EngineError: The device is absent.
    """

    name = "transformers"

    def __init__(
        self,
        path: Path,
        *,
        threads: int | None = None,
        device: str = "auto",
        pickle: bool = False,
    ) -> None:
        check_weights(path, pickle=pickle)
        super().__init__(Codec(path))
        self.path = path
        tuned = preferred("transformers") if threads is None else None
        self._threads = tuned.threads if tuned else threads
        self._device = choose_device(device, "transformers")
        self._model: Any = _load(path, self._device)

    def close(self) -> None:
        """Free the weights."""
        self._model = None

    def _run(self, jobs: Sequence[Job], limit: int, decoding: Decoding, way: Route) -> list[Output]:
        import torch

        outputs: list[Output] = []
        with (
            torch.inference_mode(),
            _torch_threads(self._threads),
            quiet_transformers(),
            _seeded(decoding, self._device),
        ):
            for batch in _batches(jobs, decoding.beams):
                outputs += self._batch(batch, limit, decoding, way)
        return outputs

    def _batch(
        self, jobs: Sequence[Job], limit: int, decoding: Decoding, way: Route
    ) -> list[Output]:
        import torch
        from transformers.modeling_outputs import BaseModelOutput

        own, first = self._codec.own, self._codec.first(way)
        width = max(len(job.ids) for job in jobs)
        ids = torch.full((len(jobs), width), own.pad, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, job in enumerate(jobs):
            ids[row, : len(job.ids)] = torch.tensor(job.ids)
            mask[row, : len(job.ids)] = 1
        ids, mask = ids.to(self._device), mask.to(self._device)
        # One run of the encoder serves the generation and the probabilities.
        hidden = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
        start = torch.full((len(jobs), 1), self._codec.start(way), device=ids.device)
        written = self._model.generate(
            encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
            attention_mask=mask,
            decoder_input_ids=start,
            generation_config=self._config(limit, decoding, way),
            logits_processor=_penalties(decoding),
        )
        rows, ended = self._cut(written[:, 1:].tolist(), limit, first)
        logprobs = self._score(hidden, mask, start, rows)
        skip = first is not None
        return [
            Output(row[skip : len(row) - end], sum(scores[skip:]), end)
            for row, end, scores in zip(rows, ended, logprobs, strict=True)
        ]

    def _config(self, limit: int, decoding: Decoding, way: Route) -> Any:  # noqa: ANN401
        from transformers import GenerationConfig

        own, first = self._codec.own, self._codec.first(way)
        forced = first is not None
        return GenerationConfig(  # type: ignore[no-untyped-call]
            max_new_tokens=limit + forced,
            min_new_tokens=decoding.min_new_tokens + forced if decoding.min_new_tokens else None,
            num_beams=decoding.beams,
            # Stop when as many outputs as beams are finished: fairseq's rule, and CTranslate2's.
            early_stopping=decoding.beams > 1,
            length_penalty=decoding.length_penalty,
            do_sample=decoding.samples,
            temperature=decoding.temperature if decoding.samples else 1.0,
            top_k=0,
            top_p=1.0,
            no_repeat_ngram_size=decoding.no_repeat_ngram or None,
            bad_words_ids=[[id] for id in own.banned] or None,
            # What is forbidden gives its probability to the rest, as in CTranslate2.
            renormalize_logits=True,
            forced_bos_token_id=first,
            # generate() puts it in front of any other start that it is given.
            decoder_start_token_id=self._codec.start(way),
            eos_token_id=list(own.ends),
            pad_token_id=own.pad,
        )

    def _cut(
        self, rows: list[list[int]], limit: int, first: int | None
    ) -> tuple[list[list[int]], list[bool]]:
        """Cut each row behind its end token, or at the limit where it has none."""
        cut, ended = [], []
        forced = int(first is not None)
        for row in rows:
            end = next(
                (i for i, id in enumerate(row) if i >= forced and id in self._codec.own.ends), None
            )
            cut.append(row[: limit + forced] if end is None else row[: end + 1])
            ended.append(end is not None)
        return cut, ended

    def _score(
        self, hidden: torch.Tensor, mask: torch.Tensor, start: torch.Tensor, rows: list[list[int]]
    ) -> list[list[float]]:
        """Return the log-probability of every token of ``rows`` under the model alone.

        One parallel run of the decoder over what it wrote: exact whatever the search did, and
        small beside the search, which runs it once per token.
        """
        import torch

        own, width = self._codec.own, max(len(row) for row in rows)
        step = max(1, _SCORES // (width * self._codec.vocabulary_size))
        scores: list[list[float]] = []
        for low in range(0, len(rows), step):
            part = rows[low : low + step]
            target = torch.full((len(part), width), own.pad, device=start.device)
            for row, ids in enumerate(part):
                target[row, : len(ids)] = torch.tensor(ids)
            logits = self._model(
                encoder_outputs=(hidden[low : low + step],),
                attention_mask=mask[low : low + step],
                decoder_input_ids=torch.cat([start[low : low + step], target[:, :-1]], dim=1),
                use_cache=False,
            ).logits.float()
            if own.banned:
                logits[..., list(own.banned)] = float("-inf")
            chosen = logits.gather(-1, target[..., None])[..., 0] - logits.logsumexp(-1)
            scores += [line[: len(ids)] for line, ids in zip(chosen.tolist(), part, strict=True)]
        return scores


def check_weights(path: Path, *, pickle: bool = False) -> None:
    """Check that ``path`` is a checkpoint folder with weights that may be read.

    Raises:
        ModelError: It is not, or its weights are in pickle form and ``pickle`` was not given.
    """
    if not (path / "config.json").is_file():
        raise ModelError(
            f"{path} holds no config.json", "give a checkpoint folder as transformers writes it"
        )
    if any(path.glob("*.safetensors")):
        return
    if not any(path.glob("pytorch_model*.bin")):
        raise ModelError(f"{path} holds no weights (*.safetensors)", "fetch the model again")
    if not pickle:
        raise ModelError(
            f"{path} holds its weights in pickle form alone, which can run code when it is loaded",
            "fetch a safetensors revision, or allow pickle for this model if you trust its origin",
        )


def _load(path: Path, device: str) -> Any:  # noqa: ANN401 - a class of transformers, untyped here
    import torch
    from transformers import AutoModelForSeq2SeqLM, GenerationConfig

    try:
        with quiet_transformers():
            model = AutoModelForSeq2SeqLM.from_pretrained(
                str(path),
                # An fp16 checkpoint would otherwise run in fp16, five times slower on a CPU.
                dtype=torch.float32,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=any(path.glob("*.safetensors")),
            )
    except Exception as error:  # the library raises nearly everything, bare Exception included
        raise ModelError(
            f"{path} is no sequence-to-sequence checkpoint that can be loaded"
            f" ({first_line(error)})",
            "check the folder, or fetch the model again",
        ) from error
    # Every setting is given per call; nothing of the file's may slip in beside it.
    model.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
    return model.eval().to(device)


def _batches(jobs: Sequence[Job], beams: int) -> Iterator[list[Job]]:
    """Cut jobs, longest first, into batches of bounded padded size."""
    batch: list[Job] = []
    for job in jobs:
        rows = len(batch) + 1
        if batch and (rows * len(batch[0].ids) > _TOKENS or rows * beams > _ROWS):
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _penalties(decoding: Decoding) -> Any:  # noqa: ANN401 - a class of transformers, untyped here
    from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

    if decoding.repetition_penalty == 1:
        return LogitsProcessorList()
    # transformers would penalise the start token too, which is the end token for many models.
    return LogitsProcessorList(
        [RepetitionPenaltyLogitsProcessor(decoding.repetition_penalty, prompt_ignore_length=1)]
    )


@contextmanager
def _torch_threads(count: int | None) -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _seeded(decoding: Decoding, device: str) -> Iterator[None]:
    """Seed torch for one call and put its generators back."""
    import torch

    if not decoding.samples:
        yield
        return
    devices = [torch.cuda.current_device()] if device == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(decoding.seed)
        yield
