"""Quotes, brackets and addresses of a paragraph: marks inside them end no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_SIGN = re.compile('["“”„«»‹›()\\[\\]{}]')
_OPENING = {"«": "»", "‹": "›", "(": ")", "[": "]", "{": "}"}
_CLOSING = {close: opening for opening, close in _OPENING.items()}
# Signs left open deeper than this are no pairs; without a limit a hostile text takes forever.
_DEEPEST = 40
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s،«»\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+", re.IGNORECASE
)
_ADDRESS_HINT = re.compile(r"://|www\.|@", re.IGNORECASE)
_STOPS = ".،؛:!؟?…,"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A part of a text that marks inside it do not end.

    Attributes:
        start: Offset of its first character, the opening sign.
        end: Offset of its last character, the closing sign.
        kind: ``quote``, ``bracket``, or ``address`` for a link or mail address.
    """

    start: int
    end: int
    kind: Literal["quote", "bracket", "address"]


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
            found.append(
                Enclosure(
                    open_signs[depth][1], position, "quote" if opening in '"«‹' else "bracket"
                )
            )
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


def addresses(text: str, start: int, end: int) -> list[Enclosure]:
    """Return the links and mail addresses, without the punctuation that hangs on their ends."""
    if not _ADDRESS_HINT.search(text, start, end):
        return []
    return [
        Enclosure(match.start(), match.start() + len(match[0].rstrip(".!?؟…؛;)")) - 1, "address")
        for match in _ADDRESS.finditer(text, start, end)
    ]
