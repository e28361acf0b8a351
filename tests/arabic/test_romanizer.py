import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import fold
from mujaz.arabic.romanizer import foreign_ending, personal_names, romanize


@pytest.mark.parametrize(
    ("arabic", "country", "english"),
    [
        ("حاجييف", "AZ", "Hajiyev"),
        ("أوسوبوف", "AZ", "Usubov"),
        ("مصطفاييف", "AZ", "Mustafayev"),
        ("ناغييف", "AZ", "Naghiyev"),
        ("حاجييف", None, "Hajiyev"),
        ("كريموف", "UZ", "Karimov"),
        ("إيفانوفيتش", "RS", "Ivanovich"),
        ("تيموشينكو", "UA", "Tymoshenko"),
        ("شمخاني", "IR", "Shamkhani"),
        ("محمد", "SA", "Mohammed"),
        ("محمد", "EG", "Mohamed"),
        ("جمال", "EG", "Gamal"),
        ("جمال", "SY", "Jamal"),
        ("عبد الرحمن", "SA", "Abdulrahman"),
        ("مايكل", "US", "Michael"),
    ],
)
def test_names(arabic, country, english):
    assert romanize(arabic, country).text == english


def test_it_is_always_a_guess_and_says_what_it_knew():
    whole = romanize("محمد حاجييف")
    assert whole.guess
    assert whole.known == 0.5
    assert romanize("").text == ""


@pytest.mark.parametrize("word", ["معروف", "الظروف", "مليون", "قانون", "لطيف", "نظيف", "المتحف"])
def test_arabic_words_have_no_foreign_ending(word):
    assert not foreign_ending(fold(word))


@pytest.mark.parametrize("word", ["حاجييف", "أوسوبوف", "إيفانوفيتش", "ساكاشفيلي", "تيموشينكو"])
def test_foreign_endings(word):
    assert foreign_ending(fold(word))


def test_the_table_of_names_is_whole():
    names = personal_names()
    assert len(names) > 9000
    assert all(fold(key) == key for key in names)
    assert names["سلام"].common
    assert not names["محمد"].common


@given(st.text(max_size=30), st.sampled_from([None, "AZ", "EG", "FR", "??"]))
def test_any_text_gives_text(name, country):
    assert isinstance(romanize(name, country).text, str)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءىةأ ", max_size=24))
def test_arabic_letters_become_latin(name):
    assert not any("\u0600" <= letter <= "\u06ff" for letter in romanize(name, "RU").text)
