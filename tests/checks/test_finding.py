import pytest

from mujaz.checks import Finding, check_translation, weight, worst

INFO = Finding("name", "info", "x")
WARNING = Finding("length", "warning", "x")
SEVERE = Finding("number", "severe", "x")


@pytest.mark.parametrize(
    ("findings", "severity"),
    [
        ([], None),
        ([INFO], "info"),
        ([WARNING, INFO], "warning"),
        ([INFO, SEVERE, WARNING], "severe"),
    ],
)
def test_the_worst_is_told(findings, severity):
    assert worst(findings) == severity


def test_a_severe_finding_outweighs_three_warnings_and_explanations_weigh_nothing():
    assert weight([INFO, INFO]) == 0
    assert weight([SEVERE]) > weight([WARNING] * 3) > weight([WARNING]) > 0


SOURCE = "أعلن وزير الخارجية العراقي أن 25 شخصا قتلوا في انفجار بمدينة بغداد"


def kinds(text, **options):
    return {f.kind for f in check_translation(SOURCE, text, **options)}


def test_all_checks_run_on_a_pair():
    good = "The Iraqi foreign minister said that 25 people were killed in a blast in Baghdad"
    assert check_translation(SOURCE, good) == []
    assert kinds(good.replace("25", "52")) == {"number"}
    assert kinds(good.replace("Iraqi", "Peruvian").replace("Baghdad", "Lima")) >= {"name"}
    assert "meaning" in kinds("The 25 best cakes of Iraq and how to bake them at home on Sunday")
    assert kinds(good, truncated=True) == {"truncation"}


def test_nothing_more_is_said_of_an_empty_text():
    assert kinds("  ") == {"empty"}


def test_a_text_that_is_not_translated_is_told_so_once():
    findings = check_translation(SOURCE, SOURCE)
    assert [(f.kind, f.severity) for f in findings] == [("copied", "severe")]


def test_a_known_similarity_is_taken_as_it_is():
    good = "The Iraqi foreign minister said that 25 people were killed in a blast in Baghdad"
    assert kinds(good, similarity=0.1) == {"meaning"}
