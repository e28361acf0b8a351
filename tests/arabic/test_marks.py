from itertools import pairwise

import pytest

from mujaz.arabic.marks import ends


def cut(text):
    places = [0, *ends(text, 0, len(text)), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


# One case per fault that a real text has shown.
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("يرجعه البعض إلى النبي نوح.و تعني كلمة العود الخشب", 2),
        ("ازدهرت المدينة قديما. [1] كانت عاصمة للدولة", 2),
        ("بلغت النسبة العليا.[12][13] ثم انخفضت", 2),
        ("الصور والتماثيل من الشمع ... الخ حتى اليوم", 1),
        ("سنة 1844م 1260هـ. ،كانت الحركة قد بدأت", 1),
        ("قال: “إن العلاقات قوية”. لا نريد الحرب. انها تتقدم “.", 3),
        ("حتى ارتفاع 1800 م. ويزرع القمح", 2),
        ("الطائرة - وهي من طراز إم آي-8 - تحطمت", 1),
        ("حاول العلماء معرفة السر .. بينما لا أثر له", 1),
        ('أجاب برنامج "ثروة أم مزيفة؟" عن السؤال', 1),
        ("أعلنت شبكة إن. بي. سي. الأمريكية أن البرنامج توقف", 1),
        ("بثت شبكة سي. إن. إن. المقابلة. وقالت إنها حصرية", 2),
        ("وقال لمحطة سي. ان.بي.سي التلفزيونية إنه سعيد", 1),
        ("هذا قول العلماء ومن بعدهم.(2) أمه آمنة بنت وهب", 2),
        ('لم توضح شركة "Nova Music Inc." سبب الإلغاء', 1),
        ("تقل القيود مع العمل المرن. (سميث، 1998) وترتفع الأجور", 2),
        ("أضف الرسوم والضرائب إلخ... من أجل تلك الأماكن", 1),
    ],
)
def test_faults_that_do_not_come_back(text, count):
    assert len(cut(text)) == count


def test_the_end_of_the_paragraph_is_not_a_cut():
    assert ends("وصل الوفد.", 0, 10) == []
    assert ends("وصل الوفد. ", 0, 11) == []
    assert ends("", 0, 0) == []


def test_only_the_given_paragraph_is_judged():
    text = "وصل. غادر.\n\nعاد. بقي."
    start = text.index("عاد")
    assert ends(text, start, len(text)) == [start + 4]


def test_closing_signs_belong_to_their_sentence():
    assert cut("قال: «نعم.» ثم ذهب.")[0] == "قال: «نعم.»"
    assert cut("قال: «نعم». ثم ذهب.")[0] == "قال: «نعم»."
    assert cut("وأضاف: نعم.» ثم ذهب.")[0] == "وأضاف: نعم.»"


def test_a_long_quotation_is_split_inside():
    quotation = "«" + "هذه جملة طويلة بعض الشيء. " * 12 + "وهذه الأخيرة»."
    assert len(cut(f"قال: {quotation}")) == 13
    assert len(cut(f"قال: «{'جملة قصيرة. ' * 5}نعم».")) == 1
