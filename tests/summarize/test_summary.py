import pytest

from mujaz.arabic import Sentence
from mujaz.errors import OptionError, RecordError
from mujaz.summarize.summary import (
    SCHEMA,
    Reading,
    Summary,
    SummarySentence,
    checked_count,
)

SENTENCES = [
    Sentence("أولى.", 0, 5, 0),
    Sentence("ثانية.", 6, 12, 0),
    Sentence("ثالثة.", 14, 20, 1),
]
SUMMARY = Summary(
    article="a1",
    sentences=(SummarySentence("أولى.", (0,), 0, 5), SummarySentence("مولدة.")),
    method="extract",
    model="m 1.0",
    read=Reading(sentences=2, of=3, parts=1),
    settings={"sentences": 2, "position": 0.5, "headline": False, "beams": None, "note": "x"},
)


@pytest.mark.parametrize("indent", [0, 2])
def test_json_goes_both_ways(indent):
    text = SUMMARY.to_json(indent=indent)
    assert f'"{SCHEMA}"' in text
    assert ("\n" in text) == bool(indent)
    assert Summary.from_json(text) == SUMMARY


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "mujaz.brief/1"}', '{"schema": "mujaz.summary/1", "article": 3}'],
)
def test_what_is_no_summary_is_refused(text):
    with pytest.raises(RecordError):
        Summary.from_json(text)


def test_text_is_one_paragraph():
    assert SUMMARY.text == "أولى. مولدة."


def test_a_sentence_spans_all_it_rests_on():
    made = SummarySentence.resting_on("جملة", [2, 0, 2], SENTENCES)
    assert (made.sources, made.start, made.end) == ((0, 2), 0, 20)
    assert SummarySentence.resting_on("جملة", [], SENTENCES) == SummarySentence("جملة")


def test_reading_says_whether_it_was_whole():
    assert not SUMMARY.read.whole
    assert Reading(3, 3).whole


@pytest.mark.parametrize("count", [0, -1])
def test_a_summary_has_at_least_one_sentence(count):
    with pytest.raises(OptionError, match=str(count)):
        checked_count(count)
    assert checked_count(1) == 1
