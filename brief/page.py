"""A brief as one page that holds all it shows and opens no connection.

Whatever brief and article contain is shown as text: the template escapes it, characters that would
turn it around are shown by name, and the page's policy allows its own style and script by their
hashes and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from mujaz.arabic import Article
from mujaz.checks import Severity
from mujaz.page import asset, policy, template

from .page_sides import Sides, sides
from .page_text import plain
from .record import Brief, Making

if TYPE_CHECKING:
    from jinja2 import Template

WORDS: dict[Severity, tuple[str, str, str]] = {
    "severe": ("Severe", "severe fault", "severe faults"),
    "warning": ("Warning", "warning", "warnings"),
    "info": ("Note", "note", "notes"),
}
"""What each severity is called: at a finding, and counted as one and as many. The worst first."""

_METHODS = {
    "extract": "sentences of the article, word for word",
    "lead": "the article's first sentences, word for word",
    "seq2seq": "written by a summarization model",
    "instruct": "written by a model that follows instructions",
}


def as_page(brief: Brief, article: Article | None = None) -> str:
    """Return the brief as one HTML page with the article beside it.

    Each English sentence and the Arabic that it rests on are links to one another.

    Args:
        brief: The brief.
        article: Its article, as it was read for the brief. Without it the page shows the Arabic of
            each sentence alone.

    Raises:
        InputError: The brief was made of another article.
    """
    from markupsafe import Markup

    both = sides(brief, article)
    style, script = asset("mujaz.brief", "page.css"), asset("mujaz.brief", "page.js")
    return _template().render(
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        title=plain(brief.headline.text) or plain(brief.title) or plain(brief.article),
        origin="standard input" if brief.origin == "-" else plain(brief.origin),
        brief=brief,
        headline=both.english[0],
        sentences=both.english[1:],
        left_out=both.left_out,
        blocks=both.arabic,
        whole=article is not None,
        words=WORDS,
        counts=_counts(both),
        suspect=[
            (own.id, own.label)
            for own in both.english
            if any(fault.finding.severity != "info" for fault in own.faults)
        ],
        making=_making(brief.making),
    )


def _counts(both: Sides) -> list[tuple[Severity, str]]:
    """Return how many findings there are, the worst first: ``("severe", "1 severe fault")``.

    What the headline shares with the first sentence, out of which it may be cut, counts once.
    """
    headline, *rest = both.english
    first = {f.finding.message for f in rest[0].faults} if rest else set()
    found = Counter(
        fault.finding.severity
        for own in both.english
        for fault in own.faults
        if own is not headline or fault.finding.message not in first
    )
    return [
        (severity, f"{found[severity]:,} {one if found[severity] == 1 else many}")
        for severity, (_, one, many) in WORDS.items()
        if found[severity]
    ]


def _making(making: Making) -> list[tuple[str, str, str, str]]:
    """Return what each step did: its name, how, the model, and why that was taken."""
    how = _METHODS.get(making.summarizer, "")
    steps = [
        (
            "Summary, in Arabic",
            f"{making.summarizer}: {how}" if how else making.summarizer,
            making.summarizer_model,
            making.summarizer_why,
        ),
        (
            "Translation into English",
            making.translator,
            making.translator_model,
            making.translator_why,
        ),
    ]
    if making.second_model:
        why = "tries what the translator leaves with a severe fault"
        steps.append(("Repair", "second model", making.second_model, why))
    return steps


def _percent(confidence: float) -> str:
    """Return the geometric mean of the tokens' probabilities, of their mean logarithm."""
    return f"{math.exp(min(confidence, 0.0)):.0%}"


@cache
def _template() -> Template:
    return template("mujaz.brief", "page.html", percent=_percent, plain=plain)
