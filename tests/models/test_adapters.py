"""Adapters: base and adapter are one model, from a folder to a translation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mujaz.errors import ChecksumError, EngineError, ModelError, OfflineError
from mujaz.models.adapters import Adapter, base_of, read_adapter
from mujaz.models.catalogue import read_catalogue
from mujaz.models.disk import sha256_of
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.engine import GenerationOptions, Prompt
from mujaz.models.llama_engine import LlamaEngine
from mujaz.models.loading import open_engine
from mujaz.models.manifest import Manifest, read_manifest, record_files, write_manifest
from mujaz.models.selection import best_installed, ensure, resolve
from mujaz.models.store import Fault, InstalledModel, installed, remove, verify
from mujaz.models.tuner import tune
from mujaz.models.tuning import preferred
from mujaz.settings import Settings

from ..train import tiny_qwen
from .conftest import Notes, Repository, StandInHub

RANK = 4
PROMPT = Prompt("وصل الوفد.", system="Translate.")
SHORT = GenerationOptions(max_new_tokens=6)


def write_lora(path: Path, base: Path, rank: int = RANK, **keys: str) -> Path:
    """Write a random adapter for the tiny model as the recipe would."""
    from gguf import GGUFWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(path, "qwen2")
    writer.add_type("adapter")
    writer.add_name("tiny/lora")
    writer.add_version("1.2")
    writer.add_license("CC-BY-SA-4.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 16.0)
    for key, value in {
        "mujaz.base.id": "tiny/base",
        "mujaz.base.file": base.name,
        "mujaz.base.sha256": sha256_of(base),
        "mujaz.tasks": "translate",
        **keys,
    }.items():
        writer.add_string(key, value)
    writer.add_uint64("mujaz.base.size", base.stat().st_size)
    writer.add_bool("mujaz.commercial", True)
    rng = np.random.default_rng(1)
    for name, size in (("attn_q", tiny_qwen.WIDTH), ("ffn_gate", tiny_qwen.INNER)):
        for matrix, shape in (("a", (rank, tiny_qwen.WIDTH)), ("b", (size, rank))):
            values = rng.normal(0, 0.3, shape).astype(np.float16)
            writer.add_tensor(f"blk.0.{name}.weight.lora_{matrix}", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def base_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_qwen.write(tmp_path_factory.mktemp("base") / "tiny-f32.gguf")


@pytest.fixture
def folder(tmp_path: Path, base_file: Path) -> Path:
    """An adapter's folder as it is exported."""
    made = tmp_path / "made"
    write_lora(made / "adapter.gguf", base_file)
    (made / "CARD.md").write_text("# tiny/lora 1.2\n", encoding="utf-8")
    files = record_files(made, {})
    write_manifest(
        made,
        Manifest("tiny/lora", "local", "", "1.2", "CC-BY-SA-4.0", True, files, "2026-01-01"),
    )
    return made


@pytest.fixture
def base(settings: Settings, base_file: Path) -> InstalledModel:
    return pull("tiny/base", settings, PullOptions(source=base_file))


@pytest.fixture
def adapter(settings: Settings, base: InstalledModel, folder: Path) -> InstalledModel:
    return pull("tiny/lora", settings, PullOptions(source=folder))


def said(open_it: Callable[[], object]) -> str:
    engine = open_it()
    try:
        return engine.generate([PROMPT], SHORT)[0].text  # type: ignore[attr-defined]
    finally:
        engine.close()  # type: ignore[attr-defined]


def test_an_adapter_says_what_it_is(folder: Path, base_file: Path, tiny_gguf: bytes) -> None:
    read = read_adapter(folder / "adapter.gguf")
    assert read is not None
    assert (read.id, read.version, read.licence) == ("tiny/lora", "1.2", "CC-BY-SA-4.0")
    assert (read.commercial, read.tasks) == (True, ("translate",))
    assert read.base.size == base_file.stat().st_size
    assert read_adapter(base_file) is None
    assert read_adapter(folder / "CARD.md") is None


def test_one_that_does_not_name_its_base_is_refused(tmp_path: Path, base_file: Path) -> None:
    path = write_lora(tmp_path / "a.gguf", base_file, **{"mujaz.base.sha256": ""})
    with pytest.raises(ModelError, match="does not say which file it fits"):
        read_adapter(path)


def test_base_and_adapter_are_one_model(
    settings: Settings, adapter: InstalledModel, base: InstalledModel
) -> None:
    assert adapter.path.name == "adapter.gguf"
    assert adapter.tasks == ("translate",)
    assert adapter.licence == "CC-BY-SA-4.0"
    assert adapter.revision == "1.2"
    assert adapter.folder is not None
    assert {p.name for p in adapter.folder.iterdir()} == {
        "adapter.gguf",
        "CARD.md",
        "mujaz-model.json",
    }
    assert [m.id for m in installed(settings)] == ["tiny/base", "tiny/lora"]
    assert resolve("tiny/lora", settings).path == adapter.path
    plain = said(lambda: open_engine(base.path, threads=1))
    changed = said(lambda: open_engine(adapter.path, threads=1))
    assert changed != plain
    assert said(lambda: open_engine(adapter.folder, threads=1)) == changed
    assert said(lambda: LlamaEngine(base.path, threads=1, adapter=adapter.path)) == changed


