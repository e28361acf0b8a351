"""Which script the texts are in, for metrics whose tokenizers know only some."""

from __future__ import annotations

from mujaz.arabic import arabic_share

from .metric import Segments

# A reference is Arabic when most of its letters are. A name left in Arabic does not make it so.
_MOSTLY = 0.5


def is_arabic(text: str) -> bool:
    """Return whether most letters of ``text`` are Arabic ones."""
    return arabic_share(text) > _MOSTLY


def first_arabic(segments: Segments) -> str | None:
    """Return the id of the first segment with an Arabic reference; ``None`` when there is none."""
    for id, references in zip(segments.ids, segments.references, strict=True):
        if any(is_arabic(text) for text in references):
            return id
    return None
