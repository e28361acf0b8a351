"""The card of an adapter: what it was trained on, how, under which licences, and what it scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .config import Config
from .log import LOG, read_log

SCORES = "scores.json"


def card_of(config: Config) -> str:
    """Return the card in Markdown, of whatever the run has produced so far."""
    statistics = _read(config.folder / "prepare" / "statistics.json")
    scores = _read(config.folder / "measure" / SCORES)
    settings = config.tune
    lines = [
        f"# {config.export.id} {config.export.version}",
        "",
        f"A LoRA adapter for {config.base.id}: Arabic news to English. It is nothing without its"
        " base, whose licence is its own.",
        "",
        f"Licence: {config.export.licence}.",
        "",
        "## Training",
        "",
        f"Rank {settings.rank}, alpha {settings.alpha}, dropout {settings.dropout:g}, on all"
        f" linear layers; {settings.dtype}; AdamW, {settings.rate:g} at most, seed {config.seed}.",
        *_steps(config.folder / "tune" / LOG),
        "",
        *_data(config, statistics),
        "",
        *_scores(scores),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _steps(log: Path) -> list[str]:
    rows = read_log(log)
    if not rows:
        return []
    held = [row for row in rows if "held-out loss" in row]
    found = [f"{rows[-1]['step']} steps; loss a token at the end {rows[-1]['loss']}."]
    if held:
        found.append(f"On held-out pairs {held[0]['held-out loss']} at step {held[0]['step']},")
        found.append(f"{held[-1]['held-out loss']} at step {held[-1]['step']}.")
    return found


def _data(config: Config, statistics: dict[str, Any]) -> list[str]:
    if not statistics:
        return []
    lines = [
        "## Data",
        "",
        "| file | what | Arabic by | licence | pairs read | pairs used | shown in a pass |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, found in statistics["origins"].items():
        origin = config.origin(name)
        lines.append(
            f"| {name} | {origin.what} | {origin.made} | {origin.licence} | {found['read']:,}"
            f" | {found.get('pairs', 0):,} | {found.get('showings', 0):,} |"
        )
    lines += [
        "",
        f"{statistics['training']:,} examples of {statistics['tokens']:,} tokens a pass,"
        f" {statistics['held out']:,} held out. Pairs that share"
        f" {config.prepare.overlap} words in a row with one of {statistics['tests']:,} sentences of"
        " test sets were dropped, on either side.",
    ]
    return lines


def _scores(scores: dict[str, Any]) -> list[str]:
    if not scores:
        return ["## Scores", "", "Not measured yet."]
    lines = [
        "## Scores",
        "",
        f"{scores['lines']} lines of {scores['source']}.",
        "",
        "| | base | adapted | difference (95%) | p |",
        "|---|---|---|---|---|",
    ]
    for row in scores["scores"]:
        if row["difference"] is not None:
            apart = f"{row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
            values = f"{row['base']:.3f} | {row['adapted']:.3f}"
            lines.append(f"| {row['name']} | {values} | {apart} | {row['p']:.4f} |")
    for name, rates in scores["flagged"].items():
        lines.append(f"| flagged, {name} | {rates['base']:.3f} | {rates['adapted']:.3f} | | |")
    return lines
