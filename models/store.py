"""The local store: one folder a model, with a manifest of what lies in it.

Layout under ``<home>/models``::

    owner--name/                an installed model: its files and mujaz-model.json
    .partial/hub/owner--name/   a pull from the hub that broke off; the next one continues it
    .locks/owner--name.lock     held while a model is pulled or removed

A model's folder appears by one rename, complete and verified, or not at all.

An adapter has a folder of its own, without its base: that stays where it is, once for all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from mujaz.errors import ModelError, RecordError, StoreError
from mujaz.settings import Settings

from .adapters import Adapter, base_of, read_adapter
from .catalogue import (
    Catalogue,
    CatalogueEntry,
    Task,
    is_hub_id,
    licence_line,
    load_catalogue,
    safe_id,
)
from .description import ModelDescription, describe
from .disk import guarded, sha256_of
from .manifest import MANIFEST, SOURCES, Manifest, Source, read_manifest
from .progress import SILENT, Progress

PARTIAL = ".partial"

FaultKind = Literal["missing", "size", "sha256", "unreadable"]

LOCK_WAIT_SECONDS = 2 * 60 * 60.0
"""How long a second pull of the same model waits for the first."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that can be loaded now.

    Attributes:
        id: Its name, or the path it was given by.
        path: What an engine loads: a folder, or a GGUF file.
        folder: Its folder in the store; ``None`` for a model outside the store.
        entry: Its catalogue entry, if it has one.
        manifest: Its manifest; ``None`` for a model outside the store.
        description: What its own files say.
    """

    id: str
    path: Path
    folder: Path | None
    entry: CatalogueEntry | None
    manifest: Manifest | None
    description: ModelDescription

    @property
    def adapter(self) -> Adapter | None:
        """What it says of itself where it is an adapter; ``None`` where it is not."""
        return read_adapter(self.path) if self.description.family == "llama-gguf" else None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What it is for: the catalogue's word, else what its files say or let guess."""
        if self.entry:
            return self.entry.tasks
        adapter = self.adapter
        return adapter.tasks if adapter else self.description.tasks

    @property
    def licence(self) -> str:
        """Its licence for a reader, with a clear word where commerce is excluded."""
        says = self.manifest or self.entry or self.adapter
        return licence_line(says.licence, says.commercial) if says else licence_line("", None)

    @property
    def pickle(self) -> bool:
        """Whether its weights are pickled, and were allowed by name when it was pulled."""
        return self.manifest is not None and self.manifest.pickled

    @property
    def revision(self) -> str:
        """The exact state of its files, for records: a commit, a version, or empty."""
        return self.manifest.revision if self.manifest else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an installed file, or with an adapter's base (``id: file``)."""

    file: str
    kind: FaultKind


def folder_of(name: str, settings: Settings) -> Path:
    """Return the folder that model ``name`` has, or would have, in the store."""
    return settings.models / safe_id(name)


@contextmanager
def locked(name: str, settings: Settings, progress: Progress = SILENT) -> Iterator[None]:
    """Hold the lock of model ``name``; wait, and say so, while another process holds it.

    The operating system frees the lock of a process that dies.

    Raises:
        StoreError: The store cannot be written, or the other process holds on for hours.
    """
    from filelock import FileLock, Timeout

    path = settings.models / ".locks" / f"{safe_id(name)}.lock"
    with guarded(f"locking {name}", settings.models):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress.message(f"another process works on {name}; waiting for it")
            try:
                lock.acquire(timeout=LOCK_WAIT_SECONDS)
            except Timeout as error:
                raise StoreError(
                    f"another process has been working on {name} for too long",
                    f"end it, or delete {path}",
                ) from error
    try:
        yield
    finally:
        lock.release()


def publish(partial: Path, final: Path) -> None:
    """Rename the complete folder ``partial`` to ``final``, replacing an older one."""
    old = _replaced(final)
    if old.exists():
        shutil.rmtree(old)
    if final.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        final.rename(old)
    partial.rename(final)
    if old.exists():
        shutil.rmtree(old)


def partial_of(folder: Path, source: Source) -> Path:
    """Return where the model of ``folder`` grows while it comes from ``source``.

    It has the model's own folder name already, for those who record it. Each source has its own
    place, so that trying another discards nothing of the first.
    """
    return folder.parent / PARTIAL / source / folder.name


def _replaced(folder: Path) -> Path:
    return folder.parent / PARTIAL / "replaced" / folder.name


