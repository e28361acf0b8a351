"""The checks on real text: flags on seven systems and the reference, planted faults caught, speed.

Run from the repository root: ``python benchmarks/checks.py [--show SYSTEM [--kind KIND]]``. It
reads ``../shared/data/flores-dev`` (997 segments). ``--show`` prints what is flagged in the output
of one system, to be read.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from mujaz.arabic import Name, find_english_numbers, find_names, normalize
from mujaz.arabic.lexicon import DATA as TABLE_FOLDER
from mujaz.arabic.lexicon import read_table
from mujaz.checks import Finding, check_translation
from mujaz.checks.english_names import find_english_names
from mujaz.models.encoder import sentence_encoder

DATA = Path("../shared/data/flores-dev")
# In the order of their published BLEU on this set.
SYSTEMS = (
    "google",
    "microsoft",
    "bergamot-base",
    "bergamot-base-memory",
    "nllb",
    "opusmt",
    "argos",
)
SEED = 7

Plant = Callable[[int, "Bench", Sequence[str], random.Random], "str | None"]
"""Returns a segment with a fault, or ``None`` where the fault has no place."""


def lines(name: str) -> list[str]:
    """Return the segments of one file; entities that one system left in are decoded."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [html.unescape(line) for line in text.split("\n")[:997]]


