"""English on a screen: a sentence divided over its cues, a cue's words in lines.

Two lines of at most 42 characters are what broadcasters ask for (Netflix's Timed Text Style Guide
for English; the BBC's is 37).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import accumulate, pairwise

WIDTH = 42
LINES = 2

_FULL = WIDTH * LINES - 4  # words do not break where the line ends, so some room is lost
# Costs of a division, in characters by which a cue is off its share, squared.
_OVERFULL = 40.0
_AT_COMMA = -30.0
_MOST_WORDS = 200  # of a sentence that is weighed; longer ones are no speech
_BEFORE_SMALL = 20.0  # a line should not end with "the"
_SMALL = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "by", "with"}
)


def divided(sentence: str, shares: Sequence[int]) -> list[str]:
    """Return ``sentence`` in as many pieces as there are shares, each as long as its share asks.

    Args:
        sentence: English words.
        shares: How much of the sentence's Arabic each cue had, in characters.

    Returns:
        The pieces, in order. With fewer words than cues, some are empty.
    """
    words = sentence.split()
    if len(shares) <= 1 or len(words) <= 1:
        return [" ".join(words), *([""] * (len(shares) - 1))]
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    total = max(1, sum(shares))
    count = len(words)
    if count > _MOST_WORDS:
        cuts = [0, *(round(count * part / total) for part in accumulate(shares))]
        return [" ".join(words[i:j]) for i, j in pairwise(cuts)]
    # best[k][j]: the least cost of giving the first j words to the first k cues.
    best: list[list[float]] = [[0.0] + [float("inf")] * count]
    back: list[list[int]] = []
    for share in shares:
        ideal = ends[-1] * share / total
        row, steps = [float("inf")] * (count + 1), [0] * (count + 1)
        for j in range(count + 1):
            for i in range(j + 1):
                if best[-1][i] == float("inf"):
                    continue
                cost = best[-1][i] + _cost(words, ends, i, j, ideal)
                if cost < row[j]:
                    row[j], steps[j] = cost, i
        best.append(row)
        back.append(steps)
    pieces: list[str] = []
    j = count
    for steps in reversed(back):
        pieces.append(" ".join(words[steps[j] : j]))
        j = steps[j]
    return pieces[::-1]


def laid_out(text: str) -> list[str]:
    """Return the lines of a cue: as few as 42 characters a line allow, of about one length.

    What does not fit in two lines takes more: no word is lost.
    """
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    # Narrower as long as it takes no line more: two halves are read faster than a line and a word.
    for width in range(WIDTH - 1, max(WIDTH // 2, len(text) // max(1, len(lines))) - 1, -1):
        narrower = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(narrower) > len(lines) or any(len(line) > WIDTH for line in narrower):
            break
        lines = narrower
    return lines


def _cost(words: Sequence[str], ends: Sequence[int], i: int, j: int, ideal: float) -> float:
    """Return what it costs to give the words from ``i`` to ``j`` to a cue of ``ideal`` length."""
    length = ends[j] - ends[i]
    cost = (length - ideal) ** 2
    if length == 0:
        return cost + 1000
    cost += _OVERFULL * max(0, length - _FULL) ** 2
    if j < len(words):
        if words[j - 1][-1] in ",;:.?!":
            cost += _AT_COMMA
        elif words[j - 1].lower() in _SMALL:
            cost += _BEFORE_SMALL
    return cost
