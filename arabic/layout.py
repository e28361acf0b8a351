"""Paragraphs of a text: blank lines, lines that are paragraphs, hard-wrapped lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(rf"[\s{_INVISIBLE}]*\Z")
# How a line ends that ends a sentence, closing quotes and brackets included.
_FULL_STOP = re.compile(rf"[.!?؟…؛۔:][\s\"”“»’)\]/{_INVISIBLE}]*\Z")
# Lines that begin something new whatever stands before them: bullets, dialogue, numbered items.
_MARKER = re.compile(r"[-•●▪■◦*‣]|[–—]\s|(?:\d{1,2}|[ء-ي]|[a-zA-Z])\s?[.)\-](?:\s|[ء-ي])")
# A line that breaks off behind one of these goes on in the next, whatever the layout.
_DANGLING = re.compile(
    r"(?:[،,]|(?:\A|\s)و?(?:في|من|إلى|الى|على|عن|مع|بين|أن|إن|أنّ|أو|التي|الذي|الذين|حيث|خلال|بعد"
    r"|قبل|عند|حتى|كما|لدى|ضد|نحو|منذ|غير|بأن|لأن|ثم))\Z"
)

# Wrapped text is between these widths; wider lines are paragraphs, narrower ones lists and verse.
_NARROWEST, _WIDEST = 40, 160
# Wrapping fills each line until the next word does not fit. A little slack, because editors count
# harakat and wide letters in their own ways.
_SLACK = 0.92
# In a wrapped text an unfinished line this long goes on too: text that was wrapped by its looks, in
# a proportional font, has such lines, and headings are shorter.
_LONG = 0.65
# The share of unfinished lines that have to be full for the text to count as wrapped.
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with something on it: its span, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    apart: bool

    @property
    def finished(self) -> bool:
        """Whether it ends like a sentence."""
        return _FULL_STOP.search(self.text, max(0, len(self.text) - 12)) is not None


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs, in order; between them is white space alone.

    Blank lines always separate. A single line feed separates too, unless it is where a hard-wrapped
    line was full, or the line breaks off at a comma or a preposition. Bullets, dialogue dashes and
    numbered items always begin a paragraph.
    """
    lines, unseen = _lines(text)
    width = _width(lines)
    spans: list[tuple[int, int]] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _goes_on(previous, line, width):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        previous = line
    for start, end in unseen:
        _attach(spans, start, end)
    return spans


def _lines(text: str) -> tuple[list[_Line], list[tuple[int, int]]]:
    """Return the visible lines, and the spans of lines that hold invisible marks alone."""
    lines: list[_Line] = []
    unseen: list[tuple[int, int]] = []
    last = -1
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line)
        if _UNSEEN.match(line):
            unseen.append((start, start + len(line)))
            continue
        apart = last >= 0 and text.count("\n", last, start) > 1
        lines.append(_Line(start, start + len(line), line, apart))
        last = start + len(line)
    return lines, unseen


def _width(lines: list[_Line]) -> int:
    """Return the width that the text is wrapped at, or 0 if its line feeds are meant."""
    if len(lines) < 2:
        return 0
    lengths = sorted(len(line.text) for line in lines)
    # One overlong line, an address for example, does not set the width.
    width = lengths[int(0.9 * (len(lengths) - 1))] if len(lengths) >= 10 else lengths[-1]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = open_lines = 0
    for line, following in pairwise(lines):
        if not following.apart and not line.finished and not _MARKER.match(following.text):
            open_lines += 1
            full += _is_full(line, following, width)
    return width if open_lines and full >= _SHARE * open_lines else 0


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Return whether the first word of ``following`` would not have fitted on ``line``."""
    word = following.text.split(None, 1)[0]
    return len(line.text) + 1 + len(word) > _SLACK * width


def _goes_on(line: _Line, following: _Line, width: int) -> bool:
    """Return whether ``following`` continues the paragraph of ``line``."""
    if following.apart:
        return False
    if _MARKER.match(following.text) and not (following.text[0] in "–—" and not line.finished):
        return False
    if width and _is_full(line, following, width):
        return True
    if width and not line.finished and len(line.text) > _LONG * width:
        return True
    return _DANGLING.search(line.text, max(0, len(line.text) - 12)) is not None


def _attach(spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Give a run of invisible marks to the paragraph before it, or to the first."""
    index = bisect_right(spans, (start, start)) - 1
    if index >= 0:
        spans[index] = (spans[index][0], end)
    elif spans:
        spans[0] = (start, spans[0][1])
    else:
        spans.append((start, end))
