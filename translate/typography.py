"""English typography: what translators leave of Arabic punctuation, quotes and spacing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNS = str.maketrans(
    {
        **dict(zip("،؛؟٪٫٬۔", ",;?%.,.", strict=True)),
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        # Soft hyphen, zero-width characters, direction marks, byte order mark.
        **dict.fromkeys(
            "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
            "\u2060\u2066\u2067\u2068\u2069\ufeff"
        ),
        **{chr(0x660 + d): str(d) for d in range(10)},
        **{chr(0x6F0 + d): str(d) for d in range(10)},
    }
)
_SPACES = re.compile(r"\s+")
_TEX_QUOTES = re.compile(r"``|''")
# A full stop before a digit is a decimal's: .5
_BEFORE = re.compile(r" +([,;:!?%)\]]|\.(?!\d))")
_AFTER_OPENING = re.compile(r"([(\[]) +")
_NO_SPACE = re.compile(r"(?<=[^\W\d_])([,;])(?=[^\W\d_])")
_DOUBLED_STOP = re.compile(r"(?<!\.)\.\.(?!\.)")
_QUOTED = re.compile(r'"([^"]*)"')
_LABEL = re.compile(r"^(?:english(?: translation)?|translation|answer)\s*:\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"""[.!?…]["')\]]*$""")

# Words with which a clause goes on in the sentence before it.
_CONTINUES = re.compile(
    r"(?:and|but|or|while|which|who|whose|where|because|adding|including|noting|according|"
    r"although|though)\b",
    re.IGNORECASE,
)


def polish(text: str, *, quotation: bool = False) -> str:
    """Return ``text``, one line of English, with straight quotes, single spaces and Latin signs.

    A leading ``Translation:`` is taken off, and the first letter is a capital, unless its word has
    capitals of its own (``iPhone``). Nothing is added: a full stop is `finished`'s business.
    Polishing twice changes nothing.

    Args:
        text: What the model wrote.
        quotation: Whether the source as a whole is a quotation; if not, quotes that enclose the
            whole line are the model's own and are taken off.
    """
    line = text
    while True:
        better = _polished(line, quotation=quotation)
        if better == line:
            return line
        line = better


def is_quotation(source: str) -> bool:
    """Return whether the Arabic ``source`` as a whole is a quotation."""
    line = source.strip().rstrip(".؟!")
    return line[:1] in tuple('"«“') and line[-1:] in tuple('"»”')


def finished(text: str) -> str:
    """Return ``text`` with a full stop at its end, unless it ends in a stop already."""
    if not text or _ENDS.search(text):
        return text
    if text.endswith('"') and len(text) > 1:
        return text[:-1].rstrip(",;: ") + '."'
    return text.rstrip(",;: ") + "."


def join_clauses(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Join the translations of one sentence's clauses.

    A clause that begins with ``and``, ``which`` and the like goes on in the sentence before it;
    any other is a sentence of its own.

    Returns:
        The text, and where in it each clause begins.
    """
    joined, starts = "", []
    for text in texts:
        if not joined or not text:
            head = joined
        elif _CONTINUES.match(text):
            stopped = len(joined) > 1 and joined[-1] == "." and joined[-2].islower()
            head = (joined[:-1] if stopped else joined).rstrip(",;: ") + ", "
            text = text[0].lower() + text[1:]
        else:
            head = finished(joined) + " "
        starts.append(len(head))
        joined = head + text
    return joined, starts


def _polished(text: str, *, quotation: bool) -> str:
    line = _SPACES.sub(" ", _TEX_QUOTES.sub('"', text.translate(_SIGNS))).strip()
    line = _LABEL.sub("", line)
    if line.count('"') % 2 == 0:
        line = _QUOTED.sub(lambda match: f'"{match[1].strip()}"', line)
    line = _AFTER_OPENING.sub(r"\1", _BEFORE.sub(r"\1", line))
    line = _DOUBLED_STOP.sub(".", _NO_SPACE.sub(r"\1 ", line))
    if not quotation and len(line) > 2 and line[0] == line[-1] == '"' and line.count('"') == 2:
        line = line[1:-1].strip()
    return _capitalised(line)


def _capitalised(line: str) -> str:
    word = _WORD.search(line)
    if word is None or not word[0].islower() or any(c.isalnum() for c in line[: word.start()]):
        return line
    start = word.start()
    # Behind a bracket or a quote too, but not behind a sign that belongs to the word: #tag, @name.
    if line[:start].strip("\"'([ "):
        return line
    return line[:start] + line[start].upper() + line[start + 1 :]
