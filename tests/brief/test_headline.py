"""Headlines: nothing in them that the sentence does not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import find_english_numbers, match_numbers
from mujaz.brief.headline import beginning, headline, is_faithful, unstopped
from mujaz.models.engine import Generation

from ..scripted_engine import ScriptedEngine

LONG = (
    "The Moroccan finance minister Nadia Fettah said on Wednesday in Rabat that inflation did not "
    "rise above 3.4 percent and that 1.5 million people received help."
)


def test_a_faithful_headline_is_taken() -> None:
    engine = ScriptedEngine("Inflation did not rise above 3.4 percent, minister says.")
    assert headline(LONG, engine) == "Inflation did not rise above 3.4 percent, minister says"


@pytest.mark.parametrize(
    "written",
    [
        "Algeria inflation did not rise above 3.4 percent",  # a name, at the beginning
        "Inflation in Tunisia did not rise above 3.4 percent",
        "Inflation did not rise above 4.3 percent",
        "Inflation did not rise above two percent, minister said",  # a number in words
        "Inflation did not rise, 1.5 people received help",  # a number without its magnitude
        "Inflation rose above 3.4 percent, minister said",  # a denial lost
        "Minister",
        "Everybody everywhere celebrates enormous successes happily",
        " ".join(["inflation"] * 20),
        "",
    ],
)
def test_one_that_adds_or_turns_something_is_not(written: str) -> None:
    engine = ScriptedEngine(written)
    assert headline(LONG, engine) == beginning(LONG)
    assert len(engine.prompts) == 1


def test_one_cut_at_its_limit_is_not_taken() -> None:
    cut = Generation("Inflation did not rise above 3.4 percent", -0.1, "length", 9, 40)
    assert headline(LONG, ScriptedEngine(cut)) == beginning(LONG)


def test_a_denial_that_the_sentence_does_not_have_is_refused() -> None:
    sentence = "The president accepted the plan for the new dam on the river in the south."
    assert not is_faithful("President did not accept the plan", sentence)
    assert is_faithful("President accepted the plan for new dam", sentence)


def test_a_short_sentence_is_its_own_headline_and_no_model_is_asked() -> None:
    engine = ScriptedEngine()
    assert headline("The king visited Fez.", engine) == "The king visited Fez"
    assert not engine.prompts


def test_a_model_that_follows_no_instructions_is_not_asked() -> None:
    engine = ScriptedEngine(follows_instructions=False)
    assert headline(LONG, engine) == beginning(LONG) == headline(LONG, None)
    assert not engine.prompts


def test_a_beginning_ends_at_a_clause() -> None:
    sentence = (
        "The ministry opened seven schools in Basra on Sunday, adding that more of them would open "
        "in the coming year."
    )
    assert beginning(sentence) == "The ministry opened seven schools in Basra on Sunday"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "the officials who came from the capital said yesterday that they spent about 1.5 "
            "million dollars on it",
            "the officials who came from the capital said yesterday that they spent …",
        ),
        (
            "the officials who came by train yesterday talked for hours about trade with South "
            "Korea and others",
            "the officials who came by train yesterday talked for hours about trade …",
        ),
    ],
)
def test_a_beginning_cuts_no_number_and_no_name(sentence: str, expected: str) -> None:
    assert beginning(sentence) == expected


_VOCABULARY = (
    "the minister, Basra said 1.5 million three hundred people; North Korea, died on 5 March 2020 "
    "while 40 % of it, which twenty-five dollars"
)
WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(WORDS, min_size=1, max_size=40))
def test_a_beginning_adds_no_number(words: list[str]) -> None:
    sentence = " ".join(words)
    cut = beginning(sentence)
    assert sentence.startswith(cut.removesuffix(" …").removesuffix(".")[:-1])
    assert not match_numbers(find_english_numbers(sentence), find_english_numbers(cut)).added


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", "He left"),
        ("He left the U.S.", "He left the U.S."),
        ("He left...", "He left..."),
        ("He left?", "He left?"),
        ("", ""),
    ],
)
def test_a_headline_has_no_full_stop(text: str, expected: str) -> None:
    assert unstopped(text) == expected
