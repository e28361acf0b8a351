import pytest

from mujaz.checks import check_meaning, similarities
from mujaz.checks.meaning import ALIEN, DOUBTFUL

SOURCE = "أعلنت الحكومة عن خطة جديدة لدعم المزارعين المتضررين من الجفاف"
GOOD = "The government announced a new plan to support farmers hit by the drought"
ALIEN_TEXT = "The singer will release her third album with a concert on the beach"


def test_a_translation_is_nearer_than_another_sentence():
    good, alien = similarities(SOURCE, [GOOD, ALIEN_TEXT])
    assert good > 0.6 > 0.3 > alien


def test_what_means_something_else_is_severe():
    assert check_meaning(SOURCE, GOOD) == []
    (finding,) = check_meaning(SOURCE, ALIEN_TEXT)
    assert (finding.kind, finding.severity) == ("meaning", "severe")


@pytest.mark.parametrize(
    ("similarity", "severity"),
    [(ALIEN - 0.01, "severe"), (ALIEN, "warning"), (DOUBTFUL - 0.01, "warning"), (DOUBTFUL, None)],
)
def test_the_thresholds(similarity, severity):
    found = [f.severity for f in check_meaning(SOURCE, GOOD, similarity=similarity)]
    assert found == ([severity] if severity else [])


def test_short_and_empty_texts_are_not_judged():
    assert check_meaning("نعم يا سيدي", ALIEN_TEXT) == []
    assert check_meaning(SOURCE, " ") == []
