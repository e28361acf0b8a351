"""Speakers: what the Arabic lets one person say is not said by another in the English.

Only where names show it: a verb of saying has a known name for its subject on both sides, the two
are different, and the English speaker is somebody else whom the Arabic names too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mujaz.arabic import Name, fold_with_offsets

from .finding import Finding
from .sounds import alike, latin_consonants

# Verbs of saying, folded: before their subject in Arabic.
_SAID = (
    r"(?:قال|قالت|يقول|تقول|اكد|اكدت|صرح|صرحت|اضاف|اضافت|اعلن|اعلنت|اوضح|اوضحت|ذكر|ذكرت"
    r"|اشار|اشارت|اعتبر|اعتبرت|شدد|شددت|كشف|كشفت|زعم|زعمت|ادعي|ادعت|افاد|افادت|راي|رات|نفي|نفت"
    r"|حذر|حذرت|تابع|تابعت|علق|علقت|جادل|جادلت|بحسب|حسب|علي\s+حد\s+قول)"
)
# A whole word, for ذكري is a memory and تابعه a subsidiary; ل stands before the name itself.
_ARABIC_SPEECH = re.compile(rf"\b[وف]?(?:{_SAID}\b|وفقا\s+ل(?=\w))")
# Words of titles and trades between the verb and the name; what ends the search for a subject.
_REACH = 60
_STOP = re.compile(r"[،,.:؛\"«»“”(]|\b(?:ان|انه|انها|انهم|بان|عن|الي|علي|في|من|مع|خلال|لـ|باسم)\b")

_VERB = (
    r"(?:said|says|stated|states|added|adds|announced|announces|claimed|claims|explained|argued"
    r"|argues|noted|confirmed|confirms|declared|remarked|commented|insisted|warned|asserted|denied"
    r"|stressed|emphasi[sz]ed|pointed\s+out|told|revealed|reported|continued|considered|affirmed)"
)
_NAME = r"[A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’-]*|al-\w+|bin|ibn|de|von|van)){0,5}"
_ENGLISH_SPEECH = (
    re.compile(
        rf"(?P<name>{_NAME})(?:,[^,.\"]{{1,80}},)?\s+(?:also\s+|has\s+|had\s+|later\s+|then\s+"
        rf"|\w+ly\s+)?{_VERB}\b"
    ),
    re.compile(
        rf"(?:[\"”’],?\s+{_VERB}|\b[Aa]ccording\s+to)\s+(?:[a-z]+\s+){{0,4}}(?P<name>{_NAME})"
    ),
)
_WORD = re.compile(r"[A-Za-z'’-]+")
_LONGEST = 5000


def check_speakers(source: str, text: str, names: Sequence[Name]) -> list[Finding]:
    """Return a finding when words that the Arabic gives to one are another's in the English.

    Args:
        source: The Arabic, as ``names`` were found in it.
        text: The English.
        names: The names of ``source``.
    """
    people = [name for name in names if name.kind == "person"]
    if len({name.english for name in people}) < 2 or max(len(source), len(text)) > _LONGEST:
        return []
    speakers = _arabic_speakers(source, names)
    if not speakers:
        return []
    matches = [match for pattern in _ENGLISH_SPEECH for match in pattern.finditer(text)]
    # The right one may come last: "Macron announced a plan, Merkel said."
    if any(_names(match["name"], speaker) for match in matches for speaker in speakers):
        return []
    for match in matches:
        said = next((n for n in people if n not in speakers and _names(match["name"], n)), None)
        if said is not None and not any(_same(said, speaker) for speaker in speakers):
            first = speakers[0]
            message = (
                f'"{match["name"]}" speaks here, where the source has "{first.english}" '
                f"({first.surface}) speak"
            )
            span = (first.start, first.end)
            return [Finding("speaker", "severe", message, source=span, target=match.span("name"))]
    return []


def _arabic_speakers(source: str, names: Sequence[Name]) -> list[Name]:
    """Return the people who are subjects of verbs of saying: the first behind each of them."""
    folded = fold_with_offsets(source)
    found = []
    for verb in _ARABIC_SPEECH.finditer(folded.text):
        _, begin = folded.span(verb.start(), verb.end())
        # Before the name may stand an office: قال وزير الخارجية الروسي سيرغي لافروف.
        behind = [n for n in names if begin <= n.start <= begin + _REACH and n.kind == "person"]
        if not behind:
            continue
        name = min(behind, key=lambda n: n.start)
        stop = _STOP.search(folded.text, verb.end())
        if stop is None or folded.span(stop.start(), stop.end())[0] >= name.start:
            found.append(name)
    return found


def _names(surface: str, name: Name) -> bool:
    """Return whether the capitals before a verb of saying are a name of the source."""
    said = {word.lower().removesuffix("'s") for word in _WORD.findall(surface)}
    last = {spelling.split()[-1].lower() for spelling in (name.english, *name.also) if spelling}
    if said & last:
        return True
    rows = [latin_consonants(word) for word in said]
    return any(alike(latin_consonants(word), row) for word in last for row in rows if row)


def _same(one: Name, other: Name) -> bool:
    return bool(set(one.english.lower().split()) & set(other.english.lower().split()))
