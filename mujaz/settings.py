"""Where Mujaz keeps its state, and the few settings that come from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_TRUE = {"1", "true", "yes", "on"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run.

    Attributes:
        home: Folder of all state: models, caches, the user's glossary. ``MUJAZ_HOME`` moves it.
        offline: Promise that no socket is opened (``HF_HUB_OFFLINE`` or ``--offline``).
        threads: CPU threads for the engines; ``None`` lets each engine choose.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
    """

    home: Path
    offline: bool = False
    threads: int | None = None
    device: str = "auto"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``MUJAZ_HOME`` and ``HF_HUB_OFFLINE``; ``environ`` defaults to the process's own."""
        env = os.environ if environ is None else environ
        home = env.get("MUJAZ_HOME", "")
        return cls(
            home=Path(home).expanduser() if home else platformdirs.user_data_path("mujaz"),
            offline=env.get("HF_HUB_OFFLINE", "").strip().lower() in _TRUE,
        )

    @property
    def models(self) -> Path:
        """Folder of the model store."""
        return self.home / "models"
