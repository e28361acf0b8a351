import pytest

from mujaz.arabic.abbreviations import kind


@pytest.mark.parametrize(
    ("token", "before", "expected"),
    [
        ("د", "التقى", "title"),
        ("أ.د", "حضر", "title"),
        ("ود", "سمير", "title"),
        ("م", "قال", "title"),
        ("ص", "انظر", "title"),
        ("م", "عام 1770", "era"),
        ("هـ", "سنة 1443", "era"),
        ("هـ", "القرن الثالث", "era"),
        ("ق.م", "القرن الثالث", "era"),
        ("1827م", "عام", "era"),
        ("١٤٤٠هـ", "رمضان", "era"),
        ("ج.م.ع", "سفير", "letters"),
        ("الو.م.أ", "إلى", "letters"),
        ("U.S", "في", "letters"),
        ("J", "الكاتب", "letters"),
        ("Dr", "التقى", "title"),
        ("Inc", "شركة Apple", "company"),
        ("ج", "على فيتامين", None),
        ("أ", "عن المجموعة", None),
        ("بد", "لا", None),
        ("بد", "التقى", "title"),
        ("القاعة", "غادر", None),
        ("من", "", None),
        ("Nature", "مجلة", None),
    ],
)
def test_kinds(token, before, expected):
    assert kind(token, before) == expected


@pytest.mark.parametrize(
    ("token", "before", "word", "expected"),
    [
        ("سي", "شبكة", "إن", "title"),
        ("إن", "شبكة سي.", "إن", "title"),
        ("إن", "شبكة سي. إن.", "الأمريكية", "letters"),
        ("سي", "قناة إم بي", "وقال", None),
        ("ان", "شبكة", "الأمريكية", None),
    ],
)
def test_spelled_letters(token, before, word, expected):
    assert kind(token, before, word) == expected
