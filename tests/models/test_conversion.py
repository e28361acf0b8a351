import hashlib
import json
import shutil

import pytest
from safetensors.torch import load_file, save_file

from mujaz.errors import EngineError, ModelError, StoreError
from mujaz.models.conversion import agreement, convert, read_manifest
from mujaz.models.ctranslate2_engine import CTranslate2Engine
from mujaz.models.engine import GenerationOptions, Prompt

from .tiny_models import ARABIC


def _copy(folder, target):
    return shutil.copytree(folder, target, ignore=shutil.ignore_patterns("ctranslate2*"))


def test_the_result_stands_alone(tiny, tmp_path, tiny_engine):
    source = _copy(tiny("nllb"), tmp_path / "source")
    sha = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    made = convert(source, tmp_path / "made", "float32")
    shutil.rmtree(source)
    engine = CTranslate2Engine(made)
    assert agreement(tiny_engine("nllb"), engine, ARABIC) == 1
    manifest = read_manifest(made)
    assert (manifest.source, manifest.family, manifest.quantization) == (
        "source",
        "nllb",
        "float32",
    )
    assert manifest.weights == {"model.safetensors": sha}
    assert set(manifest.versions) == {"ctranslate2", "transformers"}
    assert not list(made.rglob("*.safetensors"))
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


@pytest.mark.parametrize("name", ["marian", "mbart50", "m2m100", "mt5"])
def test_int8_is_smaller_and_mostly_agrees(tiny, tiny_converted, tmp_path, name, tiny_engine):
    made = convert(tiny(name), tmp_path / "made")
    assert read_manifest(made).quantization == "int8"
    small, full = ((f / "model.bin").stat().st_size for f in (made, tiny_converted(name)))
    assert small < 0.6 * full
    reference = tiny_engine(name)
    share = agreement(reference, CTranslate2Engine(made), ARABIC, GenerationOptions(beams=1))
    assert share >= 0.5


def test_agreement_counts(tiny_converted, tiny_engine):
    original, other = tiny_engine("nllb"), CTranslate2Engine(tiny_converted("marian"))
    assert agreement(original, CTranslate2Engine(tiny_converted("nllb")), ARABIC) == 1
    texts = [*ARABIC, "جسر"]
    prompts = [Prompt(text) for text in texts]
    left, right = (engine.generate(prompts, GenerationOptions()) for engine in (original, other))
    equal = sum(a.text == b.text for a, b in zip(left, right, strict=True))
    assert 0 < equal < len(texts)
    assert agreement(original, other, texts) == equal / len(texts)
    with pytest.raises(ValueError, match="no texts"):
        agreement(original, other, [])


def test_an_existing_folder_is_kept_unless_forced(tiny, tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    (made / "mine").write_text("keep")
    with pytest.raises(StoreError, match="exists"):
        convert(tiny("marian"), made)
    assert (made / "mine").read_text() == "keep"
    convert(tiny("marian"), made, force=True)
    assert not (made / "mine").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_a_failure_leaves_nothing_and_keeps_what_was_there(tiny, tmp_path):
    source = _copy(tiny("marian"), tmp_path / "source")
    weights = load_file(source / "model.safetensors")
    # Fine-tuned in transformers: the start token's row has moved away from zero.
    name = next(n for n in weights if n.endswith("shared.weight"))
    weights[name][-1] = 0.5
    save_file(weights, source / "model.safetensors", metadata={"format": "pt"})
    made = convert(tiny("marian"), tmp_path / "made")
    with pytest.raises(ModelError, match="does not start from zeros") as caught:
        convert(source, made, force=True)
    assert "transformers engine" in caught.value.next_step
    assert sorted(p.name for p in tmp_path.iterdir()) == ["made", "source"]
    CTranslate2Engine(made)


def test_unusable_requests_are_named(tiny, tmp_path):
    with pytest.raises(EngineError, match="int3"):
        convert(tiny("marian"), tmp_path / "made", "int3")
    with pytest.raises(ModelError, match=r"config\.json"):
        convert(tmp_path, tmp_path / "made")
    source = _copy(tiny("marian"), tmp_path / "source")
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps(config | {"model_type": "unheard-of"}))
    with pytest.raises(ModelError):
        convert(source, tmp_path / "made")
    other = _copy(tiny("marian"), tmp_path / "other")
    (other / "model.safetensors").rename(other / "weights.safetensors")
    # transformers raises an OSError; the disk is not to blame, and the message is one line.
    with pytest.raises(ModelError, match="cannot be converted") as caught:
        convert(other, tmp_path / "made")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "made").exists()


def test_a_checkpoint_inside_whose_folder_the_result_lies(tiny, tmp_path):
    source = _copy(tiny("marian"), tmp_path / "source")
    made = convert(source, source / "ctranslate2-int8")
    kept = {p.name for p in source.iterdir() if p.suffix != ".safetensors" and p.is_file()}
    assert {p.name for p in (made / "original").iterdir()} == kept | {"mujaz-tokenizer.json"}


def test_nothing_is_said(tiny, tmp_path, capfd, recwarn):
    convert(tiny("marian"), tmp_path / "made")
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list
