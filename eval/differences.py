"""How the wording of texts differs, word by word in one segment and over a whole set.

A word of one text is shared with another when it lies in an n-gram that both have. Longer n-grams
are matched first and every occurrence is used once, as BLEU clips its counts: the second "the" of
an output is not shared with the one "the" of a reference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mujaz.arabic import fold_with_offsets

LONGEST = 4
"""Words of the longest n-gram that is looked at: BLEU's own order."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        text: Folded for comparison: lower case, Arabic letters joined, digits ASCII.
        start: Offset of its first character in the text.
        end: Offset behind its last.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gain:
    """An n-gram of the references that one system writes more often than another.

    Attributes:
        text: Its words, folded, with a space between.
        first: In how many places the first system has it where a reference has it too.
        second: In how many the second system has.
    """

    text: str
    first: int
    second: int


def words(text: str) -> list[Word]:
    """Return the words of ``text``, punctuation left out, with their places in it."""
    folded = fold_with_offsets(text)
    return [Word(m[0], *folded.span(*m.span())) for m in _WORD.finditer(folded.text)]


def shared(own: Sequence[str], other: Sequence[str]) -> list[int]:
    """Return for each word the length of the longest n-gram around it that ``other`` has too.

    Args:
        own: Words of the text.
        other: Words of the text it is compared with.

    Returns:
        For each word of ``own`` 0 to `LONGEST`; 0 is a word that ``other`` has not.
    """
    result = [0] * len(own)
    used = [False] * len(other)
    for order in range(min(LONGEST, len(own), len(other)), 0, -1):
        places: dict[Gram, list[int]] = {}
        # Backwards, so that `pop` hands out the first place first.
        for at in range(len(other) - order, -1, -1):
            places.setdefault(tuple(other[at : at + order]), []).append(at)
        for at in range(len(own) - order + 1):
            if any(result[at : at + order]):
                continue
            free = places.get(tuple(own[at : at + order]), [])
            while free and any(used[free[-1] : free[-1] + order]):
                free.pop()
            if free:
                place = free.pop()
                used[place : place + order] = [True] * order
                result[at : at + order] = [order] * order
    return result


def marked(
    text: str, references: Sequence[Sequence[str]], others: Sequence[Sequence[str] | None]
) -> tuple[tuple[int, int, int], ...]:
    """Return the stretches of ``text`` whose wording differs.

    Args:
        text: One system's output.
        references: Words of each reference; none when there are no references.
        others: Words of every system's output, ``None`` for the text's own.

    Returns:
        Stretches in order as start, end and a mask: bit 0 is set where no reference has the words,
        bit ``1 + i`` where ``others[i]`` has them not. Words that differ in nothing are left out;
        neighbours of one mask are one stretch.
    """
    found = words(text)
    own = [word.text for word in found]
    masks = [0] * len(own)
    if references:
        best = [max(lengths) for lengths in zip(*(shared(own, r) for r in references), strict=True)]
        masks = [int(length == 0) for length in best]
    for number, other in enumerate(others):
        if other is None:
            continue
        bit = 2 << number
        for at, length in enumerate(shared(own, other)):
            if not length:
                masks[at] |= bit
    stretches: list[tuple[int, int, int]] = []
    before = 0
    for word, mask in zip(found, masks, strict=True):
        if mask and mask == before:
            stretches[-1] = (stretches[-1][0], word.end, mask)
        elif mask:
            stretches.append((word.start, word.end, mask))
        before = mask
    return tuple(stretches)


def gains(
    first: Iterable[Sequence[str]],
    second: Iterable[Sequence[str]],
    references: Iterable[Sequence[Sequence[str]]],
    *,
    most: int = 10,
) -> tuple[tuple[Gain, ...], tuple[Gain, ...]]:
    """Return the n-grams of the references that one system gets and the other misses most.

    Counts are clipped segment by segment at the count of the reference that has most. Of an n-gram
    that they have ``a`` and ``b`` times the rank is ``(a + 1) / (a + b + 2)``, the smoothed share
    of compare-mt (Neubig et al. 2019, https://aclanthology.org/N19-4007): of the bare difference
    the articles would win every time. An n-gram inside a longer one of the same two counts says
    nothing new and is left out.

    Args:
        first: Words of each output of the first system.
        second: Words of each output of the second, in the same order.
        references: For each segment the words of its references.
        most: How many to return for each side.

    Returns:
        Those of which the first system has more, and those of which the second has more; highest
        rank first.
    """
    one_count: Counter[Gram] = Counter()
    two_count: Counter[Gram] = Counter()
    for one, two, refs in zip(first, second, references, strict=True):
        wanted: Counter[Gram] = Counter()
        for reference in refs:
            wanted |= _grams(reference)
        one_count.update(_grams(one) & wanted)
        two_count.update(_grams(two) & wanted)
    more = _ranked(one_count, two_count, most)
    less = _ranked(two_count, one_count, most)
    return more, tuple(Gain(gain.text, gain.second, gain.first) for gain in less)


def _grams(text: Sequence[str]) -> Counter[Gram]:
    return Counter(
        tuple(text[at : at + order])
        for order in range(1, LONGEST + 1)
        for at in range(len(text) - order + 1)
    )


def _ranked(more: Counter[Gram], less: Counter[Gram], most: int) -> tuple[Gain, ...]:
    """Return the n-grams that ``more`` has and ``less`` misses; counts of ``more`` are `first`."""
    wider = {
        gram: (count + 1) / (count + less[gram] + 2)
        for gram, count in more.items()
        if count > less[gram]
    }
    ordered = sorted(wider, key=lambda gram: (-wider[gram], -len(gram), gram))
    kept: list[Gram] = []
    for gram in ordered:
        counts = (more[gram], less[gram])
        if any((more[k], less[k]) == counts and _inside(gram, k) for k in kept):
            continue
        kept.append(gram)
        if len(kept) == most:
            break
    return tuple(Gain(" ".join(gram), more[gram], less[gram]) for gram in kept)


def _inside(part: Gram, whole: Gram) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))
