"""Bytes to text: UTF-8, UTF-16, Windows-1256, ISO 8859-6; binary files are refused."""

from __future__ import annotations

import codecs
import re

from mujaz.errors import InputError

# The first bytes of files that get renamed or saved as ``.txt`` by mistake, from their formats'
# specifications. ``PK`` is also the start of DOCX, ODT and EPUB.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT, EPUB)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (DOC, XLS)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)

# UTF-32 stands before UTF-16: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# charset-normalizer looks at the Arabic pages alone. Left free, it took 59 of 149 texts of 15
# characters in Windows-1256 for Chinese, Hebrew or Cyrillic; held to these it got every one right.
_ARABIC_PAGES = ["cp1256", "iso8859_6"]

# High bytes of the 16-bit units of Arabic text: ASCII, Arabic, general punctuation, and the two
# presentation blocks.
_HIGH_BYTES = frozenset((0x00, 0x06, 0x20, 0xFB, 0xFC, 0xFD, 0xFE))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")

# Broken bytes that still pass as damaged UTF-8: one character in a hundred, or one letter.
_MAX_DAMAGE = 0.01
# Control characters beyond this share mean that the file is no text.
_MAX_CONTROLS = 0.02


def decode(raw: bytes, origin: str = "-") -> str:
    """Decode one text file, whatever its encoding.

    Tried in this order: a byte order mark, UTF-16 without a mark, strict UTF-8, UTF-8 with a few
    damaged bytes (which become U+FFFD), and the Arabic eight-bit code pages, between which
    charset-normalizer decides.

    Args:
        raw: The whole file.
        origin: Its path, or ``-``; named in errors.

    Returns:
        The text, without a byte order mark; line ends as they were.

    Raises:
        InputError: The file is empty, binary, a web page, or in no encoding that fits.
    """
    origin = shown(origin)
    if not raw.strip():
        raise InputError(f"{origin} is empty", "give a file with the article's text")
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise InputError(
                f"{origin} is {kind}, not plain text",
                "give it the suffix of its kind (.pdf, .docx), or export its text as UTF-8",
            )
    text = _by_mark(raw, origin) or _by_units(raw) or _by_utf8(raw) or _by_page(raw)
    if text is None or len(_CONTROL.findall(text)) > _MAX_CONTROLS * len(text):
        raise InputError(
            f"{origin} is binary or in an unknown encoding", "save it as plain text in UTF-8"
        )
    if _HTML.match(text[:200].encode("ascii", "replace")):
        raise InputError(
            f"{origin} is a web page, not plain text",
            "give it the suffix .html, or save its text as .txt",
        )
    return text


def shown(origin: str) -> str:
    """Return an article's origin as an error names it."""
    return "standard input" if origin == "-" else origin


def _by_mark(raw: bytes, origin: str) -> str | None:
    """Decode by the byte order mark, if there is one."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    return _by_utf8(raw[len(mark) :])
                raise InputError(
                    f"{origin} is marked as {encoding.upper()} but byte {error.start} does not fit",
                    "save it as plain text in UTF-8",
                ) from error
    return None


def _by_units(raw: bytes) -> str | None:
    """Decode UTF-16 without a mark: every other byte is one of a handful."""
    if len(raw) < 4 or len(raw) % 2:
        return None
    sample = raw[:4096]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[first::2]
        fitting = sum(byte in _HIGH_BYTES for byte in high)
        # Eight-bit text never has these control codes in every other place.
        if fitting >= 0.95 * len(high) and sum(byte in (0x00, 0x06) for byte in high) > fitting / 2:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _by_utf8(raw: bytes) -> str | None:
    """Decode UTF-8; a few damaged bytes become U+FFFD, many mean another encoding."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    # In an eight-bit page every Arabic letter is a broken byte. One damaged letter of a short file
    # is two, next to many sound ones.
    sound = sum(character > "\x7f" for character in text) - damage
    return text if damage <= max(2, _MAX_DAMAGE * len(text)) and sound > 4 * damage else None


def _by_page(raw: bytes) -> str | None:
    """Decode one of the Arabic eight-bit code pages."""
    if b"\x00" in raw:
        return None
    from charset_normalizer import from_bytes  # its tables take 50 ms to load

    best = from_bytes(raw, cp_isolation=_ARABIC_PAGES).best()
    return None if best is None else str(best)
