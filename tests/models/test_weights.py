"""What of a repository is fetched, and what is refused."""

import pytest

from mujaz.errors import ModelError
from mujaz.models.weights import is_pickle, needed_files

CARD = ["README.md", ".gitattributes"]
BESIDE = ["config.json", "tokenizer.json", "vocab.json", "source.spm", "LICENSE"]
JUNK = ["tf_model.h5", "flax_model.msgpack", "rust_model.ot", "model.py", "onnx/model.onnx"]


def chosen(names: list[str], **options: object) -> set[str]:
    return set(needed_files(names, model="a/b", **options)[0])  # type: ignore[arg-type]


def test_safetensors_win_over_everything_else() -> None:
    names = [*CARD, *BESIDE, *JUNK, "model.safetensors", "pytorch_model.bin", "model-q4.gguf"]
    found, form = needed_files(names, model="a/b", allow_pickle=True)
    assert form == "safetensors"
    assert set(found) == {*BESIDE, "model.safetensors"}


def test_shards_come_with_their_index() -> None:
    shards = [f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    index = "model.safetensors.index.json"
    assert chosen(["config.json", *shards, index]) == {"config.json", *shards, index}
    with pytest.raises(ModelError, match="no weights"):
        needed_files(["config.json", *shards], model="a/b")


def test_pickles_are_refused_unless_allowed() -> None:
    names = [*BESIDE, "pytorch_model.bin", "training_args.bin"]
    with pytest.raises(ModelError, match="only pickle weights") as caught:
        needed_files(names, model="a/b")
    assert "--allow-pickle" in caught.value.next_step
    assert chosen(names, allow_pickle=True) == {*BESIDE, "pytorch_model.bin"}


def test_one_gguf_of_many() -> None:
    names = ["m-q8_0.gguf", "m-q4_k_m.gguf", "README.md", "LICENSE"]
    assert chosen(names) == {"m-q4_k_m.gguf", "LICENSE"}
    assert chosen(names, variant="Q8_0") == {"m-q8_0.gguf", "LICENSE"}
    for variant in ("q", "q2"):
        with pytest.raises(ModelError, match=r"m-q4_k_m\.gguf, m-q8_0\.gguf"):
            needed_files(names, model="a/b", variant=variant)


def test_a_split_gguf_comes_whole() -> None:
    shards = [f"m-q4_k_m-0000{n}-of-00003.gguf" for n in (1, 2, 3)]
    assert chosen([*shards, "m-f16.gguf"]) == set(shards)


def test_the_catalogues_own_choice_comes_first() -> None:
    assert chosen(["a.gguf", "b.gguf"], wanted=("b.gguf",)) == {"b.gguf"}
    with pytest.raises(ModelError, match=r"no file c\.gguf"):
        needed_files(["a.gguf"], model="a/b", wanted=("c.gguf",))
    # It does not allow what the user has not.
    asked = ("config.json", "*.bin")
    names = ["config.json", "pytorch_model.bin"]
    with pytest.raises(ModelError, match="only pickle weights"):
        needed_files(names, model="a/b", wanted=asked)
    found = needed_files(names, model="a/b", wanted=asked, allow_pickle=True)
    assert found == (names, "pickle")


@pytest.mark.parametrize(
    ("name", "pickled"),
    [("pytorch_model.bin", True), ("x.PT", True), ("m.safetensors", False), ("m.gguf", False)],
)
def test_pickles_are_told_by_their_name(name: str, pickled: bool) -> None:
    assert is_pickle(name) is pickled
