"""JSON lines and tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.batch.inputs import Unreadable, is_rows, read_input

from .memory import peak_of_reading

NEWS = "افتتحت البلدية حديقة جديدة في وسط المدينة يوم الخميس."


def read(path: Path, raw: bytes | str, **fields: str) -> list[Article | Unreadable]:
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return list(read_input(path, **fields))


def told(found: list[Article | Unreadable]) -> list[str]:
    return [str(f.error) if isinstance(f, Unreadable) else f.id for f in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_as_spreadsheets_save_them(tmp_path: Path, encoding: str, delimiter: str) -> None:
    head = delimiter.join(("id", "title", "text"))
    row = delimiter.join(("7", "حديقة جديدة", f'"{NEWS}\n\nوقال ""رئيسها"" ذلك، أمس؛ هنا."'))
    found = read(tmp_path / "a.csv", f"{head}\r\n{row}\r\n".encode(encoding))
    (article,) = found
    assert isinstance(article, Article)
    assert (article.id, article.title) == ("7", "حديقة جديدة")
    assert article.text == f'{NEWS}\n\nوقال "رئيسها" ذلك، أمس؛ هنا.'
    assert article.origin == f"{tmp_path / 'a.csv'}, row 2"


def test_json_lines(tmp_path: Path) -> None:
    lines = [{"id": 3, "text": NEWS, "title": "حديقة"}, {"text": NEWS + " ثانية."}, {"text": None}]
    raw = "\n\n".join(json.dumps(line) for line in lines)
    found = read(tmp_path / "a.jsonl", raw)
    assert told(found)[:2] == ["3", "a-3"]
    assert "line 5 has no 'text'" in told(found)[2]
    assert is_rows(tmp_path / "a.JSONL")


def test_other_fields(tmp_path: Path) -> None:
    raw = json.dumps({"key": "k", "body": NEWS, "head": "عنوان"})
    fields = {"text_field": "body", "id_field": "key", "title_field": "head"}
    (article,) = read(tmp_path / "a.jsonl", raw, **fields)
    assert isinstance(article, Article)
    assert (article.id, article.title) == ("k", "عنوان")
    (error,) = told(read(tmp_path / "b.csv", f"key,body\n1,{NEWS}\n"))
    assert error.endswith("but 'key', 'body'; name the column of the text with --text-field")


def test_one_bad_row_stops_none_of_the_others(tmp_path: Path) -> None:
    good = json.dumps({"id": "x", "text": NEWS})
    lines = [
        good,
        "{",
        good,
        json.dumps({"id": "y", "text": "English alone."}),
        "null",
        "[" * 99999,
    ]
    found = told(read(tmp_path / "a.jsonl", "\n".join([*lines, good.replace('"x"', '"z"')])))
    assert (found[0], found[-1]) == ("x", "z")
    for line, phrase in zip(
        found[1:-1],
        ["line 2 is no valid JSON", "same id ('x') as number 1", "line 4 is not in Arabic",
         "line 5 is no JSON object", "line 6 is nested too deeply"],
        strict=True,
    ):  # fmt: skip
        assert phrase in line


def test_rows_of_a_table_that_do_not_fit(tmp_path: Path) -> None:
    raw = f"id,text\n1,{NEWS},more\n2\n,\n4,{NEWS},\n5,{NEWS}\n"
    found = told(read(tmp_path / "a.csv", raw))
    assert "row 2 has 3 fields where the header has 2" in found[0]
    assert "row 3 has no 'text'" in found[1]
    assert found[2:] == ["4", "5"]


def test_what_follows_an_open_quotation_mark_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mujaz.batch.rows.LARGEST_TEXT", 1 << 16)
    field = "\n".join(["سطر من النص"] * 10_000)
    raw = f'id,text\n1,"{field}"\n2,{NEWS}\n'
    found = told(read(tmp_path / "a.csv", raw))
    assert len(found) == 2
    assert "not closed" in found[0]
    assert found[1] == "2"


def test_a_damaged_row_is_told(tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "text": NEWS}, ensure_ascii=False).encode()
    bad = json.dumps({"id": 2, "text": NEWS}, ensure_ascii=False).encode("cp1256")
    found = told(read(tmp_path / "a.jsonl", b"\n".join([*[good.replace(b"1", b"%d" % n)
                 for n in range(10, 60)], bad])))  # fmt: skip
    assert found[:2] == ["10", "11"]
    assert "another encoding" in found[-1]


def test_files_that_are_none(tmp_path: Path) -> None:
    row = json.dumps({"text": NEWS})
    for name, raw, phrase in [
        ("a.jsonl", f"[\n{row}\n]", "one JSON array"),
        ("b.jsonl", '{\n"text": "x"\n}', "over several lines"),
        ("c.csv", "", "is empty"),
        ("d.csv", b"\x00\x01" * 500, "binary"),
        ("e.csv", f'"id,text\n1,{NEWS}\n', "first row opens a quotation mark"),
        ("f.csv", b"PK\x03\x04" + b"x" * 100, "ZIP archive"),
    ]:
        (error,) = told(read(tmp_path / name, raw))
        assert phrase in error
        assert name in error


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rest = "x" * 15_000
    with path.open("w", encoding="utf-8") as file:
        for number in range(2_000):
            file.write(json.dumps({"id": number, "text": NEWS, "rest": rest}) + "\n")
    assert path.stat().st_size > 28 << 20
    small = tmp_path / "b.jsonl"
    small.write_text(json.dumps({"text": NEWS}), "utf-8")
    count, peak = peak_of_reading(path)
    assert count == 2_000
    assert peak < peak_of_reading(small)[1] + 20
