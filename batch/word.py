"""Word documents to articles, and translations and briefs back into their form."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.arabic import Article, arabic_share
from mujaz.brief.record import Brief
from mujaz.brief.rendering import source_line, warning_lines
from mujaz.errors import InputError
from mujaz.translate.document import Document

from .inputs import article_of
from .left_to_right import ENGLISH, mark_english, turn_document
from .unreadable import legible
from .word_text import MC, W, open_word, paragraphs_of, spans_of, style_of, text_of
from .wording import worded

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_TITLES = re.compile(r"title|heading\s*1|العنوان|عنوان\s*1", re.I)
_HEADING = re.compile(r"title|subtitle|heading|العنوان|عنوان", re.I)
_LEAST_ARABIC = 0.5
_UNTRANSLATED = "[This sentence could not be translated.]"

# What a run may hold that is no text, and stays where the text is replaced.
_KEPT = frozenset(
    {"AlternateContent", "drawing", "pict", "object", "footnoteReference", "endnoteReference"}
)
_CHANGES = frozenset(
    f"{W}{name}Change" for name in ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
)
_MARKED = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can name


def read_word(path: Path) -> Article:
    """Read a Word document: paragraphs, headings, cells of tables, text boxes, in their order.

    Tracked insertions are read as text, tracked deletions are not. Left out are headers and
    footers, footnotes and endnotes, comments, and words in images. The title is the first paragraph
    in the style of a title or heading of the first level, else the document's property if that is
    in Arabic.

    Raises:
        InputError: The file cannot be read (see `word_text.open_word`), or has no text.
    """
    document = open_word(path)
    paragraphs = paragraphs_of(document)
    text, _ = spans_of(paragraphs)
    if not text:
        raise InputError(f"{legible(path)} has no text in it", "give a Word document with text")
    return article_of(path, text, _title(document, paragraphs))


def word_output(source: Path, record: Brief | Document) -> bytes:
    """Return a translation or a brief as a Word document in the form of ``source``.

    Of a translation each paragraph, heading and cell is where it was, in the style and type that it
    had most of; images, tables, page breaks and notes' marks stay. Of a brief the headline stands
    in the place of the title, the sentences follow in the style of the body. Everything is turned
    from right-to-left to left-to-right and marked as English. Headers, footers and notes stay as
    they are, in Arabic; comments and tracked changes go. The same input gives the same bytes.

    Raises:
        InputError: ``source`` cannot be read, or is not the text that ``record`` was made of.
    """
    document = open_word(source)
    paragraphs = paragraphs_of(document)
    if isinstance(record, Brief):
        _fill_brief(document, paragraphs, record)
    else:
        _fill_translation(source, paragraphs, record)
    _accept_changes(document)
    turn_document(document)
    document.core_properties.language = ENGLISH
    title = next((text for p in paragraphs_of(document) if (text := text_of(p))), "")
    document.core_properties.title = title[:255]
    return _packed(document)


def _title(document: WordFile, paragraphs: Sequence[Any]) -> str:
    """Return the title that the document gives."""
    name = partial(_style_name, {style.style_id: style.name or "" for style in document.styles})
    for paragraph in paragraphs:
        if _TITLES.fullmatch(name(paragraph)) and (text := text_of(paragraph)):
            return text
    # What programs write there of their own ("Document1", a template's name) is not in Arabic.
    given = document.core_properties.title or ""
    return given if arabic_share(given) >= _LEAST_ARABIC else ""


def _style_name(names: dict[str, str], paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
    return names.get(style_of(paragraph), "")


def _fill_translation(source: Path, paragraphs: Sequence[Any], record: Document) -> None:
    """Put each paragraph's English in its place."""
    text, spans = spans_of(list(paragraphs))
    sentences = list(record.sentences)
    if any(text[s.start : s.end] != s.translation.source for s in sentences):
        raise InputError(f"{legible(source)} has changed since it was read", "run it again")
    position = 0
    for paragraph, (start, end) in zip(paragraphs, spans, strict=True):
        english = []
        while position < len(sentences) and sentences[position].start < end:
            english.append(worded(sentences[position].translation) or _UNTRANSLATED)
            position += 1
        if start < end:
            # Without a sentence, what is here is no news: an end mark, a link to other articles.
            _write(paragraph, " ".join(english))


