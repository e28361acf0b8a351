"""The store: manifests, verification, removal, and the disk's refusals in one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.errors import ModelError, StoreError
from mujaz.models.catalogue import Catalogue
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.manifest import MANIFEST, StoredFile
from mujaz.models.store import (
    Fault,
    InstalledModel,
    find,
    folder_of,
    installed,
    locked,
    partial_of,
    publish,
    remove,
    safe_id,
    verify,
)
from mujaz.settings import Settings

from .conftest import GGUF_FILE, Notes, gguf


@pytest.fixture
def model(tmp_path: Path, settings: Settings, tiny_gguf: bytes) -> InstalledModel:
    source = tmp_path / "source.gguf"
    source.write_bytes(tiny_gguf)
    return pull("some/model", settings, PullOptions(source=source))


def test_folder_names_are_safe_and_told_apart() -> None:
    assert safe_id("owner/name:q4_k_m") == "owner--name@q4_k_m"
    # The last two would have one folder.
    for name in ("name", "../evil", "a/../b", "/etc/passwd", "a/b/c", "a--b/c", "a/b--c"):
        with pytest.raises(ModelError, match="not a model's name"):
            safe_id(name)


def test_verify_finds_every_kind_of_fault(model: InstalledModel, notes: Notes) -> None:
    assert model.manifest is not None
    assert verify(model, notes) == ()
    assert notes.done == notes.total == model.manifest.size
    assert not notes.running
    content = model.path.read_bytes()
    model.path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert verify(model) == (Fault(model.path.name, "sha256"),)
    model.path.write_bytes(content[:-1])
    assert verify(model) == (Fault(model.path.name, "size"),)
    model.path.unlink()
    assert verify(model) == (Fault(model.path.name, "missing"),)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that cannot be read here")
def test_a_file_that_the_disk_does_not_give_is_a_fault(model: InstalledModel) -> None:
    assert model.manifest is not None
    assert model.folder is not None
    (model.folder / "bad").symlink_to("/proc/self/mem")  # reading it is an input/output error
    file = StoredFile("bad", 0, "0" * 64, "recorded")
    files = (*model.manifest.files, file)
    broken = replace(model, manifest=replace(model.manifest, files=files))
    assert verify(broken) == (Fault("bad", "unreadable"),)


def test_verify_needs_a_manifest(model: InstalledModel) -> None:
    with pytest.raises(ModelError, match="outside the store"):
        verify(replace(model, manifest=None))


def test_remove_frees_the_folder_and_what_a_broken_pull_left(
    model: InstalledModel, settings: Settings
) -> None:
    left = settings.models / ".partial" / "hub" / "some--model"
    left.mkdir(parents=True)
    (left / "x.part").write_bytes(b"12345")
    assert model.folder is not None
    size = sum(path.stat().st_size for path in model.folder.iterdir())
    assert remove("some/model", settings) == size + 5
    assert not list(settings.models.rglob("some--model"))
    with pytest.raises(ModelError, match="not installed"):
        remove("some/model", settings)


def test_what_another_process_removed_meanwhile_is_gone(
    model: InstalledModel, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def waiting(*_: object) -> Iterator[None]:
        shutil.rmtree(settings.models / "some--model")  # by whoever held the lock
        yield

    monkeypatch.setattr("mujaz.models.store.locked", waiting)
    assert remove("some/model", settings) == 0


def test_installed_passes_over_what_is_no_model(model: InstalledModel, settings: Settings) -> None:
    assert model.folder is not None
    shutil.copytree(model.folder, settings.models / ".partial" / "hub" / "half--done")
    for name in ("no--manifest", "broken--manifest"):
        (settings.models / name).mkdir()
    (settings.models / "broken--manifest" / MANIFEST).write_bytes(b"{}")
    assert [m.id for m in installed(settings)] == ["some/model"]
    assert installed(Settings(home=settings.home / "elsewhere")) == []


def test_known_models_come_first(
    model: InstalledModel, settings: Settings, tiny_catalogue: Catalogue, tmp_path: Path
) -> None:
    source = tmp_path / GGUF_FILE
    source.write_bytes(gguf())
    pull("tiny", settings, PullOptions(source=source), catalogue=tiny_catalogue)
    assert [m.id for m in installed(settings, tiny_catalogue)] == ["tiny/chat-GGUF", "some/model"]
    found = find("TINY", settings, tiny_catalogue)
    assert found is not None
    assert found.entry is tiny_catalogue.models[0]
    assert found.tasks == ("instruct", "translate")
    assert found.licence == "Apache-2.0"


def test_publish_replaces_an_older_model(tmp_path: Path) -> None:
    final = tmp_path / "m"
    partial = partial_of(final, "hub")
    for folder, text in ((final, "old"), (partial, "new")):
        folder.mkdir(parents=True)
        (folder / "f").write_text(text)
    (final / "stale").write_text("x")
    publish(partial, final)
    assert [p for p in tmp_path.rglob("m") if p.is_dir()] == [final]
    assert {p.name: p.read_text() for p in final.iterdir()} == {"f": "new"}


def test_a_store_under_a_file_is_one_line(tmp_path: Path, tiny_gguf: bytes) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    source = tmp_path / "m.gguf"
    source.write_bytes(tiny_gguf)
    with pytest.raises(StoreError, match="in the way"):
        pull("some/model", Settings(home=tmp_path / "home"), PullOptions(source=source))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_store_is_one_line(tmp_path: Path, tiny_gguf: bytes) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    source = tmp_path / "m.gguf"
    source.write_bytes(tiny_gguf)
    with pytest.raises(StoreError, match="cannot be written"):
        pull("some/model", Settings(home=home), PullOptions(source=source))


_HOLDER = """
import sys, pathlib
from mujaz.models.store import locked
from mujaz.settings import Settings
with locked("some/model", Settings(home=pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_waited_for_and_dies_with_its_holder(
    settings: Settings, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(settings.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr("mujaz.models.store.LOCK_WAIT_SECONDS", 0.1)
        with pytest.raises(StoreError, match="for too long"), locked("some/model", settings, notes):
            pass
        holder.kill()
    assert notes.messages == ["another process works on some/model; waiting for it"]
    with locked("some/model", settings):
        assert folder_of("some/model", settings).name == "some--model"
