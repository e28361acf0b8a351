"""Words that carry the news: what rose, what was suspended, what may happen, on which day.

A fluent translation can turn a sentence round with one word: flights that were suspended take
place, prices that fell rise. The table ``data/content.tsv`` holds such words with everything that
English may say for them, widely: only a translation with *nothing* of the kind is flagged. It was
written without sight of the test sets and its rows were then kept or widened until good systems
passed (docs/trust.md has the rates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from mujaz.arabic import Name, fold, fold_with_offsets
from mujaz.arabic.proclitics import stems

from .finding import Finding, Kind

TABLE = Path(__file__).parent / "data" / "content.tsv"
_BAR = " | "
_WORD = re.compile(r"[\u0621-\u064a]+")
# Endings that leave a listed form what it is: his, her, their; the accusative's alef.
_ENDINGS = ("ه", "ها", "هم", "ا")
# س makes a future of a verb that begins with one of these, and of nothing else: سمات, features, is
# nobody's death (مات).
_FUTURE = re.compile("^س(?=[ينت])")
# Days that English often says by the weekday beside them alone: أمس الثلاثاء, on Tuesday.
_RELATIVE_DAYS = frozenset({"yesterday", "tomorrow"})
# Characters between the two at most: a space and a bracket or comma.
_BESIDE = 2
# A ministry: its و is no "and" before a visit (زار).
_MINISTRY = re.compile("وزار(?:ه|ت.)")
# A stem this short behind its particles and endings could be anything.
_SHORTEST = 3
# No open form of the table is longer; without this a word's time grows with its square.
_LONGEST_OPEN = 20


@dataclass(frozen=True)
class Concept:
    """One thing that a sentence can say, and the words for it.

    Attributes:
        name: In the table.
        kind: Of the findings: ``content``, ``modality`` or ``day``.
        english: How a message names it.
        opposite: Concepts that say the contrary, or stand in its place (another day).
        arabic: Forms, folded; ``*`` ends an open one; several words are a phrase.
        said: What English may say; ``*`` stands for letters.
    """

    name: str
    kind: Kind
    english: str
    opposite: tuple[str, ...]
    arabic: tuple[str, ...]
    said: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What English may say, as one expression."""
        ways = "|".join(_expression(way) for way in self.said)
        return re.compile(rf"(?<![a-z])(?:{ways})(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Hit:
    concept: Concept
    start: int
    end: int


def check_content(source: str, text: str, names: Sequence[Name] = ()) -> list[Finding]:
    """Return the words that carry the news in ``source`` and of which ``text`` says nothing.

    Severe where ``text`` says the opposite instead, a warning otherwise.

    Args:
        source: The Arabic.
        text: The English.
        names: Names found in ``source``; words inside them are theirs.
    """
    found = []
    hits = list(_hits(source, names))
    present = {hit.concept.name for hit in hits}
    for hit in {hit.concept.name: hit for hit in reversed(hits)}.values():
        if hit.concept.pattern.search(text) or _dated(hit, hits, text):
            continue
        turned = _turned(hit.concept, present, text)
        word = source[hit.start : hit.end]
        message = f'"{hit.concept.english}" ({word}) is in the source but not here'
        if turned:
            message += f', which has "{turned[0]}"'
        found.append(
            Finding(
                hit.concept.kind,
                "severe" if turned else "warning",
                message,
                source=(hit.start, hit.end),
                target=turned.span() if turned else None,
            )
        )
    return sorted(found, key=lambda finding: finding.source or (0, 0))


def _dated(hit: _Hit, hits: Sequence[_Hit], text: str) -> bool:
    """Return whether ``text`` says the weekday beside a day that is told from today."""
    return hit.concept.name in _RELATIVE_DAYS and any(
        other.concept.kind == "day"
        and hit.start <= other.start <= hit.end + _BESIDE
        and other.end > hit.end
        and other.concept.pattern.search(text)
        for other in hits
    )


def _turned(concept: Concept, present: set[str], text: str) -> re.Match[str] | None:
    """Return where ``text`` says the opposite, which the source does not say."""
    concepts = load_concepts()
    for name in concept.opposite:
        match = None if name in present else concepts[name].pattern.search(text)
        if match:
            return match
    return None


def _hits(source: str, names: Sequence[Name]) -> Iterator[_Hit]:
    """Yield the concepts of ``source`` with the words that carry them."""
    folded = fold_with_offsets(source)
    words = list(_WORD.finditer(folded.text))
    named = bytearray(len(source))
    for name in names:
        named[name.start : name.end] = b"\1" * (name.end - name.start)
    forms = _forms()
    for at, word in enumerate(words):
        for stem in _stems(word[0]):
            for rest, concept in forms.get(stem, ()):
                behind = words[at + 1 : at + 1 + len(rest)]
                if len(behind) < len(rest) or not all(map(_fits, rest, behind)):
                    continue
                start, end = folded.span(word.start(), (behind or [word])[-1].end())
                if 1 not in named[start:end]:
                    yield _Hit(concept, start, end)


def _fits(form: str, word: re.Match[str]) -> bool:
    return word[0].startswith(form[:-1]) if form.endswith("*") else form in set(_stems(word[0]))


def _stems(word: str) -> Iterator[str]:
    """Yield what a folded word may be without its particles, its article and its endings."""
    seen = set()
    for particles, stem in stems(word):
        if particles and _MINISTRY.match(word):
            continue
        for bare in (stem, stem.removeprefix("ال"), _FUTURE.sub("", stem)):
            for ending in ("", *_ENDINGS):
                form = bare.removesuffix(ending) if ending else bare
                if len(form) >= _SHORTEST - (form == bare == word):
                    seen.add(form)
    for form in seen:
        yield form
        # Open forms are listed by what they begin with.
        for size in range(4, min(len(form), _LONGEST_OPEN)):
            yield f"{form[:size]}*"
        yield f"{form}*"


@cache
def load_concepts() -> dict[str, Concept]:
    """Return the table's concepts by name."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return {
        name: Concept(
            name,
            cast(Kind, kind),
            english,
            tuple(opposite.split(_BAR)) if opposite else (),
            tuple(" ".join(map(_folded, form.split())) for form in arabic.split(_BAR)),
            tuple(said.split(_BAR)),
        )
        for name, kind, english, opposite, arabic, said in rows
    }


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], Concept]]]:
    """Return for the first word of each form what must follow it, and the concept."""
    forms: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for concept in load_concepts().values():
        for form in concept.arabic:
            first, *rest = form.split()
            forms.setdefault(first, []).append((tuple(rest), concept))
    return forms


def _folded(word: str) -> str:
    return fold(word.removesuffix("*")) + "*" * word.endswith("*")


def _expression(way: str) -> str:
    escaped = re.escape(way).replace(r"\ \*\ ", r"\s+\S+\s+").replace(r"\*", "[a-z]*")
    return escaped.replace(r"\ ", r"\s+").replace("'", "['’]")


def opposites(concepts: Iterable[Concept]) -> list[tuple[str, str]]:
    """Return pairs of concepts of which one says the contrary of the other."""
    return [(concept.name, other) for concept in concepts for other in concept.opposite]
