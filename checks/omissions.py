"""Omissions: a part of the Arabic of which the English says nothing.

A translation that loses a clause can read well, and whole sentences are alike without it. So the
content words are looked at one by one (`covered_words`): where five in a row are said by no word of
the English, and the English is short besides, something was left out.
"""

from __future__ import annotations

import math

from .coverage import covered_words
from .finding import Finding, Severity, quoted

# Content words in a row that are looked at together.
_RUN = 5
# Characters of English for one of Arabic, and what keeps short sentences near 1.
_USUAL_LENGTH, _SLACK = 1.12, 5
# What a short text takes off the run's cosine: so much for each factor of e.
_SHORTNESS = 0.5
# Below these something was left out. Of the outputs of two good systems for the even lines of
# FLORES-200 dev 0.5% lie below the first, 0.15% below the second (docs/checks.md).
_WARNING, _SEVERE = 0.34, 0.19


def check_omissions(source: str, text: str) -> list[Finding]:
    """Return a finding where the English ``text`` says nothing of some words of ``source``.

    Args:
        source: The Arabic, normalised.
        text: The English.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    words = covered_words(source, text)
    if len(words) < _RUN or not text.strip():
        return []
    runs = [words[at : at + _RUN] for at in range(len(words) - _RUN + 1)]
    run = min(runs, key=lambda some: sum(word.cosine for word in some))
    length = math.log((len(text) + _SLACK) / (_USUAL_LENGTH * len(source) + _SLACK))
    score = sum(word.cosine for word in run) / _RUN + _SHORTNESS * min(length, 0.0)
    if score >= _WARNING:
        return []
    severity: Severity = "severe" if score < _SEVERE else "warning"
    span = (run[0].start, run[-1].end)
    message = f"nothing here seems to say {quoted(source[slice(*span)])}"
    return [Finding("omission", severity, message, source=span)]
