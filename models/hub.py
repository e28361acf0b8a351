"""The Hugging Face hub: what a repository holds, and its files, one by one and resumable.

Requests go through ``huggingface_hub``: its session, its token, its retries, its errors. Files are
streamed with its ``http_get`` into names of our own, because ``hf_hub_download`` (2.4) discards
what arrived when a process ends in the middle of a file.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from mujaz.errors import ChecksumError, DownloadError, ModelError, OfflineError
from mujaz.settings import Settings

from .disk import sha256_of
from .hub_access import endpoint, hub_errors
from .progress import SILENT, Progress
from .silence import first_line

_API_SECONDS = 20.0
_NON_COMMERCIAL = ("-nc", "noncommercial", "non-commercial")
_COMMERCIAL = ("apache-2.0", "mit", "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "bsd-3-clause")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository.

    Attributes:
        name: Path in the repository.
        size: Bytes.
        sha256: Its SHA-256, which the hub gives for large files.
        git_sha1: Its git object name, which the hub gives for small ones.
    """

    name: str
    size: int
    sha256: str | None
    git_sha1: str | None


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """One commit of a repository.

    Attributes:
        repository: ``owner/name``.
        commit: The commit that the asked-for revision stands for.
        licence: The licence that the card names; empty without one.
        files: Everything in it.
    """

    repository: str
    commit: str
    licence: str
    files: tuple[RemoteFile, ...]

    def file(self, name: str) -> RemoteFile:
        """Return the file ``name``, which must be there."""
        return next(file for file in self.files if file.name == name)


def commercial_use(licence: str) -> bool | None:
    """Say whether the hub's licence tag allows commercial use; ``None`` when it does not tell."""
    tag = licence.lower()
    if any(mark in tag for mark in _NON_COMMERCIAL):
        return False
    return True if tag in _COMMERCIAL else None


def look_up(repository: str, revision: str, settings: Settings) -> RemoteModel:
    """Return what ``repository`` holds at ``revision``.

    Raises:
        OfflineError: The run promised not to open a socket.
        ModelError: There is no such repository or revision, or it wants an agreement first.
        DownloadError: The hub could not be reached.
    """
    if settings.offline:
        raise OfflineError(
            f"{repository} would have to be looked up on the hub, and this run is offline",
            f"run `mujaz models pull {repository}` without --offline first",
        )
    from huggingface_hub import HfApi

    try:
        with hub_errors(repository, revision):
            info = HfApi(endpoint=endpoint(), library_name="mujaz").model_info(
                repository, revision=revision, files_metadata=True, timeout=_API_SECONDS
            )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DownloadError(
            f"{endpoint()} answered for {repository} as no hub does ({first_line(error)})",
            "check HF_ENDPOINT, and whether a proxy or a login page stands in the way",
        ) from error
    files = tuple(
        RemoteFile(
            sibling.rfilename,
            sibling.size or 0,
            sibling.lfs.sha256 if sibling.lfs else None,
            None if sibling.lfs else sibling.blob_id,
        )
        for sibling in info.siblings or []
    )
    if not info.sha:
        raise DownloadError(
            f"{endpoint()} did not name the commit of {repository}", "check HF_ENDPOINT"
        )
    licence = info.card_data.get("license") if info.card_data else None
    return RemoteModel(repository, info.sha, str(licence or ""), files)


def fetch(
    model: RemoteModel, file: RemoteFile, folder: Path, progress: Progress = SILENT
) -> tuple[str, bool]:
    """Fetch one file into ``folder``, continuing what an earlier, broken call left there.

    It arrives under ``<name>.part`` and takes its name once its bytes are those of the hub.

    Returns:
        Its SHA-256, and whether the hub gave a hash to compare with.

    Raises:
        DownloadError: The connection broke for good; what arrived is kept.
        ChecksumError: The bytes are not those of the hub; they are discarded.
        ModelError: The file is not given to this user.
        OSError: It cannot be written.
    """
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils._headers import build_hf_headers

    target = folder / file.name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ModelError(f"{model.repository} holds a file that leaves its folder: {file.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    if target.is_file():  # came whole in an earlier call; trusted no more than a fresh one
        target.replace(part)
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    progress.advance(have)
    url = hf_hub_url(model.repository, file.name, revision=model.commit, endpoint=endpoint())
    # Compressed answers cannot be resumed by byte offset.
    headers = build_hf_headers(library_name="mujaz") | {"Accept-Encoding": "identity"}
    with part.open("ab") as stream, hub_errors(model.repository, model.commit, file.name):
        http_get(
            url,
            cast(BinaryIO, _Counted(stream, progress)),
            resume_size=have,
            headers=headers,
            expected_size=file.size,
            tqdm_class=cast(Any, _NoBar),
        )
    digest = sha256_of(part)
    if file.sha256:
        agrees = digest == file.sha256.lower()
    else:
        agrees = file.git_sha1 is None or _git_sha1(part) == file.git_sha1
    if not agrees:
        part.unlink()
        raise ChecksumError(
            f"{file.name} of {model.repository} arrived with other bytes than the hub announced",
            "run it again; what arrived is discarded",
        )
    part.replace(target)
    return digest, bool(file.sha256 or file.git_sha1)


def _git_sha1(path: Path) -> str:
    """Return git's object name of a file: SHA-1 over ``blob <size>`` NUL content."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    digest.update(path.read_bytes())
    return digest.hexdigest()


class _Counted:
    """A file that tells a progress what is written to it."""

    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        self._stream = stream
        self._progress = progress

    def write(self, block: bytes) -> int:
        self._progress.advance(len(block))
        return self._stream.write(block)

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int) -> int:
        return self._stream.seek(offset)

    def truncate(self) -> int:
        """Drop what lies behind the position: the server ignored the asked-for range."""
        position = self._stream.tell()
        dropped = self._stream.seek(0, os.SEEK_END) - position
        self._progress.advance(-dropped)
        self._stream.truncate(position)
        return self._stream.seek(position)


class _NoBar:
    """Stands where huggingface_hub would draw a bar; the progress does that."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __enter__(self) -> _NoBar:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, _amount: float = 1) -> None:
        pass

    def close(self) -> None:
        pass
