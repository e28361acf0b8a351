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
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from . import fault_facts, fault_parts, fault_words
from .fault_words import Plant
from .parallel import FLORES, Lines, read

PLANTS: dict[str, Plant] = fault_facts.PLANTS | fault_words.PLANTS | fault_parts.PLANTS
"""The kinds of fault, with what plants them."""


def planted(lines: Lines, kind: str, seed: int) -> Iterator[tuple[int, str]]:
    """Yield the number and the faulty English of each line in which ``kind`` has a place."""
    for at, text in enumerate(lines.texts):
        if not text.strip():
            continue
        fault = PLANTS[kind](lines, at, Random(f"{seed}/{kind}/{at}"))
        if fault is not None and fault != text and fault.strip():
            yield at, fault


def main() -> int:
    """Write the planted pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, default=FLORES)
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
