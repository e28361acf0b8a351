import pytest

from mujaz.checks.omissions import check_additions, check_omissions

SOURCE = (
    "أعلنت وزارة الصحة إغلاق ثلاثة مستشفيات في العاصمة بسبب نقص الأدوية، "
    "وطالبت المنظمات الدولية بإرسال مساعدات عاجلة إلى المناطق المتضررة من الزلزال"
)
GOOD = (
    "The health ministry announced the closure of three hospitals in the capital because of a lack "
    "of medicines, and asked international organisations to send urgent aid to the areas hit by "
    "the earthquake."
)


def test_a_whole_translation_has_no_omission():
    assert check_omissions(SOURCE, GOOD) == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (GOOD.partition(", and")[0] + ".", "مساعدات"),
        ("It asked international organisations to send urgent aid to the hit areas.", "مستشفيات"),
    ],
)
def test_a_clause_that_nothing_says_is_found_and_quoted(text, lost):
    (finding,) = check_omissions(SOURCE, text)
    assert finding.kind == "omission"
    assert finding.severity in ("warning", "severe")
    assert lost in SOURCE[slice(*finding.source)]
    assert lost in finding.message


def test_what_says_next_to_nothing_is_severe():
    (finding,) = check_omissions(SOURCE, "The ministry announced it.")
    assert finding.severity == "severe"


@pytest.mark.parametrize(("source", "text"), [("", "x"), (SOURCE, ""), ("قال نعم", "Never")])
def test_where_there_is_little_to_say_nothing_is_missed(source, text):
    assert check_omissions(source, text) == []


def test_a_whole_translation_adds_nothing():
    assert check_additions(SOURCE, GOOD) == []


def test_a_clause_that_the_source_lacks_is_found_and_quoted():
    invented = ", while the football team celebrated its victory with dancing and chocolate cake."
    text = GOOD.rstrip(".") + invented
    (finding,) = check_additions(SOURCE, text)
    assert (finding.kind, finding.severity) == ("addition", "warning")
    assert "chocolate" in text[slice(*finding.target)]


@pytest.mark.parametrize(("source", "text"), [("", GOOD), (SOURCE, ""), (SOURCE, "Yes İİİ")])
def test_where_there_is_nothing_to_compare_nothing_is_added(source, text):
    assert check_additions(source, text) == []
