"""The tables of organisations, offices and titles: their form, their size, no contradictions.

Form of a row: ``kind english arabic also short country flags``, separated by tabs. Lists inside a
cell are joined by " | ". A short form is written ``arabic=English``; one that starts with ``!`` may
stand in any text, the others count only where a full form of the same row stands in the text.
The flag ``?`` marks forms that are also common words and need context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "arabic" / "data"
HEADER = ["kind", "english", "arabic", "also", "short", "country", "flags"]
KINDS = {"organisations.tsv": {"organisation", "other"}, "offices.tsv": {"office", "title"}}
SMALLEST = {"organisation": 650, "other": 100, "office": 150, "title": 50}

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a0-9+ -]+")
_ENGLISH = re.compile("[A-Za-z\u00c0-\u017f0-9 .,'&/+#!-]+")


def fold(text: str) -> str:
    """What a reader takes for the same spelling: no marks, one alef, one ya, one ha."""
    return " ".join(_MARKS.sub("", text).translate(_LETTERS).split())


def single_spaced(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Row:
    where: str
    kind: str
    english: str
    arabic: tuple[str, ...]
    also: tuple[str, ...]
    short: tuple[str, ...]
    country: str
    flags: str


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(" | ")) if cell else ()


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_bytes().decode("utf-8")
    assert text.endswith("\n") and "\r" not in text and "\ufeff" not in text
    return text[:-1].split("\n")


def _read(name: str) -> list[Row]:
    rows = []
    for number, line in enumerate(_lines(name)[1:], 2):
        cells = line.split("\t")
        assert len(cells) == len(HEADER), f"{name}:{number} has {len(cells)} cells"
        kind, english, arabic, also, short, country, flags = cells
        where = f"{name}:{number} {english}"
        rows.append(
            Row(where, kind, english, _parts(arabic), _parts(also), _parts(short), country, flags)
        )
    return rows


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for name in KINDS for row in _read(name)]


@pytest.fixture(scope="module")
def forms(rows: list[Row]) -> dict[str, list[Row]]:
    index: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for form in row.arabic:
            index[fold(form)].append(row)
    return index


@pytest.mark.parametrize("name", KINDS)
def test_header_and_kinds(name: str) -> None:
    assert _lines(name)[0].split("\t") == HEADER
    assert {row.kind for row in _read(name)} == KINDS[name]


@pytest.mark.parametrize("name", KINDS)
def test_sorted_by_kind_then_english(name: str) -> None:
    keys = [(row.kind, row.english.casefold()) for row in _read(name)]
    assert keys == sorted(keys)


def test_counts(rows: list[Row]) -> None:
    for kind, least in SMALLEST.items():
        assert sum(row.kind == kind for row in rows) >= least, kind


def test_cells_are_clean(rows: list[Row]) -> None:
    for row in rows:
        assert row.arabic, row.where
        for form in row.arabic:
            assert _ARABIC.fullmatch(form) and form == single_spaced(form), f"{row.where}: {form!r}"
            assert not _MARKS.search(form), f"{row.where}: {form!r}"
        for english in (row.english, *row.also):
            assert _ENGLISH.fullmatch(english), f"{row.where}: {english!r}"
            assert english == single_spaced(english), f"{row.where}: {english!r}"
        assert row.english not in row.also and len(set(row.also)) == len(row.also), row.where
        assert re.fullmatch("([A-Z]{2})?", row.country), row.where
        assert row.flags in {"", "?"}, row.where


def test_short_forms_are_well_formed(rows: list[Row]) -> None:
    for row in rows:
        for short in row.short:
            arabic, equals, english = short.partition("=")
            arabic = arabic.removeprefix("!")
            assert equals and _ENGLISH.fullmatch(english), f"{row.where}: {short!r}"
            assert _ARABIC.fullmatch(arabic) and len(arabic) >= 3, f"{row.where}: {short!r}"


def test_no_form_stands_twice(forms: dict[str, list[Row]]) -> None:
    for form, found in forms.items():
        if len(found) > 1:
            where = [row.where for row in found]
            assert all(row.flags == "?" for row in found), f"{form}: {where}"
            assert len({row.english for row in found}) == len(found), f"{form}: {where}"


def test_short_forms_contradict_nothing(rows: list[Row], forms: dict[str, list[Row]]) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for short in row.short:
            arabic, _, english = short.removeprefix("!").partition("=")
            assert fold(arabic) not in forms, f"{row.where}: {arabic} is a full form too"
            meanings[fold(arabic)].add(english)
    assert {form: names for form, names in meanings.items() if len(names) > 1} == {}


# Common words and place names that are somebody's name as well: never without context.
AMBIGUOUS = """
مهر فارس تسنيم سبأ وفا معا قنا وام واس بنا أمل فتح النور الشباب القاعدة الجزيرة العربية
الحدث العالم الحياة الشرق النهار الأخبار السفير الوطن الخليج البيان الرأي الغد الحرة المنار
المستقبل الدستور النصر الهلال الاتحاد الوحدة العين النصرة الإصلاح النهضة الاستقلال الكتائب
المردة برشلونة فالنسيا روما ليون نيس ليل موناكو ميلان أمازون أبل شل ميتا إكس كريم زين
اتصالات مصدر الفريق اللواء العميد المقدم الرائد النقيب الملازم المشير الرقيب العريف السير
الأب الإمام الملك طالبان بدر شاس يمينا التايمز تايم العلوم صباح زمان دون كاس أفاد
"""


@pytest.mark.parametrize("word", AMBIGUOUS.split())
def test_common_words_need_context(word: str, rows: list[Row], forms: dict[str, list[Row]]) -> None:
    assert all(row.flags == "?" for row in forms.get(fold(word), []))
    safe = {fold(s[1:].partition("=")[0]) for row in rows for s in row.short if s[0] == "!"}
    assert fold(word) not in safe


WANTED = {
    "الأمم المتحدة": "United Nations",
    "مجلس الأمن الدولي": "UN Security Council",
    "مفوضية شؤون اللاجئين": "UN High Commissioner for Refugees",
    "الوكالة الدولية للطاقة الذرية": "International Atomic Energy Agency",
    "جامعة الدول العربية": "Arab League",
    "منظمة التعاون الإسلامي": "Organisation of Islamic Cooperation",
    "حلف شمال الأطلسي": "NATO",
    "المجلس الأعلى للأمن القومي": "Supreme National Security Council",
    "مجلس صيانة الدستور": "Guardian Council",
    "مجلس خبراء القيادة": "Assembly of Experts",
    "الحرس الثوري": "Islamic Revolutionary Guard Corps",
    "فيلق القدس": "Quds Force",
    "وكالة مهر للأنباء": "Mehr News Agency",
    "وكالة الأنباء السعودية": "Saudi Press Agency",
    "وكالة أنباء الإمارات": "WAM",
    "وزارة الخارجية": "Foreign Ministry",
    "وزارة خارجية": "Foreign Ministry",
    "وزارة الخارجية الأميركية": "US State Department",
    "حزب العمال الكردستاني": "Kurdistan Workers' Party",
    "حزب الله": "Hezbollah",
    "قوات الدعم السريع": "Rapid Support Forces",
    "البنك المركزي التركي": "Central Bank of Turkey",
    "مجلس الشورى": "Shura Council",
    "مجلس الشورى الإسلامي": "Islamic Consultative Assembly",
    "الكنيست": "Knesset",
    "خطة العمل الشاملة المشتركة": "Joint Comprehensive Plan of Action",
    "اتفاق باريس": "Paris Agreement",
    "شيخ الأزهر": "Grand Imam of Al-Azhar",
    "المرشد الأعلى": "Supreme Leader",
    "خادم الحرمين الشريفين": "Custodian of the Two Holy Mosques",
    "رئيسة وزراء": "prime minister",
    "وزيرة الخارجية": "foreign minister",
    "وزير خارجية": "foreign minister",
    "أمين المجلس الأعلى للأمن القومي": "Secretary of the Supreme National Security Council",
    "سكرتير المجلس الأعلى للأمن القومي": "Secretary of the Supreme National Security Council",
    "نائب رئيس الوزراء": "deputy prime minister",
    "المبعوث الأممي إلى اليمن": "UN envoy to Yemen",
    "الأدميرال": "Admiral",
    "آية الله": "Ayatollah",
    "حجة الإسلام": "Hojjatoleslam",
}


@pytest.mark.parametrize(("arabic", "english"), WANTED.items())
def test_names_that_the_news_cannot_do_without(
    arabic: str, english: str, forms: dict[str, list[Row]]
) -> None:
    assert [row.english for row in forms[fold(arabic)]] == [english]


def test_safe_short_forms(rows: list[Row]) -> None:
    safe = {short for row in rows for short in row.short if short[0] == "!"}
    assert {"!الأونروا=UNRWA", "!حماس=Hamas", "!أوبك=OPEC", "!الناتو=NATO"} <= safe
