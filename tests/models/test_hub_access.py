"""Whether the hub can be reached at all."""

import time

import pytest

from mujaz.errors import OptionError
from mujaz.models import hub
from mujaz.models.hub_access import is_reachable
from mujaz.settings import Settings

from .conftest import StandInHub


@pytest.mark.parametrize(
    "address", ["huggingface.co", "http://[1", "ftp://a", "http://a:b", "http://a b"]
)
def test_an_address_that_is_none(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    for ask in (lambda: is_reachable(settings), lambda: hub.look_up("a/b", "main", settings)):
        with pytest.raises(OptionError, match="HF_ENDPOINT"):
            ask()


def test_reachability(hub_server: StandInHub, settings: Settings) -> None:
    assert is_reachable(settings)
    assert not is_reachable(Settings(settings.home, offline=True))


@pytest.mark.usefixtures("no_hub")
def test_nobody_there(settings: Settings) -> None:
    assert not is_reachable(settings)


@pytest.mark.usefixtures("socket_disabled")
def test_offline_is_not_even_tried(settings: Settings) -> None:
    assert not is_reachable(Settings(settings.home, offline=True))


def test_a_resolver_that_hangs_is_not_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_: object, **__: object) -> list[object]:
        time.sleep(2)
        return []

    monkeypatch.setenv("HF_ENDPOINT", "http://localhost:9")
    monkeypatch.setattr("socket.getaddrinfo", hang)
    begun = time.monotonic()
    assert not is_reachable(settings, seconds=0.2)
    assert time.monotonic() - begun < 1.5
