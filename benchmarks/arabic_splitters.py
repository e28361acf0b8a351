"""Sentence splitters for Arabic on the golden table, and the speed of ``mujaz.arabic``.

Ours and every splitter that is installed; those that are not are named and passed over::

    pip install yasbd-lib arabic-sentencizer sentencex pysbd
    python benchmarks/arabic_splitters.py [--faults NAME] [--text FILE]

A case counts when all its sentences are right. Boundaries are scored by F1 over all cases: a
boundary is the number of non-space characters before it, so that a splitter that strips or joins
white space loses nothing by it. ``offsets`` says in how many cases each sentence stands in the text
as it is, in order.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from mujaz.arabic import find_boilerplate, fold, fold_with_offsets, normalize, split

TABLE = Path(__file__).parent.parent / "tests" / "arabic" / "sentences.tsv"
Splitter = Callable[[str], list[str]]


def cases(path: Path = TABLE) -> list[tuple[str, str, list[str]]]:
    """Return rule, text and expected sentences of each case."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rule, marked = line.split("\t")
            marked = marked.replace("⏎", "\n")
            pieces = [piece.strip() for piece in marked.split("‖")]
            found.append((rule, marked.replace("‖", ""), pieces))
    return found


def splitters() -> dict[str, Splitter]:
    """Return every splitter at hand by its name."""
    found: dict[str, Splitter] = {"mujaz": lambda text: [s.text for s in split(text)]}
    try:
        from yasbd import BoundaryDetector

        detector = BoundaryDetector("ar")
        found["yasbd-lib"] = lambda text: list(detector.segment(text))
    except ImportError:
        print("yasbd-lib is not installed")
    try:
        import sentencex

        found["sentencex"] = lambda text: list(sentencex.segment("ar", text))
    except ImportError:
        print("sentencex is not installed")
    try:
        import pysbd

        segmenter = pysbd.Segmenter(language="ar", clean=False)
        found["pysbd"] = segmenter.segment
    except ImportError:
        print("pysbd is not installed")
    try:
        from arabic_sentencizer import ArabicSentencizer

        # Its default downloads a corpus of English news; the rules are the same without it.
        sentencizer = ArabicSentencizer(train_on_reuters=False)
        found["arabic-sentencizer"] = sentencizer.split_sentences
    except ImportError:
        print("arabic-sentencizer is not installed")
    return found


def boundaries(pieces: list[str]) -> set[int]:
    """Return the inner boundaries as counts of non-space characters."""
    marks, count = set(), 0
    for piece in pieces[:-1]:
        count += len("".join(piece.split()))
        marks.add(count)
    return marks


def in_place(text: str, pieces: list[str]) -> bool:
    """Return whether the pieces stand in the text as they are and cover it."""
    position = 0
    for piece in pieces:
        start = text.find(piece.strip(), position)
        if start < 0 or text[position:start].strip():
            return False
        position = start + len(piece.strip())
    return not text[position:].strip()


def score(splitter: Splitter, faults: bool) -> tuple[int, float, int]:
    """Return the cases right, the F1 of the boundaries in percent, and the cases in place."""
    right = exact = hits = found = wanted = 0
    for rule, text, expected in cases():
        got = [piece.strip() for piece in splitter(text) if piece.strip()]
        good, want = boundaries(got), boundaries(expected)
        hits += len(good & want)
        found += len(good)
        wanted += len(want)
        exact += in_place(text, got)
        same = ["".join(piece.split()) for piece in got] == [
            "".join(piece.split()) for piece in expected
        ]
        right += same
        if faults and not same:
            print(f"{rule}: {' ‖ '.join(got)}")
    return right, 200 * hits / (found + wanted), exact


def speed(work: Callable[[str], object], text: str) -> float:
    """Return megabytes of UTF-8 a second of processor time, the best of five runs."""
    size = len(text.encode()) / 1e6
    best = 0.0
    for _ in range(5):
        begin = time.process_time()
        work(text)
        best = max(best, size / (time.process_time() - begin))
    return best


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", metavar="NAME", help="print the cases this splitter misses")
    parser.add_argument("--text", type=Path, help="text to measure speed on; default: the table")
    options = parser.parse_args()
    table = cases()
    text = (
        options.text.read_text(encoding="utf-8")
        if options.text
        else "\n\n".join(text for _, text, _ in table) * 40
    )
    print(f"{len(table)} cases; speed on {len(text.encode()) / 1e6:.2f} MB")
    print(f"{'splitter':<20}{'cases right':>12}{'F1':>8}{'in place':>10}{'MB/s':>8}")
    for name, splitter in splitters().items():
        right, f1, exact = score(splitter, name == options.faults)
        # pysbd takes minutes for a megabyte.
        sample = text if name != "pysbd" else text[: len(text) // 8]
        pace = speed(splitter, sample)
        print(f"{name:<20}{right:>12}{f1:>8.1f}{exact:>10}{pace:>8.2f}", flush=True)
    for work in (split, find_boilerplate, normalize, fold, fold_with_offsets):
        print(f"{work.__name__:<20}{speed(work, text):>38.2f}")


if __name__ == "__main__":
    main()
