"""The table of people: its form, its size, and that no name stands for two people unmarked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pytest

COLUMNS = ["kind", "english", "arabic", "also", "short", "country", "flags"]
# Words of bare letters, joined by a space or a hyphen; an initial may carry its full stop.
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+\.?(?:[ \-][\u0621-\u063a\u0641-\u064a]+\.?)*")
ENGLISH = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f.'\- ]*")


@cache
def table() -> tuple[dict[str, str], ...]:
    text = (files("mujaz.arabic") / "data" / "people.tsv").read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    assert reader.fieldnames == COLUMNS
    return tuple(reader)


def parts(cell: str) -> list[str]:
    return cell.split(" | ") if cell else []


def fold(text: str) -> str:
    """Letters that newsrooms mix, made one; the spaces after Abd, Abu and Bin dropped."""
    text = re.sub("[أإآٱ]", "ا", text).translate(str.maketrans("ىةؤئ", "يهوي"))
    return re.sub(r"(^| )(عبد|ابو|بن) ", r"\1\2", text)


def shorts(row: dict[str, str]) -> Iterator[tuple[bool, str, str]]:
    """Yield (safe anywhere, Arabic, English) for each short form of a row."""
    for entry in parts(row["short"]):
        arabic, separator, english = entry.removeprefix("!").partition("=")
        assert separator, f"{row['english']}: {entry!r} lacks its English"
        yield entry.startswith("!"), arabic, english


def test_every_row_is_a_person_with_all_columns() -> None:
    for row in table():
        assert None not in row, f"too many cells: {row}"
        assert all(row[column] is not None for column in COLUMNS), f"too few cells: {row}"
        assert row["kind"] == "person"
        assert re.fullmatch("[A-Z]{2}", row["country"]), row["english"]
        assert row["flags"] in ("", "?"), row["english"]
        assert all(cell == cell.strip() and "  " not in cell for cell in row.values()), row


def test_the_table_is_large_enough() -> None:
    assert len(table()) >= 3500
    assert sum(len(parts(row["arabic"])) for row in table()) >= 8000


def test_each_english_stands_once() -> None:
    english = [row["english"] for row in table()]
    assert len(english) == len(set(english))


def test_arabic_is_bare_letters() -> None:
    for row in table():
        forms = parts(row["arabic"]) + [arabic for _, arabic, _ in shorts(row)]
        assert parts(row["arabic"]), f"{row['english']} has no Arabic form"
        for form in forms:
            assert ARABIC.fullmatch(form), f"{row['english']}: {form!r}"


def test_english_is_latin() -> None:
    for row in table():
        names = [row["english"], *parts(row["also"]), *(english for *_, english in shorts(row))]
        for name in names:
            assert ENGLISH.fullmatch(name), f"{row['english']}: {name!r}"


def test_variants_differ_within_a_row() -> None:
    for row in table():
        also = [row["english"], *parts(row["also"])]
        assert len(set(also)) == len(also), row["english"]
        # The space after Abd is a difference here: both spellings stand in the table on purpose.
        forms = [re.sub("[أإآٱ]", "ا", form) for form in parts(row["arabic"])]
        assert len(set(forms)) == len(forms), row["english"]


def test_no_arabic_form_stands_for_two_people() -> None:
    owner: dict[str, str] = {}
    for row in table():
        for form in parts(row["arabic"]):
            assert owner.setdefault(fold(form), row["english"]) == row["english"], form


def test_a_full_form_of_one_word_is_not_a_plain_surname() -> None:
    """One word alone is a full form only for those known by it, and then it is a long one."""
    single = [form for row in table() for form in parts(row["arabic"]) if " " not in form]
    assert len(single) <= 60
    assert all(len(fold(form)) >= 4 for form in single)


def test_safe_shorts_mean_one_thing_in_the_whole_table() -> None:
    meanings: dict[str, set[str]] = {}
    for row in table():
        for _, arabic, english in shorts(row):
            meanings.setdefault(fold(arabic), set()).add(english)
    for row in table():
        for safe, arabic, _ in shorts(row):
            if safe:
                assert len(meanings[fold(arabic)]) == 1, (arabic, meanings[fold(arabic)])


def test_safe_shorts_are_long_enough_to_be_nobody_else() -> None:
    for row in table():
        for safe, arabic, _ in shorts(row):
            if safe:
                assert len(fold(arabic).replace(" ", "")) >= 4, arabic


def test_given_names_and_common_words_are_never_shorts() -> None:
    """Among them words that a proclitic or a folded letter makes: لصالح, لمجرد, وصفا, الملقى."""
    words = (
        "علي محمد أحمد حسن حسين عمر إبراهيم موسى خالد سلام أمل نور صالح مهر عمان الرئيس الملك "
        "مجرد المجرد لمجرد صفا ملقى الملقى خطاب هيكل سلامة مشرف السوداني حجاب بري حداد المنفى "
        "الضيف كوني أبي صديقي نظامي النبوي لفني روس الكبير"
    )
    forbidden = {fold(word) for word in words.split()}
    for row in table():
        for _, arabic, _ in shorts(row):
            assert fold(arabic) not in forbidden, (row["english"], arabic)


@pytest.mark.parametrize("word", ["الأسد", "الشرع", "روحاني", "الترابي", "صدام", "مرسي", "هولاند"])
def test_surnames_that_are_common_words_need_the_full_name(word: str) -> None:
    safe = {fold(arabic) for row in table() for is_safe, arabic, _ in shorts(row) if is_safe}
    assert fold(word) not in safe


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("علي شمخاني", "Ali Shamkhani"),
        ("إلهام علييف", "Ilham Aliyev"),
        ("الهام علي اوف", "Ilham Aliyev"),
        ("حيدر علي اوف", "Heydar Aliyev"),
        ("راميل أوسوبوف", "Ramil Usubov"),
        ("شاهين مصطفاييف", "Shahin Mustafayev"),
        ("حكمت حاجييف", "Hikmet Hajiyev"),
        ("علي ناغييف", "Ali Naghiyev"),
        ("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"),
        ("عبدالفتاح السيسى", "Abdel Fattah el-Sisi"),
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("بنيامين نتانياهو", "Benjamin Netanyahu"),
        ("فولوديمير زيلنسكي", "Volodymyr Zelensky"),
        ("رجب طيب إردوغان", "Recep Tayyip Erdogan"),
    ],
)
def test_well_known_names_are_found_under_their_spellings(arabic: str, english: str) -> None:
    found = {
        row["english"]
        for row in table()
        if fold(arabic) in {fold(form) for form in parts(row["arabic"])}
    }
    assert found == {english}


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("شمخاني", "Shamkhani"),
        ("علييف", "Aliyev"),
        ("نتنياهو", "Netanyahu"),
        ("أردوغان", "Erdogan"),
        ("زيلينسكي", "Zelensky"),
    ],
)
def test_famous_surnames_are_safe_alone(arabic: str, english: str) -> None:
    safe = {
        (fold(short), name) for row in table() for is_safe, short, name in shorts(row) if is_safe
    }
    assert (fold(arabic), english) in safe
