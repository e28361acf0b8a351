"""Data sets of every form that is known, made here, small."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.errors import InputError, OptionError
from mujaz.eval.data import KNOWN, Columns, Data, Row, load_data

NEWS = "افتتح الوزير الجسر الجديد يوم الأحد."
OTHER = "تراجعت أسعار القمح في الأسواق."
SUMMARY = "افتتاح جسر جديد."


def lines(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def text(path: Path, *given: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in given), "utf-8")
    return path


def test_plain_rows(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "news.jsonl",
        {"id": 1, "text": NEWS, "reference": SUMMARY, "title": "جسر", "domain": "local"},
        {"id": "b", "text": OTHER, "references": [SUMMARY, "قمح."]},
    )
    data = load_data(str(file))
    assert data.rows == (
        Row("1", NEWS, (SUMMARY,), "جسر", "local"),
        Row("b", OTHER, (SUMMARY, "قمح."), None, ""),
    )
    assert data.name == "news"
    assert data.fields == ("id", "text", "reference", "title", "domain", "references")


def test_columns_of_plain_rows(tmp_path: Path) -> None:
    row = {"url": "u", "body": {"ar": NEWS}, "a": SUMMARY, "b": OTHER, "title": "جسر", "topic": "x"}
    data = load_data(
        str(lines(tmp_path / "news.jsonl", row)),
        columns=Columns("body.ar", ("a", "b"), "", "url", "topic"),
    )
    assert data.rows == (Row("u", NEWS, (SUMMARY, OTHER), "", "x"),)


def test_rows_without_references_and_without_text(tmp_path: Path) -> None:
    data = load_data(str(lines(tmp_path / "n.jsonl", {"id": "a", "text": None})))
    assert data.rows == (Row("a", "", ()),)


def test_what_no_encoding_can_write_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "n.jsonl"
    file.write_text('{"id": "a", "text": "خبر \\ud800"}\n', "utf-8")
    assert load_data(str(file)).rows[0].text == "خبر ?"
    assert load_data(str(file)).fingerprint


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "a"}], "line 1: no field 'text' among id"),
        ([{"text": NEWS}], "no field 'id' among text"),
        ([{"id": "", "text": NEWS}], "is no id"),
        ([{"id": "a", "text": 3}], "the field 'text' is no text"),
        ([{"id": "a", "text": NEWS}] * 2, "the id 'a' occurs twice"),
        ([[NEWS]], "line 1: not a JSON object"),
        ([{"id": "a", "text": NEWS, "reference": " "}], "an empty reference in row 'a'"),
        (
            [{"id": "a", "text": NEWS, "reference": SUMMARY}, {"id": "b", "text": NEWS}],
            "row 'b' has no reference",
        ),
        (
            [{"id": "a", "text": NEWS}, {"id": "b", "text": NEWS, "reference": SUMMARY}],
            "row 'a' has no reference",
        ),
    ],
)
def test_rows_that_are_refused(tmp_path: Path, rows: list[object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_data(str(lines(tmp_path / "n.jsonl", *rows)))


def test_files_that_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é"}\n'.encode("latin-1"))
    (tmp_path / "torn.jsonl").write_text('{"id": "a", "te', "utf-8")
    for name, said in [
        ("latin.jsonl", "not UTF-8"),
        ("torn.jsonl", "line 1: not JSON"),
        ("absent.jsonl", "no such file"),
        (".", "is a folder"),
        ("easc:absent", "no such file"),
    ]:
        spec = name if ":" in name else str(tmp_path / name)
        with pytest.raises(InputError, match=said):
            load_data(spec)


XLSUM = {"url": "https://example.org", "title": "جسر", "summary": SUMMARY, "text": NEWS}


def test_xlsum(tmp_path: Path) -> None:
    file = lines(tmp_path / "arabic_test.jsonl", {"id": "middleeast-45029873", **XLSUM})
    data = load_data(f"xlsum:{file}")
    assert data.rows == (Row("middleeast-45029873", NEWS, (SUMMARY,), "جسر", "middleeast"),)
    assert load_data(f"xlsum:{tmp_path}").rows == data.rows
    lead = load_data(f"xlsum:{file}", columns=Columns(text="summary", title="")).rows[0]
    assert (lead.text, lead.title) == (SUMMARY, "")


def test_splits_are_asked_for_where_there_are_several(tmp_path: Path) -> None:
    lines(tmp_path / "arabic_test.jsonl", {"id": "a-1", **XLSUM})
    lines(tmp_path / "arabic_val.jsonl", {"id": "b-1", **XLSUM})
    with pytest.raises(InputError, match="several splits; choose with --split: test, val"):
        load_data(f"xlsum:{tmp_path}")
    assert load_data(f"xlsum:{tmp_path}", split="val").rows[0].id == "b-1"
    with pytest.raises(InputError, match="no split 'dev'"):
        load_data(f"xlsum:{tmp_path}", split="dev")


def test_easc_in_lines(tmp_path: Path) -> None:
    own = {"id": "t1", "text": NEWS, "summaries": [SUMMARY, OTHER], "title": "Art and Music (1)"}
    row = load_data(f"easc:{lines(tmp_path / 'own.jsonl', own)}").rows[0]
    assert row == Row("t1", NEWS, (SUMMARY, OTHER), "", "art and music")
    hub = {"article_id": 7, "topic_name": "sport", "article_text": NEWS}
    hub |= {f"summary_{letter}": SUMMARY + letter for letter in "ABCDE"}
    row = load_data(f"easc:{lines(tmp_path / 'hub.jsonl', hub)}").rows[0]
    assert row == Row("7", NEWS, tuple(SUMMARY + letter for letter in "ABCDE"), "", "sport")


def test_easc_as_a_folder(tmp_path: Path) -> None:
    text(tmp_path / "Articles/Topic1/sport (7).TXT", NEWS)
    (tmp_path / "MTurk/Topic1").mkdir(parents=True)
    for letter, encoding in (("A", "utf-8"), ("B", "windows-1256")):
        summary = tmp_path / f"MTurk/Topic1/D0101.M.250.A.1.{letter}"
        summary.write_bytes(f"{SUMMARY} {letter} {OTHER}".encode(encoding))
    row = load_data(f"easc:{tmp_path}").rows[0]
    assert (row.id, row.domain, row.title) == ("Topic1", "sport", "")
    assert row.text.strip() == NEWS
    assert row.references == (f"{SUMMARY} A {OTHER}", f"{SUMMARY} B {OTHER}")


def test_flores_as_published(tmp_path: Path) -> None:
    for split, count in (("dev", 2), ("devtest", 1)):
        text(tmp_path / split / f"arb_Arab.{split}", *[NEWS] * count)
        text(tmp_path / split / f"eng_Latn.{split}", *["The bridge opened."] * count)
    meta = ["URL\tdomain\ttopic", "u\twikinews\tx", "u\twikivoyage\tx"]
    text(tmp_path / "metadata_dev.tsv", *meta)
    data = load_data(f"flores:{tmp_path}", split="dev")
    assert [row.domain for row in data.rows] == ["wikinews", "wikivoyage"]
    assert data.rows[0] == Row("flores-dev-0001", NEWS, ("The bridge opened.",), "", "wikinews")
    assert load_data(f"flores:{tmp_path}", split="devtest").rows[0].domain == ""
    with pytest.raises(InputError, match="--split: dev, devtest"):
        load_data(f"flores:{tmp_path}")
    text(tmp_path / "metadata_dev.tsv", *meta[:2])
    with pytest.raises(InputError, match="the table of domains has 1 lines"):
        load_data(f"flores:{tmp_path}", split="dev")


def test_flores_as_two_files(tmp_path: Path) -> None:
    text(tmp_path / "source.ar", NEWS, f"{OTHER}\u2028{NEWS}")
    text(tmp_path / "reference.en", "One.", "Two.")
    data = load_data(f"flores:{tmp_path}")
    assert [row.references for row in data.rows] == [("One.",), ("Two.",)]
    text(tmp_path / "reference.en", "One.")
    with pytest.raises(InputError, match=r"source\.ar has 2 lines, reference\.en has 1"):
        load_data(f"flores:{tmp_path}")


def test_ntrex(tmp_path: Path) -> None:
    text(tmp_path / "NTREX-128/newstest2019-ref.arb.txt", NEWS, OTHER)
    text(tmp_path / "NTREX-128/newstest2019-src.eng.txt", "One.", "Two.")
    assert [row.domain for row in load_data(f"ntrex:{tmp_path}").rows] == ["", ""]
    text(tmp_path / "DOCUMENT_IDS.tsv", "bbc.381790", "rt.com.91337")
    rows = load_data(f"ntrex:{tmp_path}").rows
    assert rows == load_data(f"ntrex:{tmp_path / 'NTREX-128'}").rows
    assert rows[1] == Row("ntrex-0002", OTHER, ("Two.",), "", "rt.com")


TABLE: dict[str, list[Any]] = {
    "article": [NEWS, OTHER],
    "highlights": [[SUMMARY], [SUMMARY, OTHER]],
    "category": ["a", None],
}
NAMED = Columns(text="article", references=("highlights",), domain="category")


def saved(folder: Path) -> None:
    from datasets import Dataset

    Dataset.from_dict(TABLE).save_to_disk(str(folder))


def saved_splits(folder: Path) -> None:
    from datasets import Dataset, DatasetDict

    DatasetDict({"test": Dataset.from_dict(TABLE)}).save_to_disk(str(folder))


def parquet_shards(folder: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    (folder / "data").mkdir(parents=True)
    table = pa.table(TABLE)
    for number in (0, 1):
        name = f"test-{number:05d}-of-00002.parquet"
        parquet.write_table(table.slice(number, 1), folder / "data" / name)


def parquet_folder(folder: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    (folder / "test").mkdir(parents=True)
    parquet.write_table(pa.table(TABLE), folder / "test/0000.parquet")


def json_lines(folder: Path) -> None:
    rows = zip(*TABLE.values(), strict=True)
    lines(folder / "test.jsonl", *(dict(zip(TABLE, row, strict=True)) for row in rows))


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # datasets leaves mapped files open
@pytest.mark.parametrize("write", [saved, saved_splits, parquet_shards, parquet_folder, json_lines])
def test_layouts_of_datasets(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], write: Callable[[Path], None]
) -> None:
    write(tmp_path / "news")
    capfd.readouterr()
    data = load_data(f"datasets:{tmp_path / 'news'}", columns=NAMED)
    number = "row" if write is saved else "test"
    assert data.rows == (
        Row(f"{number}-000001", NEWS, (SUMMARY,), None, "a"),
        Row(f"{number}-000002", OTHER, (SUMMARY, OTHER), None, ""),
    )
    assert data.name == ("news" if write is saved else "news-test")
    assert data.fields == tuple(TABLE)
    assert capfd.readouterr() == ("", "")


def test_splits_of_datasets(tmp_path: Path) -> None:
    lines(tmp_path / "test.jsonl", {"text": NEWS})
    lines(tmp_path / "train.jsonl", {"text": OTHER})
    with pytest.raises(InputError, match="--split: test, train"):
        load_data(f"datasets:{tmp_path}")
    assert load_data(f"datasets:{tmp_path}", split="train").rows[0].text == OTHER


def test_what_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing like SPLIT"):
        load_data(f"datasets:{tmp_path}")
    (tmp_path / "test.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="cannot be read"):
        load_data(f"datasets:{tmp_path}")
    with pytest.raises(InputError, match="nothing like dev/arb_Arab"):
        load_data(f"flores:{tmp_path}")
    with pytest.raises(InputError, match="is a file"):
        load_data(f"flores:{tmp_path / 'test.parquet'}")
    with pytest.raises(InputError, match="has no rows"):
        load_data(f"easc:{tmp_path}")


def test_options_that_a_format_does_not_have(tmp_path: Path) -> None:
    file = lines(tmp_path / "n.jsonl", {"id": "a", "text": NEWS})
    with pytest.raises(OptionError, match="has no splits"):
        load_data(str(file), split="test")
    with pytest.raises(OptionError, match="no fields to choose"):
        load_data(f"ntrex:{tmp_path}", columns=Columns(text="x"))


def test_the_choice_of_rows() -> None:
    data = Data("d", "d", tuple(Row(str(number), NEWS) for number in range(7)))
    assert [row.id for row in data.chosen(every=3)] == ["0", "3", "6"]
    assert [row.id for row in data.chosen(every=2, limit=2)] == ["0", "2"]
    assert data.chosen() == data.rows


def test_the_fingerprint_sees_every_change() -> None:
    rows = (Row("a", NEWS, (SUMMARY,), None, ""), Row("b", OTHER, (SUMMARY,), "t", "d"))
    changed = [
        rows[::-1],
        (Row("a", NEWS, (SUMMARY,), "", ""), rows[1]),
        (Row("a", NEWS + " ", (SUMMARY,)), rows[1]),
        (rows[0], Row("b", OTHER, (SUMMARY,), "t", "")),
        (rows[0], Row("b", OTHER, (SUMMARY, SUMMARY), "t", "d")),
    ]
    prints = {Data("d", "d", given).fingerprint for given in (rows, *changed)}
    assert len(prints) == 6
    assert Data("other", "name", rows).fingerprint == Data("d", "d", rows).fingerprint


def test_known_data_name_forms_that_are_taken() -> None:
    for known in KNOWN:
        with pytest.raises(InputError, match="no such file"):
            load_data(f"{known.name}:/nowhere")


@pytest.mark.data
def test_the_data_beside_the_checkout() -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not folder.exists():
        pytest.skip(f"{folder} is absent")
    news = load_data(f"xlsum:{folder}/summaries/bbc-arabic-dev.jsonl")
    assert len(news.rows) == 300
    assert {len(row.references) for row in news.rows} == {1}
    texts = load_data(f"easc:{folder}/summaries/easc.jsonl").rows
    assert (len(texts), {len(row.references) for row in texts}) == (153, {5})
    assert len({row.domain for row in texts}) == 10
    assert len(load_data(f"flores:{folder}/flores-dev").rows) == 997
