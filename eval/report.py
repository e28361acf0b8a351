"""The report of a comparison: one page that holds all it shows and opens no connection.

Whatever the texts contain is data: names and domains are escaped by the template, the texts stand
in a block of JSON out of which no character can break, and the page's script puts them into the
page as text nodes. The page's policy allows its own script and style by their hashes, nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

import mujaz
from mujaz.errors import OptionError
from mujaz.models.disk import write_atomically
from mujaz.page import asset, policy, template

from .comparison import Contest
from .report_plots import plots as drawn
from .report_segments import phrases, segment_rows
from .report_table import main_measure, table_rows, verdicts
from .standings import LEVEL
from .systems import checked, legible

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template

PAGE = "report.html"

# What could end a block of script or a line of one.
_BREAKING = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def report_files(contest: Contest) -> dict[str, str]:
    """Return the files of a report: the table as JSON, the plots, and last the page.

    Args:
        contest: By `mujaz.eval.comparison.contest`.

    Returns:
        For each path below the folder of the report its text.
    """
    plots = drawn(contest)
    standings = contest.standings
    named = {
        f"plots/{_file_name(standings.measures[place].name)}-{plot['file']}.svg": plot["raw"]
        for place, own in plots
        for plot in own
    }
    page = _page(contest, plots)
    return {"comparison.json": standings.to_json(indent=2) + "\n", **named, PAGE: page}


def write_report(contest: Contest, folder: Path) -> Path:
    """Write the files of a report, each under a temporary name first, and return the page's path.

    Raises:
        OptionError: The folder cannot be written.
    """
    for name, text in report_files(contest).items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text)
        except OSError as error:
            raise OptionError(
                f"{path}: cannot be written ({error.strerror})", "choose another -o DIR"
            ) from error
    return folder / PAGE


def _page(contest: Contest, plots: list[tuple[int, list[dict[str, Any]]]]) -> str:
    from markupsafe import Markup

    standings, segments = contest.standings, contest.field.systems[0].segments
    contest = replace(
        contest,
        field=replace(contest.field, systems=tuple(map(checked, contest.field.systems))),
    )
    rows = segment_rows(contest)
    kinds = {f[0] for row in rows for output in row["outputs"] for f in output["findings"]}
    domains = sorted(set(segments.domains))
    measures = table_rows(standings)
    data = {
        "systems": standings.systems,
        "measures": [{"name": m["name"], "digits": m["digits"]} for m in measures],
        "domains": [legible(domain) or "none" for domain in domains],
        "references": bool(segments.references),
        "rows": rows,
    }
    style, script = asset("mujaz.eval", "report.css"), asset("mujaz.eval", "report.js")
    block = msgspec.json.encode(data).decode().translate(_BREAKING)
    return _template().render(
        title=f"{' and '.join(standings.systems[:2])} compared"
        if len(standings.systems) == 2
        else f"{len(standings.systems)} systems compared",
        version=mujaz.__version__,
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(block),
        standings=standings,
        names=standings.systems,
        systems=contest.field.systems,
        measures=measures,
        main=main_measure(standings),
        level=LEVEL,
        warnings=[legible(line) for line in standings.warnings],
        verdicts=verdicts(standings),
        plots=[
            {
                "name": standings.measures[place].name,
                "plots": [plot | {"svg": Markup(plot["svg"])} for plot in own],
            }
            for place, own in plots
        ],
        phrases=phrases(contest),
        domains=data["domains"] if len(domains) > 1 else [],
        kinds=sorted(kinds),
        counted=standings.counted,
        references=max(map(len, segments.references), default=0),
        has_references=bool(segments.references),
        has_sources=bool(segments.sources),
    )


@cache
def _template() -> Template:
    return template("mujaz.eval", PAGE, thousands=lambda value: f"{value:,}")


def _file_name(measure: str) -> str:
    """Return a measure's name as files are called: ``chrF++`` is ``chrf-plus-plus``."""
    plain = measure.lower().replace("+", "-plus")
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())
