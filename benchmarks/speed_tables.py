"""Tables and a plot of what ``benchmarks.speed`` has measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from .speed_models import SHAPES, output_layer_share
from .speed_ways import WAYS

Result = Mapping[str, Any]
LIMIT = "limit"
FIRST = "plain"


def tables(results: Iterable[Result], machine: Mapping[str, str]) -> str:
    """Return all tables as Markdown."""
    found = list(results)
    parts = ["; ".join(f"{name} {value}" for name, value in machine.items()) + "."]
    for shape, beams, threads in sorted(
        {
            (r["shape"], r["beams"], r["threads"])
            for r in found
            if r["kind"] == "run" and r["way"] != LIMIT
        },
        key=lambda key: (list(SHAPES).index(key[0]), -key[1], key[2]),
    ):
        chosen = [
            r
            for r in found
            if r["kind"] == "run"
            and (r["shape"], r["beams"], r["threads"]) == (shape, beams, threads)
        ]
        parts.append(_ways(chosen, shape, beams, threads))
    parts += [_growth(found), _agreement(found)]
    return "\n\n".join(part for part in parts if part) + "\n"


def per_round(results: Iterable[Result]) -> dict[str, dict[int, Result]]:
    """Return results by way and round."""
    rounds: dict[str, dict[int, Result]] = {}
    for result in results:
        rounds.setdefault(result["way"], {})[result["round"]] = result
    return rounds


def ratios(rounds: Mapping[str, Mapping[int, Result]], way: str, against: str) -> list[float]:
    """Return how many times as fast ``way`` was as ``against``, in each round that has both."""
    both = rounds.get(way, {}).keys() & rounds.get(against, {}).keys()
    return [_rate(rounds[way][n]) / _rate(rounds[against][n]) for n in sorted(both)]


def _rate(result: Result, seconds: str = "seconds") -> float:
    return float(result["tokens"] / result[seconds])


def _ways(results: list[Result], shape: str, beams: int, threads: int) -> str:
    rounds = per_round(results)
    texts = max(r["texts"] for r in results)
    known = SHAPES[shape]
    length = f"{known.source} tokens each" if known.source else "of 4 to 40 words"
    search = "greedy" if beams == 1 else f"{beams} beams"
    lines = [
        f"**{known.stands_for}'s shape, {search}, {_many(threads, 'thread')}**: "
        f"{texts} inputs {length}, "
        f"{known.output} tokens out; {_many(max(map(len, rounds.values())), 'round')}, medians",
        "",
        "| way | tokens/s | against one by one | tokens per CPU second | of the float32 limit "
        "| first output | peak memory | weights |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for way, (label, _, _) in WAYS.items():
        if way not in rounds:
            continue
        own = list(rounds[way].values())
        ratio = ratios(rounds, way, FIRST)
        times = f"×{median(ratio):.1f} ({min(ratio):.1f}–{max(ratio):.1f})" if ratio else ""
        shares = [
            r["operations"] / r["seconds"] / 1e9 / rounds[LIMIT][n]["gflops"]
            for n, r in rounds[way].items()
            if n in rounds.get(LIMIT, {})
        ]
        share = f"{100 * median(shares):.0f}%" if shares else ""
        lines.append(
            f"| {label} | {median(_rate(r) for r in own):.0f} | {times} "
            f"| {median(_rate(r, 'cpu') for r in own):.0f} | {share} "
            f"| {median(r['first'] for r in own):.1f} s "
            f"| {median(r['peak'] for r in own):.0f} MiB | {own[0]['size'] / 1e6:.0f} MB |"
        )
    if LIMIT in rounds:
        gflops = median(r["gflops"] for r in rounds[LIMIT].values())
        lines += ["", f"Float32 matrix product, same rounds: {gflops:.0f} GFLOP/s."]
    if not known.source:
        lines[-1] += (
            f" The output layer is {100 * output_layer_share(known, 30):.0f}% of a decoding step."
        )
    return "\n".join(lines)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + "s" * (count != 1)


def _growth(results: list[Result]) -> str:
    grown = [r for r in results if r["kind"] == "growth"]
    if not grown:
        return ""
    lines = [
        "| sentences | seconds | milliseconds each | tokens/s | peak memory |",
        "|---|---|---|---|---|",
    ]
    for texts in sorted({r["texts"] for r in grown}):
        own = [r for r in grown if r["texts"] == texts]
        seconds = median(r["seconds"] for r in own)
        lines.append(
            f"| {texts:,} | {seconds:.2f} | {1000 * seconds / texts:.0f} "
            f"| {median(_rate(r) for r in own):.0f} | {median(r['peak'] for r in own):.0f} MiB |"
        )
    first = grown[0]
    head = f"**Cost as work grows** ({first['shape']}, {first['beams']} beams, Mujaz, int8)"
    return "\n".join([head, "", *lines])


def _agreement(results: list[Result]) -> str:
    compared = [r for r in results if r["kind"] == "agree"]
    if not compared:
        return ""
    lines = ["| shape | beams | compared | outputs | differ |", "|---|---|---|---|---|"]
    latest = {(r["shape"], r["beams"], r["left"], r["right"]): r for r in compared}
    for result in latest.values():
        labels = [WAYS[n][0] if n in WAYS else n for n in (result["left"], result["right"])]
        lines.append(
            f"| {result['shape']} | {result['beams']} | {' – '.join(labels)} "
            f"| {result['texts']} | {result['differ']} |"
        )
    return "\n".join(["**Outputs compared token by token**", "", *lines])


def draw(results: Iterable[Result], path: Path) -> None:
    """Draw tokens a second of every way, a panel for each shape and search."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "mujaz"
    matplotlib.rcParams["svg.fonttype"] = "none"
    runs = [r for r in results if r["kind"] == "run"]
    panels = sorted({(r["shape"], r["beams"]) for r in runs}, reverse=True)
    if not panels:
        return
    figure, axes = pyplot.subplots(
        len(panels), 1, figsize=(7, 2.6 * len(panels)), squeeze=False, layout="constrained"
    )
    for axis, (shape, beams) in zip(axes[:, 0], panels, strict=True):
        rounds = per_round(r for r in runs if (r["shape"], r["beams"]) == (shape, beams))
        names = [way for way in WAYS if way in rounds][::-1]
        rates = [median(_rate(r) for r in rounds[way].values()) for way in names]
        colours = ["#1b6e53" if way.startswith("mujaz") else "#9aa5b1" for way in names]
        bars = axis.barh([WAYS[way][0] for way in names], rates, color=colours)
        axis.bar_label(bars, fmt="%.0f", padding=3)
        axis.margins(x=0.12)
        axis.spines[["top", "right"]].set_visible(False)
        search = "greedy" if beams == 1 else f"{beams} beams"
        axis.set_title(f"{SHAPES[shape].stands_for}'s shape, {search}", loc="left", fontsize=10)
    axes[-1, 0].set_xlabel("tokens a second")
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
