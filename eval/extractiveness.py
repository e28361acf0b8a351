"""How much of a summary is copied from its source, and in how long pieces.

Grusky, Naaman and Artzi 2018, "Newsroom: A Dataset of 1.3 Million Summaries with Diverse Extractive
Strategies", NAACL, section 4.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from .metric import Need, Segments
from .ratios import RatioMetric, Remembered, matrix
from .wording import require_one_script, require_outputs, require_sources, wording, words

if TYPE_CHECKING:
    from .metric import Matrix


def fragments(source: Sequence[str], output: Sequence[str]) -> list[tuple[int, int]]:
    """Return the extractive fragments of ``output``, greedily from its beginning.

    Each is the longest run of words from its first word on that stands so in ``source``. (The
    paper's pseudocode leaps over some beginnings in the source and can miss the longest, of "a a b"
    in "a a a b"; this is the definition of its text.) Time grows at worst with the product of the
    lengths.

    Returns:
        Offsets in ``output``, start and end, in order, without overlap.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(source):
        places[word].append(at)
    found = []
    start = 0
    while start < len(output):
        end = start
        ends = places.get(output[start], [])
        while ends:
            end += 1
            if end == len(output):
                break
            ends = [at + 1 for at in ends if at + 1 < len(source) and source[at + 1] == output[end]]
        if end > start:
            found.append((start, end))
        start = max(end, start + 1)
    return found


class Extractiveness(RatioMetric):
    """Coverage and density of the outputs as extracts of their sources.

    ``coverage`` is the share of the output's words that belong to a fragment, from 0 to 1;
    ``density`` the mean, over the output's words, of the length of the fragment that a word belongs
    to (0 outside all), from 0 to the output's length. Both are ratios of sums, so that every word
    of the corpus weighs the same and an output without words nothing; Newsroom's own figures, of
    single summaries, are those of `by_segment`. Words are those of `mujaz.eval.wording`,
    without punctuation, so that a fragment may run over the end of a sentence.
    """

    name = "extractiveness"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = ("coverage", "density")
    higher_is_better: Mapping[str, bool | None] = dict.fromkeys(scores)

    def __init__(self) -> None:
        self._sources = Remembered(lambda texts: [words(text) for text in texts])

    def signature(self, segments: Segments) -> str:
        """Return the choices."""
        return f"avg:pooled|{wording().signature}|fragments:greedy"

    def statistics(self, segments: Segments) -> Matrix:
        """Return words in fragments, their lengths squared, and twice the words.

        Raises:
            InputError: A source is missing or has no words, no output has words, or sources and
                outputs are in different scripts.
        """
        require_sources(segments, self.name)
        require_outputs(segments, self.name)
        require_one_script(segments, self.name)
        rows = []
        for source, hypothesis in zip(
            self._sources.of(segments.sources), segments.hypotheses, strict=True
        ):
            output = words(hypothesis)
            lengths = [end - start for start, end in fragments(source, output)]
            squares = sum(length * length for length in lengths)
            rows.append((sum(lengths), squares, len(output), len(output)))
        return matrix(rows, 4)