class Bench:
    """The source with its names and vectors, computed once."""

    def __init__(self) -> None:
        self.source = [normalize(line).text for line in lines("source.ar")]
        self.names: list[list[Name]] = [find_names(text) for text in self.source]
        self.vectors = sentence_encoder().encode(self.source)

    def check(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Return the findings of one translation of every segment."""
        similarities = (self.vectors * sentence_encoder().encode(texts)).sum(axis=1)
        return [
            check_translation(source, text, names, similarity=float(similarity))
            for source, text, names, similarity in zip(
                self.source, texts, self.names, similarities, strict=True
            )
        ]

    def flag_rates(self, system: str, *, show: str | None) -> None:
        """Print the share of flagged segments of one system, and how many by kind."""
        texts = lines(f"{system}.en")
        findings = self.check(texts)
        warned = sum(any(f.severity != "info" for f in found) for found in findings)
        severe = sum(any(f.severity == "severe" for f in found) for found in findings)
        kinds = Counter(
            kind for found in findings for kind in {f.kind for f in found if f.severity != "info"}
        )
        total = len(texts)
        told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"{system:21} flagged {warned / total:.1%}  severe {severe / total:.1%}  ({told})")
        if show is None:
            return
        for number, (source, text, found) in enumerate(
            zip(self.source, texts, findings, strict=True), 1
        ):
            told_of = [f for f in found if f.severity != "info" and show in ("all", f.kind)]
            if told_of:
                print(f"\n{number} {source}\n   {text}")
                print(*(f"   {f.severity} {f.kind}: {f.message}" for f in told_of), sep="\n")

    def catch_rates(self) -> None:
        """Print how many planted faults are found: by a finding above info, and by a severe one."""
        reference = lines("reference.en")
        clean = [not _flagged(found) for found in self.check(reference)]
        for title, plant in PLANTS.items():
            chance = random.Random(SEED)
            planted = [
                plant(at, self, reference, chance) if clean[at] else None
                for at in range(len(reference))
            ]
            filled = [new or old for new, old in zip(planted, reference, strict=True)]
            changed = [found for new, found in zip(planted, self.check(filled), strict=True) if new]
            caught = sum(map(_flagged, changed))
            severe = sum(any(f.severity == "severe" for f in found) for found in changed)
            count = len(changed)
            print(
                f"{title:34} caught {caught} of {count} ({caught / count:.1%}), "
                f"severe {severe / count:.1%}"
            )


def _flagged(found: Sequence[Finding]) -> bool:
    return any(f.severity != "info" for f in found)


def number_changed(
    at: int, bench: Bench, texts: Sequence[str], chance: random.Random
) -> str | None:
    """Change one digit of one numeral that is not weak."""
    numbers = [
        n for n in find_english_numbers(texts[at]) if re.search(r"\d", n.surface) and not n.weak
    ]
    if not numbers:
        return None
    number = chance.choice(numbers)
    places = [number.start + m.start() for m in re.finditer(r"\d", number.surface)]
    place = chance.choice(places)
    digit = chance.choice([d for d in "123456789" if d != texts[at][place]])
    return texts[at][:place] + digit + texts[at][place + 1 :]


def number_dropped(
    at: int, bench: Bench, texts: Sequence[str], chance: random.Random
) -> str | None:
    """Leave out one numeral that is not weak."""
    numbers = [
        n for n in find_english_numbers(texts[at]) if re.search(r"\d", n.surface) and not n.weak
    ]
    if not numbers:
        return None
    number = chance.choice(numbers)
    return " ".join((texts[at][: number.start] + texts[at][number.end :]).split())


def replaced(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Put another sentence of the same document collection there."""
    return texts[chance.choice([n for n in range(len(texts)) if abs(n - at) > 10])]


def neighbour(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Put the next sentence there, which is mostly of the same article."""
    return texts[at + 1] if at + 1 < len(texts) else None


def looped(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Say one phrase of one to eight words four times more."""
    words = texts[at].split()
    size = chance.randint(1, min(8, len(words)))
    start = chance.randrange(len(words) - size + 1)
    phrase = words[start : start + size]
    return " ".join(words[: start + size] + phrase * 4 + words[start + size :])


def said_twice(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Say the whole sentence twice."""
    return f"{texts[at]} {texts[at]}"


def copied(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Leave the Arabic as it is."""
    return bench.source[at]


def half_lost(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Lose the second half."""
    words = texts[at].split()
    return " ".join(words[: len(words) // 2]) + "."


def negation_removed(
    at: int, bench: Bench, texts: Sequence[str], chance: random.Random
) -> str | None:
    """Leave out one negation: not, never, no."""
    places = list(_NEGATION.finditer(texts[at]))
    if not places:
        return None
    place = chance.choice(places)
    return " ".join((texts[at][: place.start()] + texts[at][place.end() :]).split())


def negation_added(
    at: int, bench: Bench, texts: Sequence[str], chance: random.Random
) -> str | None:
    """Deny the first verb of a sentence in which nothing is denied."""
    verb = _AUXILIARY.search(texts[at])
    if verb is None or _NEGATION.search(texts[at]):
        return None
    return f"{texts[at][: verb.end()]} not{texts[at][verb.end() :]}"


def turned_round(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
    """Say the opposite with one word: rose for fell, north for south."""
    found = list(_TURNING.finditer(texts[at]))
    if not found:
        return None
    word = chance.choice(found)
    return texts[at][: word.start()] + _TURNED[word[0].lower()] + texts[at][word.end() :]


def name_swapped(kinds: frozenset[str], table: str) -> Plant:
    """Return a planter that puts another name of the same sort for one that the Arabic has."""
    entries = [e for e in read_table(TABLE_FOLDER / f"{table}.tsv") if e.kind in kinds]
    spellings = sorted({e.english for e in entries if not e.ambiguous and e.english[0].isupper()})

    def plant(at: int, bench: Bench, texts: Sequence[str], chance: random.Random) -> str | None:
        known = {n.english for n in bench.names[at]} | {s for n in bench.names[at] for s in n.also}
        present = [
            n
            for n in find_english_names(texts[at])
            if n.sure and n.kinds & kinds and n.identities & known
        ]
        if not present:
            return None
        chosen = chance.choice(present)
        other = chance.choice([s for s in spellings if s not in chosen.identities])
        return re.sub(rf"\b{re.escape(chosen.surface)}\b", other, texts[at])

    return plant


_NEGATION = re.compile(r"\b(?:not|never|no|cannot)\b(?!\.)|n['’]t\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|can|would|could|should|may|must)\b"
)
_PAIRS = (
    ("rose", "fell"), ("increased", "decreased"), ("increase", "decrease"), ("rise", "fall"),
    ("higher", "lower"), ("north", "south"), ("northern", "southern"), ("east", "west"),
    ("eastern", "western"), ("won", "lost"), ("win", "lose"), ("bought", "sold"),
    ("imports", "exports"), ("rejected", "approved"), ("monday", "Friday"),
    ("tuesday", "Saturday"), ("wednesday", "Sunday"), ("thursday", "Monday"),
    ("friday", "Tuesday"), ("saturday", "Wednesday"), ("sunday", "Thursday"),
)  # fmt: skip
_TURNED = {b: a for a, b in _PAIRS} | dict(_PAIRS)
_TURNING = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b", re.IGNORECASE)

PLANTS: dict[str, Plant] = {
    "a digit changed": number_changed,
    "a number dropped": number_dropped,
    "another sentence": replaced,
    "the next sentence": neighbour,
    "a phrase looped": looped,
    "the sentence twice": said_twice,
    "the source copied": copied,
    "the second half lost": half_lost,
    "a negation removed": negation_removed,
    "a negation added": negation_added,
    "a word turned round": turned_round,
    "another country": name_swapped(frozenset({"country"}), "countries"),
    "another capital": name_swapped(frozenset({"capital"}), "capitals"),
    "another person": name_swapped(frozenset({"person"}), "people"),
    "another people": name_swapped(frozenset({"nationality"}), "demonyms"),
}


def speed(bench: Bench) -> None:
    """Print the processor time of all checks, one pair at a time as in a translation."""
    pairs = list(zip(bench.source, lines("reference.en"), bench.names, strict=True))[:300]
    check_translation(*pairs[0])
    start = time.process_time()
    for source, text, names in pairs:
        check_translation(source, text, names)
    whole = (time.process_time() - start) / len(pairs)
    start = time.process_time()
    for source, text, names in pairs:
        check_translation(source, text, names, similarity=1.0)
    rest = (time.process_time() - start) / len(pairs)
    print(f"all checks {whole * 1000:.1f} ms a sentence, without the encoder {rest * 1000:.1f} ms")


def main() -> None:
    """Run all measurements, or print what is flagged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="SYSTEM", choices=(*SYSTEMS, "reference"))
    parser.add_argument("--kind", default="all", metavar="KIND", help="with --show")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit("skipped: no ../shared/data here")
    bench = Bench()
    if options.show:
        bench.flag_rates(options.show, show=options.kind)
        return
    for system in (*SYSTEMS, "reference"):
        bench.flag_rates(system, show=None)
    bench.catch_rates()
    speed(bench)


if __name__ == "__main__":
    main()
