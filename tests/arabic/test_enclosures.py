import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic.enclosures import addresses, enclosures


def pairs(text):
    return [text[pair.start : pair.end + 1] for pair in enclosures(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال «نعم» وذهب", ["«نعم»"]),
        ('قال "نعم" و"لا" معا', ['"نعم"', '"لا"']),
        ("قال “نعم” ثم”", ["“نعم”"]),
        ("أضاف ”نحن مستعدون“ أمس", ["”نحن مستعدون“"]),
        ('قال: " نعم " وذهب', ['" نعم "']),
        ("(أ (ب) ج)", ["(أ (ب) ج)", "(ب)"]),
        ('«أ "ب" ج»', ['«أ "ب" ج»', '"ب"']),
        ("1) أول 2) ثان", []),
        ("انها تتقدم “.", []),
        ('شاشة 6" جديدة', []),
        ('قال "نعم', []),
        ('قال "نعم ثم قال "لا" وذهب', ['"لا"']),
        ("«أ (ب» ج)", ["«أ (ب»"]),
    ],
)
def test_pairs(text, expected):
    assert pairs(text) == expected


def test_kinds():
    assert [pair.kind for pair in enclosures('«أ» (ب) "ج"', 0, 11)] == ["quote", "bracket", "quote"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زر https://example.org/a.php?x=1. ثم", ["https://example.org/a.php?x=1"]),
        ("على www.example.com، أو", ["www.example.com"]),
        ("راسل info@example.com.", ["info@example.com"]),
        ("حساب @example", []),
        ("لا شيء.", []),
    ],
)
def test_addresses(text, expected):
    found = addresses(text, 0, len(text))
    assert [text[part.start : part.end + 1] for part in found] == expected


def test_only_the_given_part_is_searched():
    assert enclosures("«أ» «ب» «ج»", 4, 7)[0].start == 4
    assert len(enclosures("«أ» «ب» «ج»", 4, 7)) == 1


@settings(deadline=None)
@given(st.text(alphabet='ا "“”„«»()[].،'))
def test_pairs_are_nested_or_apart(text):
    found = enclosures(text, 0, len(text))
    for index, pair in enumerate(found):
        assert 0 <= pair.start < pair.end < len(text)
        for other in found[index + 1 :]:
            assert other.start > pair.end or other.end < pair.end
