"""Names of people, places, peoples, organisations and offices in an Arabic text."""

from __future__ import annotations

from .gazetteer import gazetteer
from .glossary import Glossary
from .name_context import Context
from .name_hit import find_hits, words_of
from .name_proposals import propose
from .name_record import Name


def find_names(text: str, *, glossary: Glossary | None = None, guesses: bool = True) -> list[Name]:
    """Return the names of ``text``, in order, without overlap.

    Particles before a name do not hide it; the longest name wins; a form that is also a common
    word counts only where its neighbours or the rest of the text say so.

    Args:
        text: Any Arabic text, best a whole article: a short form (شمخاني) needs the full name
            somewhere in it.
        glossary: The user's own names, which win over all others.
        guesses: Whether to propose people whom no table knows, where a title, a given name or a
            foreign ending says that a name stands there; they have ``guess`` set.
    """
    words = words_of(text)
    indices = [glossary.index, gazetteer()] if glossary else [gazetteer()]
    context = Context(text, words, find_hits(text, words, indices))
    names = [
        Name(
            surface=text[hit.start : hit.end],
            english=sense.english,
            also=sense.also,
            kind=sense.kind,
            start=hit.start,
            end=hit.end,
            source=sense.source,
            confidence=confidence,
            country=sense.country,
        )
        for hit, sense, confidence in context.chosen()
    ]
    if not guesses:
        return names
    return sorted([*names, *propose(text, words, names)], key=lambda name: name.start)
