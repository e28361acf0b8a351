"""Word documents in and out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mujaz.batch.word import read_word, word_output
from mujaz.brief.record import Brief, BriefSentence, Making
from mujaz.checks import Finding
from mujaz.errors import InputError
from mujaz.summarize import Reading

from .english import numbered


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def leftward(paragraph: Any) -> Any:
    """Mark a paragraph and its runs as Word does when Arabic is typed."""
    paragraph._p.get_or_add_pPr().append(element("w:bidi"))
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        properties.append(element("w:bCs"))
        properties.append(element("w:szCs", val="36"))
        properties.append(element("w:rtl"))
        properties.append(element("w:lang", bidi="ar-JO"))
    return paragraph


@pytest.fixture
def source(tmp_path: Path) -> Path:
    document = docx.Document()
    leftward(document.add_heading("افتتاح سوق جديد في الزرقاء", 0))
    mixed = document.add_paragraph("افتتحت البلدية سوقا جديدا يوم السبت. وقال ")
    mixed.add_run("رئيس البلدية").bold = True
    mixed.add_run(" إن السوق يضم مئتي متجر.")
    mixed.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    leftward(mixed)
    leftward(document.add_heading("تفاصيل", 2))
    by_hand = document.add_paragraph("وسيفتح السوق أبوابه كل يوم.")
    by_hand.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table = document.add_table(1, 2)
    table._tbl.tblPr.append(element("w:bidiVisual"))
    for cell, text in zip(table.rows[0].cells, ("المتاجر الكبيرة", "المتاجر الصغيرة"), strict=True):
        cell.text = text
    document.add_paragraph("نص قبل الصفحة الثانية.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("/انتهى/")
    document.sections[0]._sectPr.append(element("w:bidi"))
    path = tmp_path / "source.docx"
    document.save(str(path))
    return path


def change(path: Path, edit: Callable[[Any], None]) -> Path:
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def test_reading(source: Path) -> None:
    article = read_word(source)
    assert article.title == "افتتاح سوق جديد في الزرقاء"
    assert article.text.split("\n\n") == [
        "افتتاح سوق جديد في الزرقاء",
        "افتتحت البلدية سوقا جديدا يوم السبت. وقال رئيس البلدية إن السوق يضم مئتي متجر.",
        "تفاصيل",
        "وسيفتح السوق أبوابه كل يوم.",
        "المتاجر الكبيرة",
        "المتاجر الصغيرة",
        "نص قبل الصفحة الثانية.",
        "/انتهى/",
    ]
    assert [article.text[d.start : d.end] for d in article.dropped] == ["/انتهى/"]


def test_the_title_of_the_properties_counts_if_it_is_arabic(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("فقرة أولى من الخبر، وهي طويلة.")
    document.add_paragraph("فقرة ثانية من الخبر.")
    for given, title in (("Document1", ""), ("عنوان الخبر", "عنوان الخبر")):
        document.core_properties.title = given
        document.save(str(tmp_path / "a.docx"))
        assert read_word(tmp_path / "a.docx").title == title


def test_tracked_changes_text_boxes_and_content_controls(source: Path) -> None:
    box = (
        '<w:r xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>{t}'
        "</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict>"
        "<w:txbxContent><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )

    def edit(document: Any) -> None:
        from docx.oxml import parse_xml

        paragraph = document.paragraphs[3]._p
        for tag, words, text in (("w:ins", "w:t", " وأضيف هذا."), ("w:del", "w:delText", "وحذف.")):
            tracked, run, inner = element(tag), element("w:r"), element(words)
            inner.text = text
            run.append(inner)
            tracked.append(run)
            paragraph.append(tracked)
        spaces = qn("w:t").partition("}")[0][1:]
        paragraph.append(parse_xml(box.format(w=spaces, t="نص في إطار.")))
        control, content = element("w:sdt"), element("w:sdtContent")
        inside = document.add_paragraph("نص في حقل.")._p
        content.append(inside)
        control.append(content)
        document.element.body.insert(0, control)

    article = read_word(change(source, edit))
    texts = article.text.split("\n\n")
    assert texts[0] == "نص في حقل."
    assert texts[4:6] == ["وسيفتح السوق أبوابه كل يوم. وأضيف هذا.", "نص في إطار."]
    assert "حذف" not in article.text
    made = word_output(source, numbered(article))
    whole = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert all(f"Sentence {n}" in whole for n in range(1, len(numbered(article).sentences) + 1))
    assert not any(word in whole for word in ("w:ins", "w:del", "Fallback", "إطار", "حقل"))


def test_a_translation_keeps_the_form_and_turns_it(source: Path) -> None:
    article = read_word(source)
    raw = word_output(source, numbered(article))
    out = docx.Document(io.BytesIO(raw))
    assert [(p.text, p.style.name, p.alignment) for p in out.paragraphs] == [
        ("Sentence 1", "Title", None),
        ("Sentence 2. Sentence 3.", "Normal", WD_ALIGN_PARAGRAPH.JUSTIFY),
        ("Sentence 4", "Heading 2", None),
        ("Sentence 5.", "Normal", WD_ALIGN_PARAGRAPH.LEFT),
        ("Sentence 8.", "Normal", None),
        ("", "Normal", None),
    ]
    assert [c.text for c in out.tables[0].rows[0].cells] == ["Sentence 6", "Sentence 7"]
    parts = zipfile.ZipFile(io.BytesIO(raw))
    for part in ("word/document.xml", "word/styles.xml"):
        text = parts.read(part).decode()
        assert not any(mark in text for mark in ("<w:bidi/>", "<w:rtl/>", "<w:bidiVisual/>"))
    assert 'w:type="page"' in parts.read("word/document.xml").decode()
    run = out.paragraphs[1].runs[0]
    assert (run.font.size.pt, run.bold) == (18, True)
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-US"
    assert out.core_properties.language == "en-US"
    assert out.core_properties.title == "Sentence 1"


def test_the_same_input_gives_the_same_bytes(source: Path) -> None:
    document = numbered(read_word(source))
    assert word_output(source, document) == word_output(source, document)


def test_a_sentence_without_english_is_told(source: Path) -> None:
    article = read_word(source)
    raw = word_output(source, numbered(article, lambda n, _: "" if n == 3 else "Yes"))
    out = docx.Document(io.BytesIO(raw))
    assert out.paragraphs[1].text == "Yes. [This sentence could not be translated.]"


def test_a_source_that_has_changed(source: Path) -> None:
    document = numbered(read_word(source))
    change(source, lambda d: d.paragraphs[0].insert_paragraph_before("فقرة جديدة."))
    with pytest.raises(InputError, match="has changed since it was read"):
        word_output(source, document)


def test_a_brief(source: Path) -> None:
    article = read_word(source)
    doubt = Finding("name", "warning", "a name may be wrong")
    brief = Brief(
        article=article.id,
        origin=article.origin,
        title=article.title,
        headline=BriefSentence("New market opens", article.title),
        sentences=(
            BriefSentence("It has 200 shops.", "أ", findings=(doubt,)),
            BriefSentence("", "ب"),
        ),
        read=Reading(3, 3),
        making=Making("1", "lead", "", "", "seq2seq", "tiny", "", 2),
        seconds=None,
    )
    out = docx.Document(io.BytesIO(word_output(source, brief)))
    assert [(p.text, p.style.name) for p in out.paragraphs] == [
        ("New market opens", "Title"),
        ("It has 200 shops.", "Normal"),
        ("[This sentence could not be translated.]", "Normal"),
        (f"Source: {source}. Summary: lead; translation: tiny.", "Normal"),
        ("⚠ sentence 1: a name may be wrong", "Normal"),
    ]
    assert out.tables == []
    assert out.paragraphs[1].runs[0].font.size.pt == 18
