"""The hub's protocol, its misfortunes, and what is left after them."""

import hashlib
import logging
from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, DownloadError, ModelError, OfflineError
from mujaz.models import hub
from mujaz.settings import Settings

from .conftest import Notes, Repository, StandInHub, checkpoint, git_sha1

CONTENT = hashlib.shake_256(b"a large file").digest(300_000)


@pytest.fixture
def remote(hub_server: StandInHub, settings: Settings) -> hub.RemoteModel:
    hub_server.repositories["a/b"] = Repository({"m.safetensors": CONTENT, "config.json": b"{}"})
    return hub.look_up("a/b", "main", settings)


def fetch(remote: hub.RemoteModel, folder: Path, name: str = "m.safetensors") -> tuple[str, bool]:
    return hub.fetch(remote, remote.file(name), folder)


def test_a_revision_is_pinned_to_its_commit(remote: hub.RemoteModel) -> None:
    assert remote.commit == "c0ffee" + "0" * 34
    assert remote.licence == "apache-2.0"
    weights, config = remote.file("m.safetensors"), remote.file("config.json")
    assert weights.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (config.sha256, config.git_sha1) == (None, git_sha1(b"{}"))


def test_files_arrive_whole_and_checked(
    remote: hub.RemoteModel, hub_server: StandInHub, tmp_path: Path, notes: Notes
) -> None:
    for name in ("m.safetensors", "config.json"):
        digest, compared = hub.fetch(remote, remote.file(name), tmp_path, notes)
        assert compared
        assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert (tmp_path / "m.safetensors").read_bytes() == CONTENT
    assert notes.done == len(CONTENT) + 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["config.json", "m.safetensors"]
    paths = [path for _, path, _ in hub_server.requests if "/resolve/" in path]
    assert all(f"/resolve/{remote.commit}/" in path for path in paths)


