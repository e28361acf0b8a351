"""What became of each marked name, and the table of it: the rules head `benchmarks.name_marks`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mujaz.arabic import Name

# Kinds of names by the kind of mark that they answer to; the others are not measured.
KINDS = {
    "person": "person",
    "organisation": "organisation",
    "country": "country",
    "territory": "country",
    "capital": "place",
    "city": "place",
    "region": "place",
    "nationality": "nationality",
}
PLACES = frozenset({"country", "place"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked name at one place of the whole text."""

    kind: str
    optional: bool
    start: int
    end: int
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mark: who found it, if anyone, and how well."""

    mark: Mark
    name: Name | None
    strict: bool
    spelled: bool


def holds(mark: Mark, start: int, end: int) -> bool:
    """Return whether a span lies inside a mark."""
    return mark.start <= start and end <= mark.end


def plain(text: str) -> str:
    """Return ``text`` without case, accents, the article and the hyphen of al-."""
    text = unicodedata.normalize("NFD", text.replace("’", "'").replace("-", " ").casefold())
    kept = "".join(character for character in text if not unicodedata.combining(character))
    return kept.removeprefix("the ")


def says(held: Sequence[str], parts: Sequence[str]) -> bool:
    """Return whether one of ``held`` has one of ``parts`` in it, as whole words."""
    return any(f" {plain(part)} " in f" {plain(text)} " for text in held for part in parts)


def same(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether two lists of spellings share one."""
    return not {*map(plain, left)}.isdisjoint(map(plain, right))


def alike(name: Name, mark: Mark) -> bool:
    """Return whether a name and a mark are of one kind and overlap."""
    kind = KINDS.get(name.kind, "place" if name.source == "regions" else "")
    near = kind == mark.kind or {kind, mark.kind} <= PLACES
    return near and name.start < mark.end and mark.start < name.end


def verdict(mark: Mark, names: Sequence[Name]) -> Verdict:
    """Return what became of a mark: the name of its kind that covers most, or a longer one."""
    own = [name for name in names if alike(name, mark)]
    if own:
        best = max(own, key=lambda name: min(name.end, mark.end) - max(name.start, mark.start))
        exact = (best.start, best.end) == (mark.start, mark.end)
        return Verdict(mark, best, exact, same((best.english, *best.also), mark.english))
    for name in names:
        inside = name.start <= mark.start and mark.end <= name.end
        if inside and says((name.english, *name.also), mark.english):
            return Verdict(mark, name, False, True)
    return Verdict(mark, None, False, False)


def counted(names: Sequence[Name], marks: Sequence[Mark]) -> Iterator[tuple[Name, Mark | None]]:
    """Yield the names that count, each with its mark, or ``None`` where it is wrong."""
    for name in names:
        if name.kind not in KINDS:
            continue
        own = [mark for mark in marks if alike(name, mark)]
        if own:
            best = max(own, key=lambda mark: min(name.end, mark.end) - max(name.start, mark.start))
            if not best.optional:
                yield name, best
                continue
        around = (mark for mark in marks if name.start < mark.end and mark.start < name.end)
        if any(
            mark.optional
            or (
                holds(mark, name.start, name.end) and says(mark.english, (name.english, *name.also))
            )
            for mark in around
        ):
            continue
        yield name, None


def share(part: int, whole: int) -> str:
    """Return a share as text."""
    return f"{part}/{whole} {part / whole:.1%}" if whole else "-"


def report(verdicts: Sequence[Verdict], finds: Sequence[tuple[Name, Mark | None]]) -> str:
    """Return the table: recall and precision by kind, and people by look-up and guess."""
    head = ("kind", "recall", "same span", "English right", "precision", "same span")
    rows = [head, *(_row(kind, verdicts, finds) for kind in dict.fromkeys(KINDS.values()))]
    rows.append(_row("", verdicts, finds))
    for guess, title in ((False, "looked up"), (True, "guesses")):
        rows.append(_people(guess, title, verdicts, finds))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(
    kind: str, verdicts: Sequence[Verdict], finds: Sequence[tuple[Name, Mark | None]]
) -> tuple[str, ...]:
    of_kind = [one for one in verdicts if not kind or one.mark.kind == kind]
    found = [one for one in of_kind if one.name is not None]
    names = [pair for pair in finds if not kind or KINDS[pair[0].kind] == kind]
    return (
        kind or "all",
        share(len(found), len(of_kind)),
        share(sum(one.strict for one in of_kind), len(of_kind)),
        share(sum(one.spelled for one in found), len(found)),
        *_precision(names),
    )


def _people(
    guess: bool,
    title: str,
    verdicts: Sequence[Verdict],
    finds: Sequence[tuple[Name, Mark | None]],
) -> tuple[str, ...]:
    of_kind = [one for one in verdicts if one.mark.kind == "person"]
    found = [one for one in of_kind if one.name is not None and one.name.guess == guess]
    names = [pair for pair in finds if pair[0].kind == "person" and pair[0].guess == guess]
    return (
        f"person, {title}",
        share(len(found), len(of_kind)),
        share(sum(one.strict for one in found), len(of_kind)),
        share(sum(one.spelled for one in found), len(found)),
        *_precision(names),
    )


def _precision(names: Sequence[tuple[Name, Mark | None]]) -> tuple[str, str]:
    marks = [(name, mark) for name, mark in names if mark is not None]
    exact = sum((name.start, name.end) == (mark.start, mark.end) for name, mark in marks)
    return share(len(marks), len(names)), share(exact, len(names))
