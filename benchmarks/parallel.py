"""Parallel texts: FLORES-200 dev with the outputs of seven systems, and any folder of its form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mujaz.arabic import Name, find_names, normalize

FLORES = Path(__file__).resolve().parents[2] / "shared" / "data" / "flores-dev"
# In the order of their published BLEU on this set.
SYSTEMS = (
    "google",
    "microsoft",
    "bergamot-base",
    "bergamot-base-memory",
    "nllb",
    "opusmt",
    "argos",
)


@dataclass(frozen=True)
class Lines:
    """A parallel text.

    Attributes:
        source: Arabic sentences, normalised.
        texts: Their English.
    """

    source: Sequence[str]
    texts: Sequence[str]

    @cached_property
    def names(self) -> list[list[Name]]:
        """The names of each Arabic sentence."""
        return [find_names(source) for source in self.source]


def read_lines(path: Path) -> list[str]:
    """Return the segments of a file, one a line; other separators (U+2028) are text."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in read_lines(path) if line]


def read(folder: Path) -> Lines:
    """Return the pairs of a folder with ``source.ar`` and ``reference.en``."""
    source, texts = (read_lines(folder / name) for name in ("source.ar", "reference.en"))
    if len(source) != len(texts):
        raise SystemExit(
            f"{folder}: {len(source)} lines in source.ar, {len(texts)} in reference.en"
        )
    return Lines([normalize(line).text for line in source], texts)
