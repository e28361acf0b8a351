"""What a written sentence rests on, and what in it the article does not have."""

import pytest

from mujaz.arabic import Article, sentences
from mujaz.summarize.faithful import faithful
from mujaz.summarize.support import Judgement, Support

from .articles import flood

ARTICLE = flood()
FOUND = sentences(ARTICLE)
SUPPORT = Support(ARTICLE, FOUND)
RIGHT = "قتلت السيول أربعة أشخاص في مدينة الوادي وانهار جسران."
ALIEN = "خفض البنك المركزي سعر الفائدة."


def judged(text: str) -> Judgement:
    (judgement,) = SUPPORT.judge([text])
    return judgement


def test_near_sentences_are_sources() -> None:
    judgement = judged(RIGHT)
    assert 3 in judgement.sources
    assert len(judgement.sources) <= 2
    assert not judgement.severe


def test_a_copy_rests_on_its_original_and_lacks_nothing() -> None:
    for index, sentence in enumerate(FOUND):
        judgement = judged(sentence.text)
        assert judgement.sources[0] == index
        assert judgement.findings == ()


def test_an_invention_rests_on_nothing() -> None:
    judgement = judged(ALIEN)
    assert judgement.sources == ()
    assert [f.kind for f in judgement.findings] == ["support"]
    assert judgement.severe


@pytest.mark.parametrize(
    ("wrong", "kind", "place"),
    [
        (RIGHT.replace("أربعة", "تسعة"), "number", "تسعة"),
        (RIGHT.replace("مدينة الوادي", "الدوحة"), "name", "الدوحة"),
        (RIGHT.replace("السيول", "السيول في البرازيل"), "name", "البرازيل"),
        (f"قال عبد الفتاح السيسي إن {RIGHT}", "name", "السيسي"),
    ],
)
def test_what_the_article_lacks_is_severe_and_shown(wrong: str, kind: str, place: str) -> None:
    (finding,) = [f for f in judged(wrong).findings if f.kind == kind]
    assert finding.severity == "severe"
    assert finding.source is not None
    assert place in wrong[slice(*finding.source)]
    assert "is not in the article" in finding.message


def test_nothing_in_nothing_out() -> None:
    assert SUPPORT.judge([]) == []
    assert Support(Article("a", "", "نص"), []).judge(["نص."]) == [Judgement(())]


def made(*texts: str):
    return faithful(texts, SUPPORT.judge(texts), ARTICLE, FOUND)


def test_what_is_borne_out_stays_as_it_was_written() -> None:
    (sentence,) = made(RIGHT)
    assert (sentence.text, sentence.instead_of) == (RIGHT, "")
    assert sentence.start == FOUND[sentence.sources[0]].start
    assert sentence.end == FOUND[sentence.sources[-1]].end


def test_a_wrong_sentence_gives_way_to_the_nearest_of_the_article() -> None:
    wrong = RIGHT.replace("أربعة", "تسعة")
    (sentence,) = made(wrong)
    assert sentence.instead_of == wrong
    assert sentence.text == ARTICLE.text[sentence.start : sentence.end]
    assert sentence.sources == judged(wrong).sources[:1]
    (note,) = sentence.findings
    assert note.severity == "info"
    assert "is not in the article" in note.message


def test_inventions_give_way_to_the_extract_and_no_sentence_comes_twice() -> None:
    wrong = RIGHT.replace("أربعة", "تسعة")
    own = FOUND[judged(wrong).sources[0]].text
    sentences_made = made(own, wrong, ALIEN, ALIEN)
    texts = [s.text for s in sentences_made]
    assert texts[0] == own
    assert len(set(texts)) == len(texts) == 4
    assert all(s.text in ARTICLE.text for s in sentences_made)
    everything = made(*([ALIEN] * (len(FOUND) + 2)))
    assert len(everything) <= len(FOUND)
    assert len({s.text for s in everything}) == len(everything)
