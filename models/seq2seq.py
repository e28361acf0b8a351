"""What both sequence-to-sequence engines share: checking, packing and ordering a batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from mujaz.errors import EngineError

from .codec import Codec
from .decoding import Decoding, settle
from .engine import Generation, GenerationOptions, Prompt
from .families import Family, Route


@dataclass(frozen=True, slots=True)
class Job:
    """One text on its way through the model.

    Attributes:
        index: Its place among the prompts.
        ids: Its token ids, special tokens included.
    """

    index: int
    ids: list[int]


@dataclass(frozen=True, slots=True)
class Output:
    """What the model wrote for one text.

    Attributes:
        ids: Token ids, without start, forced language and end token.
        logprob: Sum of the natural-log probabilities of ``ids`` and of the end token, if written.
        ended: Whether the end token was written.
    """

    ids: list[int]
    logprob: float
    ended: bool


class Seq2SeqEngine(ABC):
    """Base of the engines that run encoder-decoder checkpoints. See ``Engine`` for the contract.

    An empty text (white space alone) gives an empty output without a run of the model.
    ``GenerationOptions.latin_only`` is a wish that these engines cannot fulfil; it is left
    unheard, and whoever needs it checks the text.

    Attributes:
        family: How the model is told its languages.
        codes: The language codes that it takes; empty where it takes none.
    """

    name: str
    follows_instructions = False

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self.max_input_tokens = codec.max_input_tokens
        self.family: Family = codec.family
        self.codes: frozenset[str] = codec.codes

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special tokens included."""
        way = self._codec.route(GenerationOptions())
        return [len(ids) for ids in self._codec.encode(texts, way)]

    def generate(self, prompts: Sequence[Prompt], options: GenerationOptions) -> list[Generation]:
        """Return one generation per prompt, in order. See ``Engine.generate``."""
        self._refuse_instructions(prompts)
        return [
            Generation("", None, "end", len(job.ids), 0)
            if output is None
            else self._generation(job, output)
            for job, output in self.outputs([prompt.text for prompt in prompts], options)
        ]

    def outputs(
        self, texts: Sequence[str], options: GenerationOptions
    ) -> list[tuple[Job, Output | None]]:
        """Return what the model reads and writes for each text, in order; ``None`` for white space.

        Raises:
            EngineError: As ``generate``.
        """
        way = self._codec.route(options)
        encoded = self._codec.encode(texts, way)
        for text, ids in zip(texts, encoded, strict=True):
            if len(ids) > self.max_input_tokens:
                raise EngineError(
                    f"a text of {len(ids)} tokens ({text[:40]!r}…) is longer than the "
                    f"{self.max_input_tokens} that the model can read",
                    "split it",
                )
        longest = self._codec.max_new_tokens
        if longest is not None and self._codec.first(way) is not None:
            longest -= 1
        decoding = settle(options, self._codec.own, longest)
        jobs = [Job(i, ids) for i, ids in enumerate(encoded)]
        done: list[tuple[Job, Output | None]] = [(job, None) for job in jobs]
        # Longest first: memory runs out at once or not at all.
        full = [job for job in jobs if texts[job.index].strip()]
        full.sort(key=lambda job: len(job.ids), reverse=True)
        for limit, group in groupby(full, key=lambda job: decoding.limit(len(job.ids))):
            batch = list(group)
            for job, output in zip(batch, self._run(batch, limit, decoding, way), strict=True):
                done[job.index] = job, output
        return done

    @abstractmethod
    def close(self) -> None:
        """Free the weights. A closed engine is not used again."""

    @abstractmethod
    def _run(self, jobs: Sequence[Job], limit: int, decoding: Decoding, way: Route) -> list[Output]:
        """Return one output per job, in order, each of at most ``limit`` tokens.

        ``limit`` counts the end token, but not a forced first one.
        """

    def _generation(self, job: Job, output: Output) -> Generation:
        written = len(output.ids) + output.ended
        return Generation(
            text=self._codec.decode(output.ids),
            mean_logprob=output.logprob / written if written else None,
            stop="end" if output.ended else "length",
            input_tokens=len(job.ids),
            output_tokens=written,
        )

    def _refuse_instructions(self, prompts: Sequence[Prompt]) -> None:
        if any(prompt.system or prompt.turns for prompt in prompts):
            raise EngineError(
                f"a {self.family.name} model follows no instructions",
                "give the text alone, or use an instruction-tuned model",
            )
