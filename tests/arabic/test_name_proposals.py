import pytest

from mujaz.arabic import find_names


def guesses(text):
    return [(name.surface, name.english) for name in find_names(text) if name.guess]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("وقال الجنرال رستم قليجوف إن القوات", "رستم قليجوف"),
        ("التقى بالعقيد فؤاد الخطيبي أمس", "فؤاد الخطيبي"),
        ("وأعلن تاغييف استقالته", "تاغييف"),
    ],
)
def test_titles_given_names_and_endings_show_a_person(text, surface):
    names = [name for name in find_names(text) if name.guess]
    assert surface in [name.surface for name in names]
    assert all(name.kind == "person" and name.source == "romanizer" for name in names)


def test_the_last_name_alone_is_the_same_person():
    text = "قال سامر تاغييف إنه باق. وأضاف تاغييف أنه سعيد."
    assert [surface for surface, _ in guesses(text)] == ["سامر تاغييف", "تاغييف"]


@pytest.mark.parametrize(
    "text",
    [
        "ناقش المجلس ظروف العمل في المصانع",
        "قال الرئيس إن السلام ممكن",
        "صرح الوزير أمس بأن الأمل كبير",
        "هذا كتاب جميل عن الحرب",
        "رحب الأمين العام بالاتفاق",
        "أطلع الرئيس على محمد",
        "وصل إلى مدينة تزنيت أمس",
    ],
)
def test_plain_text_proposes_nobody(text):
    assert guesses(text) == []


def test_the_country_of_the_story_is_the_hint():
    egyptian = "في القاهرة المصرية: قال الدكتور جمال الشناوي إن"
    names = [name for name in find_names(egyptian) if name.guess]
    assert names[0].english.startswith("Gamal")
    assert names[0].country == "EG"
