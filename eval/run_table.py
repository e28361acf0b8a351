"""Systems and their scores side by side, as text: aligned columns, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .run import Finished
from .scoring import Score, ScoreReport

SCHEMA = "mujaz.runs/1"


@dataclass(frozen=True, slots=True)
class Scored:
    """A run and its scores.

    Attributes:
        finished: The run.
        report: Its scores; ``None`` where every output is empty.
    """

    finished: Finished
    report: ScoreReport | None

    @property
    def label(self) -> str:
        """The system's name, and whether it is there as a baseline."""
        return self.finished.choice.name + (" (baseline)" if self.finished.choice.baseline else "")

    def cell(self, name: str) -> str:
        """Return a score with its interval; empty where it has none."""
        for score in self.report.scores if self.report else ():
            if score.name == name:
                low, value, high = (_shown(score, v) for v in (score.low, score.score, score.high))
                return f"{value} [{low}, {high}]"
        return ""


def as_table(runs: Sequence[Scored]) -> str:
    """Return aligned columns for a terminal, the signatures below."""
    head, *body = _cells(runs)
    rows = [head, *body]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", *(f"{name}: {text}" for name, text in _signatures(runs))])


def as_markdown(runs: Sequence[Scored]) -> str:
    """Return a Markdown table, the signatures below as code."""
    head, *body = [[cell.replace("|", "\\|") for cell in row] for row in _cells(runs)]
    lines = [
        f"| {' | '.join(head)} |",
        f"|---|{'---:|' * (len(head) - 1)}",
        *(f"| {' | '.join(row)} |" for row in body),
        "",
        *(f"- {name}: `{text}`" for name, text in _signatures(runs)),
    ]
    return "\n".join(lines)


def as_csv(runs: Sequence[Scored]) -> str:
    """Return CSV with all digits; a row for each score of each system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["system", "baseline", "rows", "failed", "seconds", "name", "score", "low", "high",
         "signature"]
    )  # fmt: skip
    for run in runs:
        done = run.finished
        own = [done.choice.name, done.choice.baseline, len(done.rows), done.failed, done.seconds]
        for one in run.report.scores if run.report else ():
            writer.writerow([*own, one.name, one.score, one.low, one.high, one.signature])
    return text.getvalue().rstrip("\n")


def as_json(runs: Sequence[Scored]) -> str:
    """Return JSON of schema ``mujaz.runs/1``; each system's report as ``eval score`` gives it."""
    systems = [_json(run) for run in runs]
    return json.dumps({"schema": SCHEMA, "systems": systems}, ensure_ascii=False, indent=2)


def _json(run: Scored) -> dict[str, Any]:
    done = run.finished
    return {
        "system": done.choice.name,
        "baseline": done.choice.baseline,
        "folder": str(done.folder),
        "rows": len(done.rows),
        "failed": done.failed,
        "seconds": round(done.seconds, 3),
        "words": round(done.words, 1),
        "settings": done.run.settings,
        "report": json.loads(run.report.to_json()) if run.report else None,
    }


def _cells(runs: Sequence[Scored]) -> list[list[str]]:
    """Return the head and a row for each system."""
    names = _columns(runs)
    rows = [["system", *names, "rows", "failed", "words", "s/row"]]
    for run in runs:
        done = run.finished
        pace = done.seconds / max(1, len(done.rows))
        costs = [str(len(done.rows)), str(done.failed), f"{done.words:.0f}", f"{pace:.3g}"]
        rows.append([run.label, *(run.cell(name) for name in names), *costs])
    return rows


def _columns(runs: Sequence[Scored]) -> list[str]:
    """Return the names of scores; ROUGE-Lsum not where it equals ROUGE-L, as of single lines."""
    reports = [run.report for run in runs if run.report]
    names = dict.fromkeys(score.name for report in reports for score in report.scores)

    def twin(name: str) -> bool:
        other = name.replace("rougeLsum", "rougeL")
        return other != name and all(run.cell(name) == run.cell(other) for run in runs)

    return [name for name in names if not twin(name)]


def _signatures(runs: Sequence[Scored]) -> list[tuple[str, str]]:
    """Return the signatures and the scores that each belongs to."""
    shown = set(_columns(runs))
    found: dict[str, dict[str, None]] = {}
    for run in runs:
        for score in run.report.scores if run.report else ():
            if score.name in shown:
                found.setdefault(score.signature, {})[score.name] = None
    return [(", ".join(names), signature) for signature, names in found.items()]


def _shown(score: Score, value: float) -> str:
    """Return one decimal of a score out of 100, three of a share."""
    return f"{value:.1f}" if max(abs(score.score), abs(score.high)) > 2 else f"{value:.3f}"
