"""The table of a comparison as text: aligned columns, Markdown, CSV."""

from __future__ import annotations

import csv
import io

from .standings import LEVEL, MARKS, Cell, Standings, decimals, number, p_value

_HEAD = ("score", "system", "value", "95% interval", "difference", "", "p boot.", "p rand.")
_RIGHT = {2, 3, 4, 6, 7}
_COLUMNS = (
    "name", "system", "score", "low", "high", "difference", "difference_low", "difference_high",
    "p_bootstrap", "p_randomisation", "verdict", "signature", "segments",
)  # fmt: skip


def as_table(standings: Standings) -> str:
    """Return aligned columns for a terminal, then what the signs mean and the signatures."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for block in _blocks(standings):
        rows += [(row[0] if not at else "", *row[1:]) for at, row in enumerate(block)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in _RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    signatures = [f"{', '.join(names)}: {text}" for text, names in _signatures(standings).items()]
    return "\n".join([_title(standings), "", *lines, "", _signs(), "", *signatures])


def as_markdown(standings: Standings) -> str:
    """Return a Markdown table; names are escaped, signatures are code."""
    lines = [_title(standings), "", f"| {' | '.join(_HEAD)} |"]
    lines.append("|---|---|---:|---:|---:|---|---:|---:|")
    for block in _blocks(standings):
        lines += [f"| {' | '.join(map(_escaped, row))} |" for row in block]
    lines += ["", _escaped(_signs()), ""]
    for signature, names in _signatures(standings).items():
        lines.append(f"- {_escaped(', '.join(names))}: `{signature}`")
    return "\n".join(lines)


def as_csv(standings: Standings) -> str:
    """Return CSV with all digits; one row a score and system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for place, measure in enumerate(standings.measures):
        for system, row in zip(standings.systems, standings.cells, strict=True):
            cell = row[place]
            apart: list[object] = [""] * 6
            if cell.difference:
                d = cell.difference
                apart = [d.value, d.low, d.high, d.p_bootstrap, d.p_randomisation, d.verdict]
            scores = ["" if x is None else x for x in (cell.score, cell.low, cell.high)]
            end = [measure.signature, standings.segments]
            writer.writerow([measure.name, _unarmed(system), *scores, *apart, *end])
    return text.getvalue().rstrip("\n")


def _unarmed(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return "'" + name if name.startswith(("=", "+", "-", "@")) else name


def _blocks(standings: Standings) -> list[list[tuple[str, ...]]]:
    """Return the rows of each measure."""
    return [
        [
            _row(measure.name, system, row[place], decimals(standings, place) + 1)
            for system, row in zip(standings.systems, standings.cells, strict=True)
        ]
        for place, measure in enumerate(standings.measures)
    ]


def _row(measure: str, system: str, cell: Cell, digits: int) -> tuple[str, ...]:
    ends = f"{number(cell.low, digits)} – {number(cell.high, digits)}"
    apart = cell.difference
    return (
        measure,
        system,
        number(cell.score, digits),
        ends if cell.score is not None else "",
        number(apart.value, digits, signed=True) if apart else "",
        MARKS[apart.verdict] if apart else "",
        p_value(apart.p_bootstrap) if apart else "",
        p_value(apart.p_randomisation) if apart else "",
    )


def _signatures(standings: Standings) -> dict[str, list[str]]:
    """Return each signature with the scores that it is of."""
    found: dict[str, list[str]] = {}
    for measure in standings.measures:
        found.setdefault(measure.signature, []).append(measure.name)
    return found


def _title(standings: Standings) -> str:
    return f"{standings.segments} segments; differences are from {standings.systems[0]}"


def _signs() -> str:
    better, worse = MARKS["better"], MARKS["worse"]
    return (
        f"{better} better, {worse} worse, {MARKS['different']} different: p < {LEVEL} in both"
        f" tests; {MARKS['unclear']} unclear"
    )


def _escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, in a table too."""
    return "".join("\\" + sign if sign in r"\`*_{}[]<>#|!~&" else sign for sign in text)
