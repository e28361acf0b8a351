"""Where glossaries lie that nobody names: the project's and the user's.

* The project's is ``mujaz-glossary.tsv`` (or ``.csv``, ``.tbx``) in the working folder, or in the
  nearest folder above it that has one, up to the root of its repository (the folder with ``.git``).
  Outside a repository only the working folder itself counts: what lies in ``/tmp`` or in a home
  folder is no project's.
* The user's is ``glossary.tsv`` (or ``.csv``, ``.tbx``) in the folder of all state.

A glossary that is named on the command line wins over the project's, the project's over the
user's, and any of them over the tables that come with Mujaz.
"""

from __future__ import annotations

from pathlib import Path

from .glossary_file import SUFFIXES
from .lexicon import LexiconError

PROJECT = "mujaz-glossary"
"""Name of a project's glossary, without its suffix."""
USER = "glossary"
"""Name of the user's, likewise."""


def usual_glossaries(home: Path, folder: Path) -> list[Path]:
    """Return the glossaries of the usual places, those that win last.

    Args:
        home: The folder of all state.
        folder: The working folder.

    Raises:
        LexiconError: One place has two of them.
    """
    found = (user_glossary(home), project_glossary(folder))
    return [path for path in found if path is not None]


def user_glossary(home: Path) -> Path | None:
    """Return the user's glossary, if there is one.

    Raises:
        LexiconError: There are two.
    """
    return _one(home, USER)


def project_glossary(folder: Path) -> Path | None:
    """Return the glossary of the project that ``folder`` belongs to, if there is one.

    Raises:
        LexiconError: There are two in one folder.
    """
    folder = folder.absolute()
    above = [folder, *folder.parents]
    root = next((at for at, place in enumerate(above) if (place / ".git").exists()), 0)
    return next((path for place in above[: root + 1] if (path := _one(place, PROJECT))), None)


def _one(folder: Path, name: str) -> Path | None:
    found = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
    if len(found) > 1:
        raise LexiconError(
            f"{folder} has two glossaries, {found[0].name} and {found[1].name}", "keep one of them"
        )
    return found[0] if found else None
