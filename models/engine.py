"""The one interface between the tasks and whatever runs the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Stop = Literal["end", "length"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange that shows an instruction-tuned model what is wanted."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One input of a model.

    A sequence-to-sequence model takes ``text`` alone. An instruction-tuned one takes ``system`` and
    ``turns`` before it.

    Attributes:
        text: What is to be transformed.
        system: Instructions, for models that follow them.
        turns: Worked examples, for models that follow instructions.
    """

    text: str
    system: str = ""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerationOptions:
    """How to decode. ``None`` leaves a choice to the model's own recommended settings.

    Attributes:
        max_new_tokens: Upper limit of the output, in tokens.
        min_new_tokens: Lower limit of the output, in tokens.
        beams: Beam width; 1 is greedy. Engines without beam search take 1 alone.
        temperature: 0 for the most likely token at each step; above 0 samples.
        seed: Seed of the sampling.
        length_penalty: Exponent of the length in the beam's score.
        no_repeat_ngram: No n-gram of this size occurs twice in the output; 0 turns it off.
        repetition_penalty: Divides the score of tokens already written; 1 turns it off.
        latin_only: Allow no letters but Latin ones in the output, where the engine can.
        continues: The prompts always follow those that were asked before them, as other tries for
            one sentence do: an engine may keep what they begin with alike. What is computed so
            differs in its last bits, so that it must not hang on what came before by chance.
        source: Language code of the input in the model's own spelling, where it has codes.
        target: Language code of the output, likewise.
    """

    max_new_tokens: int | None = None
    min_new_tokens: int | None = None
    beams: int | None = None
    temperature: float = 0.0
    seed: int = 0
    length_penalty: float | None = None
    no_repeat_ngram: int | None = None
    repetition_penalty: float | None = None
    latin_only: bool = False
    continues: bool = False
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """One output of a model.

    Attributes:
        text: The generated text, stripped.
        mean_logprob: Mean natural-log probability of the generated tokens; ``None`` if not known.
        stop: ``end`` when the model ended by itself, ``length`` when the limit cut it.
        input_tokens: Tokens of the whole prompt.
        output_tokens: Tokens generated.
    """

    text: str
    mean_logprob: float | None
    stop: Stop
    input_tokens: int
    output_tokens: int


class Engine(Protocol):
    """Runs one model's weights. Not safe for use from several threads at once."""

    name: str
    """``transformers``, ``ctranslate2`` or ``llama``."""

    follows_instructions: bool
    """Whether ``Prompt.system`` and ``Prompt.turns`` are understood."""

    max_input_tokens: int
    """Longest input, in tokens, that the model can read."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, as the model would read it."""
        ...

    def generate(self, prompts: Sequence[Prompt], options: GenerationOptions) -> list[Generation]:
        """Return one generation per prompt, in order.

        Raises:
            EngineError: A prompt is longer than ``max_input_tokens``, or the options are not ones
                that this engine or model can serve (an unknown language code, for example).
        """
        ...

    def close(self) -> None:
        """Free the weights. A closed engine is not used again."""
        ...
