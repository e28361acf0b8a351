"""What ROUGE counts: shared n-grams and longest common subsequences (Lin, 2004).

Every F1 here is the harmonic mean of precision and recall, which for ``hits`` shared items of
``first`` and ``second`` is ``2 * hits / (first + second)``. Results equal rouge_score's; its tables
of the longest common subsequence are kept here as bits of integers (Hyyrö, 2004), a row an integer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Tokens = Sequence[str]


def f1(hits: int, first: int, second: int) -> float:
    """Return the F1, 0 to 1, of ``hits`` shared items; 0 where nothing is shared."""
    return 2 * hits / (first + second) if hits else 0.0


def unigram_f1(reference: Tokens, output: Tokens) -> float:
    """Return ROUGE-1: words count as often as both texts have them."""
    hits = (Counter(reference) & Counter(output)).total()
    return f1(hits, len(reference), len(output))


def bigram_f1(reference: Tokens, output: Tokens) -> float:
    """Return ROUGE-2; 0 where a text has a single word."""
    hits = (Counter(pairwise(reference)) & Counter(pairwise(output))).total()
    return f1(hits, len(reference) - 1, len(output) - 1)


def sequence_f1(reference: Tokens, output: Tokens) -> float:
    """Return ROUGE-L: words in the same order, with gaps."""
    return f1(common_length(reference, output), len(reference), len(output))


def summary_f1(reference: Sequence[Tokens], output: Sequence[Tokens]) -> float:
    """Return ROUGE-Lsum of texts cut into lines.

    Each line of the reference is held against every line of the output, and the words that one of
    these longest common subsequences has count as found; no word counts more often than the output
    has it (ROUGE 1.5.5, and rouge_score).
    """
    first, second = sum(map(len, reference)), sum(map(len, output))
    if len(reference) == 1 and len(output) == 1:
        return f1(common_length(reference[0], output[0]), first, second)
    # No place in the reference is found twice, so only the output's words can run out.
    left = Counter(word for line in output for word in line)
    hits = 0
    for line in reference:
        found: set[int] = set()
        for other in output:
            found.update(_common_places(line, other))
        for place in sorted(found):
            if left[line[place]] > 0:
                left[line[place]] -= 1
                hits += 1
    return f1(hits, first, second)


def common_length(first: Tokens, second: Tokens) -> int:
    """Return the length of the longest common subsequence."""
    if len(first) > len(second):
        first, second = second, first
    places = _places(second)
    full = (1 << len(second)) - 1
    # Bit j is 0 where the subsequence grows with the word j of the longer text.
    row = full
    for word in first:
        met = row & places.get(word, 0)
        if met:
            row = ((row + met) | (row - met)) & full
    return len(second) - row.bit_count()


def _common_places(reference: Tokens, output: Tokens) -> list[int]:
    """Return the places in ``reference`` of one longest common subsequence.

    Of several it takes the one that rouge_score's walk back through its table takes, since the
    union over lines depends on which.
    """
    places = _places(output)
    full = (1 << len(output)) - 1
    row = full
    # The walk passes by words that the output lacks; so they need no rows.
    kept = [place for place, word in enumerate(reference) if word in places]
    # grown[i] has bit j set where the first i of them share one more word with the output's first
    # j + 1 words than with its first j.
    grown = [0]
    for place in kept:
        met = row & places[reference[place]]
        if met:
            row = ((row + met) | (row - met)) & full
        grown.append(full ^ row)
    found = []
    i, j = len(kept), len(output)
    while i and j:
        if reference[kept[i - 1]] == output[j - 1]:
            found.append(kept[i - 1])
            i, j = i - 1, j - 1
            continue
        shorter = (1 << (j - 1)) - 1
        across = (grown[i] & shorter).bit_count()
        up = (grown[i - 1] & (shorter << 1 | 1)).bit_count()
        if across > up:
            j -= 1
        else:
            i -= 1
    return found


def _places(tokens: Tokens) -> dict[str, int]:
    """Return for each word an integer with a bit set at each place where it stands."""
    places: dict[str, int] = {}
    for place, word in enumerate(tokens):
        places[word] = places.get(word, 0) | 1 << place
    return places
