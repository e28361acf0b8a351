import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.checks import check_ending, check_form
from mujaz.checks.form import repeated

SOURCE = "وقال الوزير إن الحكومة ستعلن خطتها الجديدة لدعم المزارعين في الأسبوع المقبل"
GOOD = "The minister said the government would announce its new plan to support farmers next week"


def kinds(text, source=SOURCE, **options):
    return [(f.kind, f.severity) for f in check_form(source, text, **options)]


def test_a_good_translation_has_no_fault():
    assert kinds(GOOD) == []


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text(text):
    assert kinds(text) == [("empty", "severe")]


def test_an_output_that_the_limit_cut():
    assert kinds(GOOD, truncated=True) == [("truncation", "severe")]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("He said no no no no and left", "no"),
        ("It is the best the best the best plan", "the best"),
        ("They met in the city in the city in the city again", "in the city"),
        ("It cost 5 dollars 5 dollars 5 dollars in all", "5 dollars"),
        ("He left the meeting early today he left the meeting early today", "he left the meeting"),
        ("As the bank said today to x as the bank said today to y as the bank said today to", ""),
        ("The talks resume on Monday. The talks resume on Monday.", "the talks resume"),
    ],
)  # fmt: skip
def test_loops(text, phrase):
    assert repeated(text)
    assert phrase in repeated(text)
    assert ("repetition", "severe") in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "It was a very, very, very good day for the team",
        "Day after day after day they waited at the border",
        "It borders the Red Sea to the west, the Arabian Sea to the south and the Gulf to the east",
        "The minister of finance, the minister of health and the minister of trade met the king",
        "He met the president of Iraq, the president of Syria, the president of Egypt and others",
        "One to one, two to two and three to three were the results of the three matches",
        "The 2 million and the 3 million and the 4 million do not add up, the bank said",
        "The champion won in straight sets, 6-4, 6-4, 6-4, on Sunday",
        "The debt stands at $1,000,000,000,000 this year",
    ],
)
def test_news_repeats_words_without_looping(text):
    assert repeated(text) == ""


def test_what_the_source_repeats_may_be_repeated():
    source = "قالوا لا لا لا لا للقرار الذي صدر يوم أمس عن المحكمة العليا"
    assert (
        kinds("They said no, no, no, no to the ruling issued yesterday by the court", source) == []
    )


@given(st.lists(st.sampled_from("abc"), max_size=40), st.integers(1, 30))
def test_a_phrase_five_times_in_a_row_is_always_found(before, size):
    phrase = [f"w{n}" for n in range(size)]
    assert repeated(" ".join([*before, *phrase * 5, "end"]))


@pytest.mark.parametrize("word", ["w", "word{}"])
def test_a_huge_text_is_checked_in_bounded_time(word):
    text = " ".join(word.format(n) for n in range(20_000))
    start = time.process_time()
    check_form(text, text)
    assert time.process_time() - start < 8


def test_words_left_in_arabic_are_one_finding_with_their_place():
    text = "The minister said the وزارة الخارجية would announce its new plan to support farmers"
    (finding,) = check_form(SOURCE, text)
    assert (finding.kind, finding.severity) == ("untranslated", "severe")
    assert text[slice(*finding.target)] == "وزارة الخارجية"


def test_a_word_with_its_marks_is_one_finding():
    text = "The minister said the مُحَمَّد would announce its new plan to support farmers"
    (finding,) = check_form(SOURCE, text)
    assert text[slice(*finding.target)] == "مُحَمَّد"


def test_a_foreign_script():
    text = GOOD.replace("government", "правительство")
    (finding,) = check_form(SOURCE, text)
    assert finding.kind == "untranslated"
    assert text[slice(*finding.target)] == "правительство"


def test_a_foreign_script_that_the_source_has_too_is_right():
    source = f"{SOURCE} (правительство России)"
    assert kinds(f"{GOOD} (правительство России)", source) == []
    assert kinds(f"{GOOD} (правительство Москвы)", source) == [("untranslated", "severe")]
    assert ("untranslated", "severe") in kinds("Привет, мир", "Привет, мир")


def test_arabic_punctuation_is_not_untranslated_text():
    assert kinds(GOOD.replace(" would", "، would")) == []


