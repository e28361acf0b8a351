"""A line of a page, as it stands from left to right, in the order in which it is read.

The inverse of the Unicode bidirectional algorithm (UAX #9), as far as lines of print need it: the
whole line runs from right to left; words in Latin letters, numbers, and what holds them together,
run from left to right in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_CLASSES = {
    "R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "A", "CS": "c", "ES": "s", "ET": "t",
}  # fmt: skip
# Runs that go from left to right: Latin words with all that is between them (rule W7), and numbers
# with the separators inside them (W2, W4): behind Arabic letters, all digits are Arabic ones, which
# no hyphen joins. A percent sign is read behind its number, on whichever side it stands.
_FORWARD = re.compile(r"L(?:[^R]*[LN])?t*|[NA](?:c?[NA])*t*")
_MIN_ARABIC = 0.3

_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}
_OPENING = {**{left: left for left in _PAIRS}, **{right: left for left, right in _PAIRS.items()}}
_INNER = re.compile(r"(?<=[(\[{«‹]) | (?=[)\]}»›])")
_TIGHT = " .,،؛:;!؟?"


def is_right_to_left(text: str) -> bool:
    """Return whether a line with these characters, in any order, is read from the right."""
    classes = [unicodedata.bidirectional(character) for character in text]
    right = sum(kind in ("R", "AL") for kind in classes)
    left = classes.count("L")
    return right > 0 and right >= _MIN_ARABIC * (right + left)


def is_numeric(character: str) -> bool:
    """Return whether ``character`` is a digit, or may stand inside a number."""
    return unicodedata.bidirectional(character) in ("EN", "AN", "CS")


def reading_order(visual: Sequence[str]) -> list[int]:
    """Return the indexes of ``visual``, a line from left to right, in the order of reading."""
    if not is_right_to_left("".join(visual)):
        return list(range(len(visual)))
    kinds = "".join(_kind(piece) for piece in visual)
    order: list[int] = []
    end = len(visual)
    for run in reversed(list(_FORWARD.finditer(kinds))):
        order.extend(range(end - 1, run.end() - 1, -1))
        order.extend(range(run.start(), run.end()))
        end = run.start()
    order.extend(range(end - 1, -1, -1))
    return order


def with_brackets(text: str) -> str:
    """Return ``text`` with its brackets and angle quotes turned the way they are read.

    Fonts draw the bracket that opens on the right with the form of the other one, and PDF files
    disagree on which of the two they name; so each one's side is taken from the spaces around it.
    """
    characters = list(text)
    depth = dict.fromkeys(_PAIRS, 0)
    for index, character in enumerate(characters):
        left = _OPENING.get(character)
        if left is None:
            continue
        before = characters[index - 1] if index else " "
        after = characters[index + 1] if index + 1 < len(characters) else " "
        free_before, free_after = before == " " or before in _OPENING, after in _TIGHT
        opens = depth[left] == 0 if free_before == free_after else free_before
        depth[left] += 1 if opens else -(depth[left] > 0)
        characters[index] = left if opens else _PAIRS[left]
    # The space that a font leaves beside a bracket is none of the text's.
    return _INNER.sub("", "".join(characters))


def _kind(piece: str) -> str:
    """Return the class of a character with the marks on it, in one letter."""
    return _CLASSES.get(unicodedata.bidirectional(piece[0]), "n") if piece else "n"
