import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.checks.english_names import find_english_names


def sure(text):
    return [n.surface for n in find_english_names(text) if n.sure]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He flew from Baku to Tehran.", ["Baku", "Tehran"]),
        ("Iran's president met the Iraqi minister", ["Iran", "Iraqi"]),
        ("South Korea and North Korea", ["South Korea", "North Korea"]),
        ("the United States of course", ["United States"]),
        ("Jordan's king and the people of Georgia", ["Jordan", "Georgia"]),
        ("In Jordan it rained", ["Jordan"]),
        ("he met Donald Trump", ["Donald Trump"]),
    ],
)
def test_countries_cities_peoples_and_persons(text, names):
    found = sure(text)
    assert [name for name in found if name in names] == names


@pytest.mark.parametrize(
    "text",
    [
        "they had a nice orange in the bay",
        "a turkey and a polish cloth",
        "Nice weather, Reading and Bath",
        "the North Pole",
        "Hamish Jordan",
        "the European Union",
        "Trump said",
    ],
)
def test_words_that_are_no_sure_names(text):
    assert sure(text) == []


def test_a_part_of_a_longer_name_is_not_sure():
    assert "Mexico" not in sure("He lives in New Mexico now")
    assert "Manchester" not in sure("He joined Manchester City last year")
    assert "Carolina" not in sure("Charlotte, North Carolina")


def test_a_name_knows_its_country_and_its_other_spellings():
    (iranian,) = (n for n in find_english_names("An Iranian ship") if n.surface == "Iranian")
    assert iranian.countries == {"IR"}
    assert "Iran" in next(iter(find_english_names("Iran"))).identities


@given(st.lists(st.sampled_from(["New", "York", "Iran", "Saudi", "Arabia", "the", "'s", "-", "."])))
def test_spans_are_exact(words):
    text = " ".join(words)
    for name in find_english_names(text):
        assert text[name.start : name.end] == name.surface
