"""Portfolios: a minister or ministry of the English holds an office that the Arabic names.

A weak model that does not know an office writes the one it has seen most: the foreign minister.
"""

from __future__ import annotations

import re

from mujaz.arabic import fold

from .finding import Finding

# English portfolio → what an Arabic text must hold to mean it: folded stems, any of them.
_PORTFOLIOS: dict[str, tuple[str, ...]] = {
    "foreign": ("خارجي", "اجنبي"),
    "defence|defense|war": ("دفاع", "حرب", "جيش", "بنتاجون", "بنتاغون"),
    "interior|home affairs": ("داخلي",),
    "finance|treasury": ("مالي", "خزانه", "خزينه"),
    "justice": ("عدل",),
    "health": ("صحه", "صحي"),
    "education": ("تعليم", "تربيه", "معارف"),
    "agriculture": ("زراع", "فلاح"),
    "transport|transportation": ("نقل", "مواصلات"),
    "oil|petroleum": ("نفط", "بترول", "محروقات"),
    "trade|commerce": ("تجار",),
    "tourism": ("سياح",),
    "environment": ("بييه", "بييي", "بييات"),
    "culture": ("ثقاف",),
    "labour|labor": ("عمل", "عمال", "عامل", "شغل", "تشغيل"),
}
_HOLDERS = {
    re.compile(
        rf"\b(?:(?:{english})(?: affairs)? (?:minister|ministry|secretary)"
        rf"|(?:minister|ministry|secretary) (?:of|for) (?:{english}))\b",
        re.IGNORECASE,
    ): stems
    for english, stems in _PORTFOLIOS.items()
}


def check_portfolios(source: str, text: str) -> list[Finding]:
    """Return the ministers and ministries of the English that nothing in the Arabic explains."""
    folded: str | None = None
    found = []
    for holder, stems in _HOLDERS.items():
        for match in holder.finditer(text):
            if folded is None:
                folded = fold(source)
            if not any(stem in folded for stem in stems):
                message = f'"{match[0]}" is not in the source'
                found.append(Finding("name", "severe", message, target=match.span()))
    return found
