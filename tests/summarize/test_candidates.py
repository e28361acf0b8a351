import pytest

from mujaz.arabic import Article, sentences
from mujaz.errors import InputError
from mujaz.summarize.candidates import candidates, leans, sentences_of

from .articles import FLOOD, article


def kept(one: Article) -> list[str]:
    found = sentences(one)
    return [found[index].text for index in candidates(one, found)]


def test_whole_sentences_stay():
    assert kept(article(*FLOOD)) == FLOOD


@pytest.mark.parametrize(
    "line",
    [
        "خلفية الأزمة وأسبابها",
        "القاهرة - 12 مارس",
        "قال مصدر مطلع.",
        "ما الذي نعرفه حتى الآن عن سيول مدينة الوادي وأسبابها",
    ],
)
def test_headings_datelines_and_fragments_go(line):
    assert kept(article(line, *FLOOD)) == FLOOD
    assert kept(article(*FLOOD[:2], line, *FLOOD[2:])) == FLOOD


def test_the_title_repeated_goes_whatever_its_spelling():
    title = "سيول تجتاح مدينة الوادي وتقتل أربعة أشخاص وتقطع كل الطرق الرئيسية فى المنطقه الشرقية"
    again = title.replace("فى", "في").replace("المنطقه", "المنطقة")
    assert kept(article(again, *FLOOD, title=title)) == FLOOD


def test_without_full_stops_short_lines_are_no_headings():
    bare = [text.rstrip(".") for text in FLOOD]
    assert kept(article(*bare)) == bare


def test_where_all_are_fragments_all_stay():
    assert kept(article("خبر عاجل", "انفجار في الميناء")) == ["خبر عاجل", "انفجار في الميناء"]


@pytest.mark.parametrize(
    "text",
    [
        "لكن هذا لم يمنع السكان من العودة.",
        "وأضاف أن الجسر سيفتح غدا.",
        "وَأَضافت الوزيرة أن الطريق آمن.",
        '"هذا قرار صعب"، بحسب الوزير.',
        "ومع ذلك استمرت المباراة حتى نهايتها.",
        "من جهته، نفى النادي الخبر.",
    ],
)
def test_a_sentence_that_points_back_leans(text):
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "وقال وزير المالية إن العجز تراجع.",
        "هذان البلدان جاران.",
        "كمامات وصلت إلى المستشفى.",
        "",
    ],
)
def test_a_sentence_that_stands_by_itself_does_not(text):
    assert not leans(text)


@pytest.mark.parametrize("text", ["", "   \n\n"])
def test_an_article_without_a_sentence_is_refused(text):
    with pytest.raises(InputError, match="flood"):
        sentences_of(Article(id="flood", title="عنوان", text=text))
