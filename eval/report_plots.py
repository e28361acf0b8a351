"""The plots of a report, each with the table that says the same."""

from __future__ import annotations

from typing import Any

import numpy as np

from .comparison import Contest
from .plots import Bar, distribution, grouped, inline
from .report_table import main_measure
from .standings import Cell, decimals, number
from .systems import legible

_MOST = 3  # measures that are plotted


def plots(contest: Contest) -> list[tuple[int, list[dict[str, Any]]]]:
    """Return plots of the main measure and of the first ones beside it."""
    standings = contest.standings
    main = main_measure(standings)
    # One score of each metric: ROUGE-2 hardly shows what ROUGE-1 does not.
    chosen = {standings.measures[main].signature: main}
    for place, measure in enumerate(standings.measures):
        chosen.setdefault(measure.signature, place)
    places = list(chosen.values())[:_MOST]
    return [(place, _plots_of(contest, place)) for place in places]


def _plots_of(contest: Contest, place: int) -> list[dict[str, Any]]:
    standings = contest.standings
    names, measure = standings.systems, standings.measures[place].name
    digits = decimals(standings, place)
    scores = [values[:, place] for values in contest.by_segment]
    quantiles = [
        [
            name,
            *(number(float(q), digits) for q in np.nanquantile(own, (0.1, 0.25, 0.5, 0.75, 0.9))),
        ]
        for name, own in zip(names, scores, strict=True)
        if np.isfinite(own).any()
    ]
    found: list[dict[str, Any]] = [
        {
            "file": "distribution",
            "title": "Segments by their score",
            "note": "",
            "raw": distribution(names, scores, measure),
            "table": {
                "corner": "System",
                "heads": ["10%", "25%", "median", "75%", "90%"],
                "rows": quantiles,
            },
        }
    ]
    titles = {"length": f"By words in the {standings.counted}", "domain": "By domain"}
    for kind, title in titles.items():
        groups = [g for g in standings.groups if g.kind == kind]
        if not groups:
            continue
        labels = [legible(group.label) or "none" for group in groups]
        bars = [[_bar(group.cells[at][place]) for group in groups] for at in range(len(names))]
        table = {
            "corner": "Words" if kind == "length" else "Domain",
            "heads": ["segments", *names],
            "rows": [
                [label, f"{g.segments:,}", *(number(row[place].score, digits) for row in g.cells)]
                for label, g in zip(labels, groups, strict=True)
            ],
        }
        raw = grouped(names, labels, bars, measure)
        found.append({"file": kind, "title": title, "note": "", "raw": raw, "table": table})
    for plot in found:
        svg = inline(plot["raw"], f"p{place}-{plot['file']}-", f"{measure}: {plot['title']}")
        plot["svg"] = svg
    return found


def _bar(cell: Cell) -> Bar:
    ends = (cell.score, cell.low, cell.high)
    return Bar(*(float("nan") if end is None else end for end in ends))
