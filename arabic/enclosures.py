"""Quotes and brackets of a paragraph: which pairs there are, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGN = re.compile('["“”„«»‹›()\\[\\]{}]')
_OPENING = {"«": "»", "‹": "›", "(": ")", "[": "]", "{": "}"}
_CLOSING = {close: opening for opening, close in _OPENING.items()}
# Signs left open deeper than this are no pairs; without a limit a hostile text takes forever.
_DEEPEST = 40
_STOPS = ".،؛:!؟?…,"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A pair of quotes or brackets.

    Attributes:
        start: Offset of the opening sign.
        end: Offset of the closing sign.
        quote: Whether it is a quotation, not a bracket.
    """

    start: int
    end: int
    quote: bool


def enclosures(text: str, start: int, end: int) -> list[Enclosure]:
    """Return the pairs between ``start`` and ``end``, by their start; they may be nested.

    The double quotes ``" “ ” „`` are used for each other in real text, either way round, so that
    what stands beside them decides. Signs without a partner are left out.
    """
    found: list[Enclosure] = []
    open_signs: list[tuple[str, int]] = []
    for match in _SIGN.finditer(text, start, end):
        sign, position = match[0], match.start()
        del open_signs[:-_DEEPEST]
        if sign in _OPENING:
            open_signs.append((sign, position))
            continue
        opening = _CLOSING.get(sign, '"')
        depth = next(
            (
                index
                for index in reversed(range(len(open_signs)))
                if open_signs[index][0] == opening
            ),
            None,
        )
        if opening != '"':
            closes = depth is not None
        else:
            before = text[position - 1] if position > start else " "
            after = text[position + 1] if position + 1 < end else " "
            opens = _opens(sign, before, after)
            closes = depth is not None and not (opens and before.isspace() and not after.isspace())
            if not closes:
                if depth is not None:
                    del open_signs[depth]
                if opens:
                    open_signs.append((opening, position))
        if closes and depth is not None:
            found.append(Enclosure(open_signs[depth][1], position, opening in '"«‹'))
            del open_signs[depth:]
    found.sort(key=lambda pair: pair.start)
    return found


def _opens(sign: str, before: str, after: str) -> bool:
    """Return whether a double quote may open a quotation, by its neighbours."""
    if after in _STOPS or before.isdigit():
        return False
    if sign == "”" and not before.isspace():
        return False
    return not after.isspace() or before.isspace() or before == ":"
