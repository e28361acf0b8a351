"""Quotation marks: what is opened is closed, or nobody knows where the quoted words end."""

from __future__ import annotations

import re

from .finding import Finding

_MARK = re.compile('["“”„«»″]')


def check_quotes(source: str, text: str) -> list[Finding]:
    """Return a finding when the English ``text`` has an odd number of double quotation marks.

    News splits a long quotation over sentences: where the Arabic ``source`` has an odd number too,
    that is right.
    """
    marks = list(_MARK.finditer(text))
    if len(marks) % 2 == 0 or len(_MARK.findall(source)) % 2:
        return []
    message = "a quotation mark has no partner: where the quoted words end is not clear"
    return [Finding("quotes", "warning", message, target=marks[-1].span())]
