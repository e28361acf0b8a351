"""Faults of parts and wholes: clauses, halves, loops, copies, other sentences."""

from __future__ import annotations

import re
from random import Random

from .fault_words import Plant
from .parallel import Lines

# Words that a clause has at least, and that stay at least.
_LEAST_WORDS = 4
# Words that an added clause has at most.
_MOST_WORDS = 12
_CUT = re.compile(
    r"[,;:]\s+|\s[–—-]+\s+|\s(?=(?:and|but|while|which|who|because|although|though|when|where"
    r"|after|before|since|so that|unless|if)\s)"
)


def _clause_dropped(which: str) -> Plant:
    """Return a planter that leaves out the first, a middle or the last clause."""

    def plant(lines: Lines, at: int, chance: Random) -> str | None:
        text = lines.texts[at]
        clauses = clauses_of(text)
        if which == "middle":
            choice = clauses[1:-1]
        else:
            choice = [clauses[0 if which == "first" else -1]] if len(clauses) > 1 else []
        choice = [c for c in choice if len(text[slice(*c)].split()) >= _LEAST_WORDS]
        if not choice:
            return None
        start, end = chance.choice(choice)
        rest = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
        if which == "first":
            rest = re.sub(r"^(?:and|but|or|so)\s+", "", rest.lstrip(",;:- "))
            rest = rest[:1].upper() + rest[1:]
        elif which == "last":
            rest = rest.rstrip(",;:- ") + "."
        return rest if len(rest.split()) >= _LEAST_WORDS else None

    return plant


def _clause_added(lines: Lines, at: int, chance: Random) -> str | None:
    """Go on with a clause of another sentence, as a model that invents."""
    for _ in range(20):
        other = lines.texts[chance.randrange(len(lines.texts))]
        clauses = [other[slice(*c)].strip(" ,;:.-") for c in clauses_of(other)[1:]]
        clauses = [c for c in clauses if _LEAST_WORDS <= len(c.split()) <= _MOST_WORDS]
        if clauses and other != lines.texts[at]:
            return f"{lines.texts[at].rstrip('.')}, {chance.choice(clauses)}."
    return None


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of an English sentence begin and end.

    A clause ends behind a comma, semicolon or colon, and before a conjunction that goes on with
    the sentence; pieces of fewer than three words belong to the one before them.
    """
    cuts = [m.end() for m in _CUT.finditer(text)]
    found: list[tuple[int, int]] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        short = len(text[start:end].split()) < 3
        if found and (short or len(text[slice(*found[-1])].split()) < 3):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _replaced(lines: Lines, at: int, chance: Random) -> str | None:
    """Put a sentence there that stands more than ten lines away: another article's."""
    others = [n for n in range(len(lines.texts)) if abs(n - at) > 10]
    return lines.texts[chance.choice(others)] if others else None


def _neighbour(lines: Lines, at: int, chance: Random) -> str | None:
    """Put the next sentence there, which is mostly of the same article."""
    return lines.texts[at + 1] if at + 1 < len(lines.texts) else None


def _looped(lines: Lines, at: int, chance: Random) -> str | None:
    """Say one phrase of one to eight words four times more."""
    words = lines.texts[at].split()
    size = chance.randint(1, min(8, len(words)))
    start = chance.randrange(len(words) - size + 1)
    phrase = words[start : start + size]
    return " ".join(words[: start + size] + phrase * 4 + words[start + size :])


def _said_twice(lines: Lines, at: int, chance: Random) -> str | None:
    return f"{lines.texts[at]} {lines.texts[at]}"


def _copied(lines: Lines, at: int, chance: Random) -> str | None:
    return lines.source[at]


def _half_lost(lines: Lines, at: int, chance: Random) -> str | None:
    """End after half the words, with a full stop, as if that were all."""
    words = lines.texts[at].split()
    return " ".join(words[: len(words) // 2]).rstrip(",;:.") + "."


def _cut_off(lines: Lines, at: int, chance: Random) -> str | None:
    """Stop in the middle of a word after half to nine tenths, as a limit of tokens does."""
    text = lines.texts[at]
    place = int(len(text) * chance.uniform(0.5, 0.9))
    return text[:place].rstrip()


def _quote_lost(lines: Lines, at: int, chance: Random) -> str | None:
    """Leave out one of the quotation marks."""
    quotes = list(re.finditer('["“”]', lines.texts[at]))
    if len(quotes) < 2 or len(quotes) % 2:
        return None
    quote = chance.choice(quotes)
    return lines.texts[at][: quote.start()] + lines.texts[at][quote.end() :]


PLANTS: dict[str, Plant] = {
    "clause-dropped-first": _clause_dropped("first"),
    "clause-dropped-middle": _clause_dropped("middle"),
    "clause-dropped-last": _clause_dropped("last"),
    "clause-added": _clause_added,
    "half-lost": _half_lost,
    "cut-off": _cut_off,
    "sentence-replaced": _replaced,
    "sentence-next": _neighbour,
    "loop": _looped,
    "said-twice": _said_twice,
    "source-copied": _copied,
    "quote-lost": _quote_lost,
}
"""The kinds of fault in which a part or the whole is lost, added or another."""
