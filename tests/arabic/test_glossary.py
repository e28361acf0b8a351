import pytest

from mujaz.arabic import LexiconError, load_glossary


def test_a_glossary_is_read(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text("# mine\n\nالنورس\tAl-Nawras\tnote\nبحر  النور\t Sea of Nour \n", "utf-8-sig")
    glossary = load_glossary(path)
    assert glossary.pairs[0] == ("النورس", "Al-Nawras")
    assert [sense.english for sense in glossary.index.senses("بحر النور")] == ["Sea of Nour"]


def test_the_later_of_two_lines_wins(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text("النورس\tGull\nالنورس\tNawras\n", "utf-8")
    assert load_glossary(path).index.senses("النورس")[0].english == "Nawras"


@pytest.mark.parametrize("line", ["النورس", "النورس\t", "\tGull"])
def test_a_line_that_is_no_pair_is_named(tmp_path, line):
    path = tmp_path / "glossary.tsv"
    path.write_text(f"بحر\tSea\n{line}\n", "utf-8")
    with pytest.raises(LexiconError, match="line 2"):
        load_glossary(path)


def test_a_missing_or_binary_glossary_is_an_error(tmp_path):
    with pytest.raises(LexiconError, match="cannot read"):
        load_glossary(tmp_path / "absent.tsv")
    path = tmp_path / "binary.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match="cannot read"):
        load_glossary(path)
