"""A model's own files say what it is."""

import json
from pathlib import Path

import pytest

from mujaz.errors import ModelError
from mujaz.models.description import CONVERTED, describe

from .conftest import checkpoint, gguf


def write(folder: Path, config: dict[str, object], tokenizer: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config))
    if tokenizer:
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": tokenizer}))
    return folder


@pytest.mark.parametrize(
    ("model_type", "tokenizer", "family", "tasks"),
    [
        ("marian", "MarianTokenizer", "marian", ("translate",)),
        ("m2m_100", "NllbTokenizer", "nllb", ("translate",)),
        ("m2m_100", "M2M100Tokenizer", "m2m100", ("translate",)),
        ("mbart", "MBart50Tokenizer", "mbart", ("translate",)),
        ("mbart", "BarthezTokenizer", "mbart", ("summarize",)),
        ("mt5", "T5Tokenizer", "mt5", ("summarize",)),
        ("t5", "", "t5", ("summarize",)),
    ],
)
def test_checkpoints(
    tmp_path: Path, model_type: str, tokenizer: str, family: str, tasks: tuple[str, ...]
) -> None:
    config = {"model_type": model_type, "architectures": ["X"], "max_position_embeddings": 512}
    found = describe(write(tmp_path, config, tokenizer))
    assert (found.family, found.tasks, found.architecture) == (family, tasks, "X")
    assert found.engines == ("transformers",)
    assert found.max_input_tokens == 512


def test_a_converted_checkpoint_prefers_ctranslate2(tmp_path: Path) -> None:
    folder = write(tmp_path, {"model_type": "marian"})
    (folder / CONVERTED).mkdir()
    (folder / CONVERTED / "model.bin").write_bytes(b"x")
    found = describe(folder)
    assert found.engines == ("ctranslate2", "transformers")
    assert found.converted == folder / CONVERTED


def test_decoder_only_checkpoints_have_no_engine(tmp_path: Path) -> None:
    found = describe(
        write(tmp_path, {"model_type": "llama", "architectures": ["LlamaForCausalLM"]})
    )
    assert found.engines == ()
    assert found.tasks == ()


def test_gguf_files_and_folders_with_one(tmp_path: Path) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(gguf("llama", context=2048))
    for path in (file, tmp_path):
        found = describe(path)
        assert found.path == file
        assert (found.family, found.architecture) == ("llama-gguf", "llama")
        assert found.engines == ("llama",)
        assert found.max_input_tokens == 2048
        assert found.name == "Tiny"


def test_a_split_gguf_is_one_model(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"m-0000{number}-of-00002.gguf").write_bytes(gguf())
    assert describe(tmp_path).path.name == "m-00001-of-00002.gguf"


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "says what model it is"),
        ({"config.json": b"{"}, "cannot be read as JSON"),
        ({"config.json": b"[]"}, "not a JSON object"),
        ({"a.gguf": gguf(), "b.gguf": gguf()}, r"2 GGUF models \(a.gguf, b.gguf\)"),
    ],
)
def test_folders_that_do_not_tell(tmp_path: Path, files: dict[str, bytes], complaint: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=complaint):
        describe(tmp_path)


def test_missing_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        describe(tmp_path / "absent")
    (tmp_path / "m.pt").write_bytes(checkpoint()["pytorch_model.bin"])
    with pytest.raises(ModelError, match="not in GGUF form"):
        describe(tmp_path / "m.pt")
