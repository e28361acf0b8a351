"""What could not be read, and how an input is named in messages and records."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from mujaz.errors import InputError

# Line feeds, other controls and the marks that turn the writing direction: none may stand in a line
# of a report, where they could break it or make a name look like another.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input, or one row of it, that gives no article.

    Attributes:
        id: The row's id, or what the file's article would have been called.
        error: Why, and the next step, in one line that names the input.
    """

    id: str
    error: InputError


def legible(path: Path | str) -> str:
    r"""Return a path or a name as it can stand in a line and in a record.

    Bytes that are not UTF-8 become U+FFFD, control characters their escapes (``\n``).
    """
    text = os.fsencode(path).decode("utf-8", "replace")
    return _CONTROLS.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
