"""Reading parallel texts and rows: a line ends at a line feed and nowhere else."""

from __future__ import annotations

import json

import pytest

from benchmarks.embedded import _rows
from benchmarks.parallel import read, read_lines, read_rows

TEXT = "one\u2028two\x85three"


def test_other_separators_are_text(tmp_path):
    file = tmp_path / "lines"
    file.write_text(f"{TEXT}\n\nlast\n", encoding="utf-8")
    assert read_lines(file) == [TEXT, "", "last"]


@pytest.mark.parametrize("reader", [read_rows, _rows])
def test_rows_hold_any_text(tmp_path, reader):
    file = tmp_path / "rows.jsonl"
    rows = [{"text": TEXT}, {"text": "x"}]
    file.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    assert reader(file) == rows


def test_pairs_are_read_and_the_arabic_is_normal(tmp_path):
    (tmp_path / "source.ar").write_text("نَعَمْ\nلا\n", encoding="utf-8")
    (tmp_path / "reference.en").write_text("Yes\nNo\n", encoding="utf-8")
    lines = read(tmp_path)
    assert (list(lines.source), list(lines.texts)) == (["نعم", "لا"], ["Yes", "No"])


def test_files_of_unequal_length_are_refused(tmp_path):
    (tmp_path / "source.ar").write_text("نعم\nلا\n", encoding="utf-8")
    (tmp_path / "reference.en").write_text("Yes\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"2 lines in source\.ar, 1 in reference\.en"):
        read(tmp_path)
