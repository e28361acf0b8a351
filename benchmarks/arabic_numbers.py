"""Numbers on real text: false alarms on good translations, planted faults caught, speed.

Run from the repository root: ``python benchmarks/arabic_numbers.py [--show SYSTEM]``. It reads
``../shared/data/flores-dev`` (997 segments). ``--show`` prints each segment of one system that
is flagged, to be read.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_match import match_numbers
from mujaz.arabic.numbers import find_numbers

DATA = Path("../shared/data/flores-dev")
SEED = 7


def lines(name: str) -> list[str]:
    """Return the segments of one file; entities that one system left in are decoded."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [html.unescape(line) for line in text.split("\n")[:997]]


def false_alarms(source: list[str], system: str, *, show: bool) -> None:
    """Print the share of segments in which something is missing or added."""
    missing = added = flagged = 0
    for arabic, english in zip(source, lines(f"{system}.en"), strict=True):
        match = match_numbers(find_numbers(arabic), find_english_numbers(english))
        missing += bool(match.missing)
        added += bool(match.added)
        flagged += not match.agrees
        if show and not match.agrees:
            print("\n" + arabic, english, sep="\n")
            print(
                "  missing:",
                *[f"{n.surface}|{n.kind}|{n.value}|{n.unit}" for n in match.missing],
                sep="  ",
            )
            print(
                "  added:  ",
                *[f"{n.surface}|{n.kind}|{n.value}|{n.unit}" for n in match.added],
                sep="  ",
            )
    total = len(source)
    print(
        f"{system:22} flagged {flagged:3} of {total} ({flagged / total:.1%})"
        f"  missing in {missing}, added in {added}"
    )


def changed(english: str, chance: random.Random) -> str | None:
    """Return ``english`` with one digit of a numeral changed; ``None`` without numerals."""
    places = [m.span() for m in re.finditer(r"(?<![A-Za-z])\d[\d,.]*\d|(?<![A-Za-z-])\d", english)]
    if not places:
        return None
    start, end = chance.choice(places)
    digits = [i for i in range(start, end) if english[i].isdigit()]
    at = chance.choice(digits)
    others = [d for d in "123456789" if d != english[at]]
    return english[:at] + chance.choice(others) + english[at + 1 :]


CLASSES = (
    ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "fifty"),
    ("January", "February", "March", "April", "June", "July", "August", "September", "November"),
    ("million", "billion", "trillion"),
    ("hundreds", "thousands", "millions"),
    ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
)


def reworded(english: str, chance: random.Random) -> str | None:
    """Return ``english`` with a number word or month made another; ``None`` without any."""
    places = [
        (match, words)
        for words in CLASSES
        for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", english)
    ]
    if not places:
        return None
    match, words = chance.choice(places)
    other = chance.choice([word for word in words if word != match.group()])
    return english[: match.start()] + other + english[match.end() :]


def caught(
    source: list[str], system: str, plant: Callable[[str, random.Random], str | None], *, show: bool
) -> None:
    """Print the share of planted faults that are newly flagged."""
    chance = random.Random(SEED)
    planted = found = 0
    for arabic, english in zip(source, lines(f"{system}.en"), strict=True):
        numbers = find_numbers(arabic)
        if not match_numbers(numbers, find_english_numbers(english)).agrees:
            continue
        fault = plant(english, chance)
        if fault is None:
            continue
        planted += 1
        if not match_numbers(numbers, find_english_numbers(fault)).agrees:
            found += 1
        elif show:
            print("not caught:", arabic, english, fault, sep="\n  ")
    kind = "digits" if plant is changed else "words"
    share = found / max(planted, 1)
    print(f"{system:22} planted in {kind} {planted}, caught {found} ({share:.1%})")


def speed(source: list[str]) -> None:
    """Print the megabytes (UTF-8) that each finder reads in a second, on one core."""
    for name, finder, text in (
        ("find_numbers", find_numbers, "\n".join(source * 5)),
        ("find_english_numbers", find_english_numbers, "\n".join(lines("reference.en") * 5)),
    ):
        best = min(_timed(finder, text) for _ in range(3))
        print(f"{name:22} {len(text.encode()) / 1e6 / best:.2f} MB/s")


def _timed(finder: object, text: str) -> float:
    begin = time.process_time()
    finder(text)  # type: ignore[operator]
    return time.process_time() - begin


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="print the flagged segments of this system")
    parser.add_argument("--show-planted", default="", help="print the planted faults not caught")
    options = parser.parse_args()
    source = lines("source.ar")
    found = [find_numbers(line) for line in source]
    some = sum(map(bool, found))
    strong = sum(any(not number.weak for number in numbers) for numbers in found)
    print(f"{len(source)} segments, {some} with a number, {strong} with a strong one")
    for system in ("reference", "google", "microsoft", "nllb", "opusmt", "argos"):
        false_alarms(source, system, show=system == options.show)
    for system in ("reference", "google", "microsoft"):
        for plant in (changed, reworded):
            caught(source, system, plant, show=system == options.show_planted)
    speed(source)


if __name__ == "__main__":
    main()
