"""From pairs to prompts: those of run time, half of them with the names and terms told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic import find_names
from mujaz.arabic.terms import find_terms
from mujaz.models.engine import Prompt
from mujaz.translate.instruct import instruct_prompt
from mujaz.translate.source import given

from .config import fingerprint
from .ledger import Ledger
from .selection import Choice

_WORD = re.compile(r"[^\W\d_]+")
# Letters that two forms of a word share: "elections" and "election", "announced" and "announces".
_STEM = 5
_SMALL = frozenset({"of", "the", "and", "for", "in", "to", "on", "a", "an", "at", "by"})
_BLOCK = 1024


class Example(NamedTuple):
    """What the model reads and what it is to answer.

    Attributes:
        prompt: As at run time.
        answer: The English.
        names: Names that it is told.
        terms: Terms that it is told.
    """

    prompt: Prompt
    answer: str
    names: int
    terms: int


def example_of(choice: Choice) -> Example:
    """Return the prompt and the answer of one pair.

    Of the names and terms that the lexicon finds, those are told which the answer bears out: a
    model that is told "Jordan" where the answer has "Michael" learns not to listen.
    """
    source, answer = choice.pair.arabic, choice.pair.english
    if not choice.told:
        return Example(instruct_prompt(source, ()), answer, 0, 0)
    found = find_names(source)
    names = [name for name in found if _borne_out(name.english, answer)]
    terms = [term for term in find_terms(source, found) if _borne_out(term.english, answer)]
    prompt = instruct_prompt(source, given(names), terms)
    return Example(prompt, answer, len(names), len(terms))


def examples_of(
    choices: Sequence[Choice], kept: Path, tell: Callable[[str], None]
) -> list[Example]:
    """Return the example of each choice; what ``kept`` has already is not made again."""
    ledger = Ledger(kept, fingerprint(choices))
    found = [
        Example(Prompt(text, system=system), answer, names, terms)
        for text, system, answer, names, terms in ledger
    ]
    while len(found) < len(choices):
        block = [example_of(choice) for choice in choices[len(found) : len(found) + _BLOCK]]
        ledger.add(*([e.prompt.text, e.prompt.system, *e[1:]] for e in block))
        found += block
        tell(f"made {len(found)} of {len(choices)} examples")
    return found


def _borne_out(english: str, answer: str) -> bool:
    """Say whether every word of weight of ``english`` stands in ``answer``, in some form."""
    stems = {word[:_STEM] for word in _WORD.findall(answer.lower())}
    wanted = [w for w in _WORD.findall(english.lower()) if w not in _SMALL]
    return bool(wanted) and all(word[:_STEM] in stems for word in wanted)
