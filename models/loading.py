"""From a path to a running engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mujaz.errors import ModelError, OptionError, RecordError
from mujaz.settings import Settings

from .adapters import base_near, read_adapter
from .engine import Engine
from .gguf import is_gguf
from .manifest import read_manifest

# Where the store puts a model's converted form, inside the model's own folder.
_CONVERTED = "ctranslate2-*"


def open_engine(
    path: Path, *, engine: str = "auto", threads: int | None = None, device: str = "auto"
) -> Engine:
    """Load the model at ``path`` with the engine that its files call for.

    A folder with ``model.bin``, or with such a folder named ``ctranslate2-…`` inside, is run by
    ctranslate2; one with ``config.json`` and weights by transformers; a GGUF file, or a folder
    with one, by llama. Where both of the first two can serve, ctranslate2 is taken: it is faster.
    A GGUF file that is an adapter is run on its base, which must be installed: in the store that
    the adapter lies in, or in the user's. Weights in pickle form are read where they were allowed
    by name when they were pulled into the user's store, and nowhere else.

    Args:
        path: A folder, or a GGUF file.
        engine: ``auto``, or the name of the one to use.
        threads: CPU threads; default: the engine's own choice.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.

    Raises:
        OptionError: ``engine`` is no engine's name.
        ModelError: Nothing at ``path`` can be run, or not by that engine; or it is an adapter, and
            its base is not installed.
        EngineError: The weights cannot be run here.
    """
    finders: dict[str, Callable[[Path], Path | None]] = {
        "ctranslate2": _converted,
        "transformers": _checkpoint,
        "llama": _gguf,
    }
    if engine != "auto" and engine not in finders:
        raise OptionError(
            f"engine {engine!r} is unknown", f"use auto, {', '.join(sorted(finders))}"
        )
    if not path.exists():
        raise ModelError(f"{path} does not exist", "check the path, or pull the model")
    for name, find in finders.items():
        if engine in {"auto", name} and (found := find(path)) is not None:
            return _start(name, found, threads, device)
    wanted = {
        "ctranslate2": "model.bin of a converted model",
        "transformers": "config.json with *.safetensors",
        "llama": "*.gguf",
    }
    looked = wanted.values() if engine == "auto" else [wanted[engine]]
    raise ModelError(
        f"{path} holds no model to run (looked for {'; '.join(looked)})",
        "give a model's own folder or file",
    )


def _start(name: str, path: Path, threads: int | None, device: str) -> Engine:
    if name == "ctranslate2":
        from .ctranslate2_engine import CTranslate2Engine

        return CTranslate2Engine(path, threads=threads, device=device)
    if name == "transformers":
        from .transformers_engine import TransformersEngine

        return TransformersEngine(path, threads=threads, device=device, pickle=_allowed(path))
    from .llama_engine import LlamaEngine

    file = _only_gguf(path)
    adapter = read_adapter(file) if file else None
    if file is None or adapter is None:
        return LlamaEngine(path, threads=threads, device=device)
    base = base_near(adapter, Settings.from_environment())
    return LlamaEngine(base, threads=threads, device=device, adapter=file)


def _allowed(path: Path) -> bool:
    """Say whether pickle weights in ``path`` were allowed when they were pulled."""
    if path.resolve().parent != Settings.from_environment().models.resolve():
        return False  # a folder from elsewhere cannot speak for itself
    try:
        return read_manifest(path).pickled
    except (OSError, RecordError):
        return False


def _converted(path: Path) -> Path | None:
    for folder in (path, *sorted(path.glob(_CONVERTED), reverse=True)):  # int8 before float32
        if (folder / "model.bin").is_file() and (folder / "config.json").is_file():
            return folder
    return None


def _checkpoint(path: Path) -> Path | None:
    # A folder with pickle weights alone is a checkpoint too; the engine says why it will not do.
    weights = [*path.glob("*.safetensors"), *path.glob("pytorch_model*.bin")]
    return path if weights and (path / "config.json").is_file() else None


def _only_gguf(path: Path) -> Path | None:
    """Return the GGUF file that ``path`` is or holds; ``None`` where there are several."""
    found = [path] if path.is_file() else list(path.glob("*.gguf"))
    return found[0] if len(found) == 1 else None


def _gguf(path: Path) -> Path | None:
    if path.is_file():
        return path if path.suffix == ".gguf" or is_gguf(path) else None
    return path if any(path.glob("*.gguf")) else None
