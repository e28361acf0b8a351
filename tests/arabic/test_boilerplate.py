import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import find_boilerplate

NEWS = "وصل الوزير إلى بغداد صباح اليوم. واستقبله نظيره في المطار."


def found(text):
    return [(part.kind, text[part.start : part.end]) for part in find_boilerplate(text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/انتهى/", "end"),
        ("انتهى", "end"),
        ("انتهى/25ع", "end"),
        ("انتهى / 25 ع", "end"),
        ("(انتهى)", "end"),
        ("/انتهى/ 158", "end"),
        ("م.ن/ع.ص", "end"),
        ("***", "end"),
        ("-----", "end"),
        ("(وكالات)", "signature"),
        ("(رويترز)", "signature"),
        ("(أ ف ب، رويترز)", "signature"),
        ("[وكالات]", "signature"),
        ("المصدر: رويترز", "signature"),
        ("المصدر : الجزيرة + وكالات", "signature"),
        ("المصدر: صحيفة الشرق الأوسط", "signature"),
        ("إعداد: سامر حداد", "signature"),
        ("(إعداد ليلى سالم للنشرة العربية - تحرير عمر نور)", "signature"),
        ("اقرأ أيضا: الرئيس يزور المدينة", "related"),
        ("اقرأ أيضاً", "related"),
        ("شاهد أيضا.. لحظة سقوط الجسر", "related"),
        ("قد يهمك أيضا:", "related"),
        ("مواضيع ذات صلة", "related"),
        ("للمزيد: تفاصيل الحادث", "related"),
        ("تابعونا على فيسبوك وتويتر", "share"),
        ("اشترك في قناتنا على تلغرام", "share"),
        ("يمكنكم متابعة الأخبار عبر تطبيق الموقع على الهاتف", "share"),
        ("نسخ الرابط", "share"),
        ("جميع الحقوق محفوظة 2021", "rights"),
        ("© 2020 دار النشر", "rights"),
        ("مصدر الصورة Getty Images", "caption"),
        ("(صورة: رويترز)", "caption"),
        ("(أرشيف)", "caption"),
    ],
)
def test_lines_that_are_no_news(line, kind):
    assert found(f"{NEWS}\n{line}") == [(kind, line)]
    assert found(f"  {line} \n\n{NEWS}") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        NEWS,
        "قال وزير الدفاع إن القتال انتهى",
        "انتهى الاجتماع بلا بيان",
        "انتهى الأمر",
        "انتهى الفيلم / بداية القصة الجديدة",
        "بغداد (رويترز) - وصل الوزير",
        "وأضاف المصدر: لا تفاوض قبل الانسحاب",
        "المصدر: لا تفاوض قبل الانسحاب",
        "تحرير الرقة: المعركة الأخيرة",
        "قرأ أيضا كتبا في التاريخ.",
        "شاهد أيضا الجمهور فيلما قصيرا",
        "وشاهد أيضا: لا شيء",
        "شارك الرئيس صورة على صفحته في فيسبوك",
        "اشترك الجانبان في إعداد البيان",
        "انضم عشرات الآلاف إلى تطبيق تويتر",
        "(وصل الوفد مساء أمس)",
        "صورة: كيف تبدو المدينة بعد الحرب؟",
        "2/3",
        "وكالات الإغاثة تحذر من كارثة",
        "(c) تعديل القانون",
        "وقال المتحدث إن جميع الحقوق ستعود إلى أصحابها وإن القانون سيطبق على الجميع دون استثناء",
    ],
)
def test_news_stays(line):
    assert found(f"{NEWS}\n{line}\n{NEWS}") == []


def test_an_end_mark_behind_the_last_sentence():
    assert found(f"{NEWS} /انتهى/") == [("end", "/انتهى/")]
    assert found(f"{NEWS} انتهى/25ع\n") == [("end", "انتهى/25ع")]
    assert found(f"{NEWS} (رويترز)") == [("signature", "(رويترز)")]
    assert found(f"{NEWS} (أ ف ب) /انتهى/") == [("signature", "(أ ف ب)"), ("end", "/انتهى/")]


def test_the_end_mark_of_an_earlier_line_stays_in_its_sentence():
    assert found(f"قال إن الأمر انتهى. (رويترز) ثم عاد.\n{NEWS}") == []


def test_headlines_under_a_bare_label_go_with_it():
    text = f"{NEWS}\nاقرأ أيضا:\nانفجار يهز العاصمة\nمن هو رئيس الوزراء الجديد؟\n\n{NEWS}"
    assert [surface for _, surface in found(text)] == [
        "اقرأ أيضا:",
        "انفجار يهز العاصمة",
        "من هو رئيس الوزراء الجديد؟",
    ]


def test_headlines_that_run_into_a_long_paragraph_go_and_it_stays():
    text = f"اقرأ أيضا:\nانفجار يهز العاصمة\n{NEWS} {NEWS} {NEWS}"
    assert [surface for _, surface in found(text)] == ["اقرأ أيضا:", "انفجار يهز العاصمة"]


def test_lines_that_may_be_a_wrapped_paragraph_stay():
    text = "اقرأ أيضا:\nوصل وزير الخارجية إلى العاصمة في زيارة\nتستمر يومين."
    assert [surface for _, surface in found(text)] == ["اقرأ أيضا:"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["/انتهى/", NEWS, "", "اقرأ أيضا:", "خبر قصير", "(وكالات)", " "])))
def test_parts_are_in_order_and_apart(lines):
    text = "\n".join(lines)
    end = 0
    for part in find_boilerplate(text):
        assert end <= part.start < part.end <= len(text)
        assert text[part.start : part.end] == text[part.start : part.end].strip()
        end = part.end


@settings(deadline=None)
@given(st.text())
def test_any_text_is_searched(text):
    find_boilerplate(text)
