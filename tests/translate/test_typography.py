import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.translate.typography import finished, is_quotation, join_clauses, polish


@pytest.mark.parametrize(
    ("text", "polished"),
    [
        ("the  minister ,said ;he left .", "The minister, said; he left."),
        ("“He left,” she said.", '"He left," she said.'),
        ("It’s the ministers’ plan", "It's the ministers' plan"),
        ("He called it « a good day » .", 'He called it "a good day".'),
        ('It was described as " beneficial " .', 'It was described as "beneficial".'),
        ("``A day'', he said", '"A day", he said'),
        ("Really؟ Yes، really؛ 5٪ of ٣٫٥ and ۷", "Really? Yes, really; 5% of 3.5 and 7"),
        ("It rose 50 % ( a record )", "It rose 50% (a record)"),
        ("It rose by .5 points", "It rose by .5 points"),
        ("1,500 people, 3.5 km, 10:30 a.m.", "1,500 people, 3.5 km, 10:30 a.m."),
        ("the U.S. and the U.K. agreed", "The U.S. and the U.K. agreed"),
        ("He waited..", "He waited."),
        ("He waited...", "He waited..."),
        ("Translation: the talks resume", "The talks resume"),
        ("English: translation: the talks", "The talks"),
        ('"The talks resume"', "The talks resume"),
        ('"The talks" will "resume"', '"The talks" will "resume"'),
        ('"quote" he said', '"Quote" he said'),
        ("iPhone sales fell", "iPhone sales fell"),
        ("al-Qaeda fled", "Al-Qaeda fled"),
        ("(see below)", "(See below)"),
        ("3 killed in blast", "3 killed in blast"),
        ("@minister wrote", "@minister wrote"),
        ("IRAN: TALKS RESUME", "IRAN: TALKS RESUME"),
        ("talks resume: minister", "Talks resume: minister"),
        ("line one\nline two\u200f", "Line one line two"),
        ("", ""),
        ('"', '"'),
        (" . ", "."),
    ],
)
def test_polish(text, polished):
    assert polish(text) == polished


def test_quotes_around_a_quotation_stay():
    assert polish('"we will win"', quotation=True) == '"We will win"'


@pytest.mark.parametrize(
    ("source", "quotation"),
    [
        ("«سنفوز».", True),
        ('"سنفوز"', True),
        ("“سنفوز”", True),
        ("قال «سنفوز».", False),
        ("", False),
    ],
)
def test_what_is_a_quotation(source, quotation):
    assert is_quotation(source) is quotation


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("He left", "He left."),
        ("He left.", "He left."),
        ("Did he leave?", "Did he leave?"),
        ("He left the U.S.", "He left the U.S."),
        ('"quote" he said', '"quote" he said.'),
        ('He said "I left"', 'He said "I left."'),
        ('He said "I left,"', 'He said "I left."'),
        ('He said "I left."', 'He said "I left."'),
        ("He left (see below)", "He left (see below)."),
        ("He left. (See below.)", "He left. (See below.)"),
        ("He left,", "He left."),
        ("He waited…", "He waited…"),
        ("", ""),
    ],
)
def test_finished(text, done):
    assert finished(text) == done


TEXTS = st.text(st.sampled_from("aB 1.,;:!?\"'()%،؟«»“”…-\u200f`\n٣"), max_size=30) | st.text(
    max_size=30
)


@given(TEXTS, st.booleans())
def test_polishing_twice_changes_nothing(text, quotation):
    once = polish(text, quotation=quotation)
    assert polish(once, quotation=quotation) == once
    assert "\n" not in once
    assert once == once.strip()


@given(TEXTS.map(polish))
def test_finishing_twice_changes_nothing(text):
    assert finished(finished(text)) == finished(text)


@given(TEXTS)
def test_no_letter_or_digit_is_lost(text):
    def kept(line):
        return [c for c in line.casefold() if c.isascii() and c.isalnum()]

    assert kept(polish(text)) == kept(text.translate({0x663: "3"}))


def test_clauses_are_joined_as_sentences_or_by_a_comma():
    joined, starts = join_clauses(["Iran said it agreed", "Iraq did not.", "And others waited", ""])
    assert joined == "Iran said it agreed. Iraq did not, and others waited"
    assert [joined[start:][:4] for start in starts[:3]] == ["Iran", "Iraq", "and "]


def test_an_abbreviation_keeps_its_stop_before_a_comma():
    assert join_clauses(["He left the U.S.", "but came back"])[0] == (
        "He left the U.S., but came back"
    )
