import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.eval.rouge_words import has_arabic, words_of

MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640"
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء"


@pytest.mark.parametrize(
    ("variant", "text", "words"),
    [
        ("arabic", "وَصَلَ الوفـدُ إلى الدوحة، ٢٠٢٥.", ["وصل", "الوفد", "الي", "الدوحه", "2025"]),
        ("arabic", "The Café's 3.5 a_b", ["the", "cafe", "s", "3", "5", "a", "b"]),
        ("words", "وَصل الوفـد، A_b ٣", ["و", "صل", "الوفـد", "a_b", "٣"]),
        ("words", "إلى الدوحة", ["إلى", "الدوحة"]),
        ("xlsum", "إلى عَن، A_b ٣", ["إلى", "عَن", "a", "b", "٣"]),
        ("google", "The Café's 3.5 a_b", ["the", "caf", "s", "3", "5", "a", "b"]),
    ],
)
def test_words(variant, text, words):
    assert words_of(variant).text(text) == words


def test_google_stems_when_asked():
    text = "running cats are"
    assert words_of("google").text(text) == ["running", "cats", "are"]
    assert words_of("google", stemmer=True).text(text) == ["run", "cat", "are"]


@given(st.data())
def test_marks_on_letters_change_no_words_under_arabic(data):
    text = data.draw(st.text(alphabet=ARABIC_LETTERS + "  ،.5", max_size=30))
    marked = "".join(
        letter + data.draw(st.text(alphabet=MARKS, max_size=2)) * (letter in ARABIC_LETTERS)
        for letter in text
    )
    assert words_of("arabic").text(marked) == words_of("arabic").text(text)


@given(st.text(alphabet=ARABIC_LETTERS + MARKS + " aAé3٣،.\n", max_size=40))
def test_words_of_folded_words_are_themselves(text):
    words = words_of("arabic").text(text)
    assert words_of("arabic").text(" ".join(words)) == words


@pytest.mark.parametrize("text", ["قال", "a ق b", "٣", "۴", "ﷲ", "ﻻ", "گ", "پ", "ࢠ"])
def test_arabic_is_seen_anywhere_in_a_text(text):
    assert has_arabic(text)


@pytest.mark.parametrize("text", ["", "He said: 3.", "a، b؟", "été", "日本", "Ελλάδα"])
def test_other_text_is_not_arabic(text):
    assert not has_arabic(text)
