"""Negation kept, lost, added; and the ways in which each language says it otherwise."""

from __future__ import annotations

import pytest

from mujaz.checks import check_negation

NEVER_CAME = "لم يحضر الوزير الاجتماع الذي عقد في بيروت."


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not attend the meeting held in Beirut.",
        "The minister didn't attend the meeting held in Beirut.",
        "The minister didn’t attend the meeting held in Beirut.",
        "The minister was absent from the meeting held in Beirut.",
        "The minister failed to attend the meeting held in Beirut.",
        "The meeting in Beirut went ahead without the minister.",
    ],
)
def test_a_negation_that_is_kept(text: str) -> None:
    assert check_negation(NEVER_CAME, text) == []


def test_a_lost_negation_is_severe_and_points_at_its_word() -> None:
    (finding,) = check_negation(NEVER_CAME, "The minister attended the meeting held in Beirut.")
    assert (finding.kind, finding.severity) == ("negation", "severe")
    assert finding.source is not None
    assert NEVER_CAME[slice(*finding.source)] == "لم"
    assert "لم" in finding.message


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("لن توقع الحكومة الاتفاق.", "The government will sign the agreement."),
        ("هذه الأرقام ليست دقيقة.", "These figures are accurate."),
        ("لا يوجد دليل على ذلك.", "There is evidence of that."),
        ("ولم تصدر النتائج، ولا موعد لها.", "The results came out, and there is a date."),
    ],
)
def test_each_way_to_negate(source: str, text: str) -> None:
    assert [f.severity for f in check_negation(source, text)] == ["severe"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("لا يزال الطريق مغلقا.", "The road is still closed."),
        ("زار بلدانا عدة لا سيما مصر.", "He visited several countries, especially Egypt."),
        ("لا بد من اتفاق.", "There must be an agreement."),
        ("قتل ما لا يقل عن عشرة.", "At least ten were killed."),
        ("لم يحضر سوى ثلاثة وزراء.", "Only three ministers attended."),
        ("لا يتجاوز عددهم مئة.", "Their number is up to a hundred."),
        ("هذا جزء لا يتجزأ من الاتفاق.", "This is an integral part of the agreement."),
        ("نال عددا لا يستهان به من الأصوات.", "He won a considerable number of votes."),
        ("زاره عدد لا يحصى من الناس.", "Great numbers of people visited it."),
        ("أسباب لا تعد ولا تحصى.", "A great many reasons."),
        ("موقف لا لبس فيه.", "A clear position."),
        ("لا يعدو كونه حلما.", "It is a mere dream."),
        ("لم يتجاوز النمو واحدا في المئة.", "Growth stayed under one percent."),
        ("لم يلبث أن عاد إلى بلاده.", "He soon returned to his country."),
        ("لا يكف عن الكلام.", "He keeps talking."),
        ("قال رجل لم يذكر اسمه إنه رآه.", "A man, speaking anonymously, said he had seen it."),
        ("طلب المسؤول عدم الكشف عن اسمه.", "The official spoke on condition of anonymity."),
        ("ليس من الواضح إن كان متعمدا.", "It is unclear whether it was deliberate."),
        ("ليس من المرجح أن يعود.", "He is unlikely to return."),
        ("رجل لم تحدد هويته.", "An unidentified man."),
        ("خبر لا يصدق.", "Incredible news."),
        ("لا جدوى من ذلك.", "It is futile."),
        ("نجهل السبب.", "We do not know why."),
        ("تجاهل الوزير السؤال.", "The minister did not answer."),
        ("من المستبعد أن يعود.", "It is not likely that he will return."),
        ("لا يخلو الأمر من خطر.", "There is danger in it."),
        ("لا ينفك يردد ذلك.", "He keeps repeating it."),
        ("فاز بلقب لا ليغا.", "They won La Liga."),
        ("وصل إلى لا باز.", "He arrived in La Paz."),
        ("ما كان ينبغي أن يحدث هذا.", "This should not have happened."),
        ("ما من دليل.", "There is no evidence."),
        ("ما عاد يحتمل الألم.", "He could not bear the pain any more."),
        ("هذا غير قانوني.", "This is illegal."),
        ("هذا غير صحيح.", "This is not true."),
        ("نفى الوزير ذلك.", "The minister said it was not so."),
        ("دون إصابات.", "No one was hurt."),
        ("لا أحد في المبنى ولا في الشارع.", "The building and the street were harmless and empty."),
    ],
)
def test_set_phrases_and_other_wordings_pass(source: str, text: str) -> None:
    assert check_negation(source, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The president did not sign the law.",
        "The president hasn't signed the law.",
        "The president never signed the law.",
    ],
)
def test_a_negation_that_the_source_lacks_is_severe(text: str) -> None:
    (finding,) = check_negation("وقع الرئيس القانون يوم الاثنين.", text)
    assert finding.severity == "severe"
    assert finding.target is not None
    assert text[slice(*finding.target)] in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Not only the president signed.",
        "The president no longer waits: he signed law No. 5.",
        "Whether or not it helps, the president signed.",
    ],
)
def test_idioms_are_no_negations(text: str) -> None:
    assert check_negation("وقع الرئيس القانون يوم الاثنين.", text) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("لا فتاة في الفريق.", "There is a girl on the team."),
        ("لا يعد هذا الحل مقبولا.", "This solution is considered acceptable."),
        ("لم يحضر عمه.", "His uncle came to the university."),
        ("لم تعلق الأونروا.", "UNRWA commented."),
        ("لم تعلق اليونسكو.", "Unesco commented nonetheless, regardless of cost."),
        ("لم يزدهر الاقتصاد.", "The economy flourished."),
        ("لم يقل شيئا عن ذلك.", "He spoke of it."),
        ("لا كورونا في البلاد.", "There is corona in the country."),
    ],
)
def test_what_looks_like_a_set_phrase_denies_all_the_same(source: str, text: str) -> None:
    assert [f.severity for f in check_negation(source, text)] == ["severe"]


