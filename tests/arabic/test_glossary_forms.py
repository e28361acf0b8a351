import pytest

from mujaz.arabic.glossary_forms import english_plural, plural_forms, singular_forms


@pytest.mark.parametrize(
    ("form", "others"),
    [
        ("مجلس", {"المجلس", "مجلسا", "مجلسها", "مجلسهم", "مجلسنا"}),
        ("شركة", {"الشركة", "شركتها", "شركته", "شركتنا"}),
        ("مستشفى", {"المستشفى", "مستشفاها"}),
        ("وزير دفاع", {"وزير الدفاع", "وزيرا دفاعا", "وزير دفاعها"}),
        ("محكمة دستورية", {"المحكمة الدستورية", "محكمة دستوريتها"}),
        ("المحكمة الدستورية", {"محكمة دستورية"}),
        ("بلوشي", {"البلوشي", "بلوشية", "البلوشية", "بلوشيين", "البلوشيون"}),
    ],
)
def test_what_means_one(form, others):
    assert others <= singular_forms(form)


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("ملك", "ملكه"),  # is also ملكة, a queen
        ("سعود", "سعودي"),
        ("حمد", "حمدان"),
        ("سوري", "سوريا"),
        ("شركة", "شركةا"),
        ("النورس", "نورس"),
        ("عين", "عينا"),
        ("سامي", "سامية"),
    ],
)
def test_what_makes_another_word_is_not_derived(form, other):
    assert other not in singular_forms(form) | plural_forms(form)


@pytest.mark.parametrize(
    ("form", "others"),
    [
        ("شركة", {"شركتان", "شركتين", "شركتا", "شركات", "الشركات", "شركاتهم"}),
        ("كتيبة الفجر", {"كتيبتا الفجر", "كتيبتي الفجر"}),
        ("جمعية خيرية", {"جمعيات خيرية", "جمعيات خيريات", "جمعيتان خيريتان"}),
    ],
)
def test_what_means_more_than_one(form, others):
    assert others <= plural_forms(form)


@pytest.mark.parametrize("form", ["مجلس", "مجلس الأمن", "C", "فيروس C", "20"])
def test_without_its_ending_no_plural_is_derived(form):
    assert plural_forms(form) == set()


def test_what_is_no_arabic_word_has_no_forms():
    assert singular_forms("فيروس C") == set()


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("company", "companies"),
        ("Foo Brigade", "Foo Brigades"),
        ("Foo Brigades", "Foo Brigades"),
        ("Court of Cassation", "Courts of Cassation"),
        ("branch", "branches"),
        ("survey", "surveys"),
    ],
)
def test_english_plurals(one, many):
    assert english_plural(one) == many
