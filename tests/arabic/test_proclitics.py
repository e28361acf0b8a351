import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic.proclitics import stems


@pytest.mark.parametrize(
    ("word", "particles", "stem"),
    [
        ("باكو", 0, "باكو"),
        ("وباكو", 1, "باكو"),
        ("وبباكو", 2, "باكو"),
        ("بالعراق", 1, "العراق"),
        ("للعراق", 1, "العراق"),
        ("وللعراق", 2, "العراق"),
        ("فللاذقيه", 2, "اللاذقيه"),
        ("لليبيا", 1, "ليبيا"),
        ("كالصين", 1, "الصين"),
        ("ولبنان", 1, "لبنان"),
    ],
)
def test_particles_come_off(word, particles, stem):
    assert (particles, stem) in list(stems(word))


def test_the_whole_word_comes_first():
    assert next(stems("بيروت")) == (0, "بيروت")


def test_two_letters_at_least_are_left():
    assert list(stems("ول")) == [(0, "ول")]
    assert all(len(stem) >= 2 for _, stem in stems("وبي"))


@given(st.text(alphabet="وفبلكا سعي", min_size=1, max_size=8))
def test_particles_are_never_more_than_two(word):
    for particles, stem in stems(word):
        assert 0 <= particles <= 2
        assert stem.endswith(word[particles:].removeprefix("ل"))
