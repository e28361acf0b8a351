"""What the metrics without reference say of known systems, and how far chrF says the same.

    python -m benchmarks.reference_free                     # the seven systems of FLORES-200 dev
    python -m benchmarks.reference_free --embedded out/*.jsonl   # outputs of benchmarks.embedded
    python -m benchmarks.reference_free --summaries         # BBC Arabic: leads, editors

Reads ../shared/data, and says so where it is absent.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mujaz.arabic import split
from mujaz.eval.extractiveness import Extractiveness
from mujaz.eval.length import Length
from mujaz.eval.metric import Metric, Segments
from mujaz.eval.novelty import Novelty
from mujaz.eval.preservation import Preservation
from mujaz.eval.repetition import Repetition
from mujaz.eval.similarity import Similarity, text_vectors
from mujaz.models.encoder import sentence_encoder

from .embedded import VARIANTS
from .parallel import FLORES, SYSTEMS, read_lines, read_rows

Floats = NDArray[np.float64]


def lines(name: str) -> list[str]:
    """Return the lines of a file of FLORES-200 dev."""
    return read_lines(FLORES / name)


def sentence_chrf(outputs: Sequence[str], references: Sequence[str]) -> Floats:
    """Return the chrF of each output."""
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    pairs = zip(outputs, references, strict=True)
    return np.array([chrf.sentence_score(one, [other]).score for one, other in pairs])


def ranks(values: Floats) -> Floats:
    """Return ranks; equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place], dtype=np.float64)


def correlation(values: Floats, chrf: Floats) -> str:
    """Return Pearson's and Spearman's coefficients where ``values`` are defined and vary."""
    kept = ~np.isnan(values)
    one, other = values[kept], chrf[kept]
    if len(one) < 2 or np.ptp(one) == 0:
        return "      –      "
    pearson = np.corrcoef(one, other)[0, 1]
    spearman = np.corrcoef(ranks(one), ranks(other))[0, 1]
    return f"{pearson:+.2f} / {spearman:+.2f}"


def measured(
    metrics: Sequence[Metric], segments: Segments
) -> tuple[dict[str, float], dict[str, Floats], dict[str, float]]:
    """Return the corpus scores, the segments' scores, and processor seconds by metric."""
    corpus, single, seconds = {}, {}, {}
    for metric in metrics:
        began = time.process_time()
        statistics = metric.statistics(segments)
        whole = metric.corpus(statistics.sum(0)[None])[0]
        each = metric.by_segment(statistics)
        seconds[metric.name] = time.process_time() - began
        for at, name in enumerate(metric.scores):
            corpus[name], single[name] = float(whole[at]), each[:, at]
    return corpus, single, seconds


