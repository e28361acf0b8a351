"""Models from files and folders on this machine."""

import json
from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, ModelError
from mujaz.models.catalogue import Catalogue
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.local import select
from mujaz.settings import Settings

from .conftest import GGUF_FILE, Notes, checkpoint, gguf


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_only_the_needed_files_of_a_folder_are_taken(tmp_path: Path, settings: Settings) -> None:
    source = write(tmp_path / "source", checkpoint())
    model = pull("my/translator", settings, PullOptions(source=source, convert=False))
    assert model.folder is not None
    assert {p.name for p in model.folder.iterdir()} == {
        "config.json",
        "tokenizer_config.json",
        "source.spm",
        "model.safetensors",
        "mujaz-model.json",
    }
    assert model.manifest is not None
    assert model.manifest.source == "local"
    assert {file.checked for file in model.manifest.files} == {"recorded"}
    assert model.description.family == "marian"
    assert "unknown" in model.licence


def test_a_known_file_is_checked_and_named_as_the_catalogue_names_it(
    tmp_path: Path, settings: Settings, tiny_catalogue: Catalogue, tiny_gguf: bytes, notes: Notes
) -> None:
    source = tmp_path / "renamed.gguf"
    source.write_bytes(tiny_gguf)
    model = pull("tiny", settings, PullOptions(source=source), notes, tiny_catalogue)
    assert model.path.name == GGUF_FILE
    assert model.path.read_bytes() == tiny_gguf
    assert model.manifest is not None
    assert [file.checked for file in model.manifest.files] == ["catalogue"]
    assert "licence: Apache-2.0" in notes.messages[0]


def test_a_wrong_file_is_refused_and_nothing_stays(
    tmp_path: Path, settings: Settings, tiny_catalogue: Catalogue, tiny_gguf: bytes
) -> None:
    source = tmp_path / "wrong.gguf"
    for content in (tiny_gguf[:-1] + b"!", gguf("llama", weights=77)):
        source.write_bytes(content)
        with pytest.raises(ChecksumError):
            pull("tiny", settings, PullOptions(source=source), catalogue=tiny_catalogue)
        assert not (settings.models / "tiny--chat-GGUF").exists()
        assert not list(settings.models.rglob("*.gguf"))


def test_pickles_and_missing_paths_are_refused(tmp_path: Path) -> None:
    files = checkpoint()
    del files["model.safetensors"]
    folder = write(tmp_path / "source", files)
    with pytest.raises(ModelError, match="pickle"):
        select(folder, "a/b", None, allow_pickle=False)
    assert "pytorch_model.bin" in select(folder, "a/b", None, allow_pickle=True)
    with pytest.raises(ModelError, match="pickle"):
        select(folder / "pytorch_model.bin", "a/b", None, allow_pickle=False)
    with pytest.raises(ModelError, match="does not exist"):
        select(tmp_path / "absent", "a/b", None, allow_pickle=False)


def test_links_of_another_cache_are_followed(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "blob").write_bytes(gguf())
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "m.gguf").symlink_to(tmp_path / "blob")
    model = pull("my/chat", settings, PullOptions(source=tmp_path / "snapshot"))
    assert not model.path.is_symlink()
    assert model.path.read_bytes() == gguf()


def test_a_link_to_one_file_keeps_its_own_name(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "5f3a").write_bytes(gguf())
    (tmp_path / "tiny-q8_0.gguf").symlink_to(tmp_path / "blobs" / "5f3a")
    model = pull("my/chat", settings, PullOptions(source=tmp_path / "tiny-q8_0.gguf"))
    assert model.path.name == "tiny-q8_0.gguf"
    assert not model.path.is_symlink()
    # A model without the usual ending gets it: engines look for it.
    model = pull("my/chat", settings, PullOptions(source=tmp_path / "blobs" / "5f3a"))
    assert model.path.name == "5f3a.gguf"
    assert model.path.read_bytes() == gguf()


def test_a_file_that_is_no_model_is_named_as_it_was_given(
    tmp_path: Path, settings: Settings
) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("not a model")
    with pytest.raises(ModelError, match=r"notes\.txt is a file but not in GGUF form") as told:
        pull("my/chat", settings, PullOptions(source=source))
    assert str(source) in told.value.message


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that cannot be read here")
def test_a_source_that_cannot_be_read_is_named_and_not_the_store(
    tmp_path: Path, settings: Settings
) -> None:
    source = write(tmp_path / "source", checkpoint())
    (source / "model.safetensors").unlink()
    (source / "model.safetensors").symlink_to("/proc/self/mem")  # an input/output error
    with pytest.raises(ModelError, match=r"model\.safetensors cannot be read") as told:
        pull("my/translator", settings, PullOptions(source=source, convert=False))
    assert "--from" in told.value.next_step
    assert not list(settings.models.rglob("my--translator"))


def test_what_a_broken_pull_left_of_another_day_is_not_installed(
    tmp_path: Path, settings: Settings
) -> None:
    source = write(tmp_path / "source", checkpoint())
    left = settings.models / ".partial" / "local" / "my--translator"
    origin = json.dumps(str(source)).encode()
    write(left, {".origin.json": origin, "merges.txt": b"gone from the folder since"})
    model = pull("my/translator", settings, PullOptions(source=source, convert=False))
    assert model.manifest is not None
    assert "merges.txt" not in {file.name for file in model.manifest.files}
    assert not (model.path / "merges.txt").exists()


def test_pickle_weights_of_a_folder_are_announced(
    tmp_path: Path, settings: Settings, notes: Notes
) -> None:
    files = checkpoint()
    del files["model.safetensors"]
    source = write(tmp_path / "source", files)
    pull("a/b", settings, PullOptions(source=source, convert=False, allow_pickle=True), notes)
    assert "PICKLE WEIGHTS" in notes.messages[0]


def test_a_decoder_only_checkpoint_is_refused(tmp_path: Path, settings: Settings) -> None:
    files = {"config.json": b'{"model_type": "llama"}', "model.safetensors": b"x"}
    source = write(tmp_path / "source", files)
    with pytest.raises(ModelError, match="no engine here runs"):
        pull("my/llama", settings, PullOptions(source=source))
    assert not list(settings.models.rglob("my--llama"))
    assert (source / "model.safetensors").read_bytes() == b"x"
