"""Results kept line by line, so that work that breaks off goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Ledger:
    """A JSON-lines file whose first line says under which settings the others were made.

    What was made under other settings is discarded, and so is a last line that did not come whole.

    Args:
        path: The file.
        key: Whatever decides the results, as one string.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._head = json.dumps({"key": key}) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = self._whole()
        if kept is None:
            path.write_text(self._head, encoding="utf-8")
        else:
            with path.open("r+b") as file:
                file.truncate(kept)

    def _whole(self) -> int | None:
        """Return the bytes of whole lines under this key; ``None`` if there are none."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        if not raw.startswith(self._head.encode()):
            return None
        return raw.rfind(b"\n") + 1

    def __iter__(self) -> Iterator[Any]:
        """Yield the results, in the order in which they were added."""
        with self._path.open(encoding="utf-8") as file:
            next(file)
            for line in file:
                yield json.loads(line)

    def add(self, *results: object) -> None:
        """Append results; a process that dies afterwards does not lose them."""
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in results)
