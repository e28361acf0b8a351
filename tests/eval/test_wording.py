import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.errors import InputError
from mujaz.eval.wording import (
    characters,
    mostly_arabic,
    ngrams,
    require_one_script,
    require_outputs,
    require_sources,
    words,
)

from .articles import ARTICLES, ENGLISH, SUMMARIES, corpus


def test_case_marks_and_forms_of_alef_make_no_other_words():
    assert words("أَعْلَنَتْ الـوزارة،") == words("اعلنت الوزارة")
    assert words("Été, in Cairo!") == ["ete", "in", "cairo"]


def test_diacritics_tatweel_and_runs_of_space_have_no_length():
    assert characters("قَالَ  الـــوزير ") == characters("قال الوزير") == 10


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("abc")), st.integers(1, 5))
def test_ngrams_are_all_the_runs(tokens, size):
    expected = [tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1)]
    assert list(ngrams(tokens, size)) == expected


def test_the_script_of_a_corpus_is_that_of_most_letters():
    assert mostly_arabic(ARTICLES)
    assert mostly_arabic([*ARTICLES, "Apple TV"])
    assert not mostly_arabic(ENGLISH)
    assert not mostly_arabic([])


def test_a_blank_source_is_named():
    require_sources(corpus(SUMMARIES), "length")
    with pytest.raises(InputError, match=r"length: 2 of 3 sources .*'1', '3'"):
        require_sources(corpus(SUMMARIES, ("", ARTICLES[1], " …\u200f")), "length")
    with pytest.raises(InputError, match="length needs the source texts; give --src"):
        require_sources(corpus(SUMMARIES, ()), "length")


def test_outputs_without_any_word_cannot_be_counted():
    require_outputs(corpus(["", "كلمة", ""]), "novelty")
    with pytest.raises(InputError, match="none of the 3 outputs"):
        require_outputs(corpus(["", "…", " "]), "novelty")


def test_sources_and_outputs_in_two_scripts_share_no_words():
    require_one_script(corpus(SUMMARIES), "novelty")
    require_one_script(corpus(ENGLISH, ENGLISH), "novelty")
    with pytest.raises(InputError, match=r"sources are Arabic and the outputs are not.*similarity"):
        require_one_script(corpus(ENGLISH), "novelty")
    with pytest.raises(InputError, match="sources are not Arabic and the outputs are Arabic"):
        require_one_script(corpus(SUMMARIES, ENGLISH), "novelty")
