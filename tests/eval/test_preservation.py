import math

import pytest

from mujaz.errors import InputError
from mujaz.eval.preservation import Preservation

from .articles import ARTICLES, ENGLISH, SUMMARIES, corpus, scores, singles


def one(source: str, output: str) -> dict[str, float]:
    """Return the scores of one pair."""
    return scores(Preservation(), corpus([output], [source]))


def test_faithful_translations_keep_all():
    assert set(scores(Preservation(), corpus(ENGLISH)).values()) == {1.0}


def test_copies_keep_all():
    assert set(scores(Preservation(), corpus(ARTICLES)).values()) == {1.0}


def test_numbers_are_compared_by_value():
    found = one("قتل خمسة وعشرون شخصا وجرح ٤٠ آخرون", "Twenty-five people died; 41 were hurt.")
    assert found["numbers_kept"] == found["numbers_supported"] == 0.5


def test_a_name_may_be_spelt_otherwise_but_not_be_another():
    source = "التقى الرئيس الليبي السابق معمر القذافي وزراء في باكو"
    good = one(source, "Former Libyan president Muammar Gaddafi met ministers in Baku.")
    same = one(source, "Former Libyan president Moammar Qaddafi met ministers in Baku.")
    wrong = one(source, "Former Libyan president Muammar Gaddafi met ministers in Baghdad.")
    assert good["names_kept"] == same["names_kept"] == 1
    assert wrong["names_kept"] < 1
    assert wrong["names_supported"] < good["names_supported"] == 1


def test_a_summary_loses_what_it_leaves_out_and_is_still_supported():
    found = one(ARTICLES[0] + " " + ARTICLES[1], ENGLISH[0])
    assert found["numbers_kept"] == 0.5
    assert found["names_kept"] < 1
    assert found["numbers_supported"] == found["names_supported"] == 1


def test_arabic_summaries_are_read_as_arabic():
    kept = one(ARTICLES[1], "وفد ياباني يزور عمان لتوقيع اتفاق بـ300 مليون دولار")
    lost = one(ARTICLES[1], "وفد من الصين يزور عمان لتوقيع اتفاق بـ400 مليون دولار")
    assert kept["numbers_kept"] == kept["numbers_supported"] == 1
    assert lost["numbers_kept"] == lost["numbers_supported"] == 0
    assert lost["names_kept"] < 1
    assert lost["names_supported"] < 1
    assert "|outputs:ar|" in Preservation().signature(corpus(SUMMARIES))


def test_an_output_left_in_arabic_keeps_no_names_of_an_english_corpus():
    segments = corpus([ENGLISH[0], ARTICLES[1], ENGLISH[2]])
    assert "|outputs:en|" in Preservation().signature(segments)
    assert singles(Preservation(), segments)["names_kept"][:2] == [1.0, 0.0]


def test_texts_without_numbers_or_names_weigh_nothing():
    found = one("عاد الرجل إلى بيته", "The man went home")
    assert all(map(math.isnan, found.values()))
    both = corpus([ENGLISH[0], "The man went home"], [ARTICLES[0], "عاد الرجل إلى بيته"])
    assert set(scores(Preservation(), both).values()) == {1.0}


def test_an_empty_output_keeps_nothing_and_claims_nothing():
    found = one(ARTICLES[0], "")
    assert found["numbers_kept"] == found["names_kept"] == 0
    assert math.isnan(found["numbers_supported"])
    assert math.isnan(found["names_supported"])


def test_long_texts_are_read_to_their_ends():
    filler = "ثم عاد الناس إلى بيوتهم بعد أن هدأت الريح وطلع النهار. " * 120
    english = "Then people went home after the wind had calmed and day broke. " * 120
    found = one(filler + ARTICLES[1], english + ENGLISH[1])
    assert len(filler) > 5000
    assert len(english) > 5000
    assert found["names_kept"] == found["names_supported"] == 1
    wrong = one(filler + ARTICLES[1], english + ENGLISH[1].replace("Japan", "Sweden"))
    assert wrong["names_kept"] < 1
    assert wrong["names_supported"] < 1


def test_the_order_of_segments_does_not_matter():
    metric = Preservation()
    outputs = ("25 people in Cairo", "In Paris", "Nothing")
    assert scores(metric, corpus(outputs)) == scores(metric, corpus(outputs[::-1], ARTICLES[::-1]))


def test_sources_that_are_not_arabic_are_refused():
    with pytest.raises(InputError, match=r"Arabic sources.*exchanged"):
        Preservation().statistics(corpus(ARTICLES, ENGLISH))
