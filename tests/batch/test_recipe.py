"""Recipes: what changes an output makes another recipe, and nothing else does."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.batch.recipe import Recipe, pinned
from mujaz.errors import OfflineError, RecordError
from mujaz.settings import Settings

BRIEF = Recipe("brief", glossary=(("عمان", "Amman"),))


def test_it_travels() -> None:
    assert Recipe.from_json(BRIEF.to_json()) == BRIEF
    assert pickle.loads(pickle.dumps(BRIEF)) == BRIEF
    with pytest.raises(RecordError):
        Recipe.from_json('{"schema":"mujaz.recipe/0"}')


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "translate"},
        {"form": "md"},
        {"sentences": 2},
        {"method": "lead"},
        {"summarizer": "x/y"},
        {"translator": "x/y"},
        {"glossary": ()},
        {"text_field": "body"},
        {"models": ("x/y 0123",)},
    ],
)
def test_what_changes_outputs_changes_the_digest(change: dict[str, object]) -> None:
    assert replace(BRIEF, **change).digest != BRIEF.digest  # type: ignore[arg-type]


def test_the_cache_changes_nothing() -> None:
    assert replace(BRIEF, cache=False).digest == BRIEF.digest


def test_weights_in_a_folder_are_told_apart(
    tiny: Callable[[str], Path], tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("marian"), folder)
    recipe = Recipe("translate", translator=str(folder))
    first = pinned(recipe, settings)
    assert pinned(first, settings) == first
    assert first.models[0].startswith(f"{folder} ")
    weights = folder / "model.safetensors"
    raw = bytearray(weights.read_bytes())
    raw[-1] ^= 1
    weights.write_bytes(raw)
    assert pinned(recipe, settings).digest != first.digest


def test_large_files_are_sampled(
    tiny: Callable[[str], Path], tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny("marian"), folder)
    (folder / "large.bin").write_bytes(bytes(3 << 20))
    recipe = Recipe("translate", translator=str(folder))
    first = pinned(recipe, settings)
    (folder / "large.bin").write_bytes(bytes((3 << 20) - 1) + b"x")
    assert pinned(recipe, settings) != first


@pytest.mark.parametrize("method", ["extract", "lead", "auto"])
def test_summaries_without_a_model_pin_none(method: str, settings: Settings) -> None:
    recipe = Recipe("summarize", method=method)  # type: ignore[arg-type]
    assert pinned(recipe, settings) == recipe


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe("brief"),
        Recipe("translate"),
        Recipe("summarize", method="instruct"),
        Recipe("summarize", method="seq2seq"),
    ],
)
def test_a_model_that_cannot_be_had(recipe: Recipe, settings: Settings) -> None:
    with pytest.raises(OfflineError):
        pinned(recipe, settings)
