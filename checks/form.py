"""Faults that show in the output's form: loops, foreign script, talk about the task, bad length."""

from __future__ import annotations

import re
from collections import Counter

from .finding import Finding, Severity, quoted

# A figure is one word, whatever divides it: 1,000,000,000,000 and 6-4, 6-4, 6-4 are no loops.
_WORD = re.compile(r"\w+(?:['’]\w+|(?<=\d)[.,:٫٬–-]\d+)*")
_ARABIC_LETTER = (
    "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc"
)
_ARABIC_WORD = f"[{_ARABIC_LETTER}][{_ARABIC_LETTER}\u064b-\u065f\u06d6-\u06ed]*"
# Runs of words of a script.
_ARABIC = re.compile(f"{_ARABIC_WORD}(?:[ ،,.]+{_ARABIC_WORD})*")
_OTHER_LETTER = "\u0400-\u052f\u0590-\u05ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af"
_OTHER_WORD = re.compile(f"[{_OTHER_LETTER}]+")
_OTHER = re.compile(f"[{_OTHER_LETTER}]+(?:[ ,.]+[{_OTHER_LETTER}]+)*")
_ARABIC_SIGN = re.compile(f"[{_ARABIC_LETTER}]")
_LATIN = re.compile("[A-Za-z]")
# A text of which Arabic takes more than this share of the letters is not translated at all.
_COPIED = 0.5

# What instruction-tuned models write when they speak of the task instead of doing it, and the
# Arabic words whose translation it may be all the same.
_TASK_TALK = tuple(
    (re.compile(pattern, re.IGNORECASE), re.compile(excuse))
    for pattern, excuse in (
        (
            r"\bas an? (?:ai|artificial intelligence|(?:large )?language) ?(?:language )?model\b",
            "نموذج",
        ),
        (
            r"^\W*(?:sorry\b|i(?:['’]m| am) (?:sorry|unable|not able)\b|i can(?:['’]|no)t "
            r"(?:translate|assist|help|provide|fulfil))",
            "آسف|[أاؤ]سف|عتذر|عذر|[أا]ستطيع|[أا]تمكن|[أا]قدر|يمكنني|[إا]مكاني|وسعي|يسعني|قادر|عاجز",
        ),
        (
            r"^\W*(?:sure|certainly|of course)\b[!,. ]+(?:here|the translation)|"
            r"\bhere(?:['’]s| is) (?:the|a|your) (?:\w+ )?(?:translation|summary|translated)\b",
            "ترجم|لخص|تلخيص|خلاص|موجز",
        ),
        (
            r"^\W*here(?:['’]s| is| are) (?:an?|the|some|your)\b",
            "[إا]ليك|هنا|هذا|هذه|هؤلاء|هاك|يلي|تالي|[أا]دناه|ها ?ه[يو]",
        ),
        (
            r"\b(?:the )?(?:english )?translation (?:of (?:the|this) (?:\w+ )?(?:sentence|text|"
            r"passage) )?(?:is|would be|reads):|\btranslates? (?:to|as|into english)\b|"
            r"\btranslate the (?:arabic|following|given|above)\b|"
            r"\b(?:provided|given) translation\b",
            "ترجم|تعني",
        ),
        (
            r"\bthe (?:given |provided |original )?arabic (?:news )?(?:sentence|text|passage)\b|"
            r"\bthe (?:given|provided) (?:sentence|text|names)\b",
            "العربي|النص|الجمل|ترجم",
        ),
        (
            r"^\W*(?:english|arabic|translation)\s*:|\bnames:\s|\bwords: [^.]{0,200} = |"
            r"\(note:|\bnote: the\b",
            "أسماء|ملاحظ|ترجم|العربي|الإنجليزي",
        ),
    )
)

# The end of a whole sentence. One of 1,994 outputs of two good systems lacks it where the source
# has it, and of texts cut in the middle nearly all.
_STOP = re.compile(r"(?:[.!?؟…:;؛]['\"’”»)\]\s]*|[\"”»])$")
# What may stand behind it and is not seen: white space, marks of direction and of byte order.
_BLANK = " \t\r\n\u00a0\u200b\u200e\u200f\u202c\u2069\ufeff"

# What asks in Arabic; indirect questions count, for either language may ask them outright.
_ASKS = re.compile(
    r"[؟?]|\b[وف]?(?:هل|ماذا|لماذا|كيف|ما|أي|أية|أين|متى|كم|سأل\w*|يسأل\w*|تساءل\w*|يتساءل\w*)\b"
)

# Characters of English for `n` characters of Arabic: at least 0.65 n - 3, at most 1.8 n + 14. On
# FLORES-200 dev 1 to 2 in 300 of the references and of Google's translations lie outside (median
# 1.15 n); the constants are for short sentences, which vary more.
_SHORTEST, _LONGEST = (0.65, -3), (1.8, 14)
# Beyond the limits by this factor something is surely wrong.
_FAR = 1.6

