"""What can be wrong with a text against its source: a pair in, findings out."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic import Name

from .content import check_content
from .finding import Finding, Kind, Severity, weight, worst
from .form import check_form
from .meaning import check_meaning, similarities
from .names import check_names
from .negation import check_negation
from .numbers import check_numbers
from .portfolios import check_portfolios

__all__ = [
    "Finding",
    "Kind",
    "Severity",
    "check_content",
    "check_form",
    "check_meaning",
    "check_names",
    "check_negation",
    "check_numbers",
    "check_portfolios",
    "check_translation",
    "similarities",
    "weight",
    "worst",
]


def check_translation(
    source: str,
    text: str,
    names: Sequence[Name] = (),
    *,
    truncated: bool = False,
    similarity: float | None = None,
) -> list[Finding]:
    """Run every check on one English sentence against its Arabic source.

    Args:
        source: The Arabic sentence, normalised.
        text: The English sentence.
        names: Names found in ``source``, with offsets into it.
        truncated: Whether the engine cut the output at its limit.
        similarity: Of the two by `similarities`, where it is known already.

    Returns:
        What is or may be wrong; an empty text, or one left in Arabic, gives that one finding alone.
    """
    found = check_form(source, text, truncated=truncated)
    if any(finding.kind in ("empty", "copied") for finding in found):
        return found
    return [
        *found,
        *check_numbers(source, text),
        *check_names(source, text, names),
        *check_portfolios(source, text),
        *check_content(source, text, names),
        *check_negation(source, text),
        *check_meaning(source, text, similarity=similarity),
    ]
