"""Words around an ambiguous form that decide whether it is a name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .lexicon import DATA
from .normal import fold

_ALIKE = {"capital": "city", "region": "city", "territory": "city"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Folded words that speak for or against a name.

    Attributes:
        before: By kind, the words that announce a name of that kind right before it; by English,
            those that announce this name alone: no one says "in a grandmother", but in Jeddah.
        near: By English, the words anywhere in a text that speak for a name.
        never_after: By form, the words behind which it is not a name.
        never_before: By form, the words before which it is not a name.
        never_spelled: Spellings as written, not folded, that are never names.
        adjectives: First words of forms that are an adjective behind a noun with the article:
            الخارجية الأمريكية is the State Department, السياسة الخارجية الأمريكية is not.
    """

    before: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]
    never_after: Mapping[str, frozenset[str]]
    never_before: Mapping[str, frozenset[str]]
    never_spelled: frozenset[str]
    adjectives: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cues of ``data/name_cues.toml``, read on first use."""
    table = tomllib.loads((DATA / "name_cues.toml").read_text(encoding="utf-8"))
    before = {kind: _folded(words) for kind, words in table["before"].items()}
    before |= {kind: before[like] for kind, like in _ALIKE.items()}
    before |= {english: _folded(words) for english, words in table["prepositions"].items()}
    never = table["never"]
    return Cues(
        before=before,
        near={english: _folded(words) for english, words in table["near"].items()},
        never_after={fold(form): _folded(words) for form, words in never["after"].items()},
        never_before={fold(form): _folded(words) for form, words in never["before"].items()},
        never_spelled=frozenset(never["spelling"].split()),
        adjectives=_folded(never["adjective"]),
    )


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())
