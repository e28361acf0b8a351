import pytest

from mujaz.checks.coverage import coverage, covered_words

SOURCE = "أعلنت وزارة الصحة إغلاق ثلاثة مستشفيات في العاصمة بسبب نقص الأدوية"
GOOD = (
    "The health ministry announced the closure of three hospitals in the capital for lack of drugs"
)
PART = "The health ministry announced something"


def test_more_is_covered_by_a_translation_than_by_a_part_and_by_that_than_by_nothing():
    assert coverage(SOURCE, GOOD) > 0.6 > coverage(SOURCE, PART) > coverage(SOURCE, "Cats sleep")


def test_the_words_that_nothing_says_are_the_least():
    words = covered_words(SOURCE, "The health ministry announced the closure of three hospitals")
    cosines = {SOURCE[word.start : word.end]: word.cosine for word in words}
    assert "في" not in cosines
    assert cosines["الأدوية"] < cosines["مستشفيات"]
    assert cosines["العاصمة"] < cosines["الصحة"]


@pytest.mark.parametrize("text", ["", "123", "the of", "،"])
def test_a_text_without_words_covers_nothing(text):
    assert coverage(SOURCE, text) == 0.0


@pytest.mark.parametrize("source", ["", "في", "123", "BBC"])
def test_a_source_without_words_needs_nothing(source):
    assert coverage(source, GOOD) == 1.0
    assert covered_words(source, GOOD) == []


def test_what_is_read_of_a_text_is_bounded():
    words = covered_words(
        "كتاب " * 20_000, " ".join(f"word{chr(97 + n % 26)}x" for n in range(20_000))
    )
    assert len(words) == 400
