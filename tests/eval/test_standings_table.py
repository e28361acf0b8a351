"""Tables of a comparison: numbers as shown, names that cannot break a table or a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from mujaz.eval.standings import (
    Cell,
    Difference,
    Measure,
    Standings,
    decimals,
    number,
    p_value,
)
from mujaz.eval.standings_table import as_csv, as_markdown, as_table

STANDINGS = Standings(
    segments=3,
    systems=("base", "=new|*", "same"),
    measures=(
        Measure("rouge1", "nrefs:1|tok:words", True),
        Measure("rouge2", "nrefs:1|tok:words", True),
        Measure("novelty", "tok:words", None),
    ),
    cells=(
        (Cell(20.0, 18.0, 22.5), Cell(9.0, 8.0, 10.0), Cell(0.25, 0.2, 0.3)),
        (
            Cell(23.456, 21.0, 25.0, Difference(3.456, 1.0, 5.0, 0.012, 0.0001, "better")),
            Cell(8.0, 7.0, 9.0, Difference(-1.0, -2.0, -0.5, 0.001, 0.001, "worse")),
            Cell(0.5, 0.4, 0.6, Difference(0.25, 0.1, 0.4, 0.001, 0.001, "different")),
        ),
        (
            Cell(20.0, 18.0, 22.5, Difference(0.0, -1.0, 1.0, 1.0, 1.0, "unclear")),
            Cell(None, None, None),
            Cell(0.25, 0.2, 0.3, Difference(-0.00001, -0.1, 0.1, 0.9, 0.9, "unclear")),
        ),
    ),
    groups=(),
    counted="reference",
    resamples=1000,
    trials=10_000,
    seed=12345,
)


def test_columns() -> None:
    assert as_table(STANDINGS).splitlines() == [
        "3 segments; differences are from base",
        "",
        "score    system   value     95% interval  difference     p boot.  p rand.",
        "rouge1   base     20.00    18.00 – 22.50",
        "         =new|*   23.46    21.00 – 25.00       +3.46  ▲    0.012  < 0.001",
        "         same     20.00    18.00 – 22.50        0.00  ≈    1.000    1.000",
        "rouge2   base      9.00     8.00 – 10.00",
        "         =new|*    8.00      7.00 – 9.00       −1.00  ▼    0.001    0.001",
        "         same         –",
        "novelty  base    0.2500  0.2000 – 0.3000",
        "         =new|*  0.5000  0.4000 – 0.6000     +0.2500  ◆    0.001    0.001",
        "         same    0.2500  0.2000 – 0.3000      0.0000  ≈    0.900    0.900",
        "",
        "▲ better, ▼ worse, ◆ different: p < 0.05 in both tests; ≈ unclear",
        "",
        "rouge1, rouge2: nrefs:1|tok:words",
        "novelty: tok:words",
    ]


def test_markdown_escapes_names() -> None:
    rows = [line for line in as_markdown(STANDINGS).splitlines() if line.startswith("| ")]
    assert (
        rows[2] == "| rouge1 | =new\\|\\* | 23.46 | 21.00 – 25.00 | +3.46 | ▲ | 0.012 | \\< 0.001 |"
    )
    assert len(rows) == 1 + 9


def test_csv_has_all_digits_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(STANDINGS))))
    assert len(rows) == 9
    assert rows[1]["score"] == "23.456"
    assert rows[1]["system"] == "'=new|*"
    assert rows[1]["p_randomisation"] == "0.0001"
    assert rows[5]["score"] == rows[5]["verdict"] == ""


@pytest.mark.parametrize(
    ("value", "digits", "signed", "shown"),
    [
        (1.25, 1, False, "1.2"),
        (-3.0, 1, False, "−3.0"),
        (3.0, 2, True, "+3.00"),
        (-0.04, 1, True, "0.0"),
        (None, 1, True, "–"),
        (float("nan"), 1, False, "–"),
    ],
)
def test_numbers(value: float | None, digits: int, signed: bool, shown: str) -> None:
    assert number(value, digits, signed=signed) == shown


def test_shares_have_more_decimals() -> None:
    assert [decimals(STANDINGS, place) for place in range(3)] == [1, 1, 3]
    ratio = replace(STANDINGS, cells=((Cell(1.2, 1.1, 1.4),),))
    assert decimals(ratio, 0) == 3


def test_p_values_stay_on_their_side_of_the_level() -> None:
    given = (1.0, 0.05, 0.0499, 0.04999, 0.0005, 0.0001)
    assert [p_value(p) for p in given] == [
        "1.000", "0.050", "0.0499", "0.04999", "0.001", "< 0.001",
    ]  # fmt: skip
