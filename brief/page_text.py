"""Texts of a page, cut into stretches that a template can show without trusting them.

A stretch is what the same findings mark. Its pieces are plain text, a run of Arabic letters inside
English, or the name of a character that would otherwise not be seen or would turn the text around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from mujaz.checks import Severity

_SIGNS = {
    0x2028: ("LS", "line separator"),
    0x2029: ("PS", "paragraph separator"),
    0x202A: ("LRE", "left-to-right embedding"),
    0x202B: ("RLE", "right-to-left embedding"),
    0x202C: ("PDF", "pop directional formatting"),
    0x202D: ("LRO", "left-to-right override"),
    0x202E: ("RLO", "right-to-left override"),
    0x2066: ("LRI", "left-to-right isolate"),
    0x2067: ("RLI", "right-to-left isolate"),
    0x2068: ("FSI", "first strong isolate"),
    0x2069: ("PDI", "pop directional isolate"),
}
# Controls, what turns text around, what ends a line, halves of surrogate pairs. The marks LRM, RLM
# and ALM and the joiners stay: newsrooms need them, and they reach no further than their neighbour.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]"
)
_LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
# With the digits that stand in the same brackets or quotes, lest they change sides: (12 مليون).
_ARABIC = re.compile(
    rf"""(?:(?<![^("'«“])\d[\d.,]*[ ])?"""
    f"[{_LETTERS}]+(?:[ \u200c-\u200f]+[{_LETTERS}]+)*"
    rf"""(?:[ ]\d[\d.,]*(?=[)"'»”]|$))?"""
)

Kind = Literal["text", "arabic", "sign"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the least to the worst."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that a finding is about: where, how bad, and the finding's letter."""

    start: int
    end: int
    severity: Severity
    letter: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind; of a sign, ``text`` is its short name and ``name`` its full one."""

    kind: Kind
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that the same findings mark.

    Attributes:
        pieces: The text.
        severity: The worst of the findings; ``None`` where nothing is marked.
        letters: Letters of the findings that end here, joined by spaces.
    """

    pieces: tuple[Piece, ...]
    severity: Severity | None = None
    letters: str = ""


def stretches(
    text: str, marks: Iterable[Mark] = (), *, arabic: bool = False
) -> tuple[Stretch, ...]:
    """Cut ``text`` at the ends of ``marks``, which may overlap.

    Args:
        text: Any text.
        marks: Their parts outside ``text`` count for nothing.
        arabic: Whether the text as a whole is Arabic; runs of it are not set apart then.
    """
    inside = [m for m in marks if max(m.start, 0) < min(m.end, len(text))]
    cuts = {0, len(text)}
    for mark in inside:
        cuts |= {max(mark.start, 0), min(mark.end, len(text))}
    found = []
    for start, end in pairwise(sorted(cuts)):
        over = [m for m in inside if m.start < end and m.end > start]
        ending = dict.fromkeys(m.letter for m in over if min(m.end, len(text)) == end)
        found.append(
            Stretch(
                tuple(_pieces(text[start:end], arabic)),
                max((m.severity for m in over), key=SEVERITIES.index, default=None),
                " ".join(ending),
            )
        )
    return tuple(found)


def plain(text: str) -> str:
    """Return ``text`` on one line and without the characters that a page names."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def letter(number: int) -> str:
    """Return the letters of a finding, from 0: a to z, aa and on."""
    text = chr(ord("a") + number % 26)
    return text if number < 26 else letter(number // 26 - 1) + text


def _pieces(text: str, arabic: bool) -> list[Piece]:
    pieces: list[Piece] = []
    done = 0
    for match in _UNSEEN.finditer(text):
        pieces += _runs(text[done : match.start()], arabic)
        code = f"U+{ord(match[0]):04X}"
        short, name = _SIGNS.get(ord(match[0]), (code, "control character"))
        pieces.append(Piece("sign", short, f"{code} {name}"))
        done = match.end()
    return pieces + _runs(text[done:], arabic)


def _runs(text: str, arabic: bool) -> list[Piece]:
    if arabic:
        return [Piece("text", text)] if text else []
    pieces = []
    done = 0
    for match in _ARABIC.finditer(text):
        pieces += [Piece("text", text[done : match.start()]), Piece("arabic", match[0])]
        done = match.end()
    return [piece for piece in (*pieces, Piece("text", text[done:])) if piece.text]
