"""Characters at places on a page to lines, and lines to paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from .visual_order import is_numeric, is_right_to_left, reading_order, with_brackets

# In units of the size of the type. Between letters of a word that do not join are up to 0.16, and
# between words 0.4 and more (DejaVu Sans); in between, pdfium's own words decide.
_TOUCHING, _APART = 0.1, 0.3
_FAR = 2.5  # wider apart is another column, or another cell of a table
_LEVEL = 0.3  # baselines closer than this are one line
_LARGER = 1.15  # type of another size is a heading, or its end
_INDENT = 0.8
_AROUND = 60  # lines before and behind that tell how wide a column is
_LEADING = 1.3  # a gap wider than this many usual ones stands between paragraphs

_STOPS = (".", "!", "؟", "?", "…", "؛", ":", "۔", "»", ")", '"', "”")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, where its ink is, in points from the bottom left of the page.

    Attributes:
        text: The character.
        left: Left end.
        right: Right end.
        base: Height of the baseline.
        size: Size of the type.
        word: Number of the word on its page, as pdfium has it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    word: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column in the order of reading.

    Attributes:
        text: Its characters.
        left: Left end in points.
        right: Right end.
        base: Height of its baseline above the bottom of the page.
        size: Size of most of its type.
        first: Width of its first word.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float

    @property
    def leftwards(self) -> bool:
        """Whether it is read from the right."""
        return is_right_to_left(self.text)


def lines_of(runs: Sequence[Sequence[Glyph]]) -> list[Line]:
    """Return the lines of a page.

    Args:
        runs: Characters that the page draws one after another on one level. Their own order is not
            trusted, the order of the runs is.
    """
    merged: list[list[Glyph]] = []
    for run in runs:
        if not run:
            continue
        if merged and _continues(merged[-1], run):
            merged[-1].extend(run)
        else:
            merged.append(list(run))
    return [line for run in merged for line in _columns(run)]


def _continues(before: Sequence[Glyph], run: Sequence[Glyph]) -> bool:
    """Return whether ``run`` stands on the line of ``before``, beside it."""
    size = max(glyph.size for glyph in before)
    if abs(before[-1].base - run[0].base) > _LEVEL * size:
        return False
    left, right = min(g.left for g in run), max(g.right for g in run)
    gap = max(left - max(g.right for g in before), min(g.left for g in before) - right)
    return gap < _FAR * size


def _columns(run: list[Glyph]) -> list[Line]:
    """Return the lines of one run, cut where it jumps far; the first to be read first."""
    bases = [glyph for glyph in run if not unicodedata.combining(glyph.text[0])]
    marks = [glyph for glyph in run if unicodedata.combining(glyph.text[0])]
    if not bases:
        return []
    bases.sort(key=lambda glyph: glyph.left + glyph.right)
    texts = [glyph.text for glyph in bases]
    for mark in marks:
        near = min(range(len(bases)), key=lambda i: _distance(bases[i], mark))
        texts[near] += mark.text
        # The cell of a letter with marks is shared out between them; together it is whole again.
        left, right = min(bases[near].left, mark.left), max(bases[near].right, mark.right)
        bases[near] = replace(bases[near], left=left, right=right)
    size = median(glyph.size for glyph in bases)
    parts: list[list[int]] = [[0]]
    for index in range(1, len(bases)):
        if bases[index].left - bases[index - 1].right > _FAR * size:
            parts.append([])
        parts[-1].append(index)
    if is_right_to_left("".join(texts)):
        parts.reverse()
    return [_line([bases[i] for i in part], [texts[i] for i in part], size) for part in parts]


def _distance(base: Glyph, mark: Glyph) -> tuple[float, float]:
    """Return how far a mark is from a letter, by their edges and then by their middles."""
    gap = max(base.left - mark.right, mark.left - base.right, 0.0)
    return round(gap, 2), abs(base.left + base.right - mark.left - mark.right)


def _line(glyphs: list[Glyph], texts: list[str], size: float) -> Line:
    """Return glyphs in order from left to right as a line in the order of reading."""
    visual: list[str] = []
    places: list[Glyph] = []
    for index, (glyph, text) in enumerate(zip(glyphs, texts, strict=True)):
        marked = index and len(text) + len(texts[index - 1]) > 2
        if index and _is_space(glyphs[index - 1], glyph, size, marked=bool(marked)):
            visual.append(" ")
            places.append(glyph)
        visual.append(text)
        places.append(glyph)
    order = reading_order(visual)
    text = with_brackets("".join(visual[index] for index in order))
    word = [
        places[index]
        for index in order[
            : next((n for n, index in enumerate(order) if visual[index] == " "), len(order))
        ]
    ]
    first = max(g.right for g in word) - min(g.left for g in word)
    return Line(text, glyphs[0].left, max(g.right for g in glyphs), glyphs[0].base, size, first)


def _is_space(glyph: Glyph, following: Glyph, size: float, *, marked: bool) -> bool:
    """Return whether there is a space between neighbours of a line; ``marked`` if one has marks."""
    gap = (following.left - glyph.right) / size
    # pdfium breaks words at letters with marks.
    one = glyph.word == following.word
    if one and is_numeric(glyph.text) and is_numeric(following.text):
        return False  # an Arabic zero is a dot in the middle of its cell
    return gap > _APART or (gap > _TOUCHING and not one and not marked)


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page by paragraphs.

    A line goes on in the next one where the next one's first word would not have fitted behind it,
    the type is of one size, and neither a wider gap nor an indent stands between them.
    """
    if not lines:
        return []
    gaps = [
        (a.base - b.base) / a.size
        for a, b in pairwise(lines)
        if _is_below(a, b) and _same_size(a, b)
    ]
    usual = median(gaps) if gaps else 0.0
    found = [[lines[0]]]
    for number, (before, line) in enumerate(pairwise(lines)):
        near = _is_below(before, line) and before.base - line.base < _LEADING * usual * before.size
        if near and goes_on(before, line, lines[max(0, number - _AROUND) : number + _AROUND]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def goes_on(before: Line, line: Line, page: Sequence[Line]) -> bool:
    """Return whether ``line`` continues the paragraph of ``before``, by size and width alone."""
    if not _same_size(before, line):
        return False
    column = [other for other in page if _share(other, before) > 0.5 and _same_size(other, before)]
    left = min((other.left for other in column), default=before.left)
    right = max((other.right for other in column), default=before.right)
    slack = before.left - left if before.leftwards else right - before.right
    indent = right - line.right if line.leftwards else line.left - left
    if (
        indent > _INDENT * line.size
        and indent - (right - before.right if before.leftwards else before.left - left)
        > _INDENT * line.size
    ):
        return False
    return slack < line.first + _APART * line.size


def is_finished(text: str) -> bool:
    """Return whether a paragraph ends like one."""
    return text.rstrip().endswith(_STOPS)


def _same_size(one: Line, other: Line) -> bool:
    return 1 / _LARGER < one.size / other.size < _LARGER


def _is_below(before: Line, line: Line) -> bool:
    return line.base < before.base - _LEVEL * before.size and _share(before, line) > 0


def _share(one: Line, other: Line) -> float:
    """Return how much of the narrower line stands above or below the other."""
    width = min(one.right - one.left, other.right - other.left)
    both = min(one.right, other.right) - max(one.left, other.left)
    return both / width if width > 0 else 0.0
