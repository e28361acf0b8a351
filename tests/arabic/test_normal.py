import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import Normalized, fold, fold_with_offsets, normalize

LETTERS = "ابتأإآؤئىيةهوملك کیہپچﻻﷲﷺ"
SIGNS = "\u064e\u0651\u0640\u200f\u0654\u0655\u0653\u0301 ()«».،؛؟\n\t-0٣۴aAéİ"
ARABIC = st.text(alphabet=LETTERS + SIGNS)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("وصل الوفد أمس.", "وصل الوفد أمس."),
        ("قَالَ الرَّئِيسُ كَلِمَتَهُ", "قال الرئيس كلمته"),
        ("مـــرحبا بالسـادة", "مرحبا بالسادة"),
        ("لـ«حماس» وبـ50 دولارا", "ل«حماس» وب50 دولارا"),
        ("بغداد ـ رويترز", "بغداد - رويترز"),
        ("1990ـ1995", "1990-1995"),
        ("سنة 1443 هـ وما بعدها", "سنة 1443 هـ وما بعدها"),
        ("سنة 1443 هـ.", "سنة 1443 هـ."),
        ("ﻻ إله إلا ﷲ", "لا إله إلا الله"),
        ("ﺍﻟﻌﺮﺍﻕ", "العراق"),
        ("محمد ﷺ", "محمد صلى الله عليه وسلم"),
        ("قال‏: «نعم‎»", "قال: «نعم»"),
        ("\ufeffوصل\u200b الوفد", "وصل الوفد"),
        ("وصل الوفد .", "وصل الوفد."),
        ("جاء ، ثم ذهب ؛ لماذا ؟", "جاء، ثم ذهب؛ لماذا؟"),
        ("بلدنا ،وقال", "بلدنا، وقال"),
        ("قال،ثم صمت", "قال، ثم صمت"),
        ("قال : نعم", "قال: نعم"),
        ("منصة .NET الجديدة", "منصة .NET الجديدة"),
        ("نسبة .5 فقط", "نسبة .5 فقط"),
        ("( انظر الملحق )", "(انظر الملحق)"),
        ("« نعم »", "«نعم»"),
        ("  سطر\nمكسور \t هنا  ", "سطر مكسور هنا"),
        ("كل\u00a0يوم", "كل يوم"),
        ("المسؤول الایرانی", "المسؤول الايراني"),
        ("کتاب فی القاهرة", "كتاب في القاهرة"),
        ("علی متن الطائرة حتی باریس", "على متن الطائرة حتى باريس"),
        ("وکالة پژوهشگر و گفتگوی", "وكالة پژوهشگر و گفتگوی"),
        ("ٱلحمد", "الحمد"),
        ("أ\u0654", "أ"),
        ("ا\u064e\u0654حمد", "أحمد"),
        ("ا\u0655لى ا\u0653خر", "إلى آخر"),
        ("cafe\u0301", "café"),
        ("نسبة ٣٫٥٪ و۴۵ و1,250", "نسبة ٣٫٥٪ و۴۵ و1,250"),
        ("", ""),
        (" \u200f ", ""),
    ],
)
def test_normal_forms(text, normal):
    assert normalize(text).text == normal


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أحمد إبراهيم آدم ٱلله", "احمد ابراهيم ادم الله"),
        ("مسؤول هيئة", "مسوول هييه"),
        ("مصطفى", "مصطفي"),
        ("علی خامنه‌ای", "علي خامنهاي"),
        ("المدینة", "المدينه"),
        ("پوتین چاد ژاک گوگل", "بوتين جاد زاك كوكل"),
        ("ڤيينا", "فيينا"),
        ("٣۴5", "345"),
        ("1443 هـ", "1443 ه"),
        ("NASA Café İstanbul", "nasa cafe istanbul"),
        ("cafe\u0301", "cafe"),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "word", "surface"),
    [
        ("قَالَ  الرَّئِيسُ : «نَعَم» .", "الرئيس", "الرَّئِيسُ"),
        ("قَالَ  الرَّئِيسُ : «نَعَم» .", "قال", "قَالَ"),
        ("ﻻ إله إلا ﷲ", "الله", "ﷲ"),
        ("ﻻ إله إلا ﷲ", "لا", "ﻻ"),
        ("مـــرحبا .", "مرحبا", "مـــرحبا"),
        ("وصل ا\u0654حمد أمس", "أحمد", "ا\u0654حمد"),
        ("كلمة\n  مكسورة هنا", "كلمة مكسورة", "كلمة\n  مكسورة"),
    ],
)
def test_spans_lead_back_to_the_surface(text, word, surface):
    normal = normalize(text)
    start = normal.text.index(word)
    first, behind = normal.span(start, start + len(word))
    assert text[first:behind] == surface


def test_half_a_ligature_is_the_whole_one():
    normal = normalize("بﻻد")
    assert normal.text == "بلاد"
    assert normal.span(1, 2) == normal.span(2, 3) == normal.span(1, 3) == (1, 2)


def test_an_empty_span_is_a_place():
    assert normalize("a  b").span(1, 1) == (1, 1)
    assert normalize("").span(0, 0) == (0, 0)


def test_a_span_outside_the_text_is_an_error():
    with pytest.raises(IndexError, match="0:3"):
        normalize("ab").span(0, 3)


def test_a_fold_with_offsets_finds_a_name_in_the_source():
    text = "التقى الرئيسُ  إلــهام علييف ضيوفه"
    folded = fold_with_offsets(text)
    start = folded.text.index("الهام علييف")
    first, behind = folded.span(start, start + len("الهام علييف"))
    assert text[first:behind] == "إلــهام علييف"


def check(normal: Normalized) -> None:
    offsets = list(normal.offsets)
    assert len(offsets) == len(normal.text) + 1
    assert offsets[-1] == len(normal.source)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(normal.source) for offset in offsets[:-1])
    for index in range(len(normal.text)):
        start, end = normal.span(index, index + 1)
        assert 0 <= start < end <= len(normal.source)


@settings(deadline=None)
@given(st.one_of(st.text(), ARABIC))
def test_offsets_map_every_character_back(text):
    check(normalize(text))
    check(fold_with_offsets(text))
    assert fold_with_offsets(text).text == fold(text)


@settings(deadline=None)
@given(st.one_of(st.text(), ARABIC))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.one_of(st.text(), ARABIC))
def test_normalizing_twice_changes_nothing(text):
    once = normalize(text).text
    assert normalize(once).text == once


@settings(deadline=None)
@given(ARABIC)
def test_a_fold_sees_through_the_normal_form(text):
    assert fold(normalize(text).text) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةئؤء"))
def test_plain_words_are_left_alone(text):
    assert normalize(text).text == unicodedata.normalize("NFC", text) == text
