"""An engine without weights: it says what a test queued, and remembers what it was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from mujaz.errors import EngineError
from mujaz.models.engine import Generation, GenerationOptions, Prompt, Stop


def said(text: str, *, logprob: float | None = -0.5, stop: Stop = "end") -> Generation:
    """Return a generation of ``text``, a token for each word."""
    return Generation(text, logprob, stop, input_tokens=10, output_tokens=len(text.split()))


class ScriptedEngine:
    """Gives the queued generations one by one, in order; fails when the queue is empty.

    Args:
        script: What it will say: texts, whole generations, or errors that are raised.
        follows_instructions: Whether it passes for an instruction-tuned model.
        max_input_tokens: Longest input; a longer one is refused, as by the real engines.

    Attributes:
        prompts: What it was asked, call after call in one list.
        calls: For each call of ``generate`` how many prompts it had, and the options.
        closed: Whether it was closed.
    """

    name = "scripted"

    def __init__(
        self,
        *script: str | Generation | Exception,
        follows_instructions: bool = True,
        max_input_tokens: int = 4096,
    ) -> None:
        self.queue = deque(script)
        self.follows_instructions = follows_instructions
        self.max_input_tokens = max_input_tokens
        self.prompts: list[Prompt] = []
        self.calls: list[tuple[int, GenerationOptions]] = []
        self.closed = False

    @property
    def options(self) -> list[GenerationOptions]:
        """The options of each call."""
        return [options for _, options in self.calls]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words, and one end mark for each text."""
        return [len(text.split()) + 1 for text in texts]

    def generate(self, prompts: Sequence[Prompt], options: GenerationOptions) -> list[Generation]:
        """Take one generation a prompt off the queue."""
        if self.closed:
            raise EngineError("scripted: the engine has been closed")
        self.calls.append((len(prompts), options))
        self.prompts.extend(prompts)
        return [self._next(prompt) for prompt in prompts]

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True

    def _next(self, prompt: Prompt) -> Generation:
        tokens = self.count_tokens([prompt.text])[0]
        if tokens > self.max_input_tokens:
            raise EngineError(
                f"a prompt of {tokens} tokens exceeds the limit of {self.max_input_tokens}"
            )
        if not self.queue:
            raise AssertionError(f"nothing left to say to {prompt.text!r}")
        item = self.queue.popleft()
        if isinstance(item, Exception):
            raise item
        return said(item) if isinstance(item, str) else item
