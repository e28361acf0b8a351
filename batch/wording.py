"""The English of a sentence, closed where its Arabic is."""

from __future__ import annotations

import re

from mujaz.translate import Translation, finished

_STOP = re.compile(r"[.!?؟…؛۔][\s\"”“»’)\]\u200e\u200f]*\Z")


def is_closed(text: str) -> bool:
    """Return whether a text ends with a mark that ends sentences."""
    return _STOP.search(text, max(0, len(text) - 12)) is not None


def worded(translation: Translation) -> str:
    """Return the English, with a full stop where the Arabic has a mark: headings get none."""
    return finished(translation.text) if is_closed(translation.source) else translation.text