def test_a_folder_that_is_not_in_the_store_finds_its_base_there(
    settings: Settings, base: InstalledModel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = resolve(str(folder), settings)
    assert found.tasks == ("translate",)
    assert found.licence == "CC-BY-SA-4.0"
    with pytest.raises(ModelError, match="adapter for tiny/base, which is not installed"):
        open_engine(found.path, threads=1)
    monkeypatch.setenv("MUJAZ_HOME", str(settings.home))
    assert said(lambda: open_engine(found.path, threads=1)) != said(
        lambda: open_engine(base.path, threads=1)
    )


def test_verify_looks_at_both(adapter: InstalledModel, base: InstalledModel) -> None:
    assert verify(adapter) == ()
    content = adapter.path.read_bytes()
    adapter.path.unlink()  # a hard link of the source
    adapter.path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert verify(adapter) == (Fault("adapter.gguf", "sha256"),)
    adapter.path.write_bytes(content)
    model = base.path.read_bytes()
    base.path.unlink()
    base.path.write_bytes(model[:-1] + bytes([model[-1] ^ 1]))
    assert verify(adapter) == (Fault("tiny/base: tiny-f32.gguf", "sha256"),)


def test_an_adapter_without_its_base(settings: Settings, adapter: InstalledModel) -> None:
    remove("tiny/base", settings)
    with pytest.raises(ModelError, match="run `mujaz models pull tiny/base`"):
        open_engine(adapter.path)
    assert verify(adapter) == (Fault("tiny/base: tiny-f32.gguf", "missing"),)
    assert best_installed("translate", settings) is None
    with pytest.raises(ModelError, match="no model is installed that could be measured"):
        tune(settings)
    offline = Settings(settings.home, offline=True)
    for bring in (pull, ensure):
        with pytest.raises(OfflineError, match="tiny/base is not installed"):
            bring("tiny/lora", offline)


@pytest.fixture
def hub_base(hub_server: StandInHub, base_file: Path) -> Repository:
    """The base, on the hub."""
    repository = Repository({base_file.name: base_file.read_bytes()})
    hub_server.repositories["tiny/base"] = repository
    return repository


@pytest.mark.usefixtures("hub_base")
def test_a_missing_base_comes_first(
    settings: Settings, folder: Path, hub_server: StandInHub, notes: Notes
) -> None:
    model = pull("tiny/lora", settings, PullOptions(source=folder), notes)
    assert [m.id for m in installed(settings)] == ["tiny/base", "tiny/lora"]
    said = [line.split(":")[0] for line in notes.messages if line.startswith("pulling")]
    assert said == ["pulling tiny/base", "pulling tiny/lora"]
    assert verify(model) == ()
    # What is there already is not asked for again; what has gone since is.
    hub_server.requests.clear()
    pull("tiny/lora", settings)
    assert hub_server.requests == []
    for bring in (pull, ensure):
        remove("tiny/base", settings)
        bring("tiny/lora", settings)
        assert [m.id for m in installed(settings)] == ["tiny/base", "tiny/lora"]


@pytest.mark.usefixtures("hub_base")
def test_an_adapter_on_the_hub_brings_its_base(
    settings: Settings, folder: Path, hub_server: StandInHub
) -> None:
    content = (folder / "adapter.gguf").read_bytes()
    hub_server.repositories["tiny/lora"] = Repository({"adapter.gguf": content}, licence=None)
    model = pull("tiny/lora", settings)
    assert [m.id for m in installed(settings)] == ["tiny/base", "tiny/lora"]
    # The card names no licence, the file does; the state of the files is still the commit's.
    assert (model.licence, model.revision) == ("CC-BY-SA-4.0", "c0ffee" + "0" * 34)


def test_without_a_base_that_can_be_had_nothing_is_installed(
    settings: Settings, folder: Path, hub_server: StandInHub
) -> None:
    with pytest.raises(ModelError, match="the hub has no model tiny/base"):
        pull("tiny/lora", settings, PullOptions(source=folder))
    assert hub_server.requests
    assert installed(settings) == []


def test_an_adapter_of_no_base_is_refused_by_the_name_that_was_given(
    settings: Settings, base_file: Path, tmp_path: Path
) -> None:
    path = write_lora(tmp_path / "a.gguf", base_file, **{"mujaz.base.sha256": ""})
    with pytest.raises(ModelError, match=r"a\.gguf is an adapter that does not say") as told:
        pull("tiny/lora", settings, PullOptions(source=path))
    assert str(path) in told.value.message
    assert installed(settings) == []


def test_a_base_of_other_bytes_will_not_do(
    settings: Settings, adapter: InstalledModel, tmp_path: Path
) -> None:
    remove("tiny/base", settings)
    other = tiny_qwen.write(tmp_path / "tiny-f32.gguf", seed=6)
    pull("tiny/base", settings, PullOptions(source=other))
    with pytest.raises(ModelError, match=r"fits tiny-f32\.gguf with SHA-256 .* no such file"):
        open_engine(adapter.path)


def test_a_base_is_named_and_no_path(adapter: InstalledModel, settings: Settings) -> None:
    read = adapter.adapter
    assert isinstance(read, Adapter)
    evil = replace(read, base=replace(read.base, id="../../etc"))
    with pytest.raises(ModelError, match="not a model's name"):
        base_of(evil, settings.models)


def test_a_folder_that_has_changed_since_it_was_written_is_refused(
    settings: Settings, base: InstalledModel, folder: Path
) -> None:
    (folder / "CARD.md").write_text("# better scores\n", encoding="utf-8")
    with pytest.raises(ChecksumError, match=r"CARD\.md has SHA-256"):
        pull("tiny/lora", settings, PullOptions(source=folder))
    assert [m.id for m in installed(settings)] == ["tiny/base"]


def test_the_file_alone_is_enough(
    settings: Settings, base: InstalledModel, folder: Path, notes: Notes
) -> None:
    alone = shutil.copy(folder / "adapter.gguf", folder.parent / "some.gguf")
    model = pull("tiny/lora", settings, PullOptions(source=Path(alone)), notes)
    assert (model.licence, model.revision) == ("CC-BY-SA-4.0", "1.2")
    assert model.manifest is not None
    assert read_manifest(settings.models / "tiny--lora").licence == "CC-BY-SA-4.0"
    assert "licence: CC-BY-SA-4.0" in notes.messages[0]
    assert verify(model) == ()


def test_an_adapter_of_another_shape_is_one_line(
    tmp_path: Path, base: InstalledModel, base_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_lora(tmp_path / "wrong.gguf", base_file)
    content = path.read_bytes().replace(b"blk.0.attn_q", b"blk.7.attn_q")
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"cannot load it with the adapter .*wrong\.gguf") as told:
        LlamaEngine(base.path, threads=1, adapter=path)
    assert "\n" not in str(told.value)
    assert capfd.readouterr() == ("", "")
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(EngineError, match=r"wrong\.gguf: not a GGUF file"):
        LlamaEngine(base.path, threads=1, adapter=path)


CATALOGUE = """
[[model]]
id = "tiny/lora"
tasks = ["translate"]
family = "llama-gguf"
licence = "CC-BY-SA-4.0"
base = "tiny/base"
version = "1.2"
card = "https://example.org/card"
files = [{{ name = "adapter.gguf", size = {size}, sha256 = "{sha256}" }}]

[[model]]
id = "tiny/base"
tasks = ["translate", "summarize", "instruct"]
family = "llama-gguf"
licence = "Apache-2.0"
"""


def test_an_adapter_is_measured_on_its_base(
    settings: Settings, adapter: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_HOME", str(settings.home))
    monkeypatch.setattr("mujaz.models.tuner.available_threads", lambda: 1)
    (found,) = tune(settings)
    assert (found.engine, found.best.threads) == ("llama", 1)
    assert preferred("llama", settings, {}) == found.best


def test_an_adapter_of_the_catalogue(
    settings: Settings, base_file: Path, folder: Path, tmp_path: Path
) -> None:
    path = folder / "adapter.gguf"
    text = CATALOGUE.format(size=path.stat().st_size, sha256=sha256_of(path))
    known = read_catalogue(text)
    pull("tiny/base", settings, PullOptions(source=base_file), catalogue=known)
    model = pull("tiny/lora", settings, PullOptions(source=folder), catalogue=known)
    assert model.entry is known.models[0]
    assert model.manifest is not None
    assert [f.checked for f in model.manifest.files if f.name == "adapter.gguf"] == ["catalogue"]
    chosen = best_installed("translate", settings, known)
    assert chosen is not None
    assert chosen.id == "tiny/lora"
    other = best_installed("summarize", settings, known)
    assert other is not None
    assert other.id == "tiny/base"
    # Another file under that name is not it.
    wrong = write_lora(tmp_path / "wrong" / "adapter.gguf", base_file, rank=2)
    with pytest.raises(ChecksumError, match=r"the catalogue's adapter\.gguf has"):
        pull("tiny/lora", settings, PullOptions(source=wrong.parent), catalogue=known)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('base = "tiny/base"', "stands on tiny/none, which is no model of the catalogue"),
        ('version = "1.2"\n', "lacks version"),
        ('card = "https://example.org/card"\n', "lacks card"),
    ],
)
def test_a_catalogue_with_half_an_adapter_is_broken(change: str, fault: str) -> None:
    text = CATALOGUE.format(size=1, sha256="0" * 64)
    replacement = 'base = "tiny/none"' if change.startswith("base") else ""
    with pytest.raises(ModelError, match=fault):
        read_catalogue(text.replace(change, replacement))
