"""An article of any length brought down to one text that a model can read at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mujaz.arabic import Sentence, split

from .parts import Count, Part, parts
from .summary import Reading


def reduced(
    article: Sequence[Sentence],
    room: int,
    count_tokens: Count,
    write: Callable[[list[str]], list[str]],
) -> tuple[str, Reading]:
    """Return the text to be summarised, and what it tells of the article.

    An article that fits is returned as it is. A longer one is summarised in parts, and the parts'
    summaries are read as the article, until they fit. Where they do not get shorter, the parts'
    first sentences stand for them; where even these do not fit, what fits is read, and the reading
    says so.

    Args:
        article: Its sentences.
        room: Tokens that the model can read, marks included.
        count_tokens: Counts as the model does.
        write: Summarises each of some texts.

    Raises:
        EngineError: ``room`` is too small to hold a sentence.
    """
    first = parts(article, room, count_tokens)
    if len(first) == 1:
        return first[0].text, Reading(len(article), len(article))
    whole = Reading(len(article), len(article), len(first))
    pieces = first
    while len(pieces) > 1:
        shorter = [text for text in write([piece.text for piece in pieces]) if text.strip()]
        again = _joined(shorter, room, count_tokens)
        if len(again) >= len(pieces):
            again = _joined([split(text)[0].text for text in shorter], room, count_tokens)
        if not again or len(again) >= len(pieces):
            # Nothing got shorter, so the article's own beginning is all that can be told of it.
            return first[0].text, Reading(first[0].behind, len(article))
        pieces = again
    return pieces[0].text, whole


def _joined(texts: Sequence[str], room: int, count_tokens: Count) -> list[Part]:
    return parts([s for text in texts for s in split(text)], room, count_tokens)
