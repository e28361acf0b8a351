"""What can be wrong with a text against its source: a pair in, findings out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mujaz.arabic import Name

from .content import check_content
from .finding import Finding, Kind, Severity, weight, worst
from .form import check_ending, check_form
from .meaning import check_meaning, similarities
from .names import check_names
from .negation import check_negation
from .numbers import check_numbers
from .omissions import check_additions, check_omissions
from .portfolios import check_portfolios
from .quotes import check_quotes
from .risk import quality
from .speakers import check_speakers

__all__ = [
    "Finding",
    "Kind",
    "Severity",
    "check_additions",
    "check_content",
    "check_ending",
    "check_form",
    "check_meaning",
    "check_names",
    "check_negation",
    "check_numbers",
    "check_omissions",
    "check_portfolios",
    "check_quotes",
    "check_speakers",
    "check_translation",
    "quality",
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
    whole: bool = False,
    skip: Collection[Kind] = (),
) -> list[Finding]:
    """Run every check on one English sentence against its Arabic source.

    Args:
        source: The Arabic sentence, normalised.
        text: The English sentence.
        names: Names found in ``source``, with offsets into it.
        truncated: Whether the engine cut the output at its limit.
        similarity: Of the two by `similarities`, where it is known already.
        whole: Whether ``text`` is a finished sentence, so that a full stop may be asked of it.
        skip: Kinds that are not looked for; without ``meaning``, ``omission`` and ``addition`` no
            encoder is needed.

    Returns:
        What is or may be wrong; an empty text, or one left in Arabic, gives that one finding alone.
    """
    found = [f for f in check_form(source, text, truncated=truncated) if f.kind not in skip]
    if not text.strip() or any(finding.kind in ("empty", "copied") for finding in found):
        return found
    found += [
        *(check_ending(source, text) if whole else ()),
        *check_quotes(source, text),
        *check_numbers(source, text),
        *check_names(source, text, names),
        *check_speakers(source, text, names),
        *check_portfolios(source, text),
        *check_content(source, text, names),
        *check_negation(source, text),
    ]
    if "meaning" not in skip:
        found += check_meaning(source, text, similarity=similarity)
    if "omission" not in skip:
        found += check_omissions(source, text)
    if "addition" not in skip:
        found += check_additions(source, text)
    return [finding for finding in found if finding.kind not in skip]
