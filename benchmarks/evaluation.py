"""Scoring held against published values, and its speed against sacreBLEU's own command.

    python -m benchmarks.evaluation flores   # the seven systems: BLEU, chrF, TER, and their ranking
    python -m benchmarks.evaluation speed    # one system, 1,000 resamples, against sacreBLEU
    python -m benchmarks.evaluation metrics  # seconds of each metric alone, texts and resamples

Reads ../shared/data/flores-dev beside the checkout; says so and stops where it is absent.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import typer

from mujaz.errors import MujazError
from mujaz.eval import metrics, names, read_segments
from mujaz.eval.scoring import Measurement, compare, measure, report
from mujaz.eval.significance import bootstrap_sums

from .parallel import FLORES, SYSTEMS

# BLEU as the authors of the outputs publish it, in ../shared/data/README.md.
PUBLISHED = (46.0, 44.0, 39.6, 38.3, 37.5, 33.9, 30.0)
BIN = Path(sys.executable).parent

app = typer.Typer(add_completion=False, help=__doc__)


def data() -> Path:
    """Return the folder of the outputs, or stop where it is absent."""
    if not FLORES.is_dir():
        print(f"skipped: {FLORES} is absent")
        raise typer.Exit(1)
    return FLORES


@app.command()
def flores() -> None:
    """Score the seven systems, and compare each with the one below it."""
    folder, asked = data(), metrics("bleu,chrf,chrf++,ter")
    measured: dict[str, list[Measurement]] = {}
    for system in SYSTEMS:
        given = read_segments(folder / f"{system}.en", [folder / "reference.en"]).segments
        measured[system] = measure(given, asked)
    print("| system | published BLEU | BLEU | chrF | chrF++ | TER |")
    print("|---|---:|---:|---:|---:|---:|")
    signatures = {}
    for system, published in zip(SYSTEMS, PUBLISHED, strict=True):
        scores = report(measured[system]).scores
        shown = [f"{s.score:.2f} ({s.low:.1f}–{s.high:.1f})" for s in scores]
        print(f"| {system} | {published:.1f} | {' | '.join(shown)} |")
        signatures = {s.name: s.signature for s in scores}
        assert round(scores[0].score, 1) == published, system
    print(f"\n{json.dumps(signatures, indent=1)}\n")
    print("| better | worse | score | difference | 95% interval | p bootstrap | p randomisation |")
    print("|---|---|---|---:|---:|---:|---:|")
    for better, worse in itertools.pairwise(SYSTEMS):
        for one in compare(measured[worse], measured[better]):
            print(
                f"| {better} | {worse} | {one.name} | {one.difference:+.2f}"
                f" | {one.low:+.2f} to {one.high:+.2f}"
                f" | {one.p_bootstrap:.4f} | {one.p_randomisation:.4f} |"
            )


@app.command()
def speed(rounds: int = 5) -> None:
    """Time both commands in turn; every run is a process of its own."""
    folder = data()
    hyp, ref = str(folder / "google.en"), str(folder / "reference.en")
    ours = [BIN / "mujaz", "eval", "score", "--hyp", hyp, "--ref", ref, "--format", "json"]
    own = [
        BIN / "sacrebleu",
        ref,
        "-i",
        hyp,
        "--confidence",
        "--confidence-n",
        "1000",
        "-f",
        "json",
    ]
    other = str(folder / "microsoft.en")
    pair = [BIN / "mujaz", "eval", "compare", hyp, other, "--ref", ref, "--format", "json"]
    # As JSON, its default here, it fails on chrF: float32 is not JSON serializable.
    both = [BIN / "sacrebleu", ref, "-i", hyp, other, "-m", "bleu", "chrf", "-f", "text"]
    src = ["--src", str(folder / "source.ar")]
    runs = {
        "mujaz: bleu chrf ter": [*ours, "--metrics", "bleu,chrf,ter"],
        "sacrebleu: bleu chrf ter": [*own, "-m", "bleu", "chrf", "ter"],
        "mujaz: bleu chrf": [*ours, "--metrics", "bleu,chrf"],
        "sacrebleu: bleu chrf": [*own, "-m", "bleu", "chrf"],
        # Ours makes both tests at once.
        "mujaz: compare bleu chrf": [*pair, "--metrics", "bleu,chrf"],
        "sacrebleu: paired-bs bleu chrf": [*both, "--paired-bs"],
        "sacrebleu: paired-ar bleu chrf": [*both, "--paired-ar"],
        "mujaz: all": [*ours, *src, "--metrics", "all"],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, command in runs.items():
            taken[name].append(timed([str(part) for part in command]))
    print(f"{platform.machine()}, {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
    print("| command | wall seconds, median (least–most) | processor seconds, median |")
    print("|---|---:|---:|")
    for name, pairs in taken.items():
        wall, used = zip(*pairs, strict=True)
        print(
            f"| {name} | {statistics.median(wall):.1f} ({min(wall):.1f}–{max(wall):.1f})"
            f" | {statistics.median(used):.1f} |"
        )
    for what, theirs in (
        ("bleu chrf ter", ["bleu chrf ter"]),
        ("bleu chrf", ["bleu chrf"]),
        ("compare bleu chrf", ["paired-bs bleu chrf", "paired-ar bleu chrf"]),
    ):
        own_sums = zip(*(taken[f"sacrebleu: {name}"] for name in theirs), strict=True)
        ratios = [
            sum(used for _, used in round_) / mine[1]
            for mine, round_ in zip(taken[f"mujaz: {what}"], own_sums, strict=True)
        ]
        print(f"{what}: sacreBLEU takes {statistics.median(ratios):.1f} times the processor time")


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; return wall seconds, and processor seconds of it and its children."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


@app.command("metrics")
def each() -> None:
    """Time every metric alone: its statistics, and 1,000 resamples of them."""
    folder = data()
    given = read_segments(
        folder / "google.en", [folder / "reference.en"], folder / "source.ar"
    ).segments
    print("| metric | statistics, seconds | columns | 1,000 resamples, seconds |")
    print("|---|---:|---:|---:|")
    for name in names():
        try:
            start = time.process_time()
            (found,) = measure(given, metrics(name))
            middle = time.process_time()
            found.metric.corpus(bootstrap_sums(found.statistics, 1000))
            end = time.process_time()
        except MujazError as error:
            print(f"| {name} | {error.message} | | |")
            continue
        columns = found.statistics.shape[1]
        print(f"| {name} | {middle - start:.2f} | {columns} | {end - middle:.3f} |")


if __name__ == "__main__":
    app()
