"""The door of the llama.cpp server that ``xllamacpp`` always opens.

The library starts llama.cpp's HTTP server inside the process and gives no way to leave it out. Left
alone it listens on a TCP port, where any user of the machine could use the model. Here it gets a
Unix socket in a folder that only this user can enter, and a random key; no TCP port is opened. On
systems without Unix sockets it stays on the loopback address, behind the key.
"""

from __future__ import annotations

import http.client
import json
import secrets
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from mujaz.errors import EngineError


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
            self._folder = Path(tempfile.mkdtemp(prefix="mujaz-"))  # mode 700
            self.host = str(self._folder / "llama.sock")

    def post(self, address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send ``body`` as JSON to ``path`` of the server at ``address`` and return its answer.

        Raises:
            EngineError: The server does not answer, or refuses.

        """
        connection = self._connection(address)
        try:
            connection.request(
                "POST", path, json.dumps(body), {"Authorization": f"Bearer {self.key}"}
            )
            response = connection.getresponse()
            answer = response.read()
        except OSError as error:
            raise EngineError(f"the llama engine does not answer ({error})") from error
        finally:
            connection.close()
        if response.status != 200:
            raise EngineError(f"the llama engine refuses {path}: {answer.decode(errors='replace')}")
        return cast("dict[str, Any]", json.loads(answer))

    def close(self) -> None:
        """Remove the socket's folder."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _connection(self, address: str) -> http.client.HTTPConnection:
        if not self._folder:
            return http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        connection = http.client.HTTPConnection("localhost", timeout=60)
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.sock.connect(self.host)
        return connection
