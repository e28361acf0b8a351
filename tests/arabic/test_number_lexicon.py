"""The data files of number words, and how words are looked up."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from mujaz.arabic.number_lexicon import (
    arabic_lexeme,
    arabic_lexicon,
    english_lexeme,
    english_lexicon,
    fold,
)

LISTS = ("month_pair", "hijri_pair", "currency_country", "context", "scale_suffix", "never")


@pytest.mark.parametrize("name", ["numbers_ar.toml", "numbers_en.toml"])
def test_no_word_means_two_things(name: str) -> None:
    data = tomllib.loads(files("mujaz.arabic").joinpath("data", name).read_text("utf-8"))
    seen: Counter[str] = Counter()
    for category, section in data.items():
        if category not in (*LISTS, "doubtful_month"):
            for spellings in section.values():
                seen.update({fold(word).lower() for word in spellings})
    assert [word for word, times in seen.items() if times > 1] == []


def test_doubtful_months_are_months() -> None:
    for lexicon in (arabic_lexicon(), english_lexicon()):
        assert {lexicon.words[word].category for word in lexicon.doubtful} <= {"month", "hijri"}


def test_every_range_and_year_word_is_there() -> None:
    for lexicon in (arabic_lexicon(), english_lexicon()):
        for key in ("range_word", "range_opener", "score", "year", "before_month"):
            assert lexicon.context[key]


@pytest.mark.parametrize(
    ("word", "value", "joined", "definite"),
    [
        ("ثلاثة", 3, False, False),
        ("وثلاثة", 3, True, False),
        ("الثَّلاثة", 3, False, True),
        ("فبالثلاثة", 3, True, True),
        ("للثلاثة", 3, False, True),
        ("ثلاثمائة", 300, False, False),
        ("أربعمئة", 400, False, False),
        ("ﺛﻼﺛﺔ", 3, False, False),
    ],
)
def test_arabic_word(word: str, value: int, joined: bool, definite: bool) -> None:
    lexeme = arabic_lexeme(word)
    assert lexeme is not None
    assert (lexeme.value, lexeme.joined, lexeme.definite) == (value, joined, definite)


@pytest.mark.parametrize("word", ["ألّف", "لست", "ألست", "الأحد", "والاثنين", "كمية", "سلام", "ثمن"])
def test_other_words(word: str) -> None:
    assert arabic_lexeme(word) is None


def test_english_word() -> None:
    lexeme = english_lexeme("Twelve")
    assert lexeme is not None and lexeme.value == 12
    assert english_lexeme("sixpence") is None
