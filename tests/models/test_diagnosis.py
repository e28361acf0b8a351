"""The doctor: honest states, and never an error of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.models import diagnosis
from mujaz.models.diagnosis import Check, diagnose
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.manifest import MANIFEST
from mujaz.settings import Settings

from .conftest import StandInHub, gguf

EMBEDDED = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


@pytest.fixture
def no_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the seconds that loading the engines' libraries takes."""
    monkeypatch.setattr(diagnosis, "_ENGINES", {})


def found(settings: Settings) -> dict[str, Check]:
    """Return the checks by name; of several of one name the broken one."""
    checks = diagnose(settings)
    order = sorted(checks, key=lambda check: check.state == "broken")
    return {check.name: check for check in order}


def install(settings: Settings, source: Path) -> Path:
    source.write_bytes(gguf())
    return pull("my/chat", settings, PullOptions(source=source)).path


def test_a_sound_machine_without_models(settings: Settings) -> None:
    began = time.monotonic()
    checks = found(settings)
    assert time.monotonic() - began < 60  # 3 s when measured
    engines = ("python", "machine", "transformers", "ctranslate2", "llama", "encoder", "store")
    for name in engines:
        assert checks[name].state == "works", checks[name]
    assert checks["transformers"].detail.startswith("torch 2.")
    for name in ("transformers", "ctranslate2", "llama"):
        assert checks[name].detail.endswith("cpu")
    assert (checks["models"].state, checks["models"].detail) == ("works", "none yet")
    assert checks["translate"].state == "missing"
    assert "1.1 GB" in checks["translate"].detail
    assert checks["translate"].next_step == f"or run `mujaz models pull {EMBEDDED}` now"
    assert (checks["hub"].state, checks["hub"].detail) == (
        "missing",
        "not asked: this run is offline",
    )
    # Looking changes nothing.
    assert not settings.home.exists()


@pytest.mark.usefixtures("no_engines")
def test_an_installed_model(settings: Settings, tmp_path: Path) -> None:
    install(settings, tmp_path / "m.gguf")
    checks = found(settings)
    assert checks["models"].detail == "my/chat"
    assert (checks["translate"].state, checks["translate"].detail) == ("works", "my/chat")


@pytest.mark.usefixtures("no_engines")
def test_a_manifest_that_cannot_be_read_is_said(settings: Settings, tmp_path: Path) -> None:
    place = install(settings, tmp_path / "m.gguf").parent
    (place / MANIFEST).write_text("{")
    checks = found(settings)
    assert checks["models"].state == "broken"
    assert "my/chat" in checks["models"].detail
    assert checks["models"].next_step == "run `mujaz models remove my/chat`, and pull it again"
    assert checks["translate"].state == "missing"


@pytest.mark.usefixtures("no_engines")
@pytest.mark.parametrize(
    ("content", "fault"), [(None, "m.gguf is missing"), (gguf()[:-9], "m.gguf has ")]
)
def test_files_that_lack_something_are_said(
    settings: Settings, tmp_path: Path, content: bytes | None, fault: str
) -> None:
    path = install(settings, tmp_path / "m.gguf")
    path.unlink()
    if content:
        path.write_bytes(content)
    else:
        (path.parent / "other.gguf").write_bytes(gguf())
    checks = found(settings)
    assert checks["models"].state == "broken"
    assert fault in checks["models"].detail
    assert checks["translate"].state == "missing"


@pytest.mark.usefixtures("no_engines")
def test_a_file_in_the_stores_place(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("in the way")
    checks = found(Settings(home=home, offline=True))
    assert checks["store"].state == "broken"
    assert "it is no folder" in checks["store"].detail
    assert "MUJAZ_HOME" in checks["store"].next_step


@pytest.mark.usefixtures("no_engines")
def test_an_address_that_is_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "ftp://nonsense")
    check = found(replace(settings, offline=False))["hub"]
    assert check.state == "broken"
    assert "ftp://nonsense" in check.detail


@pytest.mark.usefixtures("no_engines")
def test_the_hub_in_reach_and_out_of_it(
    settings: Settings, hub_server: StandInHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    online = replace(settings, offline=False)
    assert (found(online)["hub"].state, found(online)["hub"].detail) == ("works", hub_server.url)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert found(online)["hub"].state == "missing"
    assert "package index" in found(online)["hub"].next_step


def test_an_engine_that_is_not_there_or_does_not_load(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "crooked.py").write_text("raise OSError('libgomp.so.1 is missing')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(
        diagnosis, "_ENGINES", {"llama": "crooked", "transformers": "no_such_package"}
    )
    checks = found(settings)
    assert checks["llama"].state == "broken"
    assert checks["llama"].detail.endswith("cannot be loaded: OSError: libgomp.so.1 is missing")
    assert checks["transformers"].state == "broken"
    assert checks["transformers"].detail == "no_such_package is not installed"
