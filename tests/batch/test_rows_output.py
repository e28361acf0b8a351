"""Growing files of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.batch.manifest import Manifest, Row
from mujaz.batch.outputs import Outputs, opened
from mujaz.batch.rows_output import RowsOutput, drop_parts, part_file, row_line


@pytest.fixture
def outputs(tmp_path: Path) -> Iterator[Outputs]:
    with opened(tmp_path) as outputs:
        yield outputs


@pytest.fixture
def manifest(outputs: Outputs) -> Iterator[Manifest]:
    manifest = Manifest(outputs.folder)
    yield manifest
    manifest.close()


def put(rows: RowsOutput, *numbers: int) -> None:
    for number in numbers:
        rows.put(number, bytes([number]), False, "{}", row_line(str(number), "{}", ""))


def test_rows_are_written_in_order_whenever_they_come(outputs: Outputs, manifest: Manifest) -> None:
    rows = RowsOutput(outputs, manifest, "r.jsonl", 1, 0)
    put(rows, 2, 1)
    rows.commit()
    assert rows.next == 0
    assert manifest.rows("r.jsonl", 1) == []
    put(rows, 0, 3)
    rows.commit()
    assert rows.next == 4
    assert [row.number for row in manifest.rows("r.jsonl", 1)] == [0, 1, 2, 3]
    assert not rows.complete
    rows.end = 4
    assert rows.complete
    staged = rows.staged()
    assert outputs.publish(staged) == ""
    assert outputs.path("r.jsonl").read_text().splitlines() == [
        f'{{"id":"{number}","record":{{}}}}' for number in range(4)
    ]
    assert outputs.sha256("r.jsonl") == staged.sha256


def test_it_goes_on_behind_what_is_known(outputs: Outputs, manifest: Manifest) -> None:
    rows = RowsOutput(outputs, manifest, "r.jsonl", 1, 0)
    put(rows, 0, 1, 2)
    rows.commit()
    put(rows, 3)  # on the disk perhaps, but the manifest does not know
    rows.close()
    rows = RowsOutput(outputs, manifest, "r.jsonl", 1, 2)
    put(rows, 2)
    rows.commit()
    rows.end = 3
    staged = rows.staged()
    assert staged.temporary.read_text().count("\n") == 3
    assert len(manifest.rows("r.jsonl", 1)) == 3


def test_rows_are_copied_from_older_files(outputs: Outputs, manifest: Manifest) -> None:
    outputs.write("r.jsonl", b"first\nsecond\n")
    rows = RowsOutput(outputs, manifest, "r.jsonl", 1, 0)
    old = Row(1, b"k", False, 6, 7, "{}", 0)
    rows.put(0, old.key, old.failed, old.entry, old)
    rows.commit()
    assert part_file(outputs.folder, "r.jsonl", 1).read_bytes() == b"second\n"
    assert manifest.rows("r.jsonl", 1) == [Row(0, b"k", False, 0, 7, "{}", 1)]
    rows.close()
    drop_parts(outputs.folder, "other.jsonl")
    assert part_file(outputs.folder, "r.jsonl", 1).exists()
    drop_parts(outputs.folder, "r.jsonl")
    assert not part_file(outputs.folder, "r.jsonl", 1).exists()
    assert outputs.path("r.jsonl").exists()


def test_an_id_of_any_kind_stays_one_line() -> None:
    line = row_line('a"\nb', '{"x":"y"}', "")
    assert line.count(b"\n") == 1
