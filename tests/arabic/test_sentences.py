import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import (
    article_from_text,
    find_boilerplate,
    fold,
    normalize,
    read_article,
    sentences,
    split,
)

TABLE = Path(__file__).parent / "sentences.tsv"
WORDS = 'وصل الوزير د. أ.د. م. ق.م. هـ. 3.14 2. و. . ! ؟ … ... .. ؛ ، : « » " “ ” ( ) [ ] - •'
MORE = [" ", "\n", "\n\n", "\u200f", "\t", "1.", "U.S.", "Inc.", "www.a.com", "؟!"]
PIECES = st.lists(st.sampled_from([*WORDS.split(), *MORE]))


def golden():
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            rule, marked = line.split("\t")
            yield pytest.param(marked.replace("⏎", "\n"), id=f"{number}-{rule}")


def tiles(text):
    """Check that sentences slice to their surface and leave white space alone between them."""
    found = split(text)
    end, paragraph = 0, 0
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        assert sentence.start >= end
        assert sentence.paragraph in (paragraph, paragraph + 1)
        end, paragraph = sentence.end, sentence.paragraph
    assert not text[end:].strip()
    return found


@pytest.mark.parametrize("marked", list(golden()))
def test_golden_table(marked):
    expected = [piece.strip() for piece in marked.split("‖")]
    assert [sentence.text for sentence in tiles(marked.replace("‖", ""))] == expected


def test_the_golden_table_is_large_and_free_of_duplicates():
    texts = [case.values[0] for case in golden()]
    assert len(texts) >= 120
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("end", ["", "\n", " \n\n", "\u200f", " \u200f\n"])
@pytest.mark.parametrize("begin", ["", "\n\n", "\u200f\n", "\ufeff"])
def test_what_surrounds_a_text_does_not_change_its_sentences(begin, end):
    found = tiles(f"{begin}وصل الوفد.\n\nوغادر اليوم.{end}")
    assert len(found) == 2
    assert [sentence.paragraph for sentence in found] == [0, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \n"])
def test_white_space_has_no_sentences(text):
    assert split(text) == []


def test_two_hundred_words_without_a_mark_are_one_sentence():
    text = " ".join(["وقال", "المتحدث", "إن", "القوات", "تتقدم"] * 40)
    assert [sentence.text for sentence in tiles(text)] == [text]


def test_paragraphs_are_numbered():
    found = tiles("عنوان الخبر\n\nوصل الوفد. وغادر.\n\n\nوانتهى الأمر.")
    assert [sentence.paragraph for sentence in found] == [0, 1, 1, 2]


def test_a_text_of_invisible_marks_is_still_covered():
    assert [sentence.text for sentence in tiles("\u200f\u200b")] == ["\u200f\u200b"]


def test_sentences_of_an_article_leave_out_what_was_dropped():
    article = article_from_text(
        "وصل الوفد أمس.\nاقرأ أيضا: انفجار يهز العاصمة\nوغادر اليوم. /انتهى/"
    )
    found = sentences(article)
    assert [sentence.text for sentence in found] == ["وصل الوفد أمس.", "وغادر اليوم."]
    for sentence in found:
        assert article.text[sentence.start : sentence.end] == sentence.text


def test_no_sentence_reaches_across_a_dropped_part():
    wrapped = (
        "أعلنت وزارة الصحة يوم الثلاثاء تسجيل أكثر من ألف حالة جديدة بمرض\n"
        "(وكالات)\n"
        "الكوليرا في ثلاث محافظات جنوبية، وقالت إن فرقها الطبية تعمل."
    )
    found = sentences(article_from_text(wrapped))
    assert len(found) == 2
    assert all("وكالات" not in sentence.text for sentence in found)


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES.map("".join), PIECES.map(" ".join)))
def test_any_text_is_tiled(text):
    tiles(text)


@settings(deadline=None)
@given(PIECES.map(" ".join))
def test_a_blank_line_always_separates(text):
    assert len(split(f"{text} كلمة\n\nكلمة")) == len(split(f"{text} كلمة")) + 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(["وصل الوفد أمس.", "من المسؤول؟", "انتهت الأزمة!", "لا أحد…"])))
def test_plain_sentences_are_found_again(parts):
    assert [sentence.text for sentence in split(" ".join(parts))] == parts


@pytest.mark.parametrize(
    "unit",
    [
        "(أ.) ",
        "«",
        "«(»",
        '"',
        " ",
        ".",
        ". ",
        "أ",
        "د. ",
        "a@",
        "a@ ",
        "\u200f\n",
        "ا\n",
        "ـ",
        "َ",
        "1.",
    ],
)
def test_hostile_texts_take_no_longer_than_others(unit):
    text = unit * (60_000 // len(unit))
    begin = time.process_time()
    tiles(f"كلمة {text}")
    find_boilerplate(text)
    normalize(text)
    fold(text)
    # A second is usual; what is quadratic takes a minute.
    assert time.process_time() - begin < 10


@pytest.mark.data
def test_the_sample_articles_are_read_whole():
    folder = Path(__file__).parents[2].parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("../shared/articles is absent")
    counts = []
    for path in sorted(folder.glob("*.txt")):
        article = read_article(path)
        tiles(article.text)
        counts.append((len(sentences(article)), [part.kind for part in article.dropped]))
    assert counts == [(12, ["end"]), (21, [])]
