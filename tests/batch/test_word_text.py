"""Word documents opened within bounds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from mujaz.batch.word_text import open_word, paragraphs_of, spans_of
from mujaz.errors import InputError


def packed(**parts: bytes) -> bytes:
    """A Word document with some parts replaced."""
    plain, changed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("نص")
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
        if "more" in parts:
            new.writestr("word/media/image.bin", parts["more"])
    return changed.getvalue()


DEEP = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
ENTITY = b"<!DOCTYPE a [<!ENTITY b '" + b"x" * 1000 + b"'>]>" + DEEP + b"<w:body>"


@pytest.mark.parametrize(
    ("raw", "phrase"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "no Word document"),
        (b"plain", "no Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "locked with a password"),
        (packed(document=b"<w:document"), "no Word document, or is damaged"),
        (packed(document=DEEP + b"</w:document>"), "no Word document, or is damaged"),
        (packed(document=DEEP + b"<w:p>" * 9000), "no Word document, or is damaged"),
        (packed(document=b" " * (25 << 20)), r"unpacks to more .* \(25 MB\)"),
        (packed(more=bytes(257 << 20)), r"unpacks to more .* \(257 MB\)"),
        (packed()[:-40], "no Word document, or is damaged"),
    ],
    ids=["empty", "head", "text", "old", "xml", "no body", "deep", "bomb", "images", "cut"],
)
def test_what_is_refused(tmp_path: Path, raw: bytes, phrase: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=phrase):
        open_word(path)


def test_damaged_deflate(tmp_path: Path) -> None:
    raw = bytearray(packed())
    start = raw.find(b"word/document.xml") + 17
    raw[start + 5 : start + 60] = b"\xff" * 55
    (tmp_path / "a.docx").write_bytes(bytes(raw))
    with pytest.raises(InputError, match="damaged"):
        open_word(tmp_path / "a.docx")


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    body = b"<w:p><w:r><w:t>" + b"&b;" * 1000 + b"</w:t></w:r></w:p></w:body></w:document>"
    (tmp_path / "a.docx").write_bytes(packed(document=ENTITY + body))
    with pytest.raises(InputError, match="damaged"):
        open_word(tmp_path / "a.docx")


def test_spans(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("أول", "", "ثان\nوسطر\tآخر", "\u2028 ثالث "):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    text, spans = spans_of(paragraphs_of(open_word(tmp_path / "a.docx")))
    assert text == "أول\n\nثان\nوسطر آخر\n\nثالث"
    assert [text[start:end] for start, end in spans] == ["أول", "", "ثان\nوسطر آخر", "ثالث"]
