from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.checks.sounds import alike, arabic_consonants, latin_consonants, sounds


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("سيجونج", "sejong"),
        ("كامبردج", "cambridge"),
        ("داونينغ", "downing"),
        ("بولونيا", "bologna"),
        ("كولوني", "cologne"),
        ("طبرق", "tobruk"),
        ("شارلوت", "charlotte"),
        ("فرانسسكو", "francisco"),
        ("القذافي", "qaddafi"),
        ("والقذافي", "gadhafi"),
        ("لخامنئي", "khamenei"),
    ],
)
def test_one_name_in_two_alphabets(arabic, latin):
    assert any(alike(row, latin_consonants(latin)) for row in sounds([arabic]))


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("بغداد", "baku"),
        ("من", "oman"),
        ("مال", "mali"),
        ("طهران", "damascus"),
        ("باريس", "berlin"),
    ],
)
def test_different_words(arabic, latin):
    assert not any(alike(row, latin_consonants(latin)) for row in sounds([arabic]))


@given(st.text(max_size=30))
def test_rows_have_signs_of_consonants_alone(word):
    for row in (latin_consonants(word.lower()), arabic_consonants(word)):
        assert set(row) <= set("BTKDSRLMNF")
        assert not any(one == other for one, other in pairwise(row))
