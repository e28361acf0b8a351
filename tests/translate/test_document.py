from dataclasses import replace

import pytest

from mujaz.arabic import Article
from mujaz.checks import Finding
from mujaz.errors import EngineError, InputError, RecordError
from mujaz.models.conversion import convert
from mujaz.settings import Settings
from mujaz.translate import Translation, Translator
from mujaz.translate.document import Document, translate_document, translate_documents

TEXT = "وصل الرئيس إلى باكو. ثم عاد.\n\nبدأت المحادثات."


class Scripted:
    """A translator that says what a test queued."""

    model = "scripted"
    glossary = None
    window = 2

    def __init__(self, *translations):
        self.translations = list(translations)

    def translate(self, segments):
        return self.translations


def english(text, *findings):
    return Translation("x", text, None, findings)


class Echo(Scripted):
    """A translator that says what it was given, and remembers how much at a time."""

    def __init__(self, fails=""):
        self.calls = []
        self.fails = fails

    def translate(self, segments):
        self.calls.append(len(segments))
        if self.fails and any(self.fails in s.text for s in segments):
            raise EngineError(f"{self.fails} is too long")
        return [english(s.text) for s in segments]


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


def test_the_sentences_of_a_window_go_in_one_call():
    articles = [Article(str(n), "", TEXT, f"{n}.txt") for n in range(5)]
    echo = Echo()
    made = list(translate_documents(echo, articles))
    assert [d.article for d in made] == list("01234")
    assert echo.calls == [6, 6, 3]
    assert made == [translate_document(Echo(), article) for article in articles]


@pytest.mark.parametrize("window", [1, 2, 3, 10])
def test_a_failing_article_yields_its_error_and_stops_no_other(window):
    texts = [TEXT, " ", "سقط المطر.", TEXT.replace("باكو", "بغداد"), TEXT]
    articles = [Article(str(n), "", text, f"{n}.txt") for n, text in enumerate(texts)]
    made = list(translate_documents(Echo("المطر"), iter(articles), window))
    kinds = [Document, InputError, EngineError, Document, Document]
    assert [type(one) for one in made] == kinds
    assert "1.txt" in str(made[1])
    assert "بغداد" in made[3].text()


@pytest.mark.parametrize(("family", "form"), [("marian", "int8"), ("nllb", "float32")])
def test_many_documents_are_those_that_each_article_gives_alone(family, form, tiny, tmp_path):
    model = convert(tiny(family), tmp_path / f"ctranslate2-{form}", form)
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    translator = Translator(str(model), settings=settings)
    translator.engine.generate = limited(translator.engine.generate)
    texts = [TEXT, "ارتفعت أسعار القمح بنسبة خمسة في المئة.", TEXT * 2, "تراجع عدد المصابين."]
    articles = [Article(str(n), "", text) for n, text in enumerate(texts)]
    alone = [translate_document(translator, article) for article in articles]
    for window in (1, 3, None):
        assert list(translate_documents(translator, articles, window)) == alone
    translator.close()


def limited(generate):
    """Cut outputs short: random weights go on to the limit."""
    return lambda prompts, options: generate(prompts, replace(options, max_new_tokens=16))
