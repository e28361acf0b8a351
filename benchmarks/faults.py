"""Faults planted in good translations, to see what a checker catches.

Each planter takes one pair and returns the English with one fault of one kind, or nothing where the
fault has no place. What is drawn depends on the seed, the kind and the number of the line alone:
the same seed plants the same faults whatever else is planted, today and in a year.

    python -m benchmarks.faults --seed 7 --data DIR --output FILE.jsonl
    python -m benchmarks.faults --data DIR --kind clause-dropped-last --kind negation-removed

DIR holds ``source.ar`` and ``reference.en``, a sentence a line. Each line of FILE is one planted
pair: ``{"line", "kind", "source", "reference", "planted"}``; ``line`` counts from 0. Any checker
that reads pairs can be tested with it: the share that it flags is its catch rate, the share of
untouched references its false alarms.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from random import Random

from mujaz.arabic import Name, Number, find_english_numbers, find_names
from mujaz.arabic.lexicon import DATA as TABLES
from mujaz.arabic.lexicon import read_table
from mujaz.checks.english_names import find_english_names

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "flores-dev"


@dataclass(frozen=True)
class Lines:
    """A parallel text.

    Attributes:
        source: Arabic sentences, normalised.
        texts: Their English.
    """

    source: Sequence[str]
    texts: Sequence[str]

    @cached_property
    def names(self) -> list[list[Name]]:
        """The names of each Arabic sentence."""
        return [find_names(source) for source in self.source]


Plant = Callable[[Lines, int, Random], "str | None"]
"""Returns the English of a line with a fault, or ``None`` where the fault has no place."""


def planted(lines: Lines, kind: str, seed: int) -> Iterator[tuple[int, str]]:
    """Yield the number and the faulty English of each line in which ``kind`` has a place."""
    for at, text in enumerate(lines.texts):
        fault = PLANTS[kind](lines, at, Random(f"{seed}/{kind}/{at}"))
        if fault is not None and fault != text and fault.strip():
            yield at, fault


# ---------------------------------------------------------------- numbers


def _numerals(text: str) -> list[Number]:
    """Return the numbers in figures that count: not the 1 and 2 that Arabic has no word for."""
    return [n for n in find_english_numbers(text) if not n.weak and re.search(r"\d", n.surface)]


def _number_changed(lines: Lines, at: int, chance: Random) -> str | None:
    text = lines.texts[at]
    numbers = _numerals(text)
    if not numbers:
        return None
    number = chance.choice(numbers)
    place = chance.choice([number.start + m.start() for m in re.finditer(r"\d", number.surface)])
    digit = chance.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _number_dropped(lines: Lines, at: int, chance: Random) -> str | None:
    numbers = _numerals(lines.texts[at])
    return _without(lines.texts[at], chance.choice(numbers)) if numbers else None


def _number_added(lines: Lines, at: int, chance: Random) -> str | None:
    """Count something that is not counted: "of the 47 people" for "of the people"."""
    text = lines.texts[at]
    plurals = [m for m in _PLURAL.finditer(text) if not re.search(r"\d\W*$", text[: m.start(2)])]
    if not plurals:
        return None
    place = chance.choice(plurals).start(2)
    number = chance.choice([chance.randint(13, 99), 10 * chance.randint(11, 99)])
    return f"{text[:place]}{number} {text[place:]}"


def _magnitude(lines: Lines, at: int, chance: Random) -> str | None:
    return _exchanged(lines.texts[at], _MAGNITUDES, chance)


def _currency(lines: Lines, at: int, chance: Random) -> str | None:
    return _exchanged(lines.texts[at], _CURRENCIES, chance)


def _share(lines: Lines, at: int, chance: Random) -> str | None:
    return _exchanged(lines.texts[at], _SHARES, chance)


def _month(lines: Lines, at: int, chance: Random) -> str | None:
    """Put another month for one beside a day or a year."""
    text = lines.texts[at]
    found = [
        m for m in _MONTH.finditer(text) if re.search(r"\d", text[m.start() - 4 : m.end() + 5])
    ]
    if not found:
        return None
    month = chance.choice(found)
    other = chance.choice([name for name in _MONTHS if name != month[0]])
    return text[: month.start()] + other + text[month.end() :]


# ---------------------------------------------------------------- names and speakers


def _name_swapped(kinds: frozenset[str], table: str) -> Plant:
    """Return a planter that puts another name of the same sort for one that the Arabic has."""

    @cache
    def spellings() -> list[str]:
        entries = [e for e in read_table(TABLES / f"{table}.tsv") if e.kind in kinds]
        return sorted({e.english for e in entries if not e.ambiguous and e.english[0].isupper()})

    def plant(lines: Lines, at: int, chance: Random) -> str | None:
        text, names = lines.texts[at], lines.names[at]
        known = {n.english for n in names} | {spelling for n in names for spelling in n.also}
        present = [
            n
            for n in find_english_names(text)
            if n.sure and n.kinds & kinds and not (n.kinds - kinds) & {"country"}
            if n.identities & known
        ]
        if not present:
            return None
        chosen = chance.choice(present)
        other = chance.choice([s for s in spellings() if s not in chosen.identities])
        return re.sub(rf"\b{re.escape(chosen.surface)}\b", other, text)

    return plant


def _speaker_swapped(lines: Lines, at: int, chance: Random) -> str | None:
    """Give what one said to another who is named in the sentence, and the other way round."""
    text = lines.texts[at]
    places = [(n.start, n.end) for n in find_english_names(text) if not n.kinds & {"person"}]
    people = [
        m
        for m in _PERSON.finditer(text)
        if m[0].split()[0] not in _NO_PERSON
        and not any(m.start() < end and start < m.end() for start, end in places)
        and not _OF_NAME.search(text, 0, m.start())
    ]
    for speaker in people:
        if not (_SAYS.match(text, speaker.end()) or _SAID_BY.search(text, 0, speaker.start())):
            continue
        own = set(speaker[0].split())
        others = [m for m in people if own.isdisjoint(m[0].split())]
        if others:
            return _swapped(text, speaker[0], chance.choice(others)[0])
    return None


def _swapped(text: str, one: str, other: str) -> str:
    """Return ``text`` with two names in each other's place."""
    pieces = re.split(rf"\b({re.escape(one)}|{re.escape(other)})\b", text)
    return "".join({one: other, other: one}.get(piece, piece) for piece in pieces)


