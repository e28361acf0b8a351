"""Instruction-tuned GGUF models through llama.cpp (``xllamacpp``).

Prompts run one after another: on a CPU the arithmetic is the limit, and parallel slots measured
no faster. Every prompt is computed whole. llama.cpp could keep what a prompt shares with the one
before it, but what was computed in batches of another size differs in its last bits: of 12
sentences put in two orders, 3 came out otherwise. What an article gives must not depend on the
article before it. Only prompts that always follow each other (``GenerationOptions.continues``) keep
what they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mujaz.errors import EngineError

from .devices import Device, available_threads, choose_device
from .engine import Generation, GenerationOptions, Prompt
from .gguf import MAGIC
from .private_door import PrivateDoor
from .tuning import preferred

# Everything that English typography needs and nothing else: ASCII, Latin letters with diacritics,
# general punctuation, currency and letter-like signs. No line breaks: one text gives one line.
_LATIN_GRAMMAR = (
    r"root ::= [ -~\u00A0-\u024F\u1E00-\u1EFF\u2010-\u2027\u2030-\u205E\u20A0-\u20CF\u2100-\u214F]+"
)


class LlamaEngine:
    """Runs one instruction-tuned GGUF file.

    Args:
        path: The GGUF file, or a folder that holds exactly one.
        threads: CPU threads; default: what ``mujaz doctor --tune`` found, else all that the process
            may use.
        device: ``auto`` (a GPU where there is one), ``cpu``, ``cuda`` or ``mps``.
        context: Tokens that prompt and answer may have together.
        adapter: A GGUF LoRA adapter that was trained on this very file; default: none.

    Raises:
        EngineError: A file cannot be loaded, the two do not fit, or the device is absent.

    """

    name = "llama"
    follows_instructions = True

    def __init__(
        self,
        path: Path,
        *,
        threads: int | None = None,
        device: str = "auto",
        context: int = 4096,
        adapter: Path | None = None,
    ) -> None:
        self.path = _single_gguf(path)
        self.adapter = adapter
        self.max_input_tokens = context
        tuned = preferred("llama") if threads is None else None
        self.threads = threads or (tuned.threads if tuned else available_threads())
        for file in (self.path, adapter):
            if file:
                _look_at(file)
        chosen = choose_device(device, "llama")
        self._door = PrivateDoor()
        try:
            self._server: Any = _load(self.path, self._door, self.threads, chosen, context, adapter)
        except BaseException:
            self._door.close()
            raise

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without the chat template around it."""
        address = self._running().listening_address
        return [len(self._door.post(address, "/tokenize", {"content": t})["tokens"]) for t in texts]

    def generate(self, prompts: Sequence[Prompt], options: GenerationOptions) -> list[Generation]:
        """Return one generation per prompt, in order. See ``Engine.generate``."""
        if options.beams not in (None, 1):
            raise EngineError("the llama engine has no beam search", "use beams=1")
        if options.source or options.target:
            raise EngineError("an instruction-tuned model has no language codes")
        if options.min_new_tokens or options.no_repeat_ngram or options.length_penalty is not None:
            raise EngineError(
                "the llama engine has no lower limit, n-gram block or length penalty",
                "leave them out",
            )
        if options.max_new_tokens is not None and options.max_new_tokens < 1:
            raise EngineError(f"max_new_tokens is {options.max_new_tokens}", "give 1 or more")
        return [self._one(prompt, options) for prompt in prompts]

    def close(self) -> None:
        """Free the weights."""
        self._server = None
        self._door.close()

    def _running(self) -> Any:  # noqa: ANN401 - untyped library
        if self._server is None:
            raise EngineError(f"{self.path.name}: the engine has been closed")
        return self._server

    def _one(self, prompt: Prompt, options: GenerationOptions) -> Generation:
        answer = self._running().handle_chat_completions(_request(prompt, options))
        if "error" in answer:
            raise EngineError(_explain(answer["error"], self.path, self.max_input_tokens))
        choice = answer["choices"][0]
        tokens = ((choice.get("logprobs") or {}).get("content")) or []
        return Generation(
            text=(choice["message"]["content"] or "").strip(),
            mean_logprob=sum(t["logprob"] for t in tokens) / len(tokens) if tokens else None,
            stop="length" if choice["finish_reason"] == "length" else "end",
            input_tokens=answer["usage"]["prompt_tokens"],
            output_tokens=answer["usage"]["completion_tokens"],
        )


def _single_gguf(path: Path) -> Path:
    if path.is_file():
        return path
    found = sorted(path.glob("*.gguf")) if path.is_dir() else []
    if len(found) == 1:
        return found[0]
    what = "several GGUF files" if found else "no GGUF file"
    raise EngineError(f"{path}: {what} here", "name the one to use")


def _load(
    path: Path,
    door: PrivateDoor,
    threads: int,
    device: Device,
    context: int,
    adapter: Path | None,
) -> Any:  # noqa: ANN401 - untyped library
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.n_gpu_layers = 0 if device == "cpu" else -1
    params.cache_ram_mib = 0  # the slot's own cache is enough; the default would keep 8 GiB
    params.warmup = False
    params.verbosity = 0
    params.ui = False
    if adapter:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
    params.hostnames = [door.host]
    params.api_keys = [door.key]
    params.endpoint_metrics = True
    try:
        server = xllamacpp.Server(params)
        # The server's loop starts in a thread of its own, and a server that is ended before it runs
        # waits for it for ever. This is answered by the loop.
        server.handle_metrics()
        return server
    except RuntimeError as error:
        with_adapter = f" with the adapter {adapter}" if adapter else ""
        raise EngineError(
            f"{path}: llama.cpp cannot load it{with_adapter} ({str(error).rstrip('.')})",
            "check the file with 'mujaz models verify', and the free memory",
        ) from error


def _look_at(path: Path) -> None:
    """Refuse what is no GGUF file in clear words, before llama.cpp does in others."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
    except OSError as error:
        raise EngineError(
            f"{path} cannot be read ({error.strerror})", "check its permissions"
        ) from error
    if magic != MAGIC:
        raise EngineError(f"{path}: not a GGUF file", "pull the model again")


def _request(prompt: Prompt, options: GenerationOptions) -> dict[str, Any]:
    messages = [{"role": "system", "content": prompt.system}] if prompt.system else []
    for turn in prompt.turns:
        messages.append({"role": "user", "content": turn.user})
        messages.append({"role": "assistant", "content": turn.assistant})
    messages.append({"role": "user", "content": prompt.text})
    request: dict[str, Any] = {
        "messages": messages,
        "max_tokens": options.max_new_tokens or 512,
        "temperature": options.temperature,
        "seed": options.seed,
        "cache_prompt": options.continues,
        "logprobs": True,
        "top_logprobs": 1,
    }
    if options.repetition_penalty:
        request["repeat_penalty"] = options.repetition_penalty
    if options.latin_only:
        request["grammar"] = _LATIN_GRAMMAR
    return request


def _explain(error: dict[str, Any], path: Path, context: int) -> str:
    if error.get("type") == "exceed_context_size_error":
        return f"a prompt of {error.get('n_prompt_tokens')} tokens exceeds the limit of {context}"
    return f"{path.name}: {error.get('message', error)}"
