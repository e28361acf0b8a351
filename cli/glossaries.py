"""The user's glossaries: the one that is named, and those in their usual places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mujaz.settings import Settings

if TYPE_CHECKING:
    from mujaz.arabic.glossary import Glossary


def own_glossary(
    settings: Settings, given: Path | None, *, usual: bool, quiet: bool
) -> Glossary | None:
    """Return the user's glossaries as one, and tell on stderr of those that he did not name.

    Raises:
        LexiconError: One of them cannot be read.
    """
    from mujaz.arabic.glossary import load_glossaries
    from mujaz.arabic.glossary_places import usual_glossaries

    unnamed = usual_glossaries(settings.home, Path.cwd()) if usual else []
    if not quiet:
        for path in unnamed:
            typer.echo(f"mujaz: glossary {path}", err=True)
    paths = [*unnamed, *([given] if given else [])]
    return load_glossaries(paths) if paths else None
