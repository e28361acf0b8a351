"""The door of the in-process server: private, short, and gone when it is closed."""

from __future__ import annotations

import gc
import json
import socketserver
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from mujaz.errors import EngineError
from mujaz.models.private_door import PrivateDoor


@contextmanager
def serving(door: PrivateDoor, status: int = 200, answer: bytes = b"") -> Iterator[list[str]]:
    """Answer at the door; yields the keys that were shown."""
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            keys.append(self.headers["Authorization"])
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = answer or json.dumps({"path": self.path, "sent": json.loads(body)}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

        def address_string(self) -> str:
            return "unix"

    server = socketserver.UnixStreamServer(door.host, Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield keys
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def door() -> Iterator[PrivateDoor]:
    made = PrivateDoor()
    yield made
    made.close()


def test_only_this_user_can_enter(door: PrivateDoor) -> None:
    folder = Path(door.host).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(door.key) >= 32
    other = PrivateDoor()
    assert other.key != door.key
    assert other.host != door.host
    other.close()


def test_it_carries_json_both_ways_and_shows_its_key(door: PrivateDoor) -> None:
    with serving(door) as keys:
        answer = door.post("ignored", "/tokenize", {"content": "خبر"})
    assert answer == {"path": "/tokenize", "sent": {"content": "خبر"}}
    assert keys == [f"Bearer {door.key}"]


def test_a_refusal_is_an_error(door: PrivateDoor) -> None:
    with serving(door, 401, b"Invalid key"), pytest.raises(EngineError, match="refuses /x: Inv"):
        door.post("", "/x", {})


def test_silence_is_an_error(door: PrivateDoor) -> None:
    with pytest.raises(EngineError, match="does not answer"):
        door.post("", "/x", {})


def test_the_folder_goes_with_the_door() -> None:
    door = PrivateDoor()
    folder = Path(door.host).parent
    door.close()
    door.close()
    assert not folder.exists()
    with pytest.raises(EngineError, match="does not answer"):
        door.post("", "/x", {})


def test_a_forgotten_door_leaves_nothing() -> None:
    door = PrivateDoor()
    folder = Path(door.host).parent
    assert folder.exists()
    del door
    gc.collect()
    assert not folder.exists()


def test_a_long_temporary_folder_leaves_room_for_the_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    door = PrivateDoor()
    assert len(door.host) <= 100
    with serving(door):
        assert door.post("", "/x", {})["path"] == "/x"
    door.close()
    assert list(long.iterdir()) == []
