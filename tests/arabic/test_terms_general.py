"""The table of general news terms: its form, its order, and that no form has two meanings."""

from __future__ import annotations

import re
from functools import cache

import pytest

from mujaz.arabic.lexicon import DATA, TABLES, Entry, problems, read_table
from mujaz.arabic.normal import fold

# Words of bare letters: no vowel signs, no digits, no punctuation.
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
ENGLISH = re.compile(r"[A-Za-z0-9][A-Za-zé0-9',\- ]*")


@cache
def table() -> tuple[Entry, ...]:
    return tuple(read_table(DATA / "terms_general.tsv"))


def test_rows_have_the_form_of_terms() -> None:
    for entry in table():
        assert entry.kind == "other", entry
        assert not list(problems(entry))
        assert ENGLISH.fullmatch(entry.english), entry.english
        assert not (entry.short or entry.country or entry.flags), entry.english
        for form in entry.arabic:
            assert ARABIC.fullmatch(form), (entry.english, form)


def test_the_table_is_large_enough() -> None:
    assert len(table()) >= 1800


def test_each_english_stands_once() -> None:
    english = [entry.english for entry in table()]
    assert len(english) == len(set(english))


def test_no_folded_form_stands_twice() -> None:
    owner: dict[str, str] = {}
    for entry in table():
        for form in entry.arabic:
            held = owner.setdefault(fold(form), f"{entry.english}: {form}")
            assert held == f"{entry.english}: {form}"


def test_no_form_is_a_name_of_another_table() -> None:
    names = {
        fold(form): f"{name}: {entry.english}"
        for name in TABLES
        if not name.startswith("terms_") and (DATA / f"{name}.tsv").exists()
        for entry in read_table(DATA / f"{name}.tsv")
        for form in (*entry.arabic, *(short.arabic for short in entry.short))
    }
    for entry in table():
        for form in entry.arabic:
            assert fold(form) not in names, (form, entry.english, names[fold(form)])


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("الطاقة المتجددة", "renewable energy"),
        ("محطة للطاقة الشمسية", "solar power plant"),
        ("ارتفعت", "rose"),
        ("لقاحات", "vaccines"),
        ("ما يربو على", "more than"),
    ],
)
def test_terms_are_found_under_their_forms(arabic: str, english: str) -> None:
    found = [e.english for e in table() if fold(arabic) in {fold(form) for form in e.arabic}]
    assert found == [english]
