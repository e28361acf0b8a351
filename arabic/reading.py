"""Files and strings to articles."""

from __future__ import annotations

import re
from pathlib import Path

from mujaz.errors import InputError

from .article import Article, Dropped
from .boilerplate import find_boilerplate
from .encoding import decode, shown

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f"
                            "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe80-\ufefc]")  # fmt: skip
_MAX_HEADLINE = 150
_NOT_HEADLINE = (".", "؛", "،", ":", "…", "/")


def read_article(path: Path) -> Article:
    """Read one article from a text file, in any encoding that `decode` knows.

    Raises:
        InputError: The file is missing, unreadable, empty, binary, or without a single letter.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder", "name a file in it") from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", "check its permissions"
        ) from error
    return article_from_text(decode(raw, str(path)), id=path.stem, origin=str(path))


def article_from_text(
    text: str, *, id: str = "stdin", title: str = "", origin: str = "-"
) -> Article:
    """Make an article of decoded text.

    Line ends become line feeds; nothing else is changed, so that offsets hold. Without a title,
    the first line serves as one when a blank line follows it, it is at most 150 characters long
    and it does not end like a sentence. It stays in the text too: title and text overlap.

    Args:
        text: The article, decoded.
        id: Its name within the run.
        title: Its headline where it is known apart from the text.
        origin: Where it came from; named in errors.

    Raises:
        InputError: ``text`` has no letters.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not _LETTER.search(text):
        raise InputError(
            f"{shown(origin)} has no letters in it", "give a file with the article's text"
        )
    dropped = find_boilerplate(text)
    return Article(
        id=id,
        title=title or _headline(text, dropped),
        text=text,
        origin=origin,
        dropped=dropped,
    )


def arabic_share(text: str) -> float:
    """Return the share of the letters of ``text`` that are Arabic ones, from 0 to 1.

    A text without letters has a share of 0.
    """
    letters = len(_LETTER.findall(text))
    return min(1.0, len(_ARABIC_LETTER.findall(text)) / letters) if letters else 0.0


def _headline(text: str, dropped: tuple[Dropped, ...]) -> str:
    """Return the first line if it stands apart as a headline, else an empty string."""
    first, _, rest = text.lstrip().partition("\n")
    blank, _, story = rest.partition("\n")
    line = first.strip()
    if blank.strip() or not story.strip() or len(line) > _MAX_HEADLINE:
        return ""
    start = len(text) - len(text.lstrip())
    if line.endswith(_NOT_HEADLINE) or any(part.start == start for part in dropped):
        return ""
    return line if _LETTER.search(line) else ""
