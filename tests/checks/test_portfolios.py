import pytest

from mujaz.arabic import fold
from mujaz.checks.portfolios import _PORTFOLIOS, check_portfolios


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قالت وزيرة الانتقال الطاقي إن المشروع تأخر", "The Minister of Foreign Affairs said so"),
        ("قال وزير الصحة إن المرض انحسر", "The interior minister said that it had receded"),
        ("أعلنت الوزارة ذلك أمس", "The Ministry of Defence announced this yesterday"),
    ],
)
def test_an_invented_portfolio_is_severe_and_pointed_at(source, text):
    (finding,) = check_portfolios(source, text)
    assert finding.severity == "severe"
    start, end = finding.target
    assert text[start:end] in finding.message


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قال وزير الخارجية إن المحادثات مفيدة", "The foreign minister called the talks useful"),
        ("وقالت وزارة الداخلية إنها تحقق", "The Ministry of the Interior said it was looking"),
        ("وقال وزير دفاع البلاد", "The country's defense minister said"),
        ("قال وزير الحربية", "The secretary of war said"),
        ("قالت وزيرة البيئة", "The environment minister said"),
        ("أعلنت الوزارة المعنية بالشؤون البيئية", "The Ministry of Environment announced"),
        ("وزير القوى العاملة", "The minister of labour"),
        ("تحدث عن السياسة", "He spoke about foreign policy and the health of the economy"),
    ],
)
def test_what_the_source_explains_is_no_finding(source, text):
    assert check_portfolios(source, text) == []


def test_the_words_of_a_portfolio_are_looked_for_as_folded_text_has_them():
    stems = [stem for own in _PORTFOLIOS.values() for stem in own]
    assert [stem for stem in stems if fold(stem) != stem] == []
