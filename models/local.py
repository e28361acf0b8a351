"""A file or folder on this machine as the source of a model."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mujaz.errors import ChecksumError, ModelError, RecordError

from .adapters import CARD_FILE, Adapter, read_adapter
from .catalogue import CatalogueEntry
from .description import describe
from .disk import sha256_of
from .manifest import MANIFEST, Check, read_manifest
from .progress import SILENT, Progress
from .weights import is_pickle, needed_files

Checks = dict[str, tuple[str, Check]]
"""Per file its SHA-256, and against what it was checked."""


def select(
    source: Path, name: str, entry: CatalogueEntry | None, allow_pickle: bool
) -> dict[str, Path]:
    """Return what to take from ``source``: name in the store → file.

    A single file that the catalogue knows by its size gets the name that it has there; any other
    keeps its own, with the ending that engines look for.

    Raises:
        ModelError: ``source`` is missing or unreadable, or holds no weights that may be loaded.
    """
    try:
        return _selected(source, name, entry, allow_pickle)
    except OSError as error:
        raise _unreadable(source, error) from error


def adapter_among(files: dict[str, Path]) -> Adapter | None:
    """Return the adapter that one of ``files`` is; ``None`` if none is.

    Raises:
        ModelError: One is, but does not say which base it fits.
    """
    return next((found for path in files.values() if (found := read_adapter(path))), None)


def _selected(
    source: Path, name: str, entry: CatalogueEntry | None, allow_pickle: bool
) -> dict[str, Path]:
    if source.is_file():
        if is_pickle(source.name) and not allow_pickle:
            raise ModelError(
                f"{source} is a pickle, which can run code when read",
                "if you trust it, add --allow-pickle",
            )
        describe(source)  # refuses what is no GGUF file, by the path that was given
        known = entry.files if entry else ()
        match = [file for file in known if file.size == source.stat().st_size]
        own = source.name if source.suffix == ".gguf" else f"{source.name}.gguf"
        return {match[0].name if match else own: source}
    if not source.is_dir():
        raise ModelError(f"{source} does not exist", "check the path given to --from")
    names = [
        path.relative_to(source).as_posix()
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    ]
    wanted = entry.hub.files if entry and entry.hub else ()
    chosen, _ = needed_files(names, model=name, wanted=wanted, allow_pickle=allow_pickle)
    if CARD_FILE in names and CARD_FILE not in chosen:
        chosen = [*chosen, CARD_FILE]
    return {file: source / file for file in chosen}


def take(
    files: dict[str, Path],
    entry: CatalogueEntry | None,
    folder: Path,
    progress: Progress = SILENT,
) -> Checks:
    """Bring ``files`` into ``folder``, by hard link where the disk allows it, else by copy.

    Returns:
        Per file its SHA-256 and against what it was checked.

    Raises:
        ModelError: A file cannot be read.
        ChecksumError: A file is not the one that the catalogue knows under its name, or that its
            folder's own manifest speaks of.
        OSError: It cannot be written.
    """
    checks: Checks = {}
    for name, path in files.items():
        known = entry.file(name) if entry else None
        try:
            digest = sha256_of(path, progress)
        except OSError as error:  # the disk of the store is not to blame
            raise _unreadable(path, error) from error
        recorded = _recorded(path)
        if recorded and digest != recorded:
            raise ChecksumError(
                f"{path} has SHA-256 {digest[:12]}…, and {MANIFEST} beside it says"
                f" {recorded[:12]}…",
                "copy the folder again, or write it anew",
            )
        if known and digest != known.sha256:
            raise ChecksumError(
                f"{path} has SHA-256 {digest[:12]}…, and the catalogue's {name} has"
                f" {known.sha256[:12]}…",
                "give the right file, or pull it under a name of your own",
            )
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        _link_or_copy(path.resolve(), target)
        checks[name] = (digest, "catalogue" if known else "recorded")
    if entry and entry.files and not any(name in checks for name in (f.name for f in entry.files)):
        raise ChecksumError(
            f"none of the given files is {entry.files[0].name} as the catalogue knows it",
            "give the right file, or pull it under a name of your own",
        )
    return checks


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(
        f"{path} cannot be read ({error.strerror or error})",
        "check the path given to --from, and that you may read it",
    )


def _recorded(path: Path) -> str:
    """Return the SHA-256 that a manifest beside ``path`` has for it; empty without one."""
    try:
        files = read_manifest(path.parent).files
    except (OSError, RecordError):
        return ""
    return next((file.sha256 for file in files if file.name == path.name), "")


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or a file system without links
        part = target.with_name(target.name + ".part")
        shutil.copyfile(source, part)
        part.replace(target)
