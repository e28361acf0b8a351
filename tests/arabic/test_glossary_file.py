import pytest

from mujaz.arabic import LexiconError
from mujaz.arabic.glossary_file import read_glossary


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_glossary(path)


def pairs(file):
    return [(*entry.pair, entry.line) for entry in file.entries]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("g.tsv", "النورس\tAl-Nawras\n\n# no\nالدلفين\tthe, Dolphin\tx\n"),
        ("g.txt", "النورس\tAl-Nawras\r\n\r\n\r\nالدلفين\tthe, Dolphin\r\n"),
        ("g.csv", '\ufeffالنورس,Al-Nawras\n\n# no\nالدلفين,"the, Dolphin",x\n'),
        ("g.CSV", 'النورس;Al-Nawras\r\n\r\n\r\nالدلفين;"the, Dolphin"\r\n'),
    ],
)
def test_tables(tmp_path, name, content):
    file = read(tmp_path, name, content)
    assert pairs(file) == [("النورس", "Al-Nawras", 1), ("الدلفين", "the, Dolphin", 4)]
    assert file.faults == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_a_spreadsheet_saves(tmp_path, encoding):
    text = "النورس\tAl-Nawras\nالدلفين\tDolphin\nالحوت الأزرق\tBlue Whale\n"
    assert len(read(tmp_path, "g.tsv", text.encode(encoding)).entries) == 3


@pytest.mark.parametrize("head", ["english,note,arabic", "EN,x,AR", "target,,source"])
def test_a_header_says_where_the_columns_are(tmp_path, head):
    file = read(tmp_path, "g.csv", f"{head}\nGull,,النورس\n")
    assert pairs(file) == [("النورس", "Gull", 2)]


def test_a_quoted_cell_over_two_lines(tmp_path):
    file = read(tmp_path, "g.csv", 'النورس,"Al-\nNawras"\nالدلفين,Dolphin\n')
    assert pairs(file) == [("النورس", "Al- Nawras", 1), ("الدلفين", "Dolphin", 3)]


def test_malformed_rows_are_named_and_the_rest_is_read(tmp_path):
    file = read(tmp_path, "g.tsv", "النورس\nبحر\tSea\n\tx\nGull\tالنورس\n")
    assert pairs(file) == [("بحر", "Sea", 2)]
    assert [(fault.line, fault.message) for fault in file.faults] == [
        (1, "is not a pair"),
        (3, "has no Arabic"),
        (4, "has 'Gull' where Arabic is expected"),
    ]


@pytest.mark.parametrize("row", ['بحر,"Sea', 'بحر,"Sea"x'])
def test_a_csv_that_is_none(tmp_path, row):
    file = read(tmp_path, "g.csv", f"النورس,Gull\n{row}\nالدلفين,Dolphin\n")
    assert pairs(file) == [("النورس", "Gull", 1)]
    assert [(fault.line, fault.message) for fault in file.faults] == [
        (2, "cannot be read on as CSV")
    ]


def test_an_empty_file_has_nothing(tmp_path):
    assert read(tmp_path, "g.tsv", "\n").entries == ()


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", bytes(range(256)) * 20])
def test_another_kind_of_file_is_refused(tmp_path, content):
    with pytest.raises(
        LexiconError, match=r"cannot read the glossary .*: it is .*; save it as TSV"
    ):
        read(tmp_path, "g.csv", content)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="cannot read"):
        read_glossary(tmp_path)
