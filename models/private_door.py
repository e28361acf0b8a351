"""The door of the llama.cpp server that ``xllamacpp`` always opens.

The library starts llama.cpp's HTTP server inside the process and gives no way to leave it out. Left
alone it listens on a TCP port, where any user of the machine could use the model. Here it gets a
Unix socket in a folder that only this user can enter, and a random key; no TCP port is opened. On
systems without Unix sockets it stays on the loopback address, behind the key.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import socket
import tempfile
import weakref
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from mujaz.errors import EngineError

# A socket's path may have 107 characters on Linux and 103 on macOS (sun_path in unix(7)).
_LONGEST_PATH = 100
_SOCKET = "llama.sock"
_TIMEOUT_SECONDS = 60


class PrivateDoor:
    """Address and key of one in-process server.

    Attributes:
        host: What the server shall listen on.
        key: The key it shall ask for.

    """

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(24)
        self._folder: Path | None = None
        self.host = "127.0.0.1"
        if hasattr(socket, "AF_UNIX"):
            self._folder = _private_folder()
            self.host = str(self._folder / _SOCKET)
            # Removes the folder at the end of the process at the latest.
            self._remove = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def post(self, address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send ``body`` as JSON to ``path`` of the server at ``address`` and return its answer.

        Raises:
            EngineError: The server does not answer, or refuses.

        """
        connection = self._connection(address)
        try:
            if self._folder:
                connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                connection.sock.settimeout(_TIMEOUT_SECONDS)
                connection.sock.connect(self.host)
            connection.request(
                "POST", path, json.dumps(body), {"Authorization": f"Bearer {self.key}"}
            )
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise EngineError(f"the llama engine does not answer ({error})") from error
        finally:
            connection.close()
        if response.status != 200:
            raise EngineError(f"the llama engine refuses {path}: {answer.decode(errors='replace')}")
        return cast("dict[str, Any]", json.loads(answer))

    def close(self) -> None:
        """Remove the socket's folder."""
        if self._folder:
            self._remove()

    def _connection(self, address: str) -> http.client.HTTPConnection:
        host = "localhost" if self._folder else urlsplit(address).netloc
        return http.client.HTTPConnection(host, timeout=_TIMEOUT_SECONDS)


def _private_folder() -> Path:
    """Return a new folder of mode 700, at a path short enough for a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="mujaz-"))
    if len(os.fsencode(folder / _SOCKET)) <= _LONGEST_PATH:
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix="mujaz-", dir="/tmp"))
