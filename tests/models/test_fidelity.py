"""Conversion is checked against the original, and a form that departs from it is not kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from mujaz.errors import ModelError
from mujaz.models import fidelity as module
from mujaz.models.conversion import convert, read_manifest
from mujaz.models.ctranslate2_engine import CTranslate2Engine
from mujaz.models.description import describe
from mujaz.models.fidelity import Fidelity, convert_faithfully, fidelity
from mujaz.models.loading import open_engine
from mujaz.models.samples import SAMPLES
from mujaz.models.transformers_engine import TransformersEngine

from .conftest import Notes
from .tiny_models import ARABIC

Tiny = Callable[[str], Path]


def _copy(folder: Path, target: Path) -> Path:
    return shutil.copytree(folder, target, ignore=shutil.ignore_patterns("ctranslate2*"))


def _damaged(folder: Path, target: Path) -> Path:
    """Copy a checkpoint and turn one layer of its decoder round."""
    copy = _copy(folder, target)
    weights = load_file(copy / "model.safetensors")
    name = next(n for n in weights if "decoder" in n and "fc1.weight" in n)
    weights[name] = -weights[name]
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    return copy


@pytest.mark.parametrize("name", ["marian", "mbart25", "nllb"])
def test_float32_says_the_same(
    tiny_engine: Callable[[str], TransformersEngine], tiny_converted: Tiny, name: str
) -> None:
    found = fidelity(tiny_engine(name), CTranslate2Engine(tiny_converted(name), threads=1))
    assert (found.texts, found.equal) == (len(SAMPLES), len(SAMPLES))
    assert found.drift < 1e-3
    assert found.faithful


def test_int8_drifts_by_rounding_and_a_fault_by_far_more(
    tiny: Tiny, tiny_engine: Callable[[str], TransformersEngine], tmp_path: Path
) -> None:
    int8 = CTranslate2Engine(convert(tiny("marian"), tmp_path / "int8"), threads=1)
    small = fidelity(tiny_engine("marian"), int8)
    wrong = convert(_damaged(tiny("marian"), tmp_path / "copy"), tmp_path / "wrong", "float32")
    large = fidelity(tiny_engine("marian"), CTranslate2Engine(wrong, threads=1))
    # 0.005 and 4.1 when measured
    assert 0 < small.drift < 0.05
    assert large.drift > 1
    assert small.faithful
    assert not large.faithful
    with pytest.raises(ValueError, match="no texts"):
        fidelity(tiny_engine("marian"), int8, [" "])


def test_what_departs_is_replaced_by_float32(
    tiny: Tiny, tmp_path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _copy(tiny("marian"), tmp_path / "source")
    wrong = _damaged(tiny("marian"), tmp_path / "wrong")

    def spoilt(folder: Path, output: Path, form: str, **more: Any) -> Path:
        return convert(wrong if form == "int8" else folder, output, form, **more)

    monkeypatch.setattr(module, "convert", spoilt)
    assert convert_faithfully(source, "my/marian", notes) == ("ctranslate2-float32", "float32")
    assert [m.split(" (")[0] for m in notes.messages[:2]] == [
        "converting my/marian to int8",
        "int8 departs from the original",
    ]
    expected = "float32 against the original: 8 of 8 sample outputs equal, 0.000 nats a token"
    assert notes.messages[-1] == expected
    assert not (source / "ctranslate2-int8").exists()
    assert describe(source).converted == source / "ctranslate2-float32"
    assert read_manifest(source / "ctranslate2-float32").quantization == "float32"
    engine = open_engine(source, threads=1)
    assert engine.name == "ctranslate2"
    engine.close()


def test_where_no_form_is_faithful_none_is_kept(
    tiny: Tiny, tmp_path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _copy(tiny("marian"), tmp_path / "source")
    wrong = _damaged(tiny("marian"), tmp_path / "wrong")
    monkeypatch.setattr(module, "convert", lambda _, *a, **k: convert(wrong, *a, **k))
    with pytest.raises(ModelError, match="run it with the transformers engine"):
        convert_faithfully(source, "my/marian", notes)
    assert describe(source).engines == ("transformers",)
    assert not list(source.glob("ctranslate2-*"))


def test_the_line_tells_what_was_compared() -> None:
    assert str(Fidelity(8, 7, 0.0123)) == "7 of 8 sample outputs equal, 0.012 nats a token"
    assert len(set(SAMPLES)) == len(SAMPLES)
    assert not set(SAMPLES) & set(ARABIC)
