"""``mujaz models``: the models that Mujaz knows, and those on this machine."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mujaz.settings import Settings

if TYPE_CHECKING:
    from rich.progress import TaskID

    from mujaz.models.catalogue import CatalogueEntry
    from mujaz.models.store import InstalledModel

app = typer.Typer(
    help="List, pull, verify and remove models.",
    no_args_is_help=True,
)

LIST_SCHEMA = "mujaz.models/1"


class ListFormat(StrEnum):
    """How ``list`` prints."""

    TEXT = "text"
    JSON = "json"


class DownloadProgress:
    """Shows a pull on standard error: its messages, and a bar when that is a terminal.

    Args:
        quiet: Show nothing.
    """

    def __init__(self, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        self._quiet = quiet
        self._console = Console(stderr=True)  # obeys NO_COLOR
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=quiet or not self._console.is_terminal,
            transient=True,
        )
        self._task: TaskID | None = None

    def message(self, text: str) -> None:
        """Print one line."""
        if not self._quiet:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def begin(self, label: str, total: int | None) -> None:
        """Start the bar."""
        self.end()
        self._task = self._bar.add_task(label, total=total)
        self._bar.start()

    def advance(self, amount: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.advance(self._task, amount)

    def end(self) -> None:
        """Take the bar away."""
        if self._task is not None:
            self._bar.stop()
            self._bar.remove_task(self._task)
            self._task = None


def _settings(ctx: typer.Context) -> Settings:
    return ctx.obj if isinstance(ctx.obj, Settings) else Settings.from_environment()


def _progress(ctx: typer.Context) -> DownloadProgress:
    return DownloadProgress(quiet=bool(ctx.find_root().params.get("quiet", False)))


@app.command("list")
def list_models(
    ctx: typer.Context,
    format: Annotated[
        ListFormat, typer.Option("--format", help="Form of the output.")
    ] = ListFormat.TEXT,
) -> None:
    """Show the known and the installed models, the best first.

    Example: mujaz models list --format json
    """
    from mujaz.models.catalogue import load_catalogue
    from mujaz.models.store import installed

    present = {model.id: model for model in installed(_settings(ctx))}
    known = load_catalogue().models
    rows = [_row(entry.id, entry, present.get(entry.id)) for entry in known]
    named = {entry.id for entry in known}
    rows += [_row(model.id, None, model) for model in present.values() if model.id not in named]
    if format is ListFormat.JSON:
        from mujaz.record import to_json

        print_out(to_json({"models": rows}, LIST_SCHEMA))
    else:
        print_out(_table(rows))


def _row(name: str, entry: CatalogueEntry | None, model: InstalledModel | None) -> dict[str, Any]:
    manifest = model.manifest if model else None
    licence = entry.licence if entry else ""
    commercial = entry.commercial if entry else None
    if manifest:
        licence, commercial = manifest.licence, manifest.commercial
    return {
        "id": name,
        "aliases": list(entry.aliases) if entry else [],
        "tasks": list(model.tasks if model else entry.tasks if entry else ()),
        "family": model.description.family if model else entry.family if entry else "",
        "licence": licence,
        "commercial": commercial,
        "weights": entry.weights if entry else "",
        "unverified": list(entry.unverified) if entry else [],
        "parameters": entry.parameters if entry else None,
        "size": manifest.size if manifest else entry.size if entry else None,
        "installed": model is not None,
        "revision": manifest.revision if manifest else None,
        "path": str(model.path) if model else None,
        "note": entry.note if entry else "",
    }


def _table(rows: list[dict[str, Any]]) -> str:
    from mujaz.models.catalogue import licence_line
    from mujaz.models.progress import human_size

    cells = [("", "MODEL", "TASKS", "SIZE", "LICENCE")]
    for row in rows:
        doubt = " (unverified)" if "licence" in row["unverified"] else ""
        pickled = "; pickle weights" if row["weights"] == "pickle" else ""
        cells.append(
            (
                "*" if row["installed"] else "",
                row["id"],
                ", ".join(row["tasks"]),
                "?" if row["size"] is None else human_size(row["size"]),
                licence_line(row["licence"], row["commercial"]) + doubt + pickled,
            )
        )
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    return "\n".join([*lines, "", "* installed; ? not known before it is pulled"])


@app.command()
def pull(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Known model, or hub id owner/name.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="PATH", help="Take it from this file or folder."),
    ] = None,
    revision: Annotated[
        str, typer.Option("--revision", metavar="R", help="Branch, tag or commit on the hub.")
    ] = "",
    allow_pickle: Annotated[
        bool,
        typer.Option("--allow-pickle", help="Accept pickle weights, which can run code when read."),
    ] = False,
    no_convert: Annotated[
        bool, typer.Option("--no-convert", help="Leave out the faster int8 form.")
    ] = False,
) -> None:
    """Fetch a model, verify it and install it. A broken pull goes on where it stopped.

    Example: mujaz models pull opus-mt-ar-en
    """
    from mujaz.models.downloads import PullOptions
    from mujaz.models.downloads import pull as pull_model

    options = PullOptions(
        source=source, revision=revision, allow_pickle=allow_pickle, convert=not no_convert
    )
    model = pull_model(name, _settings(ctx), options, _progress(ctx))
    print_out(str(model.path))


@app.command()
def verify(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One model; all of them without it.")
    ] = None,
) -> None:
    """Hash the installed files again and compare them with what was pulled.

    Example: mujaz models verify
    """
    from mujaz.models.progress import human_size
    from mujaz.models.selection import resolve
    from mujaz.models.store import installed
    from mujaz.models.store import verify as verify_model

    settings, progress = _settings(ctx), _progress(ctx)
    models = [resolve(name, settings)] if name else installed(settings)
    if not models:
        progress.message("no model is installed")
    broken = False
    for model in models:
        faults = verify_model(model, progress)
        manifest = model.manifest
        size = human_size(manifest.size) if manifest else ""
        for fault in faults:
            print_out(f"BROKEN  {model.id}: {fault.file} ({fault.kind})")
        if not faults:
            print_out(f"ok      {model.id} ({size})")
        broken = broken or bool(faults)
    if broken:
        progress.message("remove what is broken with `mujaz models remove NAME` and pull it again")
        raise typer.Exit(1)


@app.command()
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An installed model.")],
) -> None:
    """Delete a model, and what a broken pull of it left.

    Example: mujaz models remove opus-mt-ar-en
    """
    from mujaz.models.progress import human_size
    from mujaz.models.store import remove as remove_model

    freed = remove_model(name, _settings(ctx))
    _progress(ctx).message(f"removed {name}; {human_size(freed)} freed")


@app.command()
def path(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An installed model.")],
) -> None:
    """Print where an installed model lies.

    Example: mujaz models path opus-mt-ar-en
    """
    from mujaz.models.selection import resolve

    print_out(str(resolve(name, _settings(ctx)).path))


def print_out(text: str) -> None:
    """Write ``text`` and a line end to standard output."""
    sys.stdout.write(text + "\n")
