"""Files become segments by id or by line; what does not belong together is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mujaz.errors import InputError
from mujaz.eval.segments import read_column, read_segments

Row = dict[str, Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text(name: str, *given: str) -> str:
    Path(name).write_text("".join(f"{line}\n" for line in given), encoding="utf-8")
    return name


def rows(name: str, *given: Row) -> str:
    Path(name).parent.mkdir(exist_ok=True)
    return text(name, *(json.dumps(row, ensure_ascii=False) for row in given))


def test_lines() -> None:
    read = read_segments(
        text("h", "one", "", "three"),
        [text("a", "eins", "zwei", "drei"), text("b", "uno", "due", "tre")],
        text("s", "ا", "ب", "ت"),
    )
    assert read.segments.ids == ("1", "2", "3")
    assert read.segments.hypotheses == ("one", "", "three")
    assert read.segments.references == (("eins", "uno"), ("zwei", "due"), ("drei", "tre"))
    assert read.segments.sources == ("ا", "ب", "ت")
    assert read.notes == ()
    assert read_segments("h").segments.references == ()


def test_ids_decide_where_all_files_have_them() -> None:
    read = read_segments(
        rows("h.jsonl", {"id": "b", "hypothesis": "B"}, {"id": 7, "hypothesis": "S"}),
        [rows("r.jsonl", {"id": "7", "reference": "s"}, {"id": "b", "references": ["b", "bb"]})],
        rows("s.jsonl", {"id": "7", "text": "س"}, {"id": "b", "source": "ب"}),
    )
    assert read.segments.ids == ("b", "7")
    assert read.segments.hypotheses == ("B", "S")
    assert read.segments.references == (("b", "bb"), ("s",))
    assert read.segments.sources == ("ب", "س")
    assert read.notes == ()


@pytest.mark.parametrize("name", ["out", "out.json", "out.txt"])
def test_json_lines_are_known_by_what_they_hold(name: str) -> None:
    read = read_segments(rows(name, {"id": "x", "hypothesis": "one"}), [text("r", "one")])
    assert read.segments.ids == ("x",)
    assert read.notes == ("r has no ids: taken in the order of out" + name[3:],)


def test_a_line_in_braces_is_a_line() -> None:
    given = text("h", "{a set}", "{another}")
    assert read_segments(given).segments.hypotheses == ("{a set}", "{another}")


def test_without_reference_files_the_rows_own_count() -> None:
    row = {"hypothesis": "h", "references": ["r"], "source": "s", "domain": "sport", "record": {}}
    read = read_segments(rows("h.jsonl", {"id": "1", **row}, {"id": "2", **row}))
    assert read.segments.references == (("r",), ("r",))
    assert read.segments.sources == ("s", "s")
    assert read.segments.domains == ("sport", "sport")
    given = read_segments("h.jsonl", [text("r", "x", "y")], text("s", "p", "q")).segments
    assert (given.references, given.sources) == ((("x",), ("y",)), ("p", "q"))


def test_a_runs_folder_is_read() -> None:
    rows("run/outputs.jsonl", {"id": "a", "hypothesis": "h", "references": ["r"], "source": "s"})
    Path("run/run.json").write_text('{"schema": "mujaz.run/1"}', encoding="utf-8")
    assert read_segments("run").segments.references == (("r",),)
    Path("run/run.json").write_text('{"schema": "mujaz.run/9"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"schema 'mujaz.run/9' where 'mujaz.run/1' is expected"):
        read_segments("run")
    Path("run/run.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="not JSON"):
        read_segments("run")
    Path("empty").mkdir()
    with pytest.raises(InputError, match="empty is not the folder of a run"):
        read_segments("empty")


@pytest.mark.parametrize("field", ["hypothesis", "output", "translation", "summary"])
def test_outputs_go_by_several_names(field: str) -> None:
    assert read_segments(rows("h.jsonl", {"id": 1, field: "x"})).segments.hypotheses == ("x",)


def test_a_blank_line_of_one_reference_file_is_one_reference_less() -> None:
    read = read_segments(text("h", "a", "b"), [text("r", "a", "b"), text("t", "", "bb")])
    assert read.segments.references == (("a",), ("b", "bb"))
    assert read.notes == ("1 segments lack a reference of r, t; the rest are used",)


@pytest.mark.parametrize(
    ("hypotheses", "references", "message"),
    [
        (["a", "b"], ["a"], "h has 2 segments and r 1; give as many"),
        (["a"], ["a", ""], "h has 1 segments and r 2"),
        (["a", "b"], ["a", " "], "r: the reference of segment on line 2 is empty"),
    ],
)
def test_lines_that_do_not_fit(hypotheses: list[str], references: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_segments(text("h", *hypotheses), [text("r", *references)])


@pytest.mark.parametrize(
    ("hypotheses", "references", "message"),
    [
        (
            [{"id": 1, "hypothesis": "a"}, {"id": 2, "hypothesis": "b"}],
            [{"id": 1, "reference": "a"}, {"id": 3, "reference": "b"}],
            "r.jsonl lacks '2' of h.jsonl; h.jsonl lacks '3' of r.jsonl; give both the same ids",
        ),
        (
            [{"id": n, "hypothesis": "a"} for n in range(5)],
            [{"id": 0, "reference": "a"}],
            "r.jsonl lacks '1' and 3 more of h.jsonl",
        ),
        (
            [{"id": 1, "hypothesis": "a"}, {"id": 1, "hypothesis": "b"}],
            [],
            "h.jsonl: the id '1' stands in several rows; make the ids unique",
        ),
        (
            [{"id": "1", "hypothesis": "a"}, {"id": 1, "hypothesis": "b"}],
            [],
            "id '1' stands in several rows",
        ),
        ([{"id": 1, "hypothesis": "a"}, {"hypothesis": "b"}], [], "row 2 has no id, and others"),
        ([{"id": True, "hypothesis": "a"}], [], "row 1 has no id"),
        ([{"id": 1, "text": "a", "reference": "b"}], [], "has no text 'hypothesis'"),
        ([{"id": 1, "hypothesis": None}], [], r"row 1 \(1\) has no text 'hypothesis'"),
        ([{"id": 1, "summary": "a", "translation": "b"}], [], "has translation and summary; call"),
        (
            [{"id": 1, "hypothesis": "a"}],
            [{"id": 1, "reference": ""}],
            "the reference of segment 1 is empty",
        ),
        (
            [{"id": 1, "hypothesis": "a"}],
            [{"id": 1, "references": []}],
            "the reference of segment 1 is empty",
        ),
        (
            [{"id": 1, "hypothesis": "a"}],
            [{"id": 1, "references": [5]}],
            "row 1 has a reference that is no text",
        ),
    ],
)
def test_rows_that_do_not_fit(hypotheses: list[Row], references: list[Row], message: str) -> None:
    given = [rows("r.jsonl", *references)] if references else []
    with pytest.raises(InputError, match=message) as error:
        read_segments(rows("h.jsonl", *hypotheses), given)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("line", "message"), [("{oops", "line 1 is not JSON"), ("[1]", "line 1 is not a JSON object")]
)
def test_lines_that_are_no_rows(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_segments(text("h.jsonl", line))


def test_one_more_column_goes_by_id_or_by_line() -> None:
    given = read_segments(
        rows("h.jsonl", {"id": "a", "hypothesis": "x"}, {"id": "b", "hypothesis": "y"})
    ).segments
    by_id = rows("d.jsonl", {"id": "b", "document": "2"}, {"id": "a", "document": "1"})
    assert read_column(by_id, "document", given) == ("1", "2")
    assert read_column(text("d", "p", "q"), "document", given) == ("p", "q")
    with pytest.raises(InputError, match="the file of outputs has 2 segments and d 1"):
        read_column(text("d", "p"), "document", given)
