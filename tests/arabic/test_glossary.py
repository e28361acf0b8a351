import pytest

from mujaz.arabic import LexiconError, find_names, load_glossary
from mujaz.arabic.glossary import load_glossaries, make_glossary


def found(text, *pairs):
    """What the pairs give in a text: the surface and the English told to a translator."""
    names = find_names(text, glossary=make_glossary(pairs))
    return [(name.surface, name.english) for name in names if name.source == "glossary"]


def test_a_glossary_is_read(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text("# mine\n\nالنورس\tAl-Nawras\tnote\nبحر  النور\t Sea of Nour \n", "utf-8-sig")
    glossary = load_glossary(path)
    assert glossary.pairs == (("النورس", "Al-Nawras"), ("بحر النور", "Sea of Nour"))
    assert [sense.english for sense in glossary.index.senses("بحر النور")] == ["Sea of Nour"]


def test_the_later_of_two_lines_wins(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text("النورس\tGull\nالنورس\tNawras\n", "utf-8")
    assert load_glossary(path).index.senses("النورس")[0].english == "Nawras"


def test_the_later_of_two_files_wins(tmp_path):
    (tmp_path / "a.tsv").write_text("النورس\tGull\nالدلفين\tDolphin\n", "utf-8")
    (tmp_path / "b.csv").write_text("النورس,Nawras\n", "utf-8")
    glossary = load_glossaries([tmp_path / "a.tsv", tmp_path / "b.csv"])
    assert glossary.index.senses("النورس")[0].english == "Nawras"
    assert glossary.index.senses("الدلفين")[0].english == "Dolphin"


@pytest.mark.parametrize("line", ["النورس", "النورس\t", "\tGull", "Gull\tالنورس", "النورس\t؟"])
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


def test_pairs_make_the_same_glossary_again():
    first = make_glossary([("كتيبة | كتائب", "battalion | brigade")])
    again = make_glossary(first.pairs)
    assert again.entries == first.entries
    assert again.index.phrases == first.index.phrases


@pytest.mark.parametrize("word", ["كتيبة", "كتائب"])
def test_any_of_several_arabic_forms_is_found(word):
    pair = ("كتيبة | كتائب", "battalion | brigade")
    names = find_names(f"وصلت {word} إلى هنا", glossary=make_glossary([pair]))
    assert [(name.english, name.also) for name in names] == [("battalion", ("brigade",))]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("وصلت كتيبة الفجر", "كتيبة الفجر"),
        ("وصلت وبكتيبة الفجر", "كتيبة الفجر"),
        ("انضم لكتيبة الفجر", "كتيبة الفجر"),
        ("كَتيبةُ الفَجر", "كَتيبةُ الفَجر"),
        ("كتيبه الفجر", "كتيبه الفجر"),
        ("كتيبـة الفجر", "كتيبـة الفجر"),
        ("كتيبة\nالفجر", "كتيبة\nالفجر"),
    ],
)
def test_particles_and_spelling_do_not_hide_an_entry(text, surface):
    assert found(text, ("كتيبة الفجر", "Dawn Battalion")) == [(surface, "Dawn Battalion")]


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("قال للكتيبة", "كتيبة", "battalion"),
        ("مع كتيبتهم", "كتيبة", "battalion"),
        ("وصلت الكتيبتان", "كتيبة", "battalions"),
        ("أمام المحاكمة والمحكمة الدستورية", "محكمة دستورية", "Constitutional Court"),
        ("مع كتيبتي الفجر", "كتيبة الفجر", "Dawn Battalions"),
    ],
)
def test_inflected_forms_are_found(text, arabic, english):
    base = english.removesuffix("s")
    assert [told for _, told in found(text, (arabic, base))] == [english]


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("سافر إلى سوريا", "سوري"),  # a country, not the accusative of an adjective
        ("صلى في القدس", "قدس"),
        ("رأى نورسا", "النورس"),
        ("وصل حمدان", "حمد"),
    ],
)
def test_another_word_is_not_taken_for_an_inflection(text, arabic):
    assert found(text, (arabic, "Thing")) == []


def test_a_written_form_wins_over_a_derived_one():
    pairs = [("المجلس", "the Majlis"), ("مجلس", "council")]
    assert found("قال المجلس", *pairs) == [("المجلس", "the Majlis")]
    assert found("قال المجلس", *reversed(pairs)) == [("المجلس", "the Majlis")]


def test_an_entry_wins_over_the_tables():
    assert found("وصل إلى بيروت", ("بيروت", "Beyrouth")) == [("بيروت", "Beyrouth")]