# Words of a phrase that follows upon itself, and the times from which it is a loop: "very, very,
# very" and "day after day after day" are English.
_LOOPS = ((1, 4), (2, 3), (3, 3), (4, 2))
_LONGEST_LOOP = 40
# Words of a phrase and times that it may come back anywhere: lists repeat their frame.
_ECHOES = ((6, 3), (10, 2))


def check_form(source: str, text: str, *, truncated: bool = False) -> list[Finding]:
    """Return what is wrong with the form of the English ``text`` for the Arabic ``source``.

    Args:
        source: The Arabic, normalised.
        text: The English.
        truncated: Whether the engine cut the output at its limit.
    """
    if not text.strip():
        return [Finding("empty", "severe", "the translation is empty")]
    copied = _copied(text)
    if copied:
        return copied
    found = [*_repetition(source, text), *_script(source, text), *_task_talk(source, text)]
    found += [*_length(source, text), *_question(source, text)]
    if truncated:
        found.append(Finding("truncation", "severe", "the translation was cut at its length limit"))
    return found


def check_ending(source: str, text: str) -> list[Finding]:
    """Return a finding when ``text`` stops without a stop, where the Arabic ``source`` has one.

    For whole sentences: a headline has none, and translators may leave it to be added.
    """
    text = text.rstrip(_BLANK)
    if not text or not _STOP.search(source) or _STOP.search(text):
        return []
    message = "the text ends without a stop, the source with one: its end may be missing"
    return [Finding("truncation", "warning", message, target=(len(text) - 1, len(text)))]


def repeated(text: str) -> str:
    """Return the phrase that ``text`` repeats beyond reason, or an empty string.

    A phrase counts when it follows upon itself (one word four times, two or three words three
    times, more words twice), or when one of six words stands anywhere three times, or one of ten
    twice: news repeats a name, but not a clause. Time grows linearly with the text.
    """
    words = _WORD.findall(text.lower())
    for size, times in _ECHOES:
        grams = Counter(zip(*(words[at:] for at in range(size)), strict=False))
        gram, count = max(grams.items(), key=lambda item: item[1], default=((), 0))
        if count >= times:
            return " ".join(gram)
    for size, times in (*_LOOPS, *((n, 2) for n in range(5, _LONGEST_LOOP))):
        run = 0
        for at, (one, other) in enumerate(zip(words, words[size:], strict=False)):
            run = run + 1 if one == other else 0
            if run == size * (times - 1):
                return " ".join(words[at + 1 : at + 1 + size])
    return ""


def _repetition(source: str, text: str) -> list[Finding]:
    phrase = repeated(text)
    if not phrase or repeated(source):
        return []
    return [Finding("repetition", "severe", f"{quoted(phrase)} is repeated over and over")]


def _copied(text: str) -> list[Finding]:
    arabic = len(_ARABIC_SIGN.findall(text))
    if arabic <= _COPIED * (arabic + len(_LATIN.findall(text))):
        return []
    return [Finding("copied", "severe", "the text is not translated", target=(0, len(text)))]


def _script(source: str, text: str) -> list[Finding]:
    found = []
    # Words of an Arabic source that are kept; a source in another script is not translated at all.
    own = frozenset(_OTHER_WORD.findall(source) if _ARABIC.search(source) else ())
    for match in _ARABIC.finditer(text):
        message = f"{quoted(match[0])} is left untranslated"
        found.append(Finding("untranslated", "severe", message, target=match.span()))
    for match in _OTHER.finditer(text):
        if own.issuperset(_OTHER_WORD.findall(match[0])):
            continue  # the source has them too
        message = f"{quoted(match[0])} is in a script that is neither Latin nor Arabic"
        found.append(Finding("untranslated", "severe", message, target=match.span()))
    return found


def _task_talk(source: str, text: str) -> list[Finding]:
    for pattern, excuse in _TASK_TALK:
        match = pattern.search(text)
        if match and not excuse.search(source):
            message = f"{quoted(match[0].strip())} speaks about the task"
            return [Finding("task-talk", "severe", message, target=match.span())]
    return []


def _question(source: str, text: str) -> list[Finding]:
    """A small model now and then asks what it should have stated."""
    mark = text.find("?")
    if mark < 0 or _ASKS.search(source):
        return []
    message = "a question is asked here and none in the source"
    return [Finding("modality", "warning", message, target=(mark, mark + 1))]


def _length(source: str, text: str) -> list[Finding]:
    least = _SHORTEST[0] * len(source) + _SHORTEST[1]
    most = _LONGEST[0] * len(source) + _LONGEST[1]
    if least <= len(text) <= most or not source:
        return []
    ratio = len(text) / len(source)
    if len(text) < least:
        severity: Severity = "severe" if len(text) * _FAR < least else "warning"
        message = f"short for its source ({ratio:.1f} times its length): something may be missing"
    else:
        severity = "severe" if len(text) > most * _FAR else "warning"
        message = f"long for its source ({ratio:.1f} times its length): something may be invented"
    return [Finding("length", severity, message)]
