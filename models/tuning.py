"""Threads that were found best on this machine, kept under ``MUJAZ_HOME``."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mujaz.errors import OptionError, RecordError, StoreError
from mujaz.record import from_json, to_json
from mujaz.settings import Settings

from .description import EngineName
from .devices import available_threads
from .disk import write_atomically

SCHEMA = "mujaz.tuning/1"
VARIABLE = "MUJAZ_THREADS"
"""Environment variable that says how many threads to take; it goes before what was measured."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """What was found best for one engine.

    Attributes:
        threads: CPU threads.
        joined: Whether all of them work on one batch where there are few texts (CTranslate2).
    """

    threads: int
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Tuning:
    """The findings of ``mujaz doctor --tune``.

    Attributes:
        machine: The machine that they hold for, see ``this_machine``.
        engines: By engine.
    """

    machine: str
    engines: dict[EngineName, Tuned] = field(default_factory=dict)


def this_machine() -> str:
    """Return the processor and the number of CPUs that this process may use."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), name)
    except OSError:
        pass
    return f"{name}, {available_threads()} CPUs"


def file_of(settings: Settings) -> Path:
    """Return where the findings are kept."""
    return settings.home / "tuning.json"


def write_tuning(tuning: Tuning, settings: Settings) -> Path:
    """Keep ``tuning`` and return its file.

    Raises:
        StoreError: The file cannot be written.
    """
    file = file_of(settings)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, to_json(tuning, SCHEMA, indent=2) + "\n")
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error})", "set MUJAZ_HOME") from error
    return file


def preferred(
    engine: EngineName,
    settings: Settings | None = None,
    environ: Mapping[str, str] | None = None,
) -> Tuned | None:
    """Return how ``engine`` runs best where nobody says otherwise; ``None`` if nobody knows.

    ``MUJAZ_THREADS`` goes first, then what was measured on this machine. Findings of another
    machine, or that cannot be read, count for nothing: they cost speed at most.

    Args:
        engine: The engine's name.
        settings: Where the findings are; from the environment by default.
        environ: The environment; the process's own by default.

    Raises:
        OptionError: ``MUJAZ_THREADS`` is no number of threads.
    """
    env = os.environ if environ is None else environ
    asked = env.get(VARIABLE, "").strip()
    if asked:
        if not asked.isdecimal() or int(asked) < 1:
            raise OptionError(f"{VARIABLE} is {asked!r}", "give a number of threads, 1 or more")
        return Tuned(int(asked))
    file = file_of(settings or Settings.from_environment(environ))
    try:
        tuning = from_json(file.read_bytes(), Tuning, SCHEMA)
    except (OSError, RecordError):
        return None
    return tuning.engines.get(engine) if tuning.machine == this_machine() else None
