import pytest

from mujaz.arabic import Article
from mujaz.checks import Finding
from mujaz.errors import InputError, RecordError
from mujaz.translate import Translation
from mujaz.translate.document import Document, translate_document

TEXT = "وصل الرئيس إلى باكو. ثم عاد.\n\nبدأت المحادثات."


class Scripted:
    """A translator that says what a test queued."""

    model = "scripted"

    def __init__(self, *translations):
        self.translations = list(translations)

    def translate_article(self, article):
        return self.translations


def english(text, *findings):
    return Translation("x", text, None, findings)


def document(*translations):
    return translate_document(Scripted(*translations), Article("a", "", TEXT, "a.txt"))


def test_sentences_stand_in_the_paragraphs_of_the_article():
    made = document(english("He came"), english("He left."), english("Talks began"))
    assert made.text() == "He came. He left.\n\nTalks began."
    assert [s.paragraph for s in made.sentences] == [0, 0, 1]
    assert [TEXT[s.start : s.end] for s in made.sentences] == [
        "وصل الرئيس إلى باكو.",
        "ثم عاد.",
        "بدأت المحادثات.",
    ]
    assert (made.article, made.origin, made.model) == ("a", "a.txt", "scripted")


def test_an_empty_translation_leaves_no_gap():
    assert document(english(""), english(""), english("Talks began")).text() == "Talks began."
    assert document(english("He came"), english(""), english("")).text() == "He came."


def test_warnings_name_the_file_and_the_sentence():
    warning, info = Finding("name", "warning", "w"), Finding("name", "info", "i")
    made = document(english("a"), english("b", info, warning), english("c"))
    assert made.warning_lines() == ["⚠ a.txt, sentence 2: w"]


def test_a_document_is_json_both_ways():
    made = document(
        english("a"), english("b", Finding("name", "warning", "w", (0, 1))), english("")
    )
    line = made.to_json()
    assert "\n" not in line
    assert line.startswith('{"schema":"mujaz.document/1"')
    assert Document.from_json(line) == made
    assert Document.from_json(made.to_json(indent=2)) == made
    with pytest.raises(RecordError):
        Document.from_json(line.replace("document/1", "document/2"))


def test_an_article_without_a_sentence_is_refused():
    with pytest.raises(InputError, match=r"b\.txt"):
        translate_document(Scripted(), Article("b", "", " \n ", "b.txt"))
