"""Devices: the fastest there is, or the one asked for, or one clear line."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import get_args

import ctranslate2
import pytest
import torch
import xllamacpp

from mujaz.errors import EngineError
from mujaz.models.description import EngineName
from mujaz.models.devices import available_threads, choose_device, devices_of

ENGINES = get_args(EngineName)


def test_threads_are_those_that_the_process_may_use() -> None:
    assert 1 <= available_threads() <= (os.cpu_count() or 1)


def test_auto_takes_the_fastest_and_a_name_itself() -> None:
    assert choose_device("auto", "transformers", ["cuda", "mps", "cpu"]) == "cuda"
    assert choose_device("auto", "llama", ["mps", "cpu"]) == "mps"
    assert choose_device("auto", "llama", ["cpu"]) == "cpu"
    assert choose_device("mps", "transformers", ["cuda", "mps", "cpu"]) == "mps"
    # The processor is there without a look: looking loads a library.
    assert choose_device("cpu", "transformers", []) == "cpu"


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_not_there_is_one_line(engine: EngineName) -> None:
    for asked in ("cuda", "mps"):
        with pytest.raises(EngineError) as caught:
            choose_device(asked, engine, ["cpu"])
        assert f"finds no {asked} device on this machine (it has cpu)" in caught.value.message
        assert caught.value.next_step == "use --device auto or cpu"
    with pytest.raises(EngineError, match="'abacus' is unknown; use auto, cpu, cuda or mps"):
        choose_device("abacus", engine, ["cpu"])


@pytest.mark.parametrize("engine", ENGINES)
def test_the_processor_is_always_there(engine: EngineName) -> None:
    assert devices_of(engine)[-1] == "cpu"


def test_the_libraries_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends, "mps", SimpleNamespace(is_available=lambda: True))
    assert devices_of("transformers") == ["cuda", "mps", "cpu"]
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 2)
    assert devices_of("ctranslate2") == ["cuda", "cpu"]
    for name, found in (("CUDA0", ["cuda"]), ("Metal", ["mps"]), ("MTL0", ["mps"]), ("BLAS", [])):
        there = [{"name": name}, {"name": "CPU"}]
        monkeypatch.setattr(xllamacpp, "get_device_info", lambda there=there: there)
        assert devices_of("llama") == [*found, "cpu"]
