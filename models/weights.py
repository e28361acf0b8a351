"""Which of a model's files are needed, and which are refused."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch
from typing import Literal

from mujaz.errors import ModelError

from .description import SHARD, first_shards

WeightForm = Literal["safetensors", "pickle", "gguf"]

PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
"""Files that Python unpickles, and that can therefore run code when they are loaded."""

_BESIDE = ("*.json", "*.txt", "*.model", "*.spm", "*.jinja", "LICENSE*", "LICENCE*", "NOTICE*")
_NEVER = ("trainer_state.json", "all_results.json", "*_results.json")
_USUAL_QUANTIZATION = "q4_k_m"


def is_pickle(name: str) -> bool:
    """Say whether the file ``name`` is of a kind that is loaded by unpickling."""
    return any(fnmatch(name.lower(), pattern) for pattern in PICKLES)


def needed_files(
    names: Sequence[str],
    *,
    model: str,
    wanted: Sequence[str] = (),
    variant: str = "",
    allow_pickle: bool = False,
) -> tuple[list[str], WeightForm]:
    """Choose from a repository's files the ones to fetch: one set of weights and what it needs.

    Safetensors are preferred; code, other frameworks' weights and subfolders are left.

    Args:
        names: All files of the repository or folder, with forward slashes.
        model: The model's name, for messages.
        wanted: Names or patterns that the catalogue asks for, instead of the rule.
        variant: Part of a GGUF file's name that tells it from its siblings, such as ``q4_k_m``.
        allow_pickle: Accept pickle weights where there are no others.

    Raises:
        ModelError: There are no weights that an engine can load, only pickled ones and these were
            not allowed, or several GGUF models to choose from.
    """
    if wanted:
        chosen = [name for name in names if any(fnmatch(name, pattern) for pattern in wanted)]
        missing = [p for p in wanted if not any(fnmatch(name, p) for name in names)]
        if missing:
            raise ModelError(f"{model} has no file {missing[0]}", "give another revision")
        if pickled := [name for name in chosen if is_pickle(name)]:
            _allow(pickled[0], model, allow_pickle)
            return chosen, "pickle"
        form: WeightForm = "gguf" if any(n.endswith(".gguf") for n in chosen) else "safetensors"
        return chosen, form
    top = [name for name in names if "/" not in name]
    beside = [n for n in top if _matches(n, _BESIDE) and not _matches(n, _NEVER)]
    if "config.json" in top and not variant:
        if weights := _checkpoint(top, "model", ".safetensors"):
            return sorted({*beside, *weights}), "safetensors"
        if weights := _checkpoint(top, "pytorch_model", ".bin"):
            _allow(weights[0], model, allow_pickle)
            return sorted({*beside, *weights}), "pickle"
    if ggufs := [name for name in top if name.endswith(".gguf")]:
        licences = [name for name in top if _matches(name, ("LICENSE*", "LICENCE*", "NOTICE*"))]
        return [*licences, *_one_gguf(ggufs, model, variant)], "gguf"
    raise ModelError(
        f"{model} has no weights that Mujaz can load",
        "name a transformers checkpoint with safetensors, or a GGUF model",
    )


def _allow(pickle: str, model: str, allowed: bool) -> None:
    if not allowed:
        raise ModelError(
            f"{model} has only pickle weights ({pickle}), which can run code when read",
            f"if you trust {model}, add --allow-pickle",
        )


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _checkpoint(names: Sequence[str], stem: str, ending: str) -> list[str]:
    """Return the weight files ``stem`` + ``ending``, whole or in shards with their index."""
    whole = stem + ending
    if whole in names:
        return [whole]
    shards = [n for n in names if fnmatch(n, f"{stem}-?????-of-?????{ending}")]
    index = f"{whole}.index.json"
    return [*shards, index] if shards and index in names else []


def _one_gguf(names: Sequence[str], model: str, variant: str) -> list[str]:
    """Return the one GGUF model that is meant, with all its shards."""
    heads = first_shards(names)
    if variant:
        heads = [name for name in heads if variant.lower() in name.lower()]
    elif len(heads) > 1:
        heads = [name for name in heads if _USUAL_QUANTIZATION in name.lower()] or heads
    if len(heads) != 1:
        choice = ", ".join(first_shards(names))
        raise ModelError(
            f"{model} holds several GGUF models, and none is meant clearly: {choice}",
            "name one as owner/name:PART, PART being a part of the file's name such as q4_k_m",
        )
    family = SHARD.sub("", heads[0])
    return sorted(name for name in names if SHARD.sub("", name) == family)
