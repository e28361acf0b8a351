"""What the engines run on: the CPU, and a GPU where the machine and the build have one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal

from mujaz.errors import EngineError

from .description import EngineName

Device = Literal["cuda", "mps", "cpu"]

LIBRARIES: dict[EngineName, str] = {
    "transformers": "torch",
    "ctranslate2": "ctranslate2",
    "llama": "llama.cpp",
}
"""Engine → the library that must know the device."""


def available_threads() -> int:
    """Return the number of CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def devices_of(engine: EngineName) -> list[Device]:
    """Return the devices that ``engine`` can use here, the fastest first. Loads its library."""
    finders = {"transformers": _torch, "ctranslate2": _ctranslate2, "llama": _llama}
    return [*finders[engine](), "cpu"]


def choose_device(asked: str, engine: EngineName, there: Sequence[Device] | None = None) -> Device:
    """Return the device to run on.

    Args:
        asked: ``auto`` for the fastest there is, or a device's name.
        engine: Who is to run on it.
        there: What it can use; looked up by default.

    Raises:
        EngineError: The device is unknown, or not here.
    """
    if asked not in {"auto", "cpu", "cuda", "mps"}:
        raise EngineError(f"device {asked!r} is unknown", "use auto, cpu, cuda or mps")
    if asked == "cpu":
        return "cpu"
    found = devices_of(engine) if there is None else there
    if asked == "auto":
        return found[0]
    for device in found:
        if device == asked:
            return device
    raise EngineError(
        f"{LIBRARIES[engine]} finds no {asked} device on this machine (it has {', '.join(found)})",
        "use --device auto or cpu",
    )


def _torch() -> list[Device]:
    import torch

    found: list[Device] = ["cuda"] if torch.cuda.is_available() else []
    return [*found, "mps"] if torch.backends.mps.is_available() else found


def _ctranslate2() -> list[Device]:
    import ctranslate2

    return ["cuda"] if ctranslate2.get_cuda_device_count() > 0 else []


def _llama() -> list[Device]:
    import xllamacpp

    # "CUDA0", "Metal" or "MTL0", by backend; the CPU and its helpers (BLAS) are listed too.
    names = [str(device["name"]).lower() for device in xllamacpp.get_device_info()]
    found: list[Device] = ["cuda"] if any(n.startswith(("cuda", "rocm")) for n in names) else []
    return [*found, "mps"] if any(n.startswith(("metal", "mtl")) for n in names) else found
