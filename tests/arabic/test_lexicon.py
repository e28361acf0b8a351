import re

import pytest

from mujaz.arabic import fold
from mujaz.arabic.inflection import inflections
from mujaz.arabic.lexicon import (
    DATA,
    HEADER,
    TABLES,
    Entry,
    LexiconError,
    Short,
    add_entry,
    parse_row,
    problems,
    read_table,
    sort_key,
    write_table,
)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_well_formed_and_sorted(name):
    entries = read_table(DATA / f"{name}.tsv")
    assert entries
    assert not [fault for entry in entries for fault in problems(entry)]
    assert [e for e in entries if e.country and not re.fullmatch("[A-Z]{2}", e.country)] == []
    rows = [(entry.kind, entry.english, entry.arabic) for entry in entries]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("name", [*TABLES, "terms_public", "terms_general"])
def test_tables_are_in_the_order_that_adding_keeps(name):
    entries = read_table(DATA / f"{name}.tsv")
    assert entries == sorted(entries, key=sort_key)


def test_no_arabic_form_has_two_meanings_unless_flagged():
    """A company that is named after a person has the person's form; the table of people wins."""
    meanings: dict[str, set[str]] = {}
    people = {fold(form) for entry in read_table(DATA / "people.tsv") for form in entry.arabic}
    for name in TABLES:
        for entry in read_table(DATA / f"{name}.tsv"):
            if not entry.ambiguous:
                for form in entry.arabic:
                    if entry.kind == "organisation" and fold(form) in people:
                        continue
                    meanings.setdefault(fold(form), set()).add(entry.english)
    assert {form: words for form, words in meanings.items() if len(words) > 1} == {}


def test_tables_are_large_enough():
    sizes = {name: len(read_table(DATA / f"{name}.tsv")) for name in TABLES}
    assert sizes["people"] >= 1500
    assert sizes["organisations"] + sizes["offices"] >= 600
    assert sizes["places"] >= 2000


def test_every_country_of_a_capital_is_a_country():
    codes = {entry.country for entry in read_table(DATA / "countries.tsv")}
    assert {entry.country for entry in read_table(DATA / "capitals.tsv")} <= codes


def test_nationalities_do_not_hide_other_forms_of_their_table():
    """Two peoples share an inflected form only where one is flagged."""
    owners: dict[str, set[str]] = {}
    for entry in read_table(DATA / "demonyms.tsv"):
        if not entry.ambiguous:
            for form in entry.arabic:
                for inflected in inflections(form):
                    owners.setdefault(fold(inflected), set()).add(entry.english)
    shared = {form: names for form, names in owners.items() if len(names) > 1}
    assert shared == {}


def test_a_row_is_read_and_written_back():
    short = "!أورلين=Orlin | دانا=Dana"
    row = f"person\tDana Orlin\tدانا أورلين | دانة أورلين\tDana Orlyn\t{short}\tSE\t?"
    entry = parse_row(row)
    assert entry == Entry(
        "person",
        "Dana Orlin",
        ("دانا أورلين", "دانة أورلين"),
        ("Dana Orlyn",),
        (Short("أورلين", "Orlin", anywhere=True), Short("دانا", "Dana")),
        "SE",
        "?",
    )
    assert entry.ambiguous
    assert entry.row() == row


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("person\tX\tس", "columns"),
        ("planet\tX\tس\t\t\t\t", "kind"),
        ("person\t\tس\t\t\t\t", "name"),
        ("person\tX\tس\t\tقصير\t\t", "short form"),
        ("person\tX\tس\t\t\t\t!", "flags"),
    ],
)
def test_a_broken_row_is_named(row, word):
    with pytest.raises(LexiconError, match=word) as raised:
        parse_row(row, "table.tsv:7")
    assert "table.tsv:7" in str(raised.value)


def test_a_file_that_is_no_table_is_an_error(tmp_path):
    with pytest.raises(LexiconError, match="no table"):
        read_table(tmp_path / "absent.tsv")
    wrong = tmp_path / "wrong.tsv"
    wrong.write_text("arabic\tenglish\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="header"):
        read_table(wrong)


@pytest.mark.parametrize(
    "entry",
    [
        Entry("city", "Xanth", ("زانث ",)),
        Entry("city", "Xanth", ("زانث\u200f",)),
        Entry("city", "Xanth", ("زانث x",)),
        Entry("city", "Xanth زانث", ("زانث",)),
        Entry("city", "Xanth", ("زانث", "زانث")),
        Entry("city", "Xanth", ("ا\u0653نث",)),
    ],
)
def test_faults_of_letters_are_found(entry):
    assert list(problems(entry))


def test_adding_keeps_the_table_sorted_and_joins_forms(tmp_path):
    path = tmp_path / "cities.tsv"
    write_table(path, [Entry("city", "Zeta", ("زيتا",)), Entry("city", "Alfa", ("ألفا",))])
    add_entry(path, Entry("city", "Mira", ("ميرا",)))
    whole = add_entry(path, Entry("city", "Mira", ("ميرة الكبرى",), country="XX"))
    assert whole.arabic == ("ميرا", "ميرة الكبرى")
    assert [entry.english for entry in read_table(path)] == ["Alfa", "Mira", "Zeta"]
    assert path.read_text(encoding="utf-8").startswith(HEADER + "\n")


def test_adding_refuses_what_another_name_has(tmp_path):
    path = tmp_path / "cities.tsv"
    write_table(path, [Entry("city", "Alfa", ("ألفا",))])
    with pytest.raises(LexiconError, match="already"):
        add_entry(path, Entry("city", "Beta", ("الفا",)))
    with pytest.raises(LexiconError, match="cannot be added"):
        add_entry(path, Entry("city", "Beta", ("بيتا ",)))
