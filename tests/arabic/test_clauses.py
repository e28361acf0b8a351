import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import Sentence, clauses


def sentence(text, start=0):
    return Sentence(text, start, start + len(text), 2)


def surfaces(text, limit):
    return [piece.text for piece in clauses(sentence(text), limit)]


def test_a_short_sentence_comes_back_alone():
    whole = sentence("وصل الوفد.", 40)
    assert clauses(whole, 10) == [whole]


def test_a_stop_inside_a_quotation_is_the_best_place():
    text = "قال الوزير: «لن نتراجع، لن نتراجع أبدا. سنكمل الطريق، وسنكمل العمل»"
    assert surfaces(text, 45) == [
        "قال الوزير: «لن نتراجع، لن نتراجع أبدا.",
        "سنكمل الطريق، وسنكمل العمل»",
    ]


def test_then_a_comma_then_a_joined_clause_then_a_word():
    assert surfaces("وصل الوفد إلى المدينة مساء أمس، وغادر منها اليوم", 35)[0].endswith("أمس،")
    assert surfaces("وصل الوفد إلى المدينة مساء أمس وغادرها ليلا", 35)[1].startswith("وغادرها")
    assert surfaces("وصل الوفد إلى المدينة", 12) == ["وصل الوفد", "إلى المدينة"]


def test_pieces_are_about_equally_long():
    lengths = [len(piece) for piece in surfaces(" ".join(["كلمة"] * 90), 200)]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) <= 10


def test_a_word_longer_than_the_limit_is_cut_before_no_mark():
    pieces = surfaces("كَ" * 20, 7)
    assert "".join(pieces) == "كَ" * 20
    assert all(not piece.startswith("\u064e") and len(piece) <= 7 for piece in pieces)


def test_two_hundred_words_without_a_mark_lose_nothing():
    text = " ".join(["المتحدث"] * 200)
    pieces = surfaces(text, 120)
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= 120


def test_a_limit_below_one_is_an_error():
    with pytest.raises(ValueError, match="max_chars is 0"):
        clauses(sentence("نعم"), 0)


@settings(deadline=None)
@given(
    st.text(alphabet="ابوثم ،.؛؟:\n\u064e\u0301»-").map(str.strip),
    st.integers(1, 40),
    st.integers(0, 9),
)
def test_pieces_tile_the_sentence(text, limit, start):
    end = start
    article = " " * start + text
    for piece in clauses(sentence(text, start), limit):
        assert article[piece.start : piece.end] == piece.text
        assert not article[end : piece.start].strip()
        assert len(piece.text) <= limit
        assert piece.paragraph == 2
        end = piece.end
    assert end == start + len(text)
