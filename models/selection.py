"""From a name, a path or a task to a model that can be loaded."""

from __future__ import annotations

from pathlib import Path

from mujaz.errors import DownloadError, ModelError, MujazError, OfflineError
from mujaz.settings import Settings

from .adapters import base_near
from .catalogue import (
    TASKS,
    Catalogue,
    CatalogueEntry,
    Task,
    is_hub_id,
    load_catalogue,
)
from .description import describe
from .downloads import PullOptions, pull
from .hub_access import endpoint, is_reachable
from .progress import SILENT, Progress
from .store import InstalledModel, find, installed


def resolve(name: str, settings: Settings, catalogue: Catalogue | None = None) -> InstalledModel:
    """Return the model ``name`` without fetching anything.

    Args:
        name: A catalogue id or alias, a hub id that was pulled, or the path of a folder or a GGUF
            file. A name that is both means the pulled model; write ``./name`` for the path.
        settings: Where the store is.
        catalogue: The known models; the package's own by default.

    Raises:
        ModelError: It is not installed, or its files do not say what it is.
    """
    known = catalogue or load_catalogue()
    model = find(name, settings, known)
    if model:
        return model
    path = Path(name).expanduser()
    if path.exists():
        return _outside(path)
    entry = known.get(name)
    if entry or is_hub_id(name):
        raise ModelError(f"{name} is not installed", f"run `mujaz models pull {name}`")
    raise ModelError(
        f"{name!r} is neither a known model nor a path",
        "see `mujaz models list`, or give a hub id owner/name",
    )


def _outside(path: Path) -> InstalledModel:
    description = describe(path)
    return InstalledModel(
        id=str(path),
        path=description.path,
        folder=None,
        entry=None,
        manifest=None,
        description=description,
    )


def best_installed(
    task: Task, settings: Settings, catalogue: Catalogue | None = None
) -> InstalledModel | None:
    """Return the installed model for ``task`` that the catalogue ranks highest, or ``None``.

    Models that are not in the catalogue come after those that are. Adapters whose base is not
    installed are passed over.
    """
    known = catalogue or load_catalogue()
    fit = (model for model in installed(settings, known) if task in model.tasks)
    return next((model for model in fit if is_whole(model, settings)), None)


def is_whole(model: InstalledModel, settings: Settings) -> bool:
    """Say whether ``model`` is whole: no adapter, or one whose base is installed."""
    adapter = model.adapter
    try:
        return adapter is None or bool(base_near(adapter, settings))
    except ModelError:
        return False


def recommended(task: Task, catalogue: Catalogue | None = None) -> tuple[CatalogueEntry, ...]:
    """Return the models that ``auto`` may fetch for ``task``, the best first."""
    return (catalogue or load_catalogue()).recommended(task)


def ensure(
    wanted: str,
    settings: Settings,
    progress: Progress = SILENT,
    catalogue: Catalogue | None = None,
) -> tuple[InstalledModel, str]:
    """Return a model that can be loaded now, fetching it where that is needed and allowed.

    For a task this is the policy ``auto``: the best that is installed, else the best recommended
    one that can be fetched. When the hub is out of reach, models that it alone has are passed
    over, which leaves the embedded one from the package index.

    Args:
        wanted: A task (``translate``, ``summarize``, ``instruct``, ``crosslingual``), or a model's
            name or path, which is then taken and no other.
        settings: Where the store is, and whether the network may be used.
        progress: Told what is fetched, how big, and under which licence.
        catalogue: The known models; the package's own by default.

    Returns:
        The model, and one phrase saying why it was taken, for the record and the reader.

    Raises:
        MujazError: Nothing suitable is installed and nothing could be fetched.
    """
    known = catalogue or load_catalogue()
    for task in TASKS:
        if wanted == task:
            return _ensure_task(task, settings, progress, known)
    try:
        model = resolve(wanted, settings, known)
    except ModelError:
        # Whoever gives a path means that, and not a repository of the same spelling.
        path = Path(wanted).expanduser().exists()
        if not known.get(wanted) and (path or not is_hub_id(wanted)):
            raise
    else:
        if model.adapter and not is_whole(model, settings):
            pull(model.adapter.base.id, settings, None, progress, known)
        return model, "asked for by name"
    return pull(wanted, settings, None, progress, known), "asked for by name, fetched now"


def _ensure_task(
    task: Task, settings: Settings, progress: Progress, catalogue: Catalogue
) -> tuple[InstalledModel, str]:
    best = best_installed(task, settings, catalogue)
    if best:
        return best, f"the best installed model for {task}"
    candidates = catalogue.recommended(task)
    if not candidates:
        raise ModelError(f"no model for {task} is installed", "pull one, see `mujaz models list`")
    if settings.offline:
        raise OfflineError(
            f"no model for {task} is installed, and this run is offline",
            f"run `mujaz models pull {candidates[-1].id}` without --offline first",
        )
    reachable = is_reachable(settings)
    options = PullOptions(skip_hub=not reachable)
    passed: list[str] = []
    last: MujazError | None = None
    for entry in candidates:
        if not reachable and entry.index is None:
            passed.append(f"{entry.id} needs {endpoint()}, which is out of reach")
            continue
        if passed:
            progress.message(f"{passed[-1]}; taking {entry.id}")
        try:
            model = pull(entry.id, settings, options, progress, catalogue)
        except (DownloadError, ModelError) as error:
            passed.append(str(error))
            last = error
            continue
        why = f"the best model for {task} that could be fetched"
        return model, "; ".join([why, *passed])
    raise DownloadError(
        f"no model for {task} could be fetched: {'; '.join(passed)}",
        (last.next_step if last else "") or "check the connection, or use --from PATH",
    )