def _fill_brief(document: WordFile, paragraphs: Sequence[Any], brief: Brief) -> None:
    """Leave the title and one paragraph for each sentence of ``brief``."""
    name = partial(_style_name, {style.style_id: style.name or "" for style in document.styles})
    body = document.element.body
    own = [p for p in paragraphs if p.getparent() is body and text_of(p)]
    heads = [p for p in own if _HEADING.match(name(p))]
    plain = [p for p in own if p not in heads]
    head = copy.deepcopy(heads[0] if heads else plain[0] if plain else paragraphs[0])
    pattern = copy.deepcopy(max(plain, key=lambda p: len(text_of(p))) if plain else head)
    for element in [child for child in body if child.tag != f"{W}sectPr"]:
        body.remove(element)
    lines = [s.text or _UNTRANSLATED for s in brief.sentences]
    made = [(head, brief.headline.text or brief.title)]
    made += [(copy.deepcopy(pattern), line) for line in lines]
    made += [(copy.deepcopy(pattern), line) for line in (source_line(brief), *warning_lines(brief))]
    for index, (paragraph, line) in enumerate(made):
        body.insert(index, paragraph)
        _write(paragraph, line, bare=True)


def _accept_changes(document: WordFile) -> None:
    """Remove what is left of tracked changes, and older programs' copies of text boxes, in Arabic.

    The words themselves were written anew; these are marks on paragraphs, rows and formats.
    """
    for element in list(document.element.iter()):
        parent = element.getparent()
        if parent is None:
            continue
        is_mark = element.tag in _MARKED and parent.tag in (f"{W}rPr", f"{W}trPr", f"{W}tcPr")
        is_copy = element.tag == f"{MC}Fallback" and next(element.iter(f"{W}p"), None) is not None
        if element.tag in _CHANGES or is_mark or is_copy:
            parent.remove(element)


def _write(paragraph: Any, text: str, *, bare: bool = False) -> None:  # noqa: ANN401
    """Replace the words of a ``w:p``, in the type that most of them had.

    Args:
        paragraph: The element.
        text: The new words.
        bare: Whether images and notes' marks in it go too.
    """
    from docx.oxml import OxmlElement

    runs = [run for run in paragraph.iter(f"{W}r") if _owner(run) is paragraph]
    longest = max(runs, key=lambda r: sum(len(t.text or "") for t in r.iter(f"{W}t")), default=None)
    look = longest.find(f"{W}rPr") if longest is not None else None
    look = copy.deepcopy(look) if look is not None else None
    kept = [] if bare else [run for run in runs if _strip(run)]
    properties = paragraph.find(f"{W}pPr")
    left: list[Any] = []
    for child in list(paragraph):
        if child is properties:
            continue
        # Paragraphs inside this one, of text boxes, are written by themselves.
        if not bare and next(child.iter(f"{W}p"), None) is not None:
            left.append(child)
        else:
            paragraph.remove(child)
    run = OxmlElement("w:r")
    if look is not None:
        run.append(look)
    words = OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    mark_english(run)
    if text:
        paragraph.insert(0 if properties is None else 1, run)
    for other in kept:
        if not any(child is other or child in other.iterancestors() for child in left):
            paragraph.append(other)


def _owner(run: Any) -> Any:  # noqa: ANN401
    """Return the paragraph that a run belongs to: in a text box, not the one around the box."""
    return next(run.iterancestors(f"{W}p"), None)


def _strip(run: Any) -> bool:  # noqa: ANN401
    """Take the words out of a run and return whether anything to keep is left in it."""
    if any(ancestor.tag in (f"{W}del", f"{W}moveFrom") for ancestor in run.iterancestors()):
        return False
    children = list(run)
    for child in children:
        if child.tag != f"{W}rPr" and not _is_kept(child):
            run.remove(child)
    return any(_is_kept(child) for child in children)


def _is_kept(child: Any) -> bool:  # noqa: ANN401
    """Return whether a part of a run is no text: an image, a note's mark, the end of a page."""
    if not isinstance(child.tag, str):  # a comment of XML
        return False
    if child.tag == f"{W}br":
        return child.get(f"{W}type") in ("page", "column")
    return child.tag.rpartition("}")[2] in _KEPT


def _packed(document: WordFile) -> bytes:
    """Return the document's bytes, the same for the same content: python-docx stamps the time."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return packed.getvalue()
