"""The manifest of an installed model: what it is, where it came from, and its files' hashes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mujaz.record import from_json, to_json

from .disk import sha256_of, write_atomically
from .weights import is_pickle

MANIFEST = "mujaz-model.json"
SCHEMA = "mujaz.model/1"
ORIGIN = ".origin.json"
"""File of a partial folder that says what its files came from."""

Source = Literal["hub", "index", "local"]
SOURCES: tuple[Source, ...] = ("hub", "index", "local")

Check = Literal["catalogue", "hub", "recorded"]
"""Against what a file's bytes were checked: the catalogue's hash, the hub's own, or nothing."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of an installed model.

    Attributes:
        name: Path inside the model's folder, with forward slashes.
        size: Bytes.
        sha256: Hexadecimal SHA-256, taken when the model was pulled.
        checked: Against what it was checked then.
    """

    name: str
    size: int
    sha256: str
    checked: Check


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was installed, from where, and under which licence.

    Attributes:
        id: The model's name.
        source: ``hub``, ``index`` or ``local``.
        origin: The repository, wheels or path that it came from.
        revision: The hub's commit, the wheels' version, or that of an adapter from this machine;
            empty for any other local source.
        licence: The licence's name; empty when not known.
        commercial: Whether the licence allows commercial use; ``None`` when not known.
        files: The files, conversions included.
        installed: When, in ISO 8601 with the offset from UTC.
        converted: Folder of the CTranslate2 form inside the model's folder; empty without one.
        quantization: Quantization of that form, such as ``int8``.
    """

    id: str
    source: Source
    origin: str
    revision: str
    licence: str
    commercial: bool | None
    files: tuple[StoredFile, ...]
    installed: str
    converted: str = ""
    quantization: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def pickled(self) -> bool:
        """Whether its weights are pickled; a converted form's, deeper down, only look so."""
        return any(is_pickle(file.name) for file in self.files if "/" not in file.name)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of ``folder``.

    Raises:
        OSError: There is none.
        RecordError: It has another form.
    """
    return from_json((folder / MANIFEST).read_bytes(), Manifest, SCHEMA)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into ``folder``, whole or not at all."""
    write_atomically(folder / MANIFEST, to_json(manifest, SCHEMA, indent=2) + "\n")


def record_files(folder: Path, checked: dict[str, tuple[str, Check]]) -> tuple[StoredFile, ...]:
    """Return the records of all files in ``folder``, hashing those that are not in ``checked``.

    Args:
        folder: A complete model folder.
        checked: Per file name the SHA-256 already taken, and against what it was checked.
    """
    records: list[StoredFile] = []
    for path in sorted(_files_in(folder)):
        name = path.relative_to(folder).as_posix()
        digest, against = checked.get(name) or (sha256_of(path), "recorded")
        records.append(StoredFile(name, path.stat().st_size, digest, against))
    return tuple(records)


def _files_in(folder: Path) -> list[Path]:
    own = {MANIFEST, ORIGIN}
    return [path for path in folder.rglob("*") if path.is_file() and path.name not in own]
