"""PDF documents. Those in data/ were printed by Chromium from the pages beside them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from mujaz.batch.pdf import read_pdf
from mujaz.errors import InputError

from .awkward import DATA, tiny_pdf


def paragraphs(name: str) -> list[str]:
    """What the page that was printed says."""
    page = (DATA / f"{name}.html").read_text("utf-8")
    return [unescape(text) for text in re.findall(r"<(?:p|h\d)>(.*?)</(?:p|h\d)>", page)]


@pytest.mark.parametrize("name", ["article", "columns"])
def test_every_character_in_the_order_of_reading(name: str) -> None:
    article = read_pdf(DATA / f"{name}.pdf")
    expected = paragraphs(name)
    assert article.text.split("\n\n") == expected
    assert article.title == expected[0]


@pytest.mark.parametrize(
    ("raw", "phrase"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4 nothing", "damaged"),
        (b"plain text", "no PDF document"),
        (tiny_pdf(), r"no text layer, it is a scan \(1 page"),
        (tiny_pdf(3), r"no text layer, it is a scan \(3 pages\); run text recognition first"),
        (tiny_pdf(locked=True), "locked with a password; save a copy without one"),
        (tiny_pdf(501), "has 501 pages, more than 500; split it"),
    ],
)
def test_what_gives_no_text(tmp_path: Path, raw: bytes, phrase: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=phrase):
        read_pdf(path)


def with_text(pages: list[list[str]]) -> bytes:
    """A PDF document of lines in a font of the readers' own, which has Latin letters alone."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        drawn = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 10 Tf 12 TL 50 780 Td {drawn}ET".encode()
        font, content = "/Resources << /Font << /F1 3 0 R >> >>", 5 + 2 * number
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {font} "
            f"/Contents {content} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    raw, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return raw + f"{end}startxref\n{len(raw)}\n%%EOF\n".encode()


def test_running_heads_and_page_numbers_go_and_broken_paragraphs_are_joined(
    tmp_path: Path,
) -> None:
    wide = "words that fill a whole line of the page from its left to its right"
    pages = [
        ["The Daily News", wide, f"{wide} and", "Page 1 of 3"],
        ["The Daily News", "go on over the page and end here.", wide, f"{wide} as", "Page 2 of 3"],
        ["The Daily News", "the last one does.", "- 3 -"],
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(with_text(pages))
    assert read_pdf(path).text.split("\n\n") == [
        f"{wide} {wide} and go on over the page and end here.",
        f"{wide} {wide} as the last one does.",
    ]


def test_too_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mujaz.batch.pdf._MOST_CHARACTERS", 100)
    with pytest.raises(InputError, match="too much text"):
        read_pdf(DATA / "article.pdf")
