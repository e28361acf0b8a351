import pytest

from mujaz.arabic.glossary_entry import (
    GlossaryEntry,
    GlossaryFault,
    entry_or_fault,
    findable,
    forms,
)


def test_a_cell_holds_several_forms():
    assert forms(" كتيبة |كتائب | | كتيبة\n") == ("كتيبة", "كتائب")
    assert forms("") == ()


def test_an_entry_knows_its_pair_and_its_place():
    entry = GlossaryEntry(("كتيبة", "كتائب"), ("battalion",), "g.tsv", 3)
    assert entry.pair == ("كتيبة | كتائب", "battalion")
    assert entry.where == "g.tsv:3"


@pytest.mark.parametrize(
    ("arabic", "english", "message"),
    [
        ((), ("gull",), "no Arabic"),
        (("نورس",), (), "no English"),
        (("gull",), ("نورس",), "'gull' where Arabic"),
        (("نورس",), ("نورس",), "where English"),
        (("نورس",), ("!?",), "'!?' where English"),
    ],
)
def test_a_row_that_is_no_entry_says_why(arabic, english, message):
    fault = entry_or_fault(arabic, english, "g.tsv", 3)
    assert isinstance(fault, GlossaryFault)
    assert (fault.line, message in fault.message, bool(fault.next_step)) == (3, True, True)


@pytest.mark.parametrize("english", ["G20", "Łódź", "Ōta", "20"])
def test_names_with_figures_and_accents_are_english(english):
    assert isinstance(entry_or_fault(("نورس",), (english,), "g.tsv", 3), GlossaryEntry)


@pytest.mark.parametrize("form", ["النورس", "بحر النور", "بحر-النور", "نَوْرَس", "گوگل"])
def test_arabic_words_are_findable(form):
    assert findable(form)


@pytest.mark.parametrize("form", ["مجموعة 20", "فيروس C", "د. النورس", "(النورس)"])
def test_what_has_more_in_it_is_not(form):
    assert not findable(form)
