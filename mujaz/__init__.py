"""Mujaz: English briefs from Arabic news, on one's own machine.

The front door is lazy: importing ``mujaz`` loads no model code.

>>> from mujaz import Briefer
>>> print(Briefer().brief(text).text())  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_DOORS = {
    "Briefer": "mujaz.brief",
    "Summarizer": "mujaz.summarize",
    "Translator": "mujaz.translate",
    "MujazError": "mujaz.errors",
    "Settings": "mujaz.settings",
}

__all__ = ["Briefer", "MujazError", "Settings", "Summarizer", "Translator", "__version__"]

if TYPE_CHECKING:
    from mujaz.brief import Briefer
    from mujaz.errors import MujazError
    from mujaz.settings import Settings
    from mujaz.summarize import Summarizer
    from mujaz.translate import Translator


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the front door hands out whatever stands behind it
    """Load a public name from its room on first use (PEP 562)."""
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'mujaz' has no attribute {name!r}")
