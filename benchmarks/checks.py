"""The checks on real text: flags on seven systems and the reference, planted faults caught, speed.

    python -m benchmarks.checks                 # flag rates, planted faults, speed
    python -m benchmarks.checks --faults --most 200 --seed 7
    python -m benchmarks.checks --show google --kind name

Reads ``../shared/data/flores-dev`` (997 segments). The faults are those of ``benchmarks.faults``.
``--show`` prints what is flagged in the output of one system, to be read.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from mujaz.arabic import Name, find_names, normalize
from mujaz.checks import Finding, check_translation
from mujaz.models.encoder import sentence_encoder

from .faults import PLANTS, planted
from .parallel import FLORES, SYSTEMS, Lines, read_lines


def lines(name: str) -> list[str]:
    """Return the segments of one file; entities that one system left in are decoded."""
    return [html.unescape(line) for line in read_lines(FLORES / name)]


class Bench:
    """The source with its names and vectors, computed once."""

    def __init__(self) -> None:
        self.source = [normalize(line).text for line in lines("source.ar")]
        self.names: list[list[Name]] = [find_names(text) for text in self.source]
        self.vectors = sentence_encoder().encode(self.source)

    def check(self, pairs: Sequence[tuple[int, str]]) -> Iterator[list[Finding]]:
        """Yield the findings of English texts, each with the number of its source."""
        encoded = sentence_encoder().encode([text for _, text in pairs])
        for (at, text), vector in zip(pairs, encoded, strict=True):
            near = float(self.vectors[at] @ vector)
            yield check_translation(
                self.source[at], text, self.names[at], similarity=near, whole=True
            )

    def flag_rates(self, system: str, *, show: str | None) -> None:
        """Print the share of flagged segments of one system, and how many by kind."""
        texts = lines(f"{system}.en")
        findings = list(self.check(list(enumerate(texts))))
        warned = sum(any(f.severity != "info" for f in found) for found in findings)
        severe = sum(any(f.severity == "severe" for f in found) for found in findings)
        kinds = Counter(
            kind for found in findings for kind in {f.kind for f in found if f.severity != "info"}
        )
        total = len(texts)
        told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(
            f"{system:21} flagged {warned / total:.1%}  severe {severe / total:.1%}  ({told})",
            flush=True,
        )
        if show is None:
            return
        for number, (source, text, found) in enumerate(
            zip(self.source, texts, findings, strict=True), 1
        ):
            told_of = [f for f in found if f.severity != "info" and show in ("all", f.kind)]
            if told_of:
                print(f"\n{number} {source}\n   {text}")
                print(*(f"   {f.severity} {f.kind}: {f.message}" for f in told_of), sep="\n")

    def catch_rates(self, seed: int, most: int) -> None:
        """Print how many planted faults are found: by a finding above info, and by a severe one.

        Only faults in lines count that have no finding as they are.
        """
        pairs = Lines(self.source, lines("reference.en"))
        clean = [not _flagged(found) for found in self.check(list(enumerate(pairs.texts)))]
        for kind in PLANTS:
            faults = [(at, text) for at, text in planted(pairs, kind, seed) if clean[at]]
            if len(faults) > most:
                faults = sorted(Random(f"{seed}/{kind}").sample(faults, most))
            if not faults:
                print(f"{kind:22} has no place")
                continue
            found = list(self.check(faults))
            caught = sum(map(_flagged, found))
            severe = sum(any(f.severity == "severe" for f in some) for some in found)
            by = Counter(kind for some in found for kind in {f.kind for f in some if _counts(f)})
            told = ", ".join(f"{name} {count}" for name, count in by.most_common(4))
            print(
                f"{kind:22} caught {caught} of {len(faults)} ({caught / len(faults):.1%}), "
                f"severe {severe / len(faults):.1%}  ({told})",
                flush=True,
            )


def _flagged(found: Sequence[Finding]) -> bool:
    return any(map(_counts, found))


def _counts(finding: Finding) -> bool:
    return finding.severity != "info"


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
    """Run all measurements or those asked for, or print what is flagged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--systems", action="store_true", help="flag rates alone")
    parser.add_argument("--faults", action="store_true", help="planted faults alone")
    parser.add_argument("--speed", action="store_true", help="speed alone")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--most", type=int, default=997, help="faults of a kind that are checked")
    parser.add_argument("--show", metavar="SYSTEM", choices=(*SYSTEMS, "reference"))
    parser.add_argument("--kind", default="all", metavar="KIND", help="with --show")
    options = parser.parse_args()
    if not FLORES.is_dir():
        sys.exit(f"skipped: {FLORES} is not here")
    every = not (options.systems or options.faults or options.speed)
    bench = Bench()
    if options.show:
        bench.flag_rates(options.show, show=options.kind)
        return
    if every or options.systems:
        for system in (*SYSTEMS, "reference"):
            bench.flag_rates(system, show=None)
    if every or options.faults:
        bench.catch_rates(options.seed, options.most)
    if every or options.speed:
        speed(bench)


if __name__ == "__main__":
    main()
