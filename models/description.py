"""What a model is, as its own files say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from mujaz.errors import ModelError

from .catalogue import Task
from .families import read_json
from .gguf import is_gguf, read_header

EngineName = Literal["transformers", "ctranslate2", "llama"]

CONVERTED = "ctranslate2-int8"
"""Folder inside a model's folder that holds its CTranslate2 form."""

CONVERTED_FORMS = {CONVERTED: "int8", "ctranslate2-float32": "float32"}
"""Such folders → the form of the weights in them, the smallest and fastest on a CPU first."""

# model_type of config.json -> family. NLLB shares M2M100's and is told apart by its tokenizer.
_FAMILIES = {
    "marian": "marian",
    "mbart": "mbart",
    "bart": "bart",
    "m2m_100": "m2m100",
    "t5": "t5",
    "mt5": "mt5",
    "umt5": "umt5",
    "pegasus": "pegasus",
}
# What CTranslate2's Transformers converter reads.
CONVERTIBLE = frozenset({"marian", "mbart", "bart", "m2m100", "nllb", "t5", "mt5", "pegasus"})
_TRANSLATORS = frozenset({"marian", "m2m100", "nllb"})
SHARD = re.compile(r"-(\d{5})-of-\d{5}(?=\.[a-z]+$)")
"""What tells the files of a split model apart, in their names."""


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What a model's own files say about it.

    Attributes:
        path: What an engine loads: a folder, or the (first) GGUF file.
        family: ``marian``, ``mbart``, ``nllb``, ``m2m100``, ``t5``, ``mt5``, ``llama-gguf`` and so
            on; the ``model_type`` itself where it is none of the known ones.
        architecture: The architecture's own name, such as ``MarianMTModel`` or ``qwen2``.
        engines: Engines that can run it, the preferred first; empty when none can.
        tasks: What it is probably for; a guess wherever the family leaves it open.
        converted: The CTranslate2 form, where there is one.
        max_input_tokens: Longest input, in tokens, where the files say it.
        name: The name that the files give, or empty.
    """

    path: Path
    family: str
    architecture: str
    engines: tuple[EngineName, ...]
    tasks: tuple[Task, ...]
    converted: Path | None = None
    max_input_tokens: int | None = None
    name: str = ""


def describe(path: Path) -> ModelDescription:
    """Say what the model at ``path``, a folder or a GGUF file, is.

    Raises:
        ModelError: ``path`` is missing, or nothing in it says what it is.
    """
    if path.is_file():
        if is_gguf(path):
            return _describe_gguf(path)
        raise ModelError(
            f"{path} is a file but not in GGUF form",
            "give a GGUF file, or a folder with config.json",
        )
    if not path.is_dir():
        raise ModelError(f"{path} does not exist", "check the path")
    if (path / "config.json").is_file() and (path / "model.bin").is_file():
        return _describe_converted(path)
    if (path / "config.json").is_file():
        described = _describe_checkpoint(path)
        if described.engines or not list(path.glob("*.gguf")):
            return described
    ggufs = first_shards(file.name for file in path.glob("*.gguf"))
    if len(ggufs) == 1:
        return _describe_gguf(path / ggufs[0])
    if ggufs:
        raise ModelError(
            f"{path} holds {len(ggufs)} GGUF models ({', '.join(ggufs)})", "name one of the files"
        )
    raise ModelError(
        f"nothing in {path} says what model it is",
        "give a folder with config.json as transformers writes it, or a GGUF file",
    )


def first_shards(names: Iterable[str]) -> list[str]:
    """Return the sorted ``names`` without the second and later shards of split models."""
    return sorted(
        name for name in names if (m := SHARD.search(name)) is None or int(m.group(1)) == 1
    )


def _describe_gguf(path: Path) -> ModelDescription:
    header = read_header(path)
    architecture = str(header.get("general.architecture", ""))
    if not architecture:
        raise ModelError(f"{path} does not name its architecture", "fetch the file again")
    context = header.get(f"{architecture}.context_length")
    return ModelDescription(
        path=path,
        family="llama-gguf",
        architecture=architecture,
        engines=("llama",),
        tasks=("instruct", "translate", "summarize"),
        max_input_tokens=int(context) if isinstance(context, int) else None,
        name=str(header.get("general.name", "")),
    )


def _describe_converted(folder: Path) -> ModelDescription:
    """Describe a CTranslate2 folder that stands alone, by the checkpoint's files inside it."""
    from .conversion import ORIGINAL

    if not (folder / ORIGINAL / "config.json").is_file():
        raise ModelError(
            f"{folder} holds a CTranslate2 model without its tokenizer in {ORIGINAL}/",
            "convert the checkpoint with Mujaz",
        )
    original = _describe_checkpoint(folder / ORIGINAL)
    return replace(original, path=folder, engines=("ctranslate2",), converted=folder)


def _describe_checkpoint(folder: Path) -> ModelDescription:
    config = read_json(folder / "config.json")
    model_type = str(config.get("model_type", ""))
    architectures = config.get("architectures") or []
    architecture = str(architectures[0]) if architectures else ""
    tokenizer = _tokenizer_class(folder, config)
    family = _FAMILIES.get(model_type, model_type)
    if family == "m2m100" and "nllb" in tokenizer.lower():
        family = "nllb"
    seq2seq = model_type in _FAMILIES or bool(config.get("is_encoder_decoder"))
    forms = (folder / place for place in CONVERTED_FORMS)
    converted = next((form for form in forms if (form / "model.bin").is_file()), None)
    engines: tuple[EngineName, ...] = ()
    if seq2seq:
        engines = ("ctranslate2", "transformers") if converted else ("transformers",)
    limit = config.get("max_position_embeddings")
    return ModelDescription(
        path=folder,
        family=family or "unknown",
        architecture=architecture,
        engines=engines,
        tasks=_guess_tasks(family, tokenizer) if seq2seq else (),
        converted=converted,
        max_input_tokens=limit if isinstance(limit, int) else None,
        name=str(config.get("_name_or_path", "")),
    )


def _guess_tasks(family: str, tokenizer: str) -> tuple[Task, ...]:
    if family in _TRANSLATORS or "mbart" in tokenizer.lower():
        return ("translate",)
    return ("summarize",)


def _tokenizer_class(folder: Path, config: dict[str, Any]) -> str:
    file = folder / "tokenizer_config.json"
    named = read_json(file).get("tokenizer_class") if file.is_file() else None
    return str(named or config.get("tokenizer_class") or "")
