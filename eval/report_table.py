"""The table of a report, formatted, and what it says in words."""

from __future__ import annotations

from typing import Any

from .plots import SERIES
from .standings import MARKS, Cell, Standings, decimals, number, p_value

_DIRECTIONS = {True: "higher is better", False: "lower is better", None: "neither end is better"}
_BAR = 144  # units across a drawn interval


def main_measure(standings: Standings) -> int:
    """Return the place of the score that tells single segments apart best.

    That is chrF where it is there: of one sentence alone, BLEU is mostly smoothing.
    """
    names = [measure.name for measure in standings.measures]
    return next((place for place, name in enumerate(names) if name.lower().startswith("chrf")), 0)


def table_rows(standings: Standings) -> list[dict[str, Any]]:
    """Return what the table shows, formatted."""
    found = []
    for place, measure in enumerate(standings.measures):
        digits = decimals(standings, place)
        cells = [row[place] for row in standings.cells]
        low = min((c.low for c in cells if c.low is not None), default=0.0)
        high = max((c.high for c in cells if c.high is not None), default=1.0)
        margin = (high - low) * 0.06 or 1.0
        ends = (low - margin, high + margin)
        found.append(
            {
                "name": measure.name,
                "signature": measure.signature,
                "direction": _DIRECTIONS[measure.higher_is_better],
                "digits": digits,
                "rows": [
                    _row(standings.systems[at], at, cell, digits, ends)
                    for at, cell in enumerate(cells)
                ],
            }
        )
    return found


def _row(name: str, at: int, cell: Cell, digits: int, ends: tuple[float, float]) -> dict[str, Any]:
    apart = cell.difference
    bar = None
    if cell.score is not None and cell.low is not None and cell.high is not None:
        low, score, high = (
            (value - ends[0]) / (ends[1] - ends[0]) * _BAR
            for value in (cell.low, cell.score, cell.high)
        )
        bar = {
            "low": f"{low:.1f}",
            "width": f"{max(high - low, 1):.1f}",
            "score": f"{score - 1.25:.1f}",
        }
    return {
        "system": name,
        "series": at % len(SERIES),
        "score": number(cell.score, digits),
        "interval": f"{number(cell.low, digits)} to {number(cell.high, digits)}" if bar else "",
        "bar": bar,
        "difference": number(apart.value, digits, signed=True) if apart else "",
        "p_bootstrap": p_value(apart.p_bootstrap) if apart else "",
        "p_randomisation": p_value(apart.p_randomisation) if apart else "",
        "verdict": {"kind": apart.verdict, "mark": MARKS[apart.verdict], "word": apart.verdict}
        if apart
        else None,
    }


def verdicts(standings: Standings) -> list[dict[str, str]]:
    """Say of every system in words how it stands against the first."""
    place = main_measure(standings)
    measure, digits = standings.measures[place].name, decimals(standings, place)
    found = []
    for name, row in zip(standings.systems[1:], standings.cells[1:], strict=True):
        apart = row[place].difference
        if apart is None:
            continue
        size = number(abs(apart.value), digits)
        side = "above" if apart.value > 0 else "below"
        what = {
            "better": "is better than",
            "worse": "is worse than",
            "different": "differs from",
            "unclear": "cannot be told from",
        }[apart.verdict]
        ends = [number(end, digits, signed=True) for end in (apart.low, apart.high)]
        p = f"p = {p_value(apart.p_bootstrap)} and {p_value(apart.p_randomisation)}"
        interval = f"95% interval of the difference {ends[0]} to {ends[1]}"
        says = f": {size} {measure} {side} it ({interval}; {p.replace('= <', '<')})."
        found.append({"system": name, "what": what, "first": standings.systems[0], "says": says})
    return found