def test_the_source_copied_is_one_finding():
    assert kinds(SOURCE) == [("copied", "severe")]
    assert kinds("وقال الوزير إن الحكومة said") == [("copied", "severe")]


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model, I cannot write about the plan of the government for farmers",
        "I'm sorry, but I can't help with the plan of the government to support farmers",
        "I’m sorry, but I can’t help with the plan of the government to support farmers",
        "Here’s the translation: the minister said the government would announce its plan",
        "I cannot translate the plan of the government to support farmers in the next week",
        "Here is the translation: the minister said the government would announce its plan",
        "Sure! Here is what the minister said about the plan of the government for farmers",
        "The English translation of the sentence is: the minister said the plan would come",
        "The Arabic sentence says that the government would announce a plan for farmers",
        "The minister said the plan would come next week. Names: Ali, Baghdad, the government",
        "The minister said the plan would come next week. Words: plan = scheme, farmers = growers",
        "Here is a Python program that prints the plan of the government for the farmers",
        "Translation: the minister said the government would announce its plan for farmers",
        "The minister said the plan would come next week (Note: the minister is not named)",
    ],
)
def test_talk_about_the_task(text):
    assert ("task-talk", "severe") in kinds(text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("وقال: \"أنا آسف على ما حدث\"، ثم خرج", '"I\'m sorry for that," he said, then left'),
        ("ترجمة القرآن متاحة بعشرين لغة", "The translation of the Quran comes in 20 languages"),
        ("قال إنه يشعر بالأسف: آسف جدا", "Sorry, very sorry, he said"),
        ("اكتب: ترجم الجملة التالية", "Write: translate the following sentence"),
        ("وقالت إنها غير قادرة على السفر", "She said: I am unable to travel this week"),
        ("النص العربي للبيان لم ينشر بعد", "The Arabic text of the statement is not published yet"),
        ("ويقول: لا أستطيع المساعدة الآن", "I can't help now, he says"),
        ("وفيما يلي أبرز ما جاء في الخطاب", "Here are the highlights of the speech"),
        ("وفيما يلي موجز لما قاله الوزير", "Here is a summary of what the minister said"),
        ("يؤسفني أن أقول هذا", "I'm sorry to say this"),
        ("لا يسعني إلا أن أبتسم", "I can't help smiling"),
    ],
)  # fmt: skip
def test_news_that_speaks_of_such_things_itself(source, text):
    assert "task-talk" not in {f.kind for f in check_form(source, text)}


def test_a_long_talk_is_quoted_in_part():
    text = "The plan would come. Words: " + "scheme and " * 17 + "plan = scheme"
    (message,) = (f.message for f in check_form(SOURCE, text) if f.kind == "task-talk")
    assert "Words: scheme" in message
    assert len(message) < 160


def test_talk_is_looked_for_in_bounded_time():
    text = "words: " * 15_000
    start = time.process_time()
    check_form(SOURCE, text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.3, "severe"), (0.5, "warning"), (0.8, None), (1.2, None), (1.7, None), (2.4, "warning"),
     (4.0, "severe")],
)  # fmt: skip
def test_length_out_of_proportion(share, expected):
    source = "ح" * 200
    text = " ".join(f"w{n:05}" for n in range(300))[: int(200 * share)]
    found = [f.severity for f in check_form(source, text) if f.kind == "length"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("source", "text"), [("نعم", "Yes, of course"), ("لا", "No"), ("كلا البتة", "Not at all, no")]
)
def test_short_sentences_may_vary_in_length(source, text):
    assert check_form(source, text) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_pair_is_checked(source, text):
    for finding in check_form(source, text):
        if finding.target is not None:
            start, end = finding.target
            assert 0 <= start < end <= len(text)


def test_a_question_that_the_source_does_not_ask_is_a_warning():
    source = "ثالث أكثر المواقع زيارة في البلاد له ملايين الحسابات"
    text = "What is the third most visited site in the country, with millions of accounts?"
    (finding,) = check_form(source, text)
    assert (finding.kind, finding.severity) == ("modality", "warning")
    assert text[slice(*finding.target)] == "?"
    assert check_form(source + "؟", text) == []
    assert check_form("تساءل الناس عن ثالث أكثر المواقع زيارة في البلاد", text) == []


def test_a_text_that_stops_in_the_middle_is_a_warning():
    source = "أعلنت الوزارة أن الجسر سيغلق حتى نهاية الشهر المقبل."
    (finding,) = check_ending(source, "The ministry announced that the bridge would be clo")
    assert (finding.kind, finding.severity) == ("truncation", "warning")
    assert check_ending(source, "The ministry announced that the bridge would be closed.") == []
    assert check_ending(source, 'The ministry announced "that the bridge would close".') == []
    assert check_ending(source.rstrip("."), "The ministry announced that the bridge would be") == []


def test_what_is_not_seen_behind_the_end_does_not_count():
    source, text = "وصفه الوزير بأنه جسر عظيم.", 'The minister called the bridge "great"'
    assert check_ending(source, f"{text} ") == []
    assert check_ending(source, "The minister called it great.\u200f") == []
    (finding,) = check_ending(source, "The minister called the bridge gre \u200f")
    assert finding.target == (33, 34)
