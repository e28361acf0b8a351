"""Articles longer than a model's input, cut at sentence ends into parts that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mujaz.arabic import Sentence, clauses, normalize
from mujaz.errors import EngineError

Count = Callable[[Sequence[str]], list[int]]

# Below this many tokens a part holds no sentence, and a summary of it means nothing. Chosen.
_LEAST_ROOM = 16


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an article's text that a model can read at once.

    Attributes:
        text: Normalised, on one line.
        behind: How many of the article's sentences have been told when it ends, whole ones only.
    """

    text: str
    behind: int


def parts(article: Sequence[Sentence], room: int, count_tokens: Count) -> list[Part]:
    """Return the article's text in parts of at most ``room`` tokens, about as few as can be.

    A sentence that alone exceeds ``room`` is cut between clauses. The parts are in order; together
    they hold every word. Each sentence is counted once, or as often as it has to be cut, so that
    the time grows with the article's length and no faster.

    Args:
        article: The sentences.
        room: Tokens that a part may have, marks that the tokenizer adds included.
        count_tokens: Counts as the model does.

    Raises:
        EngineError: ``room`` is too small to hold a sentence.
    """
    if room < _LEAST_ROOM:
        raise EngineError(
            f"the model leaves room for {max(room, 0)} tokens of the article",
            "ask for fewer sentences, or use a model that reads more",
        )
    texts = [normalize(sentence.text).text for sentence in article]
    counts = count_tokens(texts) if texts else []
    pieces: list[tuple[str, int, int]] = []  # text, tokens, sentences told behind it
    for number, (text, tokens) in enumerate(zip(texts, counts, strict=True)):
        if tokens <= room:
            pieces.append((text, tokens, number + 1))
            continue
        cut = _cut(text, tokens, room, count_tokens)
        pieces += [(piece, size, number) for piece, size in cut[:-1]]
        pieces.append((*cut[-1], number + 1))
    # Joining two texts takes no more tokens than both and the blank between them.
    groups: list[list[tuple[str, int, int]]] = []
    filled = room
    for piece in pieces:
        if groups and filled + piece[1] + 1 <= room:
            groups[-1].append(piece)
            filled += piece[1] + 1
        else:
            groups.append([piece])
            filled = piece[1]
    return [Part(" ".join(text for text, _, _ in group), group[-1][2]) for group in groups]


def _cut(text: str, tokens: int, room: int, count_tokens: Count) -> list[tuple[str, int]]:
    """Return the clauses of one overlong sentence and their tokens, each within ``room``."""
    size = max(1, len(text) * room // tokens)
    whole = Sentence(text, 0, len(text), 0)
    while True:
        cut = [piece.text for piece in clauses(whole, size)]
        counts = count_tokens(cut)
        if size == 1 or max(counts) <= room:
            return list(zip(cut, counts, strict=True))
        size = max(1, size * 3 // 4)
