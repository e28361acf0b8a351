"""A report of scores as text: aligned columns, Markdown, CSV."""

from __future__ import annotations

import csv
import io

from .scoring import Score, ScoreReport

_HEAD = ("score", "value", "95% interval", "signature")


def as_table(report: ScoreReport) -> str:
    """Return aligned columns for a terminal."""
    rows = [_HEAD, *_rows(report)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in (1, 2) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([f"{report.segments} segments", "", *lines])


def as_markdown(report: ScoreReport) -> str:
    """Return a Markdown table; signatures are code, with their bars escaped."""
    lines = [f"{report.segments} segments", "", f"| {' | '.join(_HEAD)} |", "|---|---:|---:|---|"]
    for name, value, bounds, signature in _rows(report):
        bars = [text.replace("|", "\\|") for text in (name, signature)]
        lines.append(f"| {bars[0]} | {value} | {bounds} | `{bars[1]}` |")
    return "\n".join(lines)


def as_csv(report: ScoreReport) -> str:
    """Return CSV with all digits; one row a score."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "score", "low", "high", "signature", "segments"])
    for one in report.scores:
        row = [one.name, one.score, one.low, one.high, one.signature, report.segments]
        writer.writerow(row)
    return text.getvalue().rstrip("\n")


def _rows(report: ScoreReport) -> list[tuple[str, str, str, str]]:
    return [
        (one.name, _shown(one, one.score), _bounds(one), one.signature) for one in report.scores
    ]


def _bounds(score: Score) -> str:
    return f"{_shown(score, score.low)} – {_shown(score, score.high)}"


def _shown(score: Score, value: float) -> str:
    """Return two decimals of a score out of 100, four of a share."""
    return f"{value:.2f}" if max(abs(score.score), abs(score.high)) > 2 else f"{value:.4f}"
