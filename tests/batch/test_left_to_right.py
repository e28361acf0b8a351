"""Directions in Word documents."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mujaz.batch.left_to_right import mark_english, turn_document


def mark(properties: Any, tag: str, value: str | None = None) -> None:
    made = OxmlElement(tag)
    if value is not None:
        made.set(qn("w:val"), value)
    properties.append(made)


def side(paragraph: Any) -> str | None:
    found = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    return None if found is None else found.get(qn("w:val"))


@pytest.mark.parametrize(
    ("bidi", "given", "turned"),
    [
        (None, "right", "left"),
        (None, "end", "start"),
        (None, "center", "center"),
        ("1", "left", "left"),  # the beginning of the line, before and after
        ("1", "right", "right"),
        ("0", "right", "left"),
    ],
)
def test_sides(bidi: str | None, given: str, turned: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("نص")
    properties = paragraph._p.get_or_add_pPr()
    if bidi is not None:
        mark(properties, "w:bidi", bidi)
    mark(properties, "w:jc", given)
    turn_document(document)
    assert side(paragraph) == turned
    turn_document(document)  # what is turned stays as it is, if it was not at the end
    assert side(paragraph) == (turned if turned != "right" else "left")


def test_a_style_may_have_said_it() -> None:
    document = docx.Document()
    mark(document.styles["Normal"].element.get_or_add_pPr(), "w:bidi")
    signature, heading = document.add_paragraph("نص"), document.add_heading("عنوان", 1)
    for paragraph in (signature, heading):
        mark(paragraph._p.get_or_add_pPr(), "w:jc", "right")
    turn_document(document)
    assert (side(signature), side(heading)) == ("right", "right")
    assert "w:bidi/" not in document.styles.element.xml


def test_the_size_and_weight_of_arabic_type_are_kept() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("نص")
    properties = run._r.get_or_add_rPr()
    for tag, value in (("w:sz", "20"), ("w:szCs", "40"), ("w:bCs", None), ("w:rtl", None)):
        mark(properties, tag, value)
    turn_document(document)
    assert (run.font.size.pt, run.bold, run.font.rtl) == (20, True, None)
    names = [child.tag.partition("}")[2] for child in properties]
    assert names == ["sz", "szCs", "b", "bCs"]


def test_english() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("text")
    mark_english(run._r)
    mark_english(run._r)
    (language,) = run._r.rPr.findall(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-US"