def table(title: str, columns: Sequence[str], rows: dict[str, Sequence[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n{title}\n\n| | " + " | ".join(columns) + " |\n|---" + "|---" * len(columns) + "|")
    for name, cells in rows.items():
        print(f"| {name} | " + " | ".join(cells) + " |")


def together(
    names: Sequence[str], singles: dict[str, dict[str, Floats]], chrfs: dict[str, Floats]
) -> dict[str, Sequence[str]]:
    """Return the correlations over all systems: pooled, and within a segment.

    Within a segment both figures are taken without their means over the systems: does the metric
    tell which of several outputs for one source is the better?
    """
    grid = np.stack(list(chrfs.values()))
    pooled, within = [], []
    for name in names:
        values = np.stack([single[name] for single in singles.values()])
        pooled.append(correlation(values.ravel(), grid.ravel()))
        within.append(correlation((values - values.mean(0)).ravel(), (grid - grid.mean(0)).ravel()))
    return {"pooled": pooled, "within a segment": within}


def systems() -> None:
    """Print the figures of the seven systems, the correlations, and the seconds."""
    sources, references = tuple(lines("source.ar")), lines("reference.en")
    ids = tuple(map(str, range(len(sources))))
    metrics = [Similarity(), Preservation(), Length(), Repetition()]
    names = [name for metric in metrics for name in metric.scores]
    sentence_encoder().encode(["تحميل"])  # the weights are loaded before the clock runs
    figures: dict[str, Sequence[str]] = {}
    rows: dict[str, Sequence[str]] = {}
    spent: dict[str, Sequence[str]] = {}
    singles: dict[str, dict[str, Floats]] = {}
    chrfs: dict[str, Floats] = {}
    for system in ("reference", *SYSTEMS):
        outputs = tuple(lines(f"{system}.en"))
        corpus, single, seconds = measured(metrics, Segments(ids, outputs, (), sources))
        figures[system] = [f"{corpus[name]:.4f}" for name in names]
        spent[system] = [f"{value:.2f}" for value in seconds.values()]
        if system == "reference":
            continue
        singles[system], chrfs[system] = single, sentence_chrf(outputs, references)
        rows[system] = [correlation(single[name], chrfs[system]) for name in names]
    rows |= together(names, singles, chrfs)
    means = np.array([chrfs[s].mean() for s in SYSTEMS])
    rows["of the seven systems"] = [
        correlation(np.array([float(figures[s][at]) for s in SYSTEMS]), means)
        for at in range(len(names))
    ]
    table("Figures", names, figures)
    table("Pearson / Spearman with sentence chrF", names, rows)
    table(
        f"Processor seconds for {len(ids)} segments (sources remembered after the first)",
        [m.name for m in metrics],
        spent,
    )


def embedded(paths: Sequence[Path]) -> None:
    """Print the same for what benchmarks.embedded kept."""
    from mujaz.translate import polish

    kept = [row for path in paths for row in read_rows(path)]
    sources, references = lines("source.ar"), lines("reference.en")
    numbers = [row["line"] for row in kept]
    metrics = [Similarity(), Preservation(), Length(), Repetition()]
    names = [name for metric in metrics for name in metric.scores]
    figures: dict[str, Sequence[str]] = {}
    rows: dict[str, Sequence[str]] = {}
    singles: dict[str, dict[str, Floats]] = {}
    chrfs: dict[str, Floats] = {}
    for variant in VARIANTS:
        if any(variant not in row for row in kept):
            continue
        outputs = tuple(polish(row[variant]) for row in kept)
        segments = Segments(
            tuple(map(str, numbers)), outputs, (), tuple(sources[n] for n in numbers)
        )
        corpus, single, _ = measured(metrics, segments)
        singles[variant] = single
        chrfs[variant] = sentence_chrf(outputs, [references[n] for n in numbers])
        figures[variant] = [f"{corpus[name]:.4f}" for name in names]
        rows[variant] = [correlation(single[name], chrfs[variant]) for name in names]
    rows |= together(names, singles, chrfs)
    table(f"Embedded model, {len(kept)} lines", names, figures)
    table("Pearson / Spearman with sentence chrF", names, rows)


def summaries() -> None:
    """Print the figures of leads and editors, and which vector of a text is the better one."""
    path = FLORES.parent / "summaries" / "bbc-arabic-dev.jsonl"
    rows = read_rows(path)
    sources = tuple(row["text_nolead"] for row in rows)
    ids = tuple(str(row["id"]) for row in rows)
    sentences = [[s.text for s in split(text)] for text in sources]
    systems = {
        "editor": tuple(row["summary"] for row in rows),
        "lead-1": tuple(some[0] for some in sentences),
        "lead-3": tuple(" ".join(some[:3]) for some in sentences),
        "another article's editor": tuple(rows[at - 1]["summary"] for at in range(len(rows))),
        "whole article": sources,
    }
    metrics = [Similarity(), Preservation(), Length(), Extractiveness(), Novelty(), Repetition()]
    names = [name for metric in metrics for name in metric.scores]
    found = {}
    for name, outputs in systems.items():
        corpus, _, seconds = measured(metrics, Segments(ids, outputs, (), sources))
        found[name] = [f"{corpus[score]:.3f}" for score in names]
        print(name, {metric: round(value, 2) for metric, value in seconds.items()})
    table(f"BBC Arabic, {len(rows)} articles without their lead", names, found)
    encoder = sentence_encoder()
    editors = list(systems["editor"])
    ways = {
        "one vector of the text": encoder.encode(editors) @ encoder.encode(list(sources)).T,
        "mean of its sentences": text_vectors(editors) @ text_vectors(sources).T,
    }
    for name, cosines in ways.items():
        own = np.diag(cosines)
        below = (cosines < own[:, None]).sum() / (len(rows) * (len(rows) - 1))
        first = (cosines.argmax(1) == np.arange(len(rows))).mean()
        print(f"{name}: own article nearer than another {below:.4f}, nearest of all {first:.3f}")


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--embedded", type=Path, metavar="FILE", nargs="+")
    parser.add_argument("--summaries", action="store_true")
    args = parser.parse_args()
    if not FLORES.is_dir():
        print(f"skipped: {FLORES} is not here", file=sys.stderr)
    elif args.embedded:
        embedded(args.embedded)
    elif args.summaries:
        summaries()
    else:
        systems()
    return 0


if __name__ == "__main__":
    sys.exit(main())
