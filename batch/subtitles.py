"""SubRip subtitles (``.srt``): cues to an article, its translation back into the cues.

Numbers and times are kept as they stand in the file, so they are not parsed further than needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mujaz.arabic import Article, decode
from mujaz.errors import InputError
from mujaz.translate.document import Document

from .captions import divided, laid_out
from .inputs import article_of
from .regular import read_regular
from .unreadable import legible
from .wording import is_closed, worded

_STAMP = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[,.]\d{1,3})?"
_TIMING = re.compile(rf"^[ \t]*({_STAMP})[ \t]*-->[ \t]*({_STAMP})[^\n]*$", re.M)
_NUMBER = re.compile(r"(?:\A|\n)[ \t]*(\d{1,9})[ \t]*\n[ \t]*\Z")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>|\{\\?[a-zA-Z\\][^{}\n]{0,80}\}")
# A tag around a whole cue, and a place on the screen before it.
_AROUND = re.compile(r"((?:\{\\[^{}\n]{1,80}\})*)\s*(?:<([iIbBuU])>(.*)</\2>)?", re.S)
_DASH = re.compile(r"^\s*[-–—]\s*", re.M)
_LETTER = re.compile(r"[^\W_]")
# A sentence goes on in the next cue unless the screen stays empty for so long, in seconds.
_PAUSE = 2.0
_MOST_CUES = 6  # of one sentence
# Below this share of cues that end sentences, the file has no full stops: a cue is a sentence.
_PUNCTUATED = 0.1


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle.

    Attributes:
        number: Its number as it stands in the file.
        timing: The line of its times, likewise.
        start: When it appears, in seconds.
        end: When it goes.
        text: Its lines, with their tags.
    """

    number: str
    timing: str
    start: float
    end: float
    text: str

    @property
    def speeches(self) -> list[str]:
        """What is said in it, without tags: one text, or one of each speaker behind a dash."""
        plain = _TAG.sub("", self.text)
        lines = [line.strip() for line in plain.split("\n") if line.strip()]
        found: list[str] = []
        for line in lines:
            if found and not _DASH.match(line):
                found[-1] += f" {line}"
            else:
                found.append(line)
        return [speech for speech in found if _LETTER.search(speech)]


def read_subtitles(path: Path) -> Article:
    """Read subtitles as one article: sentences put together over the cues that they run through.

    Raises:
        InputError: The file cannot be read, or holds no cue.
    """
    text, _ = _flow(_cues(path))
    return article_of(path, text, whole=True)


def subtitle_output(source: Path, document: Document) -> str:
    """Return the translation of ``source`` as subtitles with the same numbers and times.

    A sentence of several cues is divided over them as long as its Arabic was in each, at a comma or
    a word's end, in at most two lines of 42 characters where it fits. Cues without words (``♪``)
    stay as they are.

    Raises:
        InputError: ``source`` cannot be read, or is not what ``document`` was made of.
    """
    cues = _cues(source)
    text, places = _flow(cues)
    if any(text[s.start : s.end] != s.translation.source for s in document.sentences):
        raise InputError(f"{legible(source)} has changed since it was read", "run it again")
    pieces: list[list[str]] = [[] for _ in places]
    first = 0
    for sentence in document.sentences:
        while places[first].end <= sentence.start:
            first += 1
        last = first
        while last + 1 < len(places) and places[last + 1].start < sentence.end:
            last += 1
        spans = places[first : last + 1]
        shares = [min(s.end, sentence.end) - max(s.start, sentence.start) for s in spans]
        english = worded(sentence.translation)
        for index, piece in enumerate(divided(english, shares), first):
            pieces[index].append(piece)
    speeches: dict[int, list[str]] = {}
    for place, found in zip(places, pieces, strict=True):
        speeches.setdefault(place.cue, []).append(" ".join(filter(None, found)))
    return "\n".join(_written(cue, speeches.get(number)) for number, cue in enumerate(cues))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one speech of a cue stands in the text."""

    cue: int
    start: int
    end: int


def _cues(path: Path) -> list[Cue]:
    """Read the cues of a file."""
    name = legible(path)
    text = decode(read_regular(path), name).replace("\r\n", "\n").replace("\r", "\n")
    timings = list(_TIMING.finditer(text))
    if not timings:
        raise InputError(f"{name} has no subtitles in it", "give a SubRip (.srt) file")
    cues = []
    for index, timing in enumerate(timings):
        behind = timings[index + 1].start() if index + 1 < len(timings) else len(text)
        words = text[timing.end() : behind]
        number = _number(text, timing.start())
        if index + 1 < len(timings) and (following := _NUMBER.search(words)):
            words = words[: following.start()]
        start, end = _seconds(timing[1]), _seconds(timing[2])
        cues.append(Cue(number or str(index + 1), timing[0].strip(), start, end, words.strip()))
    return cues


def _number(text: str, timing: int) -> str:
    found = _NUMBER.search(text[max(0, timing - 40) : timing])
    return found[1] if found else ""


def _seconds(stamp: str) -> float:
    hours, minutes, rest = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def _flow(cues: list[Cue]) -> tuple[str, list[_Place]]:
    """Return the cues as running text, and where each speech stands in it."""
    ends = [is_closed(cue.speeches[-1]) for cue in cues if cue.speeches]
    punctuated = sum(ends) >= _PUNCTUATED * len(ends)
    text = ""
    pieces: list[str] = []
    places: list[_Place] = []
    before: Cue | None = None
    length = run = 0
    for number, cue in enumerate(cues):
        for index, speech in enumerate(cue.speeches):
            goes_on = (
                punctuated
                and before is not None
                and index == 0
                and run < _MOST_CUES
                and not is_closed(text)
                and not _DASH.match(speech)
                and cue.start - before.end < _PAUSE
            )
            gap = "" if before is None else " " if goes_on else "\n\n"
            run = run + 1 if goes_on else 1
            text = _DASH.sub("", speech)
            pieces += [gap, text]
            length += len(gap) + len(text)
            places.append(_Place(number, length - len(text), length))
            before = cue
    return "".join(pieces), places


def _written(cue: Cue, speeches: list[str] | None) -> str:
    """Return one cue of the output; ``None`` leaves its text as it is."""
    if speeches is None:
        return f"{cue.number}\n{cue.timing}\n{cue.text}\n"
    spoken = [speech for speech in speeches if speech]
    dashed = len(_DASH.findall(_TAG.sub("", cue.text))) > 1
    lines = [line for speech in spoken for line in laid_out(f"- {speech}" if dashed else speech)]
    around = _AROUND.match(cue.text)
    place, tag = (around[1], around[2] or "") if around else ("", "")
    if around and around[2] and (around.end() < len(cue.text) or "<" in around[3]):
        tag = ""  # around a part of it alone
    body = "\n".join(lines)
    body = f"<{tag}>{body}</{tag}>" if tag and body else body
    return f"{cue.number}\n{cue.timing}\n{place}{body}\n"
