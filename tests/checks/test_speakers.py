import pytest

from mujaz.arabic import find_names
from mujaz.checks import check_speakers

LAVROV = "قال وزير الخارجية الروسي سيرغي لافروف إن أنتوني بلينكن لم يرد على الرسالة"
MERKEL = "وأكدت أنغيلا ميركل أن إيمانويل ماكرون يؤيد الاتفاق"
ACCORDING = "سيستقيل إيمانويل ماكرون قريبا، وفقا لأنغيلا ميركل"


def check(source, text):
    return check_speakers(source, text, find_names(source))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (LAVROV, "Antony Blinken said that Russian Foreign Minister Sergei Lavrov did not reply."),
        (LAVROV, "Blinken, the American minister, told Sergei Lavrov that he did not reply."),
        (MERKEL, "Emmanuel Macron confirmed that Angela Merkel supports the deal."),
        (ACCORDING, "Angela Merkel will resign soon, according to Emmanuel Macron."),
        (MERKEL, '"The deal is supported by Angela Merkel," said President Emmanuel Macron.'),
    ],
)
def test_words_in_another_mouth_are_severe(source, text):
    (finding,) = check(source, text)
    assert (finding.kind, finding.severity) == ("speaker", "severe")
    assert text[slice(*finding.target)].split()[-1] in ("Blinken", "Macron")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (LAVROV, "Russian Foreign Minister Sergei Lavrov said Antony Blinken had not replied."),
        (LAVROV, "Antony Blinken has not replied to the letter, Sergei Lavrov said."),
        (LAVROV, "The minister said that Blinken had not replied."),
        (MERKEL, "Angela Merkel confirmed that Emmanuel Macron, who said so, supports the deal."),
        (MERKEL, "Emmanuel Macron supports the deal, according to Angela Merkel."),
        (
            "قالت أنغيلا ميركل إن إيمانويل ماكرون أعلن خطة جديدة",
            "Emmanuel Macron announced a new plan, Angela Merkel said.",
        ),
        (
            "في ذكرى رحيل إيمانويل ماكرون طالبت أنغيلا ميركل بالصمت",
            "On the anniversary of Emmanuel Macron's death Angela Merkel said it was time to rest.",
        ),
        ("التقى إيمانويل ماكرون أنغيلا ميركل", "Emmanuel Macron said Angela Merkel met him."),
        ("قال إيمانويل ماكرون إنه مريض", "Angela Merkel said that she was ill."),
        ("", ""),
    ],
)
def test_right_speakers_and_doubtful_ones_pass(source, text):
    assert check(source, text) == []
