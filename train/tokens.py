"""Text to the tokens of the base model, by the vocabulary and the template of its own GGUF file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mujaz.errors import ModelError
from mujaz.models.engine import Prompt
from mujaz.models.silence import quiet_transformers

if TYPE_CHECKING:
    from .examples import Example

TRAINING, HELD_OUT = "training.npz", "held_out.npz"
"""Files of the examples that are trained on, and of those that are kept apart."""

_BLOCK = 4096


class Tokenizer:
    """The tokenizer of a GGUF file: what llama.cpp reads, transformers reads from the same bytes.

    Args:
        gguf: The base model's file.

    Raises:
        ModelError: It has no chat template, or no token that ends an answer.
    """

    def __init__(self, gguf: Path) -> None:
        from transformers import AutoTokenizer

        with quiet_transformers():
            self._inner: Any = AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name)
        if not self._inner.chat_template or self._inner.eos_token_id is None:
            raise ModelError(f"{gguf} has no chat template or no end token", "give a chat model")
        self.end = int(self._inner.eos_token_id)

    def prompts(self, prompts: Sequence[Prompt]) -> list[list[int]]:
        """Return each prompt as the model reads it, up to where its answer begins."""
        texts = [self._rendered(prompt) for prompt in prompts]
        return self._ids(texts, special=True)

    def answers(self, texts: Sequence[str]) -> list[list[int]]:
        """Return each answer with the token that ends it."""
        return [[*ids, self.end] for ids in self._ids(texts, special=False)]

    def _rendered(self, prompt: Prompt) -> str:
        messages = [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.text},
        ]
        return str(
            self._inner.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        )

    def _ids(self, texts: Sequence[str], *, special: bool) -> list[list[int]]:
        if not texts:
            return []
        encoded = self._inner(
            list(texts), add_special_tokens=False, split_special_tokens=not special, verbose=False
        )
        return [list(ids) for ids in encoded["input_ids"]]


@dataclass(frozen=True, slots=True)
class Examples:
    """Tokens of many examples, one behind the other.

    Attributes:
        tokens: All of them, uint32.
        ends: Where each example ends, int64.
        prompts: How many tokens of each belong to the prompt, int32.
    """

    tokens: NDArray[np.uint32]
    ends: NDArray[np.int64]
    prompts: NDArray[np.int32]

    def __len__(self) -> int:
        """Return the number of examples."""
        return len(self.ends)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each example."""
        return np.diff(self.ends, prepend=0)

    def part(self, keep: NDArray[np.bool_]) -> Examples:
        """Return the examples where ``keep`` is true."""
        lengths = self.lengths
        return Examples(
            self.tokens[np.repeat(keep, lengths)],
            np.cumsum(lengths[keep]),
            self.prompts[keep],
        )

    def save(self, path: Path) -> None:
        """Write them, small enough to travel: the bytes of a number apart, and compressed."""
        temporary = path.with_name(path.name + ".tmp.npz")
        low, high = (self.tokens & 0xFFFF).astype(np.uint16), (self.tokens >> 16).astype(np.uint8)
        lengths = self.lengths.astype(np.uint16)
        np.savez_compressed(temporary, low=low, high=high, lengths=lengths, prompts=self.prompts)
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> Examples:
        """Read them back."""
        with np.load(path, allow_pickle=False) as file:
            tokens = file["low"].astype(np.uint32) | (file["high"].astype(np.uint32) << 16)
            return cls(tokens, np.cumsum(file["lengths"].astype(np.int64)), file["prompts"])


def tokenized(examples: Sequence[Example], tokenizer: Tokenizer, longest: int) -> Examples:
    """Return the tokens of ``examples``; those longer than ``longest`` have none and stay empty."""
    tokens: list[NDArray[np.uint32]] = []
    lengths: list[int] = []
    prompts: list[int] = []
    for start in range(0, len(examples), _BLOCK):
        block = examples[start : start + _BLOCK]
        asked = tokenizer.prompts([example.prompt for example in block])
        said = tokenizer.answers([example.answer for example in block])
        for prompt, answer in zip(asked, said, strict=True):
            fits = len(prompt) + len(answer) <= longest
            tokens.append(np.array([*prompt, *answer] if fits else [], dtype=np.uint32))
            lengths.append(len(tokens[-1]))
            prompts.append(len(prompt) if fits else 0)
    whole = np.concatenate(tokens) if tokens else np.zeros(0, dtype=np.uint32)
    return Examples(whole, np.cumsum(lengths), np.array(prompts, dtype=np.int32))
