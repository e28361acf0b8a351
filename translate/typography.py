"""English typography: what translators leave of Arabic punctuation, quotes and spacing."""

from __future__ import annotations

import re

_SIGNS = str.maketrans(
    {
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "\u200e": None,
        "\u200f": None,
        "\u202a": None,
        "\u202b": None,
        "\u202c": None,
        **{chr(0x660 + d): str(d) for d in range(10)},
        **{chr(0x6F0 + d): str(d) for d in range(10)},
    }
)
_SPACES = re.compile(r"\s+")
_BEFORE = re.compile(r" +([,;:.!?%)\]])")
_AFTER_OPENING = re.compile(r"([(\[]) +")
_DOUBLED_STOP = re.compile(r"(?<!\.)\.\.(?!\.)")
_LABEL = re.compile(r"^(?:english(?: translation)?|translation|answer)\s*:\s*", re.IGNORECASE)
_ENDS = (".", "!", "?", '."', '!"', '?"', ".'", ".)", "…")


def polish(text: str, *, quotation: bool = False) -> str:
    """Return ``text``, one line of English, with straight quotes, single spaces and Latin signs.

    A leading ``Translation:`` is taken off, and the first letter is a capital. Nothing is added: a
    full stop is `finished`'s business.

    Args:
        text: What the model wrote.
        quotation: Whether the source as a whole is a quotation; if not, quotes that enclose the
            whole line are the model's own and are taken off.
    """
    line = _SPACES.sub(" ", text.translate(_SIGNS)).strip()
    line = _LABEL.sub("", line)
    line = _DOUBLED_STOP.sub(".", _AFTER_OPENING.sub(r"\1", _BEFORE.sub(r"\1", line)))
    if not quotation and len(line) > 2 and line[0] == line[-1] == '"' and line.count('"') == 2:
        line = line[1:-1].strip()
    for at, letter in enumerate(line):
        if letter.isalpha():
            return line[:at] + letter.upper() + line[at + 1 :] if at < 2 else line
        if letter.isdigit():
            break
    return line


def is_quotation(source: str) -> bool:
    """Return whether the Arabic ``source`` as a whole is a quotation."""
    line = source.strip().rstrip(".؟!")
    return line[:1] in tuple('"«“') and line[-1:] in tuple('"»”')


def finished(text: str) -> str:
    """Return ``text`` with a full stop at its end, unless it ends in a stop already."""
    if not text or text.endswith(_ENDS):
        return text
    if text.endswith('"') and len(text) > 1:
        return text[:-1].rstrip(",;: ") + '."'
    return text.rstrip(",;: ") + "."
