import pytest

from mujaz.arabic import Article
from mujaz.errors import InputError, OptionError
from mujaz.summarize.lead import Lead
from mujaz.summarize.summary import Summary

from .articles import FLOOD, article, flood


@pytest.mark.parametrize("count", [1, 2, 6, 50])
def test_the_first_sentences_word_for_word(count):
    one = flood()
    summary = Lead(count).summarize(one)
    assert [sentence.text for sentence in summary.sentences] == FLOOD[:count]
    assert [sentence.sources for sentence in summary.sentences] == [
        (index,) for index in range(min(count, len(FLOOD)))
    ]
    for sentence in summary.sentences:
        assert one.text[sentence.start : sentence.end] == sentence.text


def test_sources_count_the_sentences_that_were_passed_over():
    summary = Lead(2).summarize(article("خلفية الأزمة وأسبابها", *FLOOD))
    assert [sentence.sources for sentence in summary.sentences] == [(1,), (2,)]
    assert (summary.read.sentences, summary.read.of) == (3, 7)


def test_the_record_says_how_it_was_made():
    summary = Lead(2).summarize(flood())
    assert (summary.article, summary.method, summary.model) == ("flood", "lead", "")
    assert summary.settings == {"sentences": 2}
    assert Summary.from_json(summary.to_json()) == summary


def test_an_empty_article_and_an_impossible_count_are_refused():
    with pytest.raises(InputError):
        Lead(1).summarize(Article(id="x", title="", text="\n"))
    with pytest.raises(OptionError):
        Lead(0)
