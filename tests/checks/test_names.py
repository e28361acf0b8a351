import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import find_names
from mujaz.arabic.glossary import make_glossary
from mujaz.checks import check_names


def findings(source, text, **options):
    return check_names(source, text, find_names(source, **options))


def told(source, text, **options):
    return [(f.severity, f.message) for f in findings(source, text, **options)
            if f.severity != "info"]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("وصل الرئيس إلى باكو", "The president arrived in Baku"),
        ("قالت طهران إنها ترفض العرض", "Iran said it rejected the offer"),
        ("قالت إيران إنها ترفض العرض", "Tehran said it rejected the offer"),
        ("الشرطة النيوزيلندية تحقق", "New Zealand police are investigating"),
        ("اتهمت نيوزيلندا الشركة", "A New Zealander accused the company"),
        ("سافر إلى ألمانيا", "He travelled to the German capital Berlin"),
        ("قال دونالد ترامب إنه باق", "Trump said he would stay"),
        ("التقى شي جين بينغ الوفد", "Xi met the delegation"),
        ("العقيد معمر القذافي", "Colonel Qadhafi"),
        ("وقع الاتحاد الأوروبي الاتفاق", "The European Union signed the deal"),
        ("يقيم في أمريكا الشمالية", "He lives in North America"),
        ("يدرس في جامعة نيويورك", "He studies at New York University"),
        ("حريق في سجن أبو غريب بالعراق", "A fire in Iraq's Abu Ghraib prison"),
        ("انضم إلى مانشستر سيتي", "He joined Manchester City"),
        ("في كامبردج درس التاريخ", "In Cambridge he studied history"),
        ("المباراة ضد بولونيا", "The match against Bologna"),
        ("في عهد الملك سيجونج", "In the reign of King Sejong"),
        ("تمتد الطريق إلى القطب", "The road leads to the Pole"),
        ("خسر مليون دولار", "He lost a million US dollars"),
        ("نشرت Atlanta Journal تقريرا", "The Atlanta Journal published a report"),
        ("عاد الرجل إلى بيته", "The man went home"),
        ("وصل الوفد إلى صنعاء", "A delegation arrived in Sana'a"),
        ("وصل الوفد إلى صنعاء", "A delegation arrived in Sana’a's centre"),
        ("في ساحل العاج", "In Côte d’Ivoire"),
        ("وصل المنتخب الإنجليزي", "The England team arrived"),
        ("أعلنت حكومة اسكتلندا القرار", "The Scottish government announced the decision"),
        ("فاز المنتخب الويلزي", "Wales won"),
        ("قال الممثل توم هولاند إنه باق", "The actor Tom Holland said he would stay"),
    ],
)
def test_a_name_said_otherwise_is_right(source, text):
    assert told(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "added", "lacking"),
    [
        ("وصل الرئيس إلى باكو", "The president arrived in Baghdad", "Baghdad", "Baku"),
        ("قالت إيران إنها ترفض العرض", "Iraq said it rejected the offer", "Iraq", "Iran"),
        ("أعلن دونالد ترامب القرار", "Joe Biden announced the decision", "Joe Biden", "Trump"),
        ("اتهمت السعودية الشركة", "Jordan accused the company", "Jordan", "Saudi Arabia"),
        ("فاز المنتخب الإنجليزي", "Wales won", "Wales", "English"),
        ("الجيش التركي يتقدم", "The Syrian army advances", "Syrian", "Turkish"),
    ],
)
def test_one_name_for_another_is_severe_and_says_both(source, text, added, lacking):
    (finding,) = (f for f in findings(source, text) if f.severity == "severe")
    assert finding.kind == "name"
    assert text[slice(*finding.target)] == added
    assert lacking in finding.message
    assert source[slice(*finding.source)] in finding.message
    assert not [f for f in findings(source, text) if f.severity == "warning"]


def test_a_name_that_only_the_english_has_is_a_warning():
    source, text = "وصل الوفد إلى العاصمة أمس", "The delegation arrived in Baghdad yesterday"
    (finding,) = findings(source, text)
    assert finding.severity == "warning"
    assert text[slice(*finding.target)] == "Baghdad"


def test_a_name_that_the_english_lacks_is_a_warning():
    source = "وصل الوفد إلى باكو أمس"
    (finding,) = findings(source, "The delegation arrived yesterday")
    assert finding.severity == "warning"
    assert source[slice(*finding.source)] == "باكو"
    assert "Baku" in finding.message


def test_the_last_letter_of_a_name_is_not_the_name():
    (finding,) = findings("وصل الوفد إلى صنعاء", "A delegation arrived")
    assert (finding.severity, "Sanaa" in finding.message) == ("warning", True)


def test_an_adjective_or_a_guess_that_is_lacking_only_explains():
    source = "تدرس الهيئة الأسترالية الطلب"
    assert [f.severity for f in findings(source, "ACMA studies the request")] == ["info"]


def test_organisations_and_offices_are_free():
    source = "قال رئيس الوزراء في مجلس الأمن"
    assert told(source, "The prime minister told the Council") == []


def test_the_users_own_names_are_held_to_their_spelling():
    glossary = make_glossary([("القسام", "Qassam Brigades")])
    source = "أعلنت القسام مسؤوليتها"
    assert told(source, "Qassam Brigades claimed responsibility", glossary=glossary) == []
    ((severity, message),) = told(source, "It claimed responsibility", glossary=glossary)
    assert severity == "warning"
    assert "Qassam Brigades" in message


def test_a_name_twice_is_missed_once():
    assert len(told("باكو مدينة وباكو عاصمة", "A city and a capital")) == 1


def test_two_swaps_are_two_findings():
    source = "سافر من باكو إلى طهران"
    found = findings(source, "He flew from Lima to Paris")
    assert [f.severity for f in found] == ["severe", "severe"]


@pytest.mark.parametrize("count", [100, 400, 20_000])
def test_long_lists_of_names_are_checked_in_bounded_time(count):
    arabic = ["باكو", "طهران", "لندن", "دمشق", "القاهرة"]
    english = ["Lima", "Paris", "Berlin", "Madrid", "Oslo"]
    source = " ".join(arabic[n % 5] for n in range(count))
    text = " ".join(english[n % 5] + f"{n}" * (n % 3 == 0) for n in range(count))
    names = find_names(source)
    start = time.process_time()
    assert check_names(source, text, names)
    assert time.process_time() - start < 5


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_pair_is_checked(source, text):
    for finding in findings(source, text):
        if finding.target is not None:
            assert text[slice(*finding.target)]


def test_a_faith_that_is_missing_is_a_warning():
    source = "قال إنها دولة مسلمة وشيعية"
    names = find_names(source)
    found = check_names(source, "He said that it was a Muslim and democratic country", names)
    assert [(f.severity, "Shiite" in f.message) for f in found] == [("warning", True)]
    assert check_names(source, "He said that it was a Muslim, Shia country", names) == []
