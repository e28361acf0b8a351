"""Pulling a model into the store, from wherever it can be had."""

from __future__ import annotations

from mujaz.errors import ModelError, OfflineError
from mujaz.settings import Settings

from . import local
from .catalogue import Catalogue, CatalogueEntry, load_catalogue
from .disk import guarded
from .progress import SILENT, Progress
from .store import InstalledModel, find, folder_of, locked
from .transfer import PullOptions, Transfer

__all__ = ["PullOptions", "pull"]


def pull(
    name: str,
    settings: Settings,
    options: PullOptions | None = None,
    progress: Progress = SILENT,
    catalogue: Catalogue | None = None,
) -> InstalledModel:
    """Bring model ``name`` into the store and return it; at once when it is there already.

    An adapter brings its base along where that is not installed: before it comes itself, unless
    only its own file tells which that is and has to be fetched to say so.

    Args:
        name: A catalogue id or alias, or a hub id ``owner/name``, ``owner/name:variant``.
        settings: Where the store is, and whether the network may be used.
        options: How to pull.
        progress: Told what is fetched, how big, under which licence, and how far it is.
        catalogue: The known models; the package's own by default.

    Raises:
        ModelError: There is no such model, or not in a form that can be loaded.
        OfflineError: It would have to be fetched, and the run promised not to open a socket.
        DownloadError: The network broke off; what arrived is kept, and the next pull goes on.
        ChecksumError: The bytes are wrong.
        StoreError: The store cannot be written.
    """
    chosen = options or PullOptions()
    known = catalogue or load_catalogue()
    entry = known.get(name)
    model_id = entry.id if entry else name
    folder_of(model_id, settings)  # refuses what is no name
    present = find(model_id, settings, known)
    if present and not _replaces(chosen, present):
        progress.message(f"{model_id} is installed")
    else:
        if settings.offline and chosen.source is None:
            which = f" at revision {chosen.revision}" if chosen.revision else ""
            raise OfflineError(
                f"{model_id} is not installed{which}, and this run is offline",
                f"run `mujaz models pull {name}` without --offline first",
            )
        _pull_base(_base_ahead(model_id, entry, chosen), settings, chosen, progress, known)
        present = _transferred(model_id, entry, settings, chosen, progress, known)
    adapter = present.adapter
    _pull_base(adapter.base.id if adapter else "", settings, chosen, progress, known)
    return present


def _base_ahead(name: str, entry: CatalogueEntry | None, options: PullOptions) -> str:
    """Return the base of the adapter that is about to come, as far as that can be told by now."""
    if entry or options.source is None:
        return entry.base if entry else ""
    source = options.source.expanduser()
    adapter = local.adapter_among(local.select(source, name, entry, options.allow_pickle))
    return adapter.base.id if adapter else ""


def _pull_base(
    base: str,
    settings: Settings,
    options: PullOptions,
    progress: Progress,
    catalogue: Catalogue,
) -> None:
    """Pull the model ``base`` if it is one and is not installed."""
    if base and find(base, settings, catalogue) is None:
        pull(base, settings, PullOptions(skip_hub=options.skip_hub), progress, catalogue)


def _transferred(
    model_id: str,
    entry: CatalogueEntry | None,
    settings: Settings,
    options: PullOptions,
    progress: Progress,
    catalogue: Catalogue,
) -> InstalledModel:
    """Return the model alone, brought into the store by this process or, meanwhile, by another."""
    folder = folder_of(model_id, settings)
    with guarded(f"pulling {model_id}", settings.models), locked(model_id, settings, progress):
        present = find(model_id, settings, catalogue)  # pulled meanwhile by another process
        if present and not _replaces(options, present):
            progress.message(f"{model_id} is installed")
            return present
        Transfer(model_id, entry, folder, settings, options, progress).run()
    pulled = find(model_id, settings, catalogue)
    if pulled is None:
        raise ModelError(f"{model_id} was pulled but cannot be read", f"see {folder}")
    return pulled


def _replaces(options: PullOptions, present: InstalledModel) -> bool:
    """Say whether a pull with ``options`` is to replace what is installed."""
    if options.source is not None:
        return True
    return bool(options.revision) and options.revision != present.revision
