import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic.layout import paragraphs

FIRST = (
    "أعلنت وزارة الصحة يوم الثلاثاء تسجيل أكثر من ألف حالة جديدة بمرض الكوليرا في ثلاث محافظات "
    "جنوبية، وقالت إن فرقها الطبية تعمل على مدار الساعة لاحتواء الوباء. ودعت المنظمات الدولية إلى "
    "تقديم المساعدة العاجلة للسكان الذين فروا من القرى المجاورة."
)
SECOND = (
    "وكانت البلاد قد شهدت العام الماضي موجة مماثلة أسفرت عن وفاة أكثر من مئتي شخص معظمهم من "
    "الأطفال وكبار السن، وفق بيانات رسمية نشرتها الوزارة على موقعها."
)


def lines(text):
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100, 120])
@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\n\n\n"])
def test_wrapped_paragraphs_are_joined(width, gap):
    text = gap.join(textwrap.fill(part, width) for part in (FIRST, SECOND, FIRST))
    assert [" ".join(part.split()) for part in lines(text)] == [FIRST, SECOND, FIRST]


def test_wrapped_paragraphs_without_blank_lines_part_at_short_lines():
    text = "\n".join(textwrap.fill(part, 75) for part in (FIRST, SECOND))
    assert len(textwrap.fill(FIRST, 75).splitlines()[-1]) < 50
    assert [" ".join(part.split()) for part in lines(text)] == [FIRST, SECOND]


def test_a_heading_over_wrapped_lines_stands_alone():
    text = "الكوليرا تعود\n" + textwrap.fill(FIRST, 72)
    assert lines(text)[0] == "الكوليرا تعود"
    assert len(lines(text)) == 2


def test_text_wrapped_by_its_looks_is_joined():
    words, parts = f"{FIRST} {SECOND} {FIRST}".split(), []
    while words:
        # As many words as fit a line of 90, and a few less on every fourth.
        count = len(textwrap.wrap(" ".join(words), 90 - 25 * (len(parts) % 4 == 3))[0].split())
        parts.append(" ".join(words[:count]))
        words = words[count:]
    assert len(lines("\n".join(parts))) == 1


def test_one_overlong_line_does_not_hide_the_wrapping():
    text = textwrap.fill(f"{FIRST} {SECOND} {FIRST}", 60) + "\n\nhttps://example.org/" + "a" * 300
    assert len(lines(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n{SECOND}",
        "وصل الوفد أمس.\nوغادر اليوم.",
        "قفا نبك من ذكرى حبيب ومنزل\nبسقط اللوى بين الدخول",
        "- وصل الوفد\n- غادر الوفد",
        "الأمن\nالاقتصاد\nالتعليم",
        f"عنوان قصير\n{FIRST}",
    ],
)
def test_lines_that_are_paragraphs(text):
    assert lines(text) == text.split("\n")


@pytest.mark.parametrize(
    "cut", ["التقى الرئيس،\nأمس، الوفد.", "تشهد أزمة في\nالكهرباء.", "قال إن\nالأمر تم."]
)
def test_a_line_that_breaks_off_goes_on(cut):
    assert lines(cut) == [cut]


def test_invisible_lines_separate_and_are_covered():
    text = "وصل الوفد\n\u200f\nوغادر"
    assert lines(text) == ["وصل الوفد\n\u200f", "وغادر"]


@settings(deadline=None)
@given(st.text(alphabet="اب .،-\n\u200f\t"))
def test_paragraphs_cover_the_text(text):
    end = 0
    for start, behind in paragraphs(text):
        assert end <= start < behind
        assert not text[end:start].strip()
        end = behind
    assert not text[end:].strip()