def test_as_it_was_is_no_excuse() -> None:
    (finding,) = check_negation("بقي الوضع كما كان أمس.", "The situation is not as yesterday.")
    assert finding.severity == "severe"


def test_fewer_negations_than_the_source_are_a_warning() -> None:
    source = "لم يوقع الرئيس القانون، ولن يحضر الوزير الجلسة."
    (finding,) = check_negation(source, "The president did not sign; the minister will attend.")
    assert finding.severity == "warning"


def test_the_only_of_another_clause_excuses_nothing() -> None:
    source = "لم يحضر الرئيس الجلسة التي عقدت في بيروت أمس بعد تأجيلها بسبب الحرب وحضر نائبه فقط."
    text = "The president attended the session in the capital, and only his deputy came."
    assert [f.severity for f in check_negation(source, text)] == ["severe"]


def test_marks_and_spelling_do_not_hide_a_negation() -> None:
    assert check_negation("لَمْ يحضر الوزيـر.", "The minister came.")[0].source == (0, 4)


def test_empty_texts_have_nothing_to_deny() -> None:
    assert check_negation("", "") == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("دعت الوزارة إلى عدم السفر ليلا", "The ministry called for travel by night."),
        ("رفض الوزير الاستقالة", "The minister accepted his resignation."),
        ("غادر الوفد دون أن يوقع الاتفاق", "The delegation left and signed the agreement."),
        ("نفى المتحدث وقوع هجوم", "The spokesman said that an attack took place."),
    ],
)
def test_a_noun_or_verb_that_denies_is_missed(source, text):
    (finding,) = check_negation(source, text)
    assert (finding.kind, finding.severity) == ("negation", "warning")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("دعت الوزارة إلى عدم السفر ليلا", "The ministry advised against travel by night."),
        ("رفض الوزير الاستقالة", "The minister refused to resign."),
        ("حظرت السلطات التجول في المدينة", "The authorities imposed a curfew in the city."),
        ("يعمل التطبيق عند عدم الاتصال", "The app works offline."),
        ("شعر بعدم الراحة", "He felt discomfort."),
        ("أسقطت طائرة بدون طيار", "A drone was shot down."),
        ("أطفال دون سن العاشرة", "Children under ten."),
        ("التعليم غير الرسمي", "Casual education."),
    ],
)
def test_english_that_denies_in_a_word_of_its_own_passes(source, text):
    assert check_negation(source, text) == []
