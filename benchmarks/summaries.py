"""Summarizers against editors' summaries: ROUGE with intervals, paired against the lead.

    python -m benchmarks.summaries table            # BBC Arabic and EASC, all methods
    python -m benchmarks.summaries table --half held-out
    python -m benchmarks.summaries instruct FILE    # the embedded model's own summaries
    python -m benchmarks.summaries scorer           # this ROUGE against published figures
    python -m benchmarks.summaries speed            # time and memory of extract

Reads ../shared/data beside the checkout; says so and stops where it is absent.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import typer
from numpy.typing import NDArray

from mujaz.arabic import Article, article_from_text, sentences
from mujaz.summarize.extract import Extract
from mujaz.summarize.lead import Lead
from mujaz.summarize.summary import ArticleSummarizer

from .parallel import read_rows

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
Half = Literal["all", "choosing", "held-out"]
_TOKEN = re.compile(r"\w+")
_RESAMPLES = 2000
app = typer.Typer(add_completion=False, help=__doc__)


@dataclass(frozen=True, slots=True)
class Item:
    """An article and the summaries that people wrote or marked for it."""

    article: Article
    references: tuple[str, ...]


def bbc(field: str, *, title: bool, half: Half = "all") -> list[Item]:
    """Return the BBC articles, ``field`` being ``text`` or ``text_nolead``.

    The choosing half has the ids whose place in sorted order is even. Weights are chosen on it and
    reported on the other.
    """
    rows = sorted(_rows("summaries/bbc-arabic-dev.jsonl"), key=lambda row: row["id"])
    start, step = {"all": (0, 1), "choosing": (0, 2), "held-out": (1, 2)}[half]
    return [
        Item(
            replace(
                article_from_text(row[field], id=row["id"]), title=row["title"] if title else ""
            ),
            (row["summary"],),
        )
        for row in rows[start::step]
    ]


def easc() -> list[Item]:
    """Return the Essex corpus: five extracts of each text; its titles are no headlines."""
    return [
        Item(replace(article_from_text(row["text"], id=row["id"]), title=""), (*row["summaries"],))
        for row in _rows("summaries/easc.jsonl")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    if not path.exists():
        print(f"skipped: {path} is absent")
        raise typer.Exit(0)
    yield from read_rows(path)


# --- ROUGE: Lin 2004; F1, Unicode words in lower case, no stemming ---


def tokens(text: str) -> list[str]:
    """Return the words that are compared."""
    return _TOKEN.findall(text.lower())


def rouge(candidate: Sequence[str], reference: Sequence[str]) -> tuple[float, float, float]:
    """Return ROUGE-1, ROUGE-2 and ROUGE-L (one sequence) F1, 0 to 100."""

    def f1(common: int, first: int, second: int) -> float:
        return 200.0 * common / (first + second) if common else 0.0

    pairs = list(pairwise(candidate)), list(pairwise(reference))
    ones = (Counter(candidate) & Counter(reference)).total()
    twos = (Counter(pairs[0]) & Counter(pairs[1])).total()
    return (
        f1(ones, len(candidate), len(reference)),
        f1(twos, len(pairs[0]), len(pairs[1])),
        f1(_common_subsequence(candidate, reference), len(candidate), len(reference)),
    )


def _common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence, by bits (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, token in enumerate(b):
        places[token] = places.get(token, 0) | 1 << index
    full = (1 << len(b)) - 1
    row = full
    for token in a:
        hits = row & places.get(token, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(b) - row.bit_count()


def score(text: str, references: Sequence[str]) -> NDArray[np.float64]:
    """Return the mean over the references of the three scores."""
    words = tokens(text)
    each = [rouge(words, tokens(reference)) for reference in references]
    return np.asarray(np.mean(each, axis=0), dtype=np.float64)


def scores(method: ArticleSummarizer, items: Sequence[Item]) -> NDArray[np.float64]:
    """Return the scores of a method on every item: shape (items, 3)."""
    return np.array([score(method.summarize(item.article).text, item.references) for item in items])


def best_sentence(items: Sequence[Item]) -> NDArray[np.float64]:
    """Return the scores of the sentence that scores best (mean of the three) in each article."""
    rows = []
    for item in items:
        each = [score(found.text, item.references) for found in sentences(item.article)]
        rows.append(max(each, key=lambda row: float(row.mean())))
    return np.array(rows)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95% percentile bootstrap interval of the mean over items, seed 0."""
    generator = np.random.default_rng(0)
    draws = generator.integers(0, len(values), (_RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


METHODS: dict[str, Callable[[int], ArticleSummarizer]] = {"lead": Lead, "extract": Extract}
"""Name → a function of the number of sentences. A new method is a new entry."""


@app.command()
def table(
    half: Annotated[Half, typer.Option(help="Which of the BBC articles.")] = "all",
    counts: Annotated[str, typer.Option(help="Numbers of sentences, with commas.")] = "1,2,3",
) -> None:
    """Print ROUGE of all methods, each paired with the lead of as many sentences."""
    sets: dict[str, Callable[[], list[Item]]] = {
        "BBC without lead, no headline": lambda: bbc("text_nolead", title=False, half=half),
        "BBC without lead, headline": lambda: bbc("text_nolead", title=True, half=half),
        "BBC whole, no headline": lambda: bbc("text", title=False, half=half),
        "BBC whole, headline": lambda: bbc("text", title=True, half=half),
        "EASC, five references": easc,
    }
    for name, load in sets.items():
        items = load()
        print(f"\n{name} ({len(items)} articles)\n")
        print("| method | ROUGE-1 | ROUGE-2 | ROUGE-L | mean | mean minus lead [95%] |")
        print("|---|---|---|---|---|---|")
        for count in map(int, counts.split(",")):
            base = scores(Lead(count), items)
            for method, make in METHODS.items():
                found = base if method == "lead" else scores(make(count), items)
                _row(f"{method}-{count}", found, None if method == "lead" else base)
        _row("best sentence, by oracle", best_sentence(items), None)


def _row(name: str, found: NDArray[np.float64], base: NDArray[np.float64] | None) -> None:
    one, two, long = found.mean(axis=0)
    gain = ""
    if base is not None:
        apart = (found - base).mean(axis=1)
        low, high = interval(apart)
        gain = f"{apart.mean():+.2f} [{low:+.2f}, {high:+.2f}]"
    print(f"| {name} | {one:.1f} | {two:.1f} | {long:.1f} | {found.mean():.2f} | {gain} |")


@app.command()
def instruct(
    keep: Annotated[Path, typer.Argument(help="JSON lines of the summaries; continued if there.")],
    every: Annotated[int, typer.Option(help="Take every so many-th article.")] = 10,
    shard: Annotated[str, typer.Option(help="Write this part of so many, as 0/2.")] = "0/1",
    threads: Annotated[int | None, typer.Option(help="CPU threads.")] = None,
) -> None:
    """Have the embedded model write one Arabic sentence of articles without lead; score it."""
    from mujaz.settings import Settings
    from mujaz.summarize import Summarizer

    items = bbc("text_nolead", title=False)[::every]
    part, parts = map(int, shard.split("/"))
    held = _kept(keep)
    todo = [item for item in items[part::parts] if item.article.id not in held]
    if todo:
        settings = replace(Settings.from_environment(), threads=threads)
        front = Summarizer("instruct", count=1, settings=settings)
        with keep.open("a", encoding="utf-8") as file:
            for item in todo:
                row = {"id": item.article.id, "text": front.summarize(item.article).text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
        held = _kept(keep)
    present = [item for item in items if item.article.id in held]
    print(f"{len(present)} of {len(items)} articles")
    base = scores(Lead(1), present)
    written = np.array([score(held[item.article.id], item.references) for item in present])
    _row("lead-1", base, None)
    _row("extract-1", scores(Extract(1), present), base)
    _row("instruct-1", written, base)


def _kept(path: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in read_rows(path)} if path.exists() else {}


@app.command()
def scorer() -> None:
    """Compare this ROUGE with figures that others published item by item."""
    apart = []
    for row in _rows("rouge-check/gpt-3.5-easc.jsonl"):
        one, _, long = rouge(tokens(row["prediction"]), tokens(row["summary"]))
        apart.append(
            (abs(one / 100 - float(row["published_rouge1"])),
             abs(long / 100 - float(row["published_rougeL"])))
        )  # fmt: skip
    print(f"{len(apart)} items; largest difference of ROUGE-1 and ROUGE-L:", np.max(apart, axis=0))


@app.command()
def speed() -> None:
    """Print the time of the first and of the later articles, and the peak memory."""
    items = bbc("text", title=True)
    method = Extract(3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    method.encoder.encode(["خبر"])
    loaded = time.perf_counter() - start
    times = []
    for item in items:
        start = time.perf_counter()
        method.summarize(item.article)
        times.append(1000 * (time.perf_counter() - start))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    unit = 1024 if sys.platform != "darwin" else 1024**2
    print(f"encoder loaded in {loaded:.2f} s")
    print(f"extract: median {np.median(times):.0f} ms an article, slowest {max(times):.0f} ms")
    print(f"peak memory {after / unit:.0f} MB, {before / unit:.0f} MB of it before the encoder")
    texts = [found.text for item in items for found in sentences(item.article)]
    start = time.perf_counter()
    method.encoder.encode(texts)
    print(f"encoder: {len(texts) / (time.perf_counter() - start):.0f} sentences/s")


if __name__ == "__main__":
    app()
