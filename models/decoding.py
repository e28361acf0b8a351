"""Decoding settings of one call: what was asked for, completed by what the model recommends."""

from __future__ import annotations

from dataclasses import dataclass

from mujaz.errors import EngineError

from .engine import GenerationOptions
from .families import OwnSettings

# Output limit where neither the caller nor the model names one: translations into English run
# below twice the Arabic tokens, summaries far below. Inputs are rounded up to a power of two, so
# that few different limits occur and a text's limit never depends on its neighbours.
_ROOM = 32
_SMALLEST = 16


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settled decoding settings; see ``GenerationOptions`` for the meaning of the fields.

    Attributes:
        longest: The model's own limit of new tokens; ``None`` where it has no positions.
    """

    beams: int
    temperature: float
    seed: int
    length_penalty: float
    no_repeat_ngram: int
    repetition_penalty: float
    min_new_tokens: int
    max_new_tokens: int | None
    longest: int | None

    @property
    def samples(self) -> bool:
        """Whether tokens are drawn at random."""
        return self.temperature > 0

    @property
    def constrained(self) -> bool:
        """Whether tokens are chosen from another distribution than the model's own."""
        return bool(
            self.samples
            or self.no_repeat_ngram
            or self.repetition_penalty != 1
            or self.min_new_tokens
        )

    def limit(self, input_tokens: int) -> int:
        """Return the upper limit of new tokens for an input of ``input_tokens``."""
        if self.max_new_tokens is not None:
            return self.max_new_tokens
        rounded = max(_SMALLEST, 1 << (input_tokens - 1).bit_length())
        limit = max(2 * rounded + _ROOM, self.min_new_tokens)
        return limit if self.longest is None else min(limit, self.longest)


def settle(options: GenerationOptions, own: OwnSettings, longest: int | None) -> Decoding:
    """Complete ``options`` by the model's ``own`` settings.

    Args:
        options: What was asked for.
        own: What the model recommends.
        longest: The most new tokens that the model has positions for.

    Raises:
        EngineError: An option has a value that cannot be served.
    """
    if options.temperature < 0:
        raise EngineError(f"temperature {options.temperature} is below 0", "give 0 or more")
    samples = options.temperature > 0
    beams = options.beams or (1 if samples else own.beams or 1)
    if beams < 1 or (options.beams is not None and options.beams < 1):
        raise EngineError(f"{options.beams} beams asked for", "give 1 or more")
    if samples and beams > 1:
        raise EngineError(
            f"{beams} beams cannot be joined with sampling", "use beams=1 or temperature=0"
        )
    asked = options.max_new_tokens
    if asked is not None and asked < 1:
        raise EngineError(f"max_new_tokens is {asked}", "give 1 or more")
    # An upper limit beyond the model's own says nothing new: the lower of the two holds.
    most = asked if asked is not None else own.max_new_tokens
    if most is not None and longest is not None:
        most = min(most, longest)
    fewest = options.min_new_tokens if options.min_new_tokens is not None else own.min_new_tokens
    fewest = fewest or 0
    if options.min_new_tokens is None and most is not None:
        fewest = min(fewest, most)  # the model's recommendation gives way to the caller's limit
    ceiling = most if most is not None else longest
    if ceiling is not None and fewest > ceiling:
        raise EngineError(
            f"min_new_tokens {fewest} is above the limit of {ceiling} new tokens", "lower it"
        )
    penalty = _first(options.repetition_penalty, own.repetition_penalty, 1.0)
    if penalty <= 0:
        raise EngineError(f"repetition_penalty is {penalty}", "give a number above 0")
    return Decoding(
        beams=beams,
        temperature=options.temperature,
        seed=options.seed,
        length_penalty=_first(options.length_penalty, own.length_penalty, 1.0),
        no_repeat_ngram=int(_first(options.no_repeat_ngram, own.no_repeat_ngram, 0)),
        repetition_penalty=penalty,
        min_new_tokens=fewest,
        max_new_tokens=most,
        longest=longest,
    )


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)
