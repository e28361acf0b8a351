"""A brief as text and as Markdown."""

from __future__ import annotations

import re
import textwrap

from .record import Brief

_WIDTH = 88
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!])")


def as_text(brief: Brief) -> str:
    """Return headline, brief, source line and warnings as plain text."""
    lines = [
        textwrap.fill(brief.headline.text, _WIDTH),
        "",
        *(textwrap.fill(sentence.text, _WIDTH) for sentence in brief.sentences),
        "",
        _source_line(brief),
        *_warning_lines(brief),
    ]
    return "\n".join(lines)


def as_markdown(brief: Brief) -> str:
    """Return headline, brief, source line and warnings as Markdown; article text is escaped."""
    lines = [f"# {_escaped(brief.headline.text)}", ""]
    for sentence in brief.sentences:
        lines += [_escaped(sentence.text), ""]
    lines += [f"*{_escaped(_source_line(brief))}*", ""]
    lines += [f"- {_escaped(line)}" for line in _warning_lines(brief)]
    return "\n".join(lines).rstrip()


def _source_line(brief: Brief) -> str:
    origin = "standard input" if brief.origin == "-" else brief.origin
    making = brief.making
    summary = making.summarizer + (
        f" ({making.summarizer_model})" if making.summarizer_model else ""
    )
    read = "" if brief.read.whole else f"; read {brief.read.sentences} of {brief.read.of} sentences"
    return f"Source: {origin}{read}. Summary: {summary}; translation: {making.translator_model}."


def _warning_lines(brief: Brief) -> list[str]:
    return [
        f"⚠ {f'sentence {number}' if number else 'headline'}: {finding.message}"
        for number, finding in brief.warnings
    ]


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
