"""How long work reports itself without printing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the progress of one download. The command line draws it; a library ignores it."""

    def message(self, text: str) -> None:
        """Take one line for the reader, without a full stop."""
        ...

    def begin(self, label: str, total: int | None) -> None:
        """Start counting to ``total`` bytes (``None``: not known); ends an earlier count."""
        ...

    def advance(self, amount: int) -> None:
        """Count ``amount`` bytes more; negative when bytes that had arrived were discarded."""
        ...

    def end(self) -> None:
        """End the count, whether it was reached or not."""
        ...


class Silence:
    """A progress that shows nothing."""

    def message(self, text: str) -> None:
        """Ignore ``text``."""

    def begin(self, label: str, total: int | None) -> None:
        """Ignore the start of a count."""

    def advance(self, amount: int) -> None:
        """Ignore ``amount``."""

    def end(self) -> None:
        """Ignore the end of a count."""


SILENT = Silence()


def human_size(size: int | None) -> str:
    """Return ``size`` bytes in decimal units (``1.1 GB``), or ``size unknown``.

    >>> human_size(1_117_320_768)
    '1.1 GB'
    """
    if size is None:
        return "size unknown"
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 999.5 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.1f} {unit}" if unit == "GB" else f"{amount:.0f} {unit}"
