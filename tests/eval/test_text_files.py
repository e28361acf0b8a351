"""What is not UTF-8 is refused with the way out; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.errors import InputError
from mujaz.eval.text_files import is_mojibake, lines, read_text

from .corpus import ARABIC, GOOD, REFERENCES

ENGLISH = "\n".join(GOOD) + "\n"
TEXT = "\n".join(ARABIC) + "\n"


def written(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "out.txt"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("text", [ENGLISH, TEXT])
def test_utf8_with_or_without_its_mark(tmp_path: Path, encoding: str, text: str) -> None:
    assert read_text(written(tmp_path, text.encode(encoding))) == text
    crossed = text.replace("\n", "\r\n").encode(encoding)
    assert read_text(written(tmp_path, crossed)) == text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (TEXT.encode("utf-16"), "is in UTF-16; save it in UTF-8: iconv -f UTF-16"),
        (TEXT.encode("utf-16-le"), "is in UTF-16LE; save it in UTF-8: iconv -f UTF-16LE -t"),
        (ENGLISH.encode("utf-16-be"), "is in UTF-16BE"),
        (TEXT.replace("٪", "%").encode("cp1256", "replace"), r"not UTF-8: line 1 .*WINDOWS-1256"),
        ("naïve\ncafé\n".encode("latin-1"), "not UTF-8: line 1 has the byte 0xEF; save"),
        (b"\x00\x01\x02binary", "is not a text file"),
        (b"", "is empty"),
        (b" \n\n", "is empty"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read_text(written(tmp_path, raw))
    assert "out.txt" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("page", ["cp1252", "cp1256", "latin-1"])
def test_text_that_was_decoded_wrongly_once_is_refused(tmp_path: Path, page: str) -> None:
    def spoilt(text: str) -> str:
        bytes_ = text.encode("utf-8")
        return "".join(bytes([b]).decode(page) if _has(page, b) else chr(b) for b in bytes_)

    for text in (TEXT, ENGLISH, "\n".join(REFERENCES)):
        if text.isascii():
            continue
        with pytest.raises(InputError, match="was decoded wrongly once"):
            read_text(written(tmp_path, spoilt(text).encode("utf-8")))


def _has(page: str, byte: int) -> bool:
    try:
        bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "line",
    [
        *ARABIC,
        *REFERENCES,
        "café",
        "naïve façade",
        "¿Qué?",
        "Größe",
        "年",
        "٣٫٥٪",
        "ء",
        "“",
        "د. علي",
    ],
)
def test_sound_text_is_not_taken_for_damaged(line: str) -> None:
    assert not is_mojibake(line)


def test_a_quotation_of_damaged_text_does_not_spoil_a_file(tmp_path: Path) -> None:
    text = "The page showed Ø§Ù„ instead.\n“Odd,” she said.\n“Yes.”\n"
    assert read_text(written(tmp_path, text.encode())) == text


def test_only_line_feeds_end_lines() -> None:
    assert lines("a\u2028b\x0cc\x85d\n\ne\n") == ["a\u2028b\x0cc\x85d", "", "e"]
    assert lines("a\n\n") == ["a", ""]
    assert lines("a") == ["a"]


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file; check the path"):
        read_text(tmp_path / "none")
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)
