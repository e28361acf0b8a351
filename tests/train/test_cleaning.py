import pytest

from train.cleaning import clean
from train.config import Prepare
from train.sources import Pair

RULES = Prepare(data="", exclude=())


def test_a_good_pair_gets_its_normal_form() -> None:
    pair = Pair("x", "وصل  الوفـد إلى ﻻهاي .", "The delegation\u00a0arrived in  The Hague.")
    found = clean(pair, RULES)
    assert found == Pair("x", "وصل الوفد إلى لاهاي.", "The delegation arrived in The Hague.")


@pytest.mark.parametrize(
    ("arabic", "english", "why"),
    [
        ("", "Nothing.", "empty"),
        ("خبر", " ", "empty"),
        ("انقر على {0} الآن.", "Click {0} now.", "markup"),
        ("انظر الرابط هنا.", "See https://example.org here.", "markup"),
        ("استخدم الدالة هنا.", "Use the function getName here.", "markup"),
        ("open the file ملف", "Open the file.", "script"),
        ("هذه جملة قصيرة.", "Это короткое предложение.", "script"),
        ("كلمة " * 120, "Word " * 120, "length"),
        ("قال الوزير كلاما طويلا جدا عن الأمر.", "He spoke.", "ratio"),
        ("وصل 12 وفدا.", "13 delegations arrived.", "numbers"),
        ("وصل وفد واحد.", "In 2013 a delegation came.", "numbers"),
    ],
)
def test_what_is_of_no_use_says_why(arabic: str, english: str, why: str) -> None:
    assert clean(Pair("x", arabic, english), RULES) == why


def test_digits_of_either_script_are_one_number() -> None:
    pair = Pair("x", "ارتفعت الأسعار ٥٪ في عام ٢٠٢٣.", "Prices rose 5% in 2023.")
    assert isinstance(clean(pair, RULES), Pair)
