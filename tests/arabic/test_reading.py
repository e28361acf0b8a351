import pytest

from mujaz.arabic import arabic_share, article_from_text, read_article
from mujaz.errors import InputError

STORY = "وصل وزير الخارجية إلى بغداد صباح اليوم.\nواستقبله نظيره في المطار."


def test_an_article_is_its_file(tmp_path):
    path = tmp_path / "خبر.txt"
    path.write_bytes(STORY.encode("cp1256"))
    article = read_article(path)
    assert (article.id, article.title, article.text) == ("خبر", "", STORY)
    assert article.origin == str(path)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029"])
def test_line_ends_become_line_feeds(end):
    assert article_from_text(STORY.replace("\n", end)).text == STORY


def test_nothing_else_changes():
    text = "  قــالَ \u200fالرئيس  :  نعم \t\n\n\n ثم صمت .  \n"
    assert article_from_text(text).text == text


def test_a_line_that_stands_apart_is_the_title_and_stays_in_the_text():
    text = f"\nبغداد تستقبل الوفد الأممي\n \n{STORY}"
    article = article_from_text(text)
    assert article.title == "بغداد تستقبل الوفد الأممي"
    assert article.text == text


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "وصل الوفد أمس.\n\nوغادر اليوم.",
        "قال المتحدث:\n\nلا تعليق.",
        "بغداد تستقبل الوفد\nوصل الوفد أمس.",
        "بغداد تستقبل الوفد",
        "كلمة " * 40 + "\n\nوصل الوفد.",
        "***\n\nوصل الوفد.",
        "(وكالات)\n\nوصل الوفد.",
    ],
)
def test_a_first_line_that_may_be_a_sentence_is_no_title(text):
    assert article_from_text(text).title == ""


def test_a_question_can_be_a_headline():
    assert article_from_text(f"من يحكم المدينة؟\n\n{STORY}").title == "من يحكم المدينة؟"


def test_a_given_title_wins():
    assert article_from_text(f"عنوان\n\n{STORY}", title="آخر").title == "آخر"


def test_what_is_no_news_is_recorded():
    article = article_from_text(f"{STORY}\n/انتهى/")
    assert [(part.kind, article.text[part.start : part.end]) for part in article.dropped] == [
        ("end", "/انتهى/")
    ]


@pytest.mark.parametrize("text", ["", " \n ", "123 ... ٤٥", "***"])
def test_a_text_without_letters_is_refused(text):
    with pytest.raises(InputError, match="pipe"):
        article_from_text(text, origin="pipe")


def test_missing_files_and_folders_are_named(tmp_path):
    with pytest.raises(InputError, match=r"absent\.txt does not exist"):
        read_article(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_article(tmp_path)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("وصل الوفد", 1.0),
        ("قَالَ ﻻ", 1.0),
        ("The minister arrived", 0.0),
        ("", 0.0),
        ("12 %", 0.0),
        ("ابجد abcd", 0.5),
    ],
)
def test_arabic_share(text, share):
    assert arabic_share(text) == share


def test_standard_input_is_named_in_words():
    with pytest.raises(InputError, match="standard input has no letters"):
        article_from_text("...")
