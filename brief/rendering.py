"""A brief as text and as Markdown."""

from __future__ import annotations

import re
import textwrap
from itertools import groupby

from .record import Brief, BriefSentence

_WIDTH = 88
# Warnings up to this number get a line each; more are put together sentence by sentence.
_MOST_LINES = 8
# Characters that are shown of a sentence that was left out.
_LEFT_OUT = 70
_UNTRANSLATED = "[This sentence could not be translated.]"

# Everything of a sentence that CommonMark or GitHub's tables would take for a sign of theirs.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~&])")
# At the beginning of a paragraph: a list, a rule, a heading's underline.
_LIST = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)](?:\s|$)))")


def as_text(brief: Brief) -> str:
    """Return headline, brief, source line and warnings as plain text."""
    lines = [
        _wrapped(brief.headline.text),
        "",
        *(_wrapped(_shown(sentence)) for sentence in brief.sentences),
        "",
        source_line(brief),
        *warning_lines(brief),
    ]
    return "\n".join(lines)


def as_markdown(brief: Brief) -> str:
    """Return headline, brief, source line and warnings as Markdown; article text is escaped."""
    lines = [f"# {escaped(brief.headline.text)}", ""]
    for sentence in brief.sentences:
        lines += [escaped(_shown(sentence)), ""]
    lines += [f"*{escaped(source_line(brief))}*", ""]
    lines += [f"- {escaped(line)}" for line in warning_lines(brief)]
    return "\n".join(lines).rstrip()


def source_line(brief: Brief) -> str:
    """Return where the brief comes from, how much was read, and what made it, in one line."""
    origin = "standard input" if brief.origin == "-" else " ".join(brief.origin.split())
    making = brief.making
    # Whose words these are: an extract's are the article's own.
    writer = making.summarizer_model if making.summarizer in ("seq2seq", "instruct") else ""
    summary = making.summarizer + (f" ({writer})" if writer else "")
    read = "" if brief.read.whole else f"; read {brief.read.sentences} of {brief.read.of} sentences"
    return f"Source: {origin}{read}. Summary: {summary}; translation: {making.translator_model}."


def warning_lines(brief: Brief) -> list[str]:
    """Return the warnings, the headline's first, none twice.

    What the headline shares with a sentence is said once, with both. A line each while they are
    few; a line for each sentence when they are many. Behind them comes what was left out, and why.
    """
    shared = {f.message for n, f in brief.warnings if n == 0} & {
        f.message for n, f in brief.warnings if n == 1
    }
    told: dict[tuple[str, str], None] = {}
    for number, finding in brief.warnings:
        both = finding.message in shared and number < 2
        where = "headline and sentence 1" if both else f"sentence {number}"
        told[where if number or both else "headline", " ".join(finding.message.split())] = None
    if len(told) <= _MOST_LINES:
        lines = [f"⚠ {where}: {message}" for where, message in told]
    else:
        lines = [
            f"⚠ {where}: {'; '.join(message for _, message in group)}"
            for where, group in groupby(told, key=lambda pair: pair[0])
        ]
    return lines + [_left_out(sentence) for sentence in brief.left_out]


def _left_out(sentence: BriefSentence) -> str:
    why = "; ".join(
        " ".join(finding.message.split())
        for finding in sentence.findings
        if finding.severity == "severe"
    )
    return f"✗ left out: “{textwrap.shorten(sentence.text, _LEFT_OUT, placeholder='…')}” ({why})"


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is."""
    text = _MARKDOWN.sub(r"\\\1", text)
    return _LIST.sub(lambda m: m[1] + (m[2] + "\\" if m[2].isdigit() else "\\" + m[2]), text)


def _shown(sentence: BriefSentence) -> str:
    return sentence.text or _UNTRANSLATED


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
