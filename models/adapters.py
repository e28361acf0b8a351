"""LoRA adapters: small files that change what one base model does, and are nothing without it.

An adapter is a GGUF file that says itself what it is: its name, version and licence, and which
file, to the byte, it was trained on. Form: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
(``general.type = adapter``), and the keys below.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mujaz.errors import ModelError, RecordError
from mujaz.settings import Settings

from .catalogue import TASKS, Task, safe_id
from .gguf import Scalar, is_gguf, read_header
from .manifest import read_manifest

ADAPTER_FILE = "adapter.gguf"
"""Name of the file in an adapter's folder."""

CARD_FILE = "CARD.md"
"""Its card: data, licences, steps, scores."""

KEY_BASE_ID = "mujaz.base.id"
KEY_BASE_FILE = "mujaz.base.file"
KEY_BASE_SIZE = "mujaz.base.size"
KEY_BASE_SHA256 = "mujaz.base.sha256"
KEY_TASKS = "mujaz.tasks"
KEY_COMMERCIAL = "mujaz.commercial"


@dataclass(frozen=True, slots=True)
class Base:
    """The one file that an adapter fits.

    Attributes:
        id: Name of the model.
        file: Name of its file.
        size: Bytes.
        sha256: Lower-case hexadecimal SHA-256 of the whole.
    """

    id: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an adapter's header says.

    Attributes:
        path: The file.
        id: Its name, ``owner/name``.
        version: Its version, such as ``1.0``.
        licence: SPDX identifier, or plain words.
        commercial: Whether the licence allows commercial use; ``None`` when not known.
        tasks: What it was trained for.
        base: What it stands on.
    """

    path: Path
    id: str
    version: str
    licence: str
    commercial: bool | None
    tasks: tuple[Task, ...]
    base: Base


def read_adapter(path: Path) -> Adapter | None:
    """Return what the adapter at ``path`` says of itself; ``None`` if it is no adapter.

    Raises:
        ModelError: It is one, but does not name its base, or its header is broken.
    """
    if not is_gguf(path):
        return None
    header = read_header(path)
    if header.get("general.type") != "adapter":
        return None
    commercial = header.get(KEY_COMMERCIAL)
    tasks = {task.strip() for task in str(header.get(KEY_TASKS, "")).split(",")}
    return Adapter(
        path=path,
        id=str(header.get("general.name", "")),
        version=str(header.get("general.version", "")),
        licence=str(header.get("general.license", "")),
        commercial=commercial if isinstance(commercial, bool) else None,
        tasks=tuple(task for task in TASKS if task in tasks),
        base=_base(path, header),
    )


def base_of(adapter: Adapter, *stores: Path) -> Path:
    """Return the file that ``adapter`` stands on.

    Args:
        adapter: The adapter.
        stores: Folders of models to look into, in this order.

    Raises:
        ModelError: None has the base, or only another file of that name.
    """
    base = adapter.base
    other = False
    for folder in (store / safe_id(base.id) for store in dict.fromkeys(stores)):
        try:
            files = read_manifest(folder).files
        except (OSError, RecordError):
            continue
        for file in files:
            path = folder / file.name
            if file.sha256 == base.sha256 and path.is_file() and path.stat().st_size == base.size:
                return path
        other = True
    if other:
        raise ModelError(
            f"{adapter.path.name} of {adapter.id} fits {base.file} with SHA-256"
            f" {base.sha256[:12]}…, and the {base.id} that is installed has no such file",
            f"run `mujaz models remove {base.id}`, and `mujaz models pull {base.id}`",
        )
    raise ModelError(
        f"{adapter.id} is an adapter for {base.id}, which is not installed",
        f"run `mujaz models pull {base.id}`",
    )


def base_near(adapter: Adapter, settings: Settings) -> Path:
    """Return the file that ``adapter`` stands on, from the store that it lies in or the user's.

    Raises:
        ModelError: As ``base_of``.
    """
    return base_of(adapter, adapter.path.resolve().parent.parent, settings.models)


def _base(path: Path, header: dict[str, Scalar]) -> Base:
    size = header.get(KEY_BASE_SIZE)
    id, file, sha256 = (header.get(key) for key in (KEY_BASE_ID, KEY_BASE_FILE, KEY_BASE_SHA256))
    if not (id and file and sha256 and isinstance(size, int)):
        raise ModelError(
            f"{path} is an adapter that does not say which file it fits",
            "give one that `python -m train export` wrote",
        )
    return Base(str(id), str(file), size, str(sha256))
