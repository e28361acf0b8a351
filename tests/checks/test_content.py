"""Words that carry the news, and the table of them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from mujaz.arabic import find_names, fold
from mujaz.checks import check_content
from mujaz.checks.content import load_concepts, opposites


def found(source: str, text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.severity) for f in check_content(source, text, find_names(source))]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("علق مطار مسقط عشر رحلات.", "Muscat airport suspended ten flights."),
        ("وعُلِّقت الرحلات.", "Flights were halted."),
        ("ارتفعت أسعار النفط.", "Oil prices rose."),
        ("ارتفعت أسعار النفط.", "Crude became more expensive."),
        ("قد ينسحب الحزب من الحكومة.", "The party may leave the government."),
        ("وصل الوفد يوم الثلاثاء.", "The delegation arrived on Tuesday."),
        ("اعتقلت الشرطة ثلاثة.", "Police took three into custody."),
        ("سيفوز المرشح.", "The candidate will win."),
        ("للأطفال والنساء.", "For women and children."),
        ("وصل الوفد أمس الثلاثاء.", "The delegation arrived on Tuesday."),
        ("وصل الوفد أمس (الأربعاء).", "The delegation arrived on Wednesday."),
        ("وصل الوفد أمس الأحد.", "The delegation arrived on Sunday."),
        ("يصل الوفد غدا الأحد.", "The delegation is due on Sunday."),
        ("يصل الوفد غدا الخميس.", "The delegation arrives on Thursday."),
        ("نفى قائد سلاح الجو ذلك.", "The commander of the air force denied it."),
        ("عبر المنطقة المنزوعة السلاح.", "He crossed the demilitarised zone."),
        ("ماتوا غرقا.", "They drowned."),
        ("هددت إيران بالرد.", "Iran vowed to respond."),
        ("فاز في انتخابات الإعادة.", "He won the run-off."),
        ("من سمات المدينة الهدوء.", "The city is known for its calm."),
        ("قبلت وزارته الطلب.", "His ministry took the request."),
        ("أعلنته وزارة في البلاد.", "A ministry in the country announced it."),
    ],
)
def test_what_is_said_passes(source: str, text: str) -> None:
    assert found(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (
            "علق مطار مسقط عشر رحلات.",
            "Muscat airport will have ten flights.",
            ("content", "warning"),
        ),
        ("رفض البرلمان الخطة.", "Parliament discussed the plan.", ("content", "warning")),
        ("رفضت الحكومة الطلب.", "The government looked at the request.", ("content", "warning")),
        ("انخفض عدد السكان.", "The population rose.", ("content", "severe")),
        ("قتل في شمال البلاد جندي.", "A soldier was killed in the south.", ("content", "severe")),
        ("زادت الصادرات.", "Imports grew.", ("content", "severe")),
        ("ستنخفض الأسعار.", "Prices will rise.", ("content", "severe")),
        ("وصل الوفد وزار المتحف.", "The delegation arrived.", ("content", "warning")),
        (
            "فاز المنتخب ليبلغ المباراة النهائية.",
            "They won by two goals to one in the final.",
            ("content", "warning"),
        ),
        ("يصل غدا.", "He arrives.", ("day", "warning")),
        ("أعلن أمس إلغاء جلسة الثلاثاء.", "He called off Tuesday's session.", ("day", "warning")),
        ("اجتمعوا الأحد الماضي.", "They met last Monday.", ("day", "severe")),
        ("اجتمعوا أمس الثلاثاء.", "They met yesterday, Friday.", ("day", "severe")),
        ("اجتمعوا يوم الخميس.", "They met on Wednesday.", ("day", "severe")),
        ("ربما يستقيل الوزير.", "The minister resigned.", ("modality", "warning")),
    ],
)
def test_what_is_lost_or_turned_round(source: str, text: str, expected: tuple[str, str]) -> None:
    assert found(source, text) == [expected]


def test_a_finding_points_at_both_sides() -> None:
    source, text = "قال إن الأسعار انخفضت، أمس.", "He said yesterday that prices rose."
    (finding,) = check_content(source, text)
    assert finding.source is not None
    assert source[slice(*finding.source)] == "انخفضت"
    assert finding.target is not None
    assert text[slice(*finding.target)] == "rose"
    assert (
        finding.message == '"fell, fall" (انخفضت) is in the source but not here, which has "rose"'
    )


def test_the_opposite_of_a_thing_that_the_source_says_too_is_no_contradiction() -> None:
    source = "ارتفعت الصادرات وانخفضت الواردات."
    assert found(source, "Exports changed while imports dropped.") == [("content", "warning")]


def test_words_inside_a_name_are_the_names() -> None:
    source = "زار وفد من كوريا الجنوبية القاهرة."
    assert found(source, "A Seoul delegation visited Cairo.") == []


def test_each_concept_is_told_once() -> None:
    assert len(found("هجوم ثم هجوم ثم هجوم.", "It was quiet.")) == 1


def test_the_table_is_in_order() -> None:
    concepts = load_concepts()
    assert len(concepts) > 90
    for concept in concepts.values():
        assert concept.kind in {"content", "modality", "day"}
        assert concept.english and concept.said
        for form in concept.arabic:
            assert fold(form.replace("*", "")) == form.replace("*", "")
            assert "*" not in form[:-1]
        assert all(len(way.replace("*", "")) > 1 for way in concept.said), concept.name
    assert all(other in concepts for _, other in opposites(concepts.values()))


def test_the_gloss_of_a_concept_is_one_of_its_ways_to_say_it() -> None:
    """What a message calls the word would itself pass the check."""
    wrong = [c.name for c in load_concepts().values() if not c.pattern.search(c.english)]
    assert wrong == []


def test_an_opposite_is_not_said_by_the_words_of_the_concept() -> None:
    """Else a right translation would be held to say the contrary."""
    concepts = load_concepts()
    clashing = [
        (name, other)
        for name, other in opposites(concepts.values())
        if concepts[other].pattern.search(concepts[name].english.split(",")[0])
    ]
    assert clashing == []


def test_empty_texts_say_nothing() -> None:
    assert check_content("", "") == []


def test_many_names_and_words_take_bounded_time() -> None:
    one, times = "قتل في باكو ", 8_000
    (name,) = find_names(one)
    names = [
        replace(name, start=name.start + at * len(one), end=name.end + at * len(one))
        for at in range(times)
    ]
    start = time.process_time()
    (finding,) = check_content(one * times, "It was quiet.", names)
    assert time.process_time() - start < 3
    assert finding.source == (0, 3)
