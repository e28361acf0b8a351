"""Articles longer than a model's input, cut at sentence ends into parts that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mujaz.arabic import Sentence, clauses, normalize


def parts(
    article: Sequence[Sentence], room: int, count_tokens: Callable[[Sequence[str]], list[int]]
) -> list[str]:
    """Return the article's text in as few parts of at most ``room`` tokens as its sentences allow.

    A sentence that alone exceeds ``room`` is cut between clauses. The parts are normalised and in
    order; together they hold every sentence.
    """
    pieces: list[str] = []
    for sentence in article:
        text = normalize(sentence.text).text
        tokens = count_tokens([text])[0]
        if tokens <= room:
            pieces.append(text)
            continue
        size = max(1, len(text) * room // tokens)
        whole = Sentence(text, 0, len(text), 0)
        cut = [piece.text for piece in clauses(whole, size)]
        while size > 1 and max(count_tokens(cut)) > room:
            size = max(1, size * 3 // 4)
            cut = [piece.text for piece in clauses(whole, size)]
        pieces.extend(cut)
    if not pieces:
        return []
    joined: list[str] = [pieces[0]]
    for piece, tokens in zip(pieces[1:], count_tokens(pieces)[1:], strict=True):
        # Joining two texts never takes more tokens than both and the blank between them.
        if count_tokens([joined[-1]])[0] + tokens + 1 <= room:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined
