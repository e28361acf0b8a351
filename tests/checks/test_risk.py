import pytest

from mujaz.checks import check_translation, similarities
from mujaz.checks.risk import quality

SOURCE = "قال الوزير إن الفيضانات دمرت عشرين قرية في شمال البلاد وشردت آلاف الأسر"
GOOD = (
    "The minister said that the floods had destroyed twenty villages in the north of the country "
    "and displaced thousands of families."
)
PART = "The minister said that the floods had destroyed twenty villages."
WRONG = "The minister said that the drought had closed two schools in the south of the city."


def judged(text, mean_logprob=-0.4):
    similarity = similarities(SOURCE, [text])[0]
    findings = check_translation(SOURCE, text, similarity=similarity)
    return quality(
        SOURCE, text, similarity=similarity, mean_logprob=mean_logprob, findings=findings
    )


def test_a_whole_translation_is_better_than_a_part_and_that_than_another_story():
    assert judged(GOOD) > judged(PART) > judged(WRONG) + 0.1


def test_what_the_model_believes_counts():
    assert judged(GOOD, -0.2) > judged(GOOD, -1.0)


def test_a_model_that_says_nothing_is_taken_for_a_usual_one():
    assert judged(GOOD, -0.2) > judged(GOOD, None) > judged(GOOD, -1.0)


@pytest.mark.parametrize("text", ["", " ", "x", "word " * 5000, GOOD])
@pytest.mark.parametrize("mean_logprob", [None, 0.0, -50.0, float("-inf")])
def test_the_estimate_is_a_share(text, mean_logprob):
    assert (
        0.0 <= quality(SOURCE, text, similarity=0.7, mean_logprob=mean_logprob, findings=[]) <= 1.0
    )


def test_an_empty_text_is_worth_nothing():
    assert judged("") == 0.0
