"""The terms of politics, war, law, religion and news reporting: their form, and no form twice."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from mujaz.arabic.lexicon import DATA, TABLES, Entry, problems, read_table
from mujaz.arabic.normal import fold

_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a -]+")
_ENGLISH = re.compile("[A-Za-z\u00e9 ,'-]+")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_table(DATA / "terms_public.tsv")


@pytest.fixture(scope="module")
def meanings(entries: list[Entry]) -> dict[str, str]:
    return {fold(form): entry.english for entry in entries for form in entry.arabic}


def test_rows_have_their_form(entries: list[Entry]) -> None:
    assert len(entries) >= 1500
    for entry in entries:
        assert entry.kind == "other", entry.english
        assert not (entry.short or entry.country or entry.flags), entry.english
        assert list(problems(entry)) == []
        for form in entry.arabic:
            assert _ARABIC.fullmatch(form), f"{entry.english}: {form!r}"
            # Two letters are found in too many other words behind a particle.
            assert len(fold(form)) > 2, f"{entry.english}: {form!r}"
            # ب and ل stand on the next word: a form that ends in one is never found.
            assert form.split(" ")[-1] not in ("ب", "ل"), f"{entry.english}: {form!r}"
        for english in (entry.english, *entry.also):
            assert _ENGLISH.fullmatch(english), english


def test_each_english_stands_once(entries: list[Entry]) -> None:
    english = [entry.english for entry in entries]
    assert len(english) == len(set(english))


def test_no_form_stands_twice(entries: list[Entry]) -> None:
    forms = Counter(fold(form) for entry in entries for form in entry.arabic)
    assert [form for form, count in forms.items() if count > 1] == []


def test_no_form_is_a_name_of_another_table(meanings: dict[str, str]) -> None:
    others = (name for name in TABLES if name != "terms_public" and (DATA / f"{name}.tsv").exists())
    taken = {fold(f) for name in others for e in read_table(DATA / f"{name}.tsv") for f in e.arabic}
    assert sorted(taken & set(meanings)) == []


# Words that mean several things in the news: one English would be wrong as often as right.
AMBIGUOUS = """
عين حق أمر قضى رد قتل مقابل عبر وسط أثر تحقيق مشروع قيادة معارض مواجهات مسيرة مسلح خطبة تحرير
فرض رفض حذر ذكر طالب أمة والده شقيقه بلده بعيد معتقل عميل دبلوماسية استراتيجية
"""


@pytest.mark.parametrize("word", AMBIGUOUS.split())
def test_ambiguous_words_stay_out(word: str, meanings: dict[str, str]) -> None:
    assert fold(word) not in meanings


WANTED = {
    "نظيره": "counterpart",
    "بلدنا": "our country",
    "الثقة المتبادلة": "mutual trust",
    "ندد": "condemned",
    "استنكرت": "condemned",
    "شدد على ضرورة": "stressed the need to",
    "من جانبه": "for his part",
    "في سياق متصل": "in a related context",
    "على صعيد آخر": "on another note",
    "في حين": "while",
    "جراء": "as a result of",
    "المرتقبة": "anticipated",
    "وقف إطلاق النار": "ceasefire",
    "الإقامة الجبرية": "house arrest",
    "صباح اليوم": "this morning",
}


@pytest.mark.parametrize(("arabic", "english"), WANTED.items())
def test_terms_that_weak_models_miss(arabic: str, english: str, meanings: dict[str, str]) -> None:
    assert meanings[fold(arabic)] == english