def partials(folder: Path) -> list[Path]:
    """Return what broken pulls of the model of ``folder`` left for resuming."""
    return [place for kind in SOURCES if (place := partial_of(folder, kind)).exists()]


def installed(settings: Settings, catalogue: Catalogue | None = None) -> list[InstalledModel]:
    """Return the models of the store, in the catalogue's order, then by name.

    Folders without a readable manifest are not models and are passed over.
    """
    known = catalogue or load_catalogue()
    found: list[InstalledModel] = []
    if settings.models.is_dir():
        for file in sorted(settings.models.glob(f"*/{MANIFEST}")):
            model = _open(file.parent, known)
            if model:
                found.append(model)
    order = {entry.id: rank for rank, entry in enumerate(known.models)}
    return sorted(found, key=lambda model: (order.get(model.id, len(order)), model.id))


def find(
    name: str, settings: Settings, catalogue: Catalogue | None = None
) -> InstalledModel | None:
    """Return the model ``name`` (id or alias) from the store, or ``None``."""
    known = catalogue or load_catalogue()
    entry = known.get(name)
    wanted = entry.id if entry else name
    if not is_hub_id(wanted):
        return None
    return _open(folder_of(wanted, settings), known)


def _open(folder: Path, catalogue: Catalogue) -> InstalledModel | None:
    try:
        manifest = read_manifest(folder)
        description = describe(folder)
        adapter = read_adapter(description.path) if description.path.is_file() else None
    except (OSError, RecordError, ModelError):
        return None
    if adapter and not manifest.licence:  # where it came from named none; it does itself
        manifest = replace(
            manifest,
            revision=manifest.revision or adapter.version,
            licence=adapter.licence,
            commercial=adapter.commercial,
        )
    return InstalledModel(
        id=manifest.id,
        path=description.path,
        folder=folder,
        entry=catalogue.get(manifest.id),
        manifest=manifest,
        description=description,
    )


def verify(model: InstalledModel, progress: Progress = SILENT) -> tuple[Fault, ...]:
    """Hash every file of ``model`` again and return what is wrong, nothing if all is well.

    Of an adapter the base's file too: together they are the model.

    Raises:
        ModelError: The model lies outside the store, so nothing is known to compare it with.
    """
    if model.folder is None or model.manifest is None:
        raise ModelError(
            f"{model.id} lies outside the store and has no manifest",
            "pull it with `mujaz models pull NAME --from PATH`",
        )
    wanted = [(f.name, model.folder / f.name, f.size, f.sha256) for f in model.manifest.files]
    faults: list[Fault] = []
    if adapter := model.adapter:
        base = adapter.base
        name = f"{base.id}: {base.file}"
        try:
            path = base_of(adapter, model.folder.parent)
            wanted.append((name, path, base.size, base.sha256))
        except ModelError:
            faults.append(Fault(name, "missing"))
    progress.begin(f"verifying {model.id}", sum(size for _, _, size, _ in wanted))
    for name, path, size, sha256 in wanted:
        if kind := _fault_of(path, size, sha256, progress):
            faults.append(Fault(name, kind))
    progress.end()
    return tuple(faults)


def _fault_of(path: Path, size: int, sha256: str, progress: Progress) -> FaultKind | None:
    try:
        if not path.is_file():
            return "missing"
        if path.stat().st_size != size:
            return "size"
        return None if sha256_of(path, progress) == sha256 else "sha256"
    except OSError:
        return "unreadable"


def remove(name: str, settings: Settings, catalogue: Catalogue | None = None) -> int:
    """Delete model ``name`` and whatever a broken pull of it left; return the bytes freed.

    Raises:
        ModelError: Nothing of that name is in the store.
        StoreError: It cannot be deleted.
    """
    entry = (catalogue or load_catalogue()).get(name)
    model_id = entry.id if entry else name
    folder = folder_of(model_id, settings)
    if not _leavings(folder):
        raise ModelError(f"{name} is not installed", "see `mujaz models list`")
    freed = 0
    with locked(model_id, settings), guarded(f"removing {name}", settings.models):
        for place in _leavings(folder):  # another process may have removed or pulled it meanwhile
            freed += _bytes_in(place)
            shutil.rmtree(place)
    return freed


def _leavings(folder: Path) -> list[Path]:
    """Return all places that hold something of the model of ``folder``."""
    places = (folder, _replaced(folder), *partials(folder))
    return [place for place in places if place.exists()]


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
