"""``mujaz cache``: the translated sentences that are kept from one run to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from mujaz.settings import Settings
    from mujaz.translate import SegmentCache

app = typer.Typer(
    help="Show or empty the cache of translated sentences.",
    no_args_is_help=True,
)


@app.command("info", epilog="Example: mujaz cache info")
def info(ctx: typer.Context) -> int:
    """Show where the cache lies and what it holds."""
    from mujaz.models.progress import human_size
    from mujaz.translate.cache import LIMIT, cache_file

    file = cache_file(ctx.obj)
    if not file.exists():
        typer.echo(f"{file}\n0 sentences, of at most {human_size(LIMIT)}")
        return 0
    store = _opened(ctx.obj)
    try:
        found = store.info()
    finally:
        store.close()
    count = "1 sentence" if found.segments == 1 else f"{found.segments} sentences"
    size, limit = human_size(found.size), human_size(found.limit)
    typer.echo(f"{found.path}\n{count}, {size} of at most {limit}")
    return 0


@app.command("clear", epilog="Example: mujaz cache clear")
def clear(ctx: typer.Context) -> int:
    """Forget all translated sentences."""
    from mujaz.translate.cache import cache_file

    count = 0
    if cache_file(ctx.obj).exists():
        store = _opened(ctx.obj)
        try:
            count = store.clear()
        finally:
            store.close()
    typer.echo(f"{count} sentence{'' if count == 1 else 's'} forgotten")
    return 0


def _opened(settings: Settings) -> SegmentCache:
    from mujaz.translate.cache import SegmentCache, cache_file

    return SegmentCache(cache_file(settings), warn=lambda line: typer.echo(line, err=True))