@pytest.mark.usefixtures("impatient")
def test_a_broken_connection_is_resumed_at_once(
    remote: hub.RemoteModel,
    hub_server: StandInHub,
    tmp_path: Path,
    notes: Notes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub_server.cuts["m.safetensors"] = [100_000, 50_000]
    with caplog.at_level(logging.WARNING):
        hub.fetch(remote, remote.file("m.safetensors"), tmp_path, notes)
    assert (tmp_path / "m.safetensors").read_bytes() == CONTENT
    assert notes.done == len(CONTENT)
    first, *later = hub_server.gets("m.safetensors")
    assert first == ""
    assert len(later) == 2
    assert all(r.startswith("bytes=") for r in later)
    assert caplog.records == []


@pytest.mark.usefixtures("impatient")
def test_a_dead_connection_keeps_what_arrived_for_the_next_process(
    remote: hub.RemoteModel, hub_server: StandInHub, tmp_path: Path, notes: Notes
) -> None:
    hub_server.cuts["m.safetensors"] = [120_000, 0, 0, 0, 0, 0, 0]
    with pytest.raises(DownloadError, match="broke off") as caught:
        fetch(remote, tmp_path)
    assert "\n" not in str(caught.value)
    part = tmp_path / "m.safetensors.part"
    have = part.stat().st_size
    assert 0 < have <= 120_000
    assert part.read_bytes() == CONTENT[:have]
    assert not (tmp_path / "m.safetensors").exists()
    hub_server.cuts.clear()
    hub_server.requests.clear()
    hub.fetch(remote, remote.file("m.safetensors"), tmp_path, notes)
    assert (tmp_path / "m.safetensors").read_bytes() == CONTENT
    assert hub_server.gets("m.safetensors") == [f"bytes={have}-"]
    assert notes.done == len(CONTENT)


def test_a_server_without_ranges_starts_again(
    remote: hub.RemoteModel, hub_server: StandInHub, tmp_path: Path, notes: Notes
) -> None:
    (tmp_path / "m.safetensors.part").write_bytes(CONTENT[:1000])
    hub_server.ignore_ranges = True
    hub.fetch(remote, remote.file("m.safetensors"), tmp_path, notes)
    assert (tmp_path / "m.safetensors").read_bytes() == CONTENT
    assert notes.done == len(CONTENT)


@pytest.mark.parametrize("name", ["m.safetensors", "config.json"])
def test_other_bytes_than_announced_are_discarded(
    remote: hub.RemoteModel, hub_server: StandInHub, tmp_path: Path, name: str
) -> None:
    true = CONTENT if name == "m.safetensors" else b"{}"
    hub_server.forged[name] = bytes(len(true))
    with pytest.raises(ChecksumError, match="other bytes"):
        fetch(remote, tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_part_of_something_else_never_passes(remote: hub.RemoteModel, tmp_path: Path) -> None:
    (tmp_path / "m.safetensors.part").write_bytes(b"foreign" * 100)
    with pytest.raises(ChecksumError):
        fetch(remote, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "m.safetensors.part").write_bytes(bytes(len(CONTENT) + 1))
    fetch(remote, tmp_path)
    assert (tmp_path / "m.safetensors").read_bytes() == CONTENT


def test_a_truncated_file_is_an_error(
    remote: hub.RemoteModel, hub_server: StandInHub, tmp_path: Path
) -> None:
    hub_server.forged["m.safetensors"] = CONTENT[:-10]  # shorter than the hub announced
    with pytest.raises(DownloadError):
        fetch(remote, tmp_path)
    assert not (tmp_path / "m.safetensors").exists()


def test_names_cannot_leave_the_folder(remote: hub.RemoteModel, tmp_path: Path) -> None:
    evil = hub.RemoteFile("../evil.safetensors", 1, None, None)
    with pytest.raises(ModelError, match="leaves its folder"):
        hub.fetch(remote, evil, tmp_path / "inside")
    assert not (tmp_path / "evil.safetensors").exists()


def test_what_the_hub_refuses_is_one_line(
    hub_server: StandInHub, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="no model not/there") as caught:
        hub.look_up("not/there", "main", settings)
    assert "\n" not in str(caught.value)
    hub_server.repositories["a/b"] = Repository({"config.json": b"{}"}, gated=True)
    with pytest.raises(ModelError, match="no revision v9"):
        hub.look_up("a/b", "v9", settings)
    remote = hub.look_up("a/b", "main", settings)
    with pytest.raises(ModelError, match="gated") as caught:
        fetch(remote, tmp_path, "config.json")
    assert "hf auth login" in caught.value.next_step


def test_a_hub_in_trouble_is_a_download_error(hub_server: StandInHub, settings: Settings) -> None:
    hub_server.status = 503
    with pytest.raises(DownloadError, match="answered 503"):
        hub.look_up("a/b", "main", settings)


def test_a_dead_hub_is_a_download_error(no_hub: str, settings: Settings) -> None:
    with pytest.raises(DownloadError, match="broke off") as caught:
        hub.look_up("a/b", "main", settings)
    assert no_hub in caught.value.message


@pytest.mark.usefixtures("socket_disabled")
def test_offline_opens_no_socket(settings: Settings) -> None:
    offline = Settings(settings.home, offline=True)
    with pytest.raises(OfflineError, match="this run is offline"):
        hub.look_up("a/b", "main", offline)


def test_a_proxy_page_is_not_the_hub(hub_server: StandInHub, settings: Settings) -> None:
    hub_server.repositories["a/b"] = Repository(checkpoint(), commit="")
    with pytest.raises(DownloadError, match="did not name the commit"):
        hub.look_up("a/b", "main", settings)
    hub_server.status = 200  # a login page, say, where the hub would send JSON
    with pytest.raises(DownloadError, match="answered for a/b as no hub does") as caught:
        hub.look_up("a/b", "main", settings)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("licence", "answer"),
    [("apache-2.0", True), ("cc-by-nc-4.0", False), ("cc-by-nc-sa-4.0", False), ("other", None)],
)
def test_commercial_use_by_the_hubs_tag(licence: str, answer: bool | None) -> None:
    assert hub.commercial_use(licence) is answer
