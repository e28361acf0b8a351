import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import Sentence, find_names
from mujaz.checks import Finding
from mujaz.translate import Segment
from mujaz.translate.source import Source


def test_names_move_with_the_normal_form():
    text = "\u200fوصَـــل  الوفدُ إلى بَـاكُو ، ثم إلى طهـران"
    names = tuple(find_names(text))
    assert [n.english for n in names] == ["Baku", "Tehran"]
    source = Source.of(Segment(text, names))
    assert [n.surface for n in source.names] == ["باكو", "طهران"]
    for name in source.names:
        assert source.text[name.start : name.end] == name.surface


@given(st.lists(st.sampled_from(["باكو", "بَـاكُو", " ", "  ", "\u200f", "،", "ﻻ", "وصل", "\n"])))
def test_moved_names_stand_where_they_say(parts):
    text = "".join(parts)
    source = Source.of(Segment(text, tuple(find_names(text))))
    for name in source.names:
        assert source.text[name.start : name.end] == name.surface == "باكو"


def test_names_are_looked_for_where_none_are_given():
    assert [n.english for n in Source.of(Segment("وصل إلى باكو")).names] == ["Baku"]
    assert Source.of(Segment("وصل إلى باكو", ())).names == ()


def test_a_part_has_its_own_names():
    source = Source.of(Segment("وصل إلى باكو ثم إلى طهران"))
    start = source.text.index("ثم")
    piece = Sentence(source.text[start:], start, len(source.text), 0)
    (name,) = source.part(piece)
    assert piece.text[name.start : name.end] == name.surface == "طهران"


def test_findings_point_into_the_segment_as_it_was_given():
    text = "وصَـــل الوفدُ إلى بَـاكُو"
    source = Source.of(Segment(text))
    at = source.text.index("باكو")
    (moved,) = source.anchored([Finding("name", "warning", "x", (at, at + 4), (0, 2))])
    assert text[slice(*moved.source)] == "بَـاكُو"
    assert moved.target == (0, 2)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", ""),
        ("  \n", ""),
        ("***", ""),
        ("...", ""),
        ("Reuters, “London” ", 'Reuters, "London"'),
        ("٢٠٢٣", "2023"),
    ],
)
def test_what_is_not_arabic_is_not_translated(text, english):
    translation = Source.of(Segment(text)).untranslated()
    assert translation is not None
    assert (translation.source, translation.text, translation.attempts) == (text, english, 0)
    assert translation.findings == ()


def test_arabic_is_to_be_translated():
    assert Source.of(Segment("قال Reuters")).untranslated() is None


def test_another_script_is_kept_but_told():
    translation = Source.of(Segment("Привет, мир")).untranslated()
    assert translation is not None
    assert translation.severity == "severe"