# ---------------------------------------------------------------- what is said of it


def _negation_removed(lines: Lines, at: int, chance: Random) -> str | None:
    text = lines.texts[at]
    places = list(_NEGATION.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    # won't is will not, can't and cannot are can.
    left = {"won't": "will ", "can't": "can ", "cannot": "can "}.get(place[0].lower(), " ")
    return " ".join(f"{text[: place.start()]}{left}{text[place.end() :]}".split())


def _negation_added(lines: Lines, at: int, chance: Random) -> str | None:
    """Deny the first verb of a sentence in which nothing is denied."""
    text = lines.texts[at]
    verb = _AUXILIARY.search(text)
    if verb is None or _NEGATION.search(text):
        return None
    return f"{text[: verb.end()]} not{text[verb.end() :]}"


def _turned_round(lines: Lines, at: int, chance: Random) -> str | None:
    return _exchanged(lines.texts[at], _TURNED, chance)


# ---------------------------------------------------------------- parts and wholes


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


# ---------------------------------------------------------------- words


def _without(text: str, part: Number | re.Match[str]) -> str:
    start, end = (part.start, part.end) if isinstance(part, Number) else part.span()
    return " ".join((text[:start] + text[end:]).split())


def _exchanged(text: str, words: dict[str, str], chance: Random) -> str | None:
    """Put its counterpart for one of the words, with its capital."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    found = list(pattern.finditer(text))
    if not found:
        return None
    word = chance.choice(found)
    other = words[word[0].lower()]
    if word[0][0].isupper():
        other = other[0].upper() + other[1:]
    return text[: word.start()] + other + text[word.end() :]


def _both_ways(*pairs: tuple[str, str]) -> dict[str, str]:
    return {b: a for a, b in pairs} | dict(pairs)


# Words that a clause has at least, and that stay at least.
_LEAST_WORDS = 4
# Words that an added clause has at most.
_MOST_WORDS = 12
_CUT = re.compile(
    r"[,;:]\s+|\s[–—-]+\s+|\s(?=(?:and|but|while|which|who|because|although|though|when|where"
    r"|after|before|since|so that|unless|if)\s)"
)
_PLURAL = re.compile(r"\b(the|by|for|with|their|its) ([a-z]{3,}[^s\W]s)\b")
_MAGNITUDES = _both_ways(("million", "billion"), ("thousand", "million"), ("hundred", "thousand"))
_CURRENCIES = _both_ways(
    ("dollars", "euros"), ("dollar", "euro"), ("$", "€"), ("us$", "€"), ("pounds", "dollars"),
    ("£", "$"), ("yen", "yuan"),
)  # fmt: skip
_SHARES = {"percent": "million", "%": " million", "per cent": "million"}
_MONTHS = (
    *("January", "February", "March", "April", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_PERSON = re.compile(
    r"\b(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.? )?[A-Z][\w-]+(?: (?:[A-Z]\.|al-\w+|[A-Z][\w-]+))*"
)
# What begins with a capital and says nothing: openers, days, months, and peoples.
_NO_PERSON = frozenset(
    {
        *("A", "About", "According", "After", "All", "Although", "An", "And", "As", "At", "Before"),
        *("Both", "But", "By", "Despite", "During", "Each", "Every", "For", "From", "He", "Her"),
        *("His", "However", "I", "If", "In", "It", "Its", "Last", "Many", "More", "Most", "No"),
        *("Not", "On", "One", "Other", "Our", "She", "Since", "So", "Some", "Such", "That", "The"),
        *("Their", "There", "These", "They", "This", "Those", "To", "Two", "Under", "We", "What"),
        *("When", "Where", "While", "With", "You", "Your", "Earlier", "Later", "Officials"),
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        *_MONTHS, "May", "Scientists", "Police", "Researchers", "Critics",
    }
)  # fmt: skip
_SPEECH = (
    r"(?:said|says|told|stated|states|added|adds|announced|claimed|claims|explained|argued|argues"
    r"|noted|confirmed|declared|remarked|commented|suggested|insisted|warned|wrote|asserted|denied)"
)
# Before a word that is part of a longer name: King of Clay, the School of Medicine, Smith's.
_OF_NAME = re.compile(r"(?:[A-Z]\w* of |-|\b(?:[Tt]he|[Aa]n?|see) (?:[a-z]+ )?)$")
_SAYS = re.compile(rf"(?:,[^,.]{{1,60}},)? (?:also |has |had |later |then |\w+ly )?{_SPEECH}\b")
_SAID_BY = re.compile(rf"(?:[\"”’],? {_SPEECH}|\b[Aa]ccording to) (?:[\w.]+ ){{0,3}}$")
_NEGATION = re.compile(r"\b(?:not|never|no|cannot|(?:wo|ca)n't)\b(?!\.)|n['’]t\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|can|would|could|should|may|must)\b"
)
_TURNED = {
    **_both_ways(
        ("rose", "fell"), ("increased", "decreased"), ("increase", "decrease"), ("rise", "fall"),
        ("higher", "lower"), ("north", "south"), ("northern", "southern"), ("east", "west"),
        ("eastern", "western"), ("won", "lost"), ("win", "lose"), ("bought", "sold"),
        ("imports", "exports"), ("rejected", "approved"),
    ),
    "monday": "friday", "tuesday": "saturday", "wednesday": "sunday", "thursday": "monday",
    "friday": "tuesday", "saturday": "wednesday", "sunday": "thursday",
}  # fmt: skip

PLANTS: dict[str, Plant] = {
    "number-changed": _number_changed,
    "number-dropped": _number_dropped,
    "number-added": _number_added,
    "magnitude-changed": _magnitude,
    "currency-changed": _currency,
    "share-changed": _share,
    "month-changed": _month,
    "country-swapped": _name_swapped(frozenset({"country"}), "countries"),
    "capital-swapped": _name_swapped(frozenset({"capital"}), "capitals"),
    "person-swapped": _name_swapped(frozenset({"person"}), "people"),
    "people-swapped": _name_swapped(frozenset({"nationality"}), "demonyms"),
    "speaker-swapped": _speaker_swapped,
    "negation-removed": _negation_removed,
    "negation-added": _negation_added,
    "word-turned": _turned_round,
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
"""The kinds of fault, with what plants them."""


def read(data: Path) -> Lines:
    """Return the pairs of a folder with ``source.ar`` and ``reference.en``."""
    from mujaz.arabic import normalize

    source, texts = (
        (data / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for name in ("source.ar", "reference.en")
    )
    if len(source) != len(texts):
        raise SystemExit(f"{data}: {len(source)} lines in source.ar, {len(texts)} in reference.en")
    return Lines([normalize(line).text for line in source], texts)


def main() -> int:
    """Write the planted pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
    parser.add_argument("--kind", action="append", choices=list(PLANTS), help="default: all")
    args = parser.parse_args()
    if not (args.data / "source.ar").exists():
        print(f"skipped: {args.data} is not here", file=sys.stderr)
        return 0
    lines = read(args.data)
    rows = [
        {
            "line": at,
            "kind": kind,
            "source": lines.source[at],
            "reference": lines.texts[at],
            "planted": text,
        }
        for kind in args.kind or PLANTS
        for at, text in planted(lines, kind, args.seed)
    ]
    out = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if args.output:
        args.output.write_text(out, encoding="utf-8")
    else:
        sys.stdout.write(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
