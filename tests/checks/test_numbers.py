import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.checks import check_numbers


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قتل خمسة وعشرون شخصا", "Twenty-five people were killed"),
        ("ارتفع بنسبة ٧٫٥٪", "It rose by 7.5 percent"),
        ("خسر 1.5 مليون دولار", "He lost $1.5 million"),
        ("في 3 يناير/ كانون الثاني 2019", "On January 3, 2019"),
        ("عاد إلى بيته", "He went home"),
    ],
)
def test_equal_numbers_are_no_finding(source, text):
    assert check_numbers(source, text) == []


def test_a_number_that_is_missing_and_one_that_is_added():
    source, text = "قتل 12 شخصا في الهجوم", "The attack killed 21 people"
    missing, added = check_numbers(source, text)
    assert missing.severity == added.severity == "severe"
    assert source[slice(*missing.source)].startswith("12")
    assert missing.target is None
    assert "missing" in missing.message
    assert text[slice(*added.target)].startswith("21")
    assert added.source is None
    assert "not in the source" in added.message


def test_a_wrong_magnitude_is_found():
    assert {f.kind for f in check_numbers("3 ملايين دولار", "3 billion dollars")} == {"number"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_pair_is_checked(source, text):
    for finding in check_numbers(source, text):
        assert (finding.source is None) != (finding.target is None)


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [
        ("ارتفعت الفائدة 5 نقاط مئوية", "Interest rates rose by 5 percentage points", False),
        ("ارتفعت الفائدة 5 نقاط مئوية", "Interest rates rose by 5 percent", True),
        ("ارتفعت الفائدة 5 في المئة", "Interest rates rose by 5 percentage points", True),
        ("رفع البنك الفائدة 25 نقطة أساس", "The bank raised rates by 25 basis points", False),
    ],
)
def test_points_are_no_percentages(source: str, text: str, wrong: bool) -> None:
    assert any(f.severity == "severe" for f in check_numbers(source, text)) is wrong
