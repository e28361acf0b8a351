"""Text files as they are scored: UTF-8 and nothing else, one segment a line.

Articles are read whatever their encoding (`mujaz.arabic.decode`). Here a guess could change a score
without a word, so that anything but UTF-8 is refused, with the command that mends it.
"""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

from mujaz.errors import InputError

STDIN = "-"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Lines that read as bytes of UTF-8 shown in an eight-bit page, as a share of the lines with any
# letter beyond ASCII. Above it a file is taken for damaged; one such line may be a quotation.
_MOST_MOJIBAKE = 0.5
_PAGES = ("cp1252", "cp1256", "latin-1")


def read_text(path: Path | str) -> str:
    """Return the text of a file, or of standard input for ``-``; line ends become line feeds.

    Raises:
        InputError: It is missing, empty, no text, not UTF-8, or was once decoded wrongly.
    """
    name = shown(path)
    raw = _bytes(path, name)
    if not raw.strip():
        raise InputError(f"{name} is empty", "give one segment a line")
    wide = _wide(raw)
    if wide:
        raise InputError(
            f"{name} is in {wide}", f"save it in UTF-8: iconv -f {wide} -t UTF-8 {name}"
        )
    if b"\x00" in raw[:4096]:
        raise InputError(f"{name} is not a text file", "give lines or JSON lines in UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        page = _page(raw)
        raise InputError(
            f"{name} is not UTF-8: line {line} has the byte 0x{raw[error.start]:02X}"
            + (f" (it may be {page.upper()})" if page else ""),
            f"save it in UTF-8: iconv -f {page or 'ENCODING'} -t UTF-8 {name}",
        ) from error
    text = text.replace("\r\n", "\n")
    _check_mojibake(text, name)
    return text


def lines(text: str) -> list[str]:
    """Split at line feeds alone; other separators (U+2028, form feeds) stay inside segments.

    The feed that ends the last line adds no segment.
    """
    return text.removesuffix("\n").split("\n")


def shown(path: Path | str) -> str:
    """Return a file as messages name it."""
    return "standard input" if str(path) == STDIN else str(path)


def _bytes(path: Path | str, name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == STDIN else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file", "check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{name} is a folder", "name a file in it") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}", "check the path") from error


def _wide(raw: bytes) -> str:
    """Return the name of UTF-16, by its mark or by its bytes; of anything else nothing."""
    if raw.startswith(_UTF16):
        return "UTF-16"
    sample = raw[:4096]
    for name, high in (("UTF-16LE", sample[1::2]), ("UTF-16BE", sample[0::2])):
        # Every other byte is that of ASCII or of the Arabic block.
        if 0 in high and high.count(0x00) + high.count(0x06) > 0.8 * len(high):
            return name
    return ""


def _page(raw: bytes) -> str:
    """Return the eight-bit page that the bytes look like, for the error's next step; or nothing."""
    from mujaz.arabic import arabic_share, decode

    try:
        return "windows-1256" if arabic_share(decode(raw)) > 0.5 else ""
    except InputError:
        return ""


def _check_mojibake(text: str, name: str) -> None:
    beyond = [line for line in lines(text) if not line.isascii()]
    wrong = [line for line in beyond if is_mojibake(line)]
    if wrong and len(wrong) > _MOST_MOJIBAKE * len(beyond):
        raise InputError(
            f"{name} was decoded wrongly once: {len(wrong)} of its lines are UTF-8 shown in"
            f" another encoding ({wrong[0].strip()[:20]}…)",
            "make it again from the original",
        )


def is_mojibake(line: str) -> bool:
    """Return whether ``line`` is UTF-8 that was read in an eight-bit page.

    Put back into bytes of that page it is valid UTF-8 again. Real text never is: in Windows-1256
    and its like no Arabic letter is followed by what UTF-8 wants behind its byte, and accented
    Latin letters stand next to plain ones.
    """
    if line.isascii():
        return False
    for page in _PAGES:
        try:
            raw = b"".join(_byte(character, page) for character in line)
            raw.decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def _byte(character: str, page: str) -> bytes:
    try:
        return character.encode(page)
    except UnicodeEncodeError:
        # Bytes that the page leaves undefined pass through most decoders as control characters.
        if "\x80" <= character <= "\x9f":
            return bytes([ord(character)])
        raise
