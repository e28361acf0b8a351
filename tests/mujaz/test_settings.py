"""Settings from the environment."""

from pathlib import Path

import platformdirs
import pytest

from mujaz.settings import Settings


def test_mujaz_home_moves_all_state() -> None:
    settings = Settings.from_environment({"MUJAZ_HOME": "/somewhere/else"})
    assert settings.home == Path("/somewhere/else")
    assert settings.models == Path("/somewhere/else/models")


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert Settings.from_environment({"MUJAZ_HOME": "~/m"}).home == Path("/home/reader/m")


@pytest.mark.parametrize("environ", [{}, {"MUJAZ_HOME": ""}])
def test_without_it_the_platform_decides(environ: dict[str, str]) -> None:
    assert Settings.from_environment(environ).home == platformdirs.user_data_path("mujaz")


@pytest.mark.parametrize(
    ("value", "offline"),
    [("1", True), ("true", True), (" YES ", True), ("on", True), ("0", False), ("", False)],
)
def test_hf_hub_offline(value: str, offline: bool) -> None:
    assert Settings.from_environment({"HF_HUB_OFFLINE": value}).offline is offline


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUJAZ_HOME", "/from/process")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    settings = Settings.from_environment()
    assert (settings.home, settings.offline) == (Path("/from/process"), False)
    assert (settings.threads, settings.device) == (None, "auto")
