"""Omissions and additions: a part of one side of which the other says nothing.

A translation that loses a clause, or invents one, can read well, and as a whole it is much like its
source. So the content words are looked at one by one (`covered_words`): where five in a row have no
counterpart, and the English is short besides, something was left out; where it is long, something
was invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from .coverage import CoveredWord, covered_words, supported_words
from .finding import Finding, Severity, quoted
from .risk import shortness

# Content words in a row that are looked at together.
_RUN = 5
# What a short or a long text takes off the run's cosine: so much for each factor of e.
_SHORTNESS, _EXCESS = 0.5, 0.3
# Below these something was left out. Of the outputs of two good systems for FLORES-200 dev 0.5% lie
# below the first, 0.15% below the second (docs/checks.md).
_OMITTED, _FAR_OMITTED = 0.34, 0.19
# Below this something was invented: 0.25% of the same outputs.
_INVENTED = 0.46


def check_omissions(source: str, text: str) -> list[Finding]:
    """Return a finding where the English ``text`` says nothing of some words of ``source``.

    Args:
        source: The Arabic, normalised.
        text: The English.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    run, cosine = _weakest(covered_words(source, text))
    score = cosine - _SHORTNESS * max(shortness(source, text), 0.0)
    if score >= _OMITTED or not run or not text.strip():
        return []
    severity: Severity = "severe" if score < _FAR_OMITTED else "warning"
    span = (run[0].start, run[-1].end)
    message = f"nothing here seems to say {quoted(source[slice(*span)])}"
    return [Finding("omission", severity, message, source=span)]


def check_additions(source: str, text: str) -> list[Finding]:
    """Return a finding where nothing in the Arabic ``source`` says some words of ``text``.

    Args:
        source: The Arabic, normalised.
        text: The English.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    run, cosine = _weakest(supported_words(source, text))
    score = cosine - _EXCESS * max(-shortness(source, text), 0.0)
    if score >= _INVENTED or not run or not source:
        return []
    span = (run[0].start, run[-1].end)
    message = f"nothing in the source seems to say {quoted(text[slice(*span)])}"
    return [Finding("addition", "warning", message, target=span)]


def _weakest(words: Sequence[CoveredWord]) -> tuple[Sequence[CoveredWord], float]:
    """Return the five words in a row that are said least, and their mean cosine; few words none."""
    runs = [words[at : at + _RUN] for at in range(len(words) - _RUN + 1)]
    if not runs:
        return (), 1.0
    mean, at = min((sum(word.cosine for word in run) / _RUN, at) for at, run in enumerate(runs))
    return runs[at], mean
