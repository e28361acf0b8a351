"""Reports as text."""

from __future__ import annotations

import csv
import io

from mujaz.eval.score_table import as_csv, as_markdown, as_table
from mujaz.eval.scoring import Score, ScoreReport

REPORT = ScoreReport(
    12,
    (
        Score("bleu", 45.951234, 44.1, 47.25, "nrefs:1|tok:13a"),
        Score("numbers_kept", 0.98765, 0.9, 1.0, "avg:pooled"),
    ),
)


def test_columns_are_aligned() -> None:
    assert as_table(REPORT).splitlines() == [
        "12 segments",
        "",
        "score          value     95% interval  signature",
        "bleu           45.95    44.10 – 47.25  nrefs:1|tok:13a",
        "numbers_kept  0.9877  0.9000 – 1.0000  avg:pooled",
    ]


def test_bars_of_signatures_do_not_break_markdown() -> None:
    assert as_markdown(REPORT).splitlines()[-2:] == [
        "| bleu | 45.95 | 44.10 – 47.25 | `nrefs:1\\|tok:13a` |",
        "| numbers_kept | 0.9877 | 0.9000 – 1.0000 | `avg:pooled` |",
    ]


def test_csv_keeps_all_digits() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(REPORT))))
    assert [float(row["score"]) for row in rows] == [45.951234, 0.98765]
    assert rows[0]["signature"] == "nrefs:1|tok:13a"
    assert list(rows[0]) == ["name", "score", "low", "high", "signature", "segments"]
