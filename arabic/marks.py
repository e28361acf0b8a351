"""The marks that may end a sentence, judged one by one: ``. ! ? ؟ ؛ …``."""

from __future__ import annotations

import re

from . import abbreviations
from .enclosures import Enclosure, addresses, enclosures

_MARKS = re.compile(r"[.!?؟…؛۔;]+")
_SIGNS = re.compile('["“”„«»‹›()\\[\\]{}]')
_CLOSERS = '"”“»’›)]}'
_OPENERS = '«“"„([{‹'
_INVISIBLE = re.compile("[\u00ad\u061c\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
# What follows a mark that does not end a sentence.
_GOES_ON = frozenset("،,؛;:.!?؟…)]}»%٪")
_SEEN = re.compile(r"\S")
_BODY = re.compile(rf"[^\s{re.escape(_OPENERS)}]")
_TOKEN = re.compile(r"[^\s«»\"“”„()\[\]{}،؛:!?؟…/\-–—]+\Z")
_WORD = re.compile(r"[^\s\"“”„«»()\[\]{}،؛:.!?؟…]+")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_LOWER_LATIN = re.compile("[a-zà-öø-ÿ]")

_SAYING = (
    "قال|قالت|يقول|تقول|قالوا|سأل|سألت|يسأل|تساءل|تساءلت|يتساءل|هتف|هتفت|هتفوا|صرخ|صرخت|صاح|صاحت"
    "|أجاب|أجابت|رد|ردت|كتب|كتبت|غرد|همس|نادى|أضاف|أضافت|أكد|أكدت|أوضح|أوضحت|تابع|تابعت|أعلن|أعلنت"
    "|ذكر|ذكرت|أشار|أشارت|صرح|صرحت|علق|علقت|شدد|شددت|بحسب|وفق|وفقا"
)
# A quotation goes on with its own "said".
_SAYS = re.compile(rf"(?:{_SAYING})\Z")
# "And he said", "and it was": openings of a new sentence behind a doubtful mark.
_OPENS = re.compile(
    rf"[وف](?:{_SAYING}|كان|كانت|يأتي|تأتي|جاء|جاءت|يذكر|اعتبر|اعتبرت|دعا|دعت|طالب|طالبت|لفت|قد|قررت"
    r"|قرر|وصل|وصلت|بلغ|بلغت|يعتبر|تعتبر|يرى|ترى|أفاد|أفادت|نقل|نقلت|استمر|استمرت|انتهى|انتهت)\Z"
)
_AFTER_PAUSE = frozenset({"ثم", "لكن", "ولكن", "بل", "أو", "أم", "إلا", "إلخ", "الخ"})
# References hang behind the stop of the sentence that they support: ``. [4]``, ``. (سميث، 1998)``.
_REFERENCES = re.compile(r"(?:\s?\[\d{1,3}\])+|\s?\([^()\n]{2,60}[،,]\s?\d{4}\w?\)")
_ETC = re.compile(r"(?:\A|\s)و?[إا]لخ\s*\Z")

# A quotation or bracket longer than this is split inside: one segment of many sentences is lost on
# translators, which drop all but the first.
_LONGEST_ENCLOSURE = 300


def ends(text: str, start: int, end: int) -> list[int]:
    """Return where sentences end inside the paragraph ``text[start:end]``.

    Each offset stands behind the mark and the closing quotes that belong to it. The end of the
    paragraph is not among them.
    """
    marks = list(_MARKS.finditer(text, start, end))
    if not marks or (len(marks) == 1 and marks[0].end() == end):
        return []
    held = _held(text, start, end)
    found: list[int] = []
    begin = start
    index = 0
    for match in marks:
        while index < len(held) and held[index].end < match.start():
            index += 1
        holder = held[index] if index < len(held) and held[index].start < match.start() else None
        stop = match.end()
        if holder is not None:
            if holder.kind == "address" or text[stop : holder.end].strip(_CLOSERS + " "):
                continue
            stop = holder.end + 1
        following = index + (holder is not None)
        opening = held[following].start if following < len(held) else end
        stop = _with_hangers(text, stop, min(opening, end), end)
        after = stop
        while after < end and (text[after].isspace() or _INVISIBLE.match(text[after])):
            after += 1
        if after == end:
            break
        if text[after] in _GOES_ON or (text[after] in _CLOSERS and after < opening):
            continue
        if _LOWER_LATIN.match(text[after]) and not _ends_arabic(text, match.start()):
            continue
        if (
            _ends(text, begin, match, stop, after)
            if holder is None
            else _closes(text, begin, holder, match, after)
        ):
            found.append(stop)
            begin = stop
    return found


def _held(text: str, start: int, end: int) -> list[Enclosure]:
    """Return the parts whose marks end nothing: addresses, outermost quotes and brackets."""
    held = addresses(text, start, end)
    if _SIGNS.search(text, start, end):
        last = -1
        for pair in enclosures(text, start, end):
            if pair.start > last and pair.end - pair.start <= _LONGEST_ENCLOSURE:
                held.append(pair)
                last = pair.end
        held.sort(key=lambda part: part.start)
    return held


def _with_hangers(text: str, stop: int, opening: int, end: int) -> int:
    """Return ``stop`` moved behind stray closing signs and references that hang on the mark."""
    while stop < opening and text[stop] in _CLOSERS:
        stop += 1
    references = _REFERENCES.match(text, stop, end)
    return references.end() if references else stop


def _ends_arabic(text: str, mark: int) -> bool:
    """Return whether the mark follows an Arabic letter."""
    return mark > 0 and _ARABIC.match(text[mark - 1]) is not None


def _next_word(text: str, after: int) -> str:
    """Return the word at ``after``, behind an opening quote if there is one."""
    match = _WORD.search(text, after, after + 60)
    return _INVISIBLE.sub("", match[0]) if match and match.start() <= after + 1 else ""


def _closes(text: str, begin: int, pair: Enclosure, match: re.Match[str], after: int) -> bool:
    """Judge a mark that stands right before a closing quote or bracket."""
    leads = _SEEN.search(text, begin, pair.start) is None
    if pair.kind == "bracket":
        return leads
    word = _next_word(text, after)
    if _SAYS.match(word):
        return False
    if match[0] == ".":
        token = _TOKEN.search(text, max(pair.start + 1, match.start() - 60), match.start())
        # «HK Management Inc.» is a name, not a sentence.
        short = token and abbreviations.kind(token[0], "")
        return short in (None, "era") or bool(_OPENS.match(word))
    before = text[max(begin, pair.start - 8) : pair.start].rstrip()
    return leads or before.endswith(":") or bool(_OPENS.match(word))


def _ends(text: str, begin: int, match: re.Match[str], stop: int, after: int) -> bool:
    """Judge a mark outside quotes and brackets; ``after`` is where the text goes on."""
    mark, position = match[0], match.start()
    tight = after == stop
    following = text[after]
    if tight and not (_ARABIC.match(following) or following in _OPENERS):
        return False
    if mark == ".":
        return _period(text, begin, position, after, tight=tight)
    if set(mark) == {";"}:
        return not tight and _ends_arabic(text, position)
    if set(mark) <= {".", "…"}:
        if mark == ".." or not _BODY.search(text, begin, position):
            return False  # two dots are a pause; dots in front are a cut
        word = _next_word(text, after)
        if _ETC.search(text, max(begin, position - 8), position):
            return _OPENS.match(word) is not None
        return word not in _AFTER_PAUSE
    return abbreviations.BEFORE_EXCLAMATION.search(text, begin, position) is None


def _period(text: str, begin: int, position: int, after: int, *, tight: bool) -> bool:
    """Judge a single full stop."""
    if position == begin or text[position - 1].isspace():
        return position > begin  # a stop that hangs alone, before its space or behind it
    window = max(begin, position - 60)
    match = _TOKEN.search(text, window, position)
    if match is None:
        return True  # behind a quote, a bracket or another mark
    token = _INVISIBLE.sub("", match[0])
    word = _next_word(text, after)
    if tight:
        left = token.rsplit(".", 1)[-1]
        short = len(word) < 2 and word != "و" and text[after] not in _OPENERS
        if short or len(left.rstrip("ـ")) < 2:
            return False
    lead = text[window : match.start()].rstrip()
    if token.isdigit():
        # "1." at the start, or behind a colon or another mark, numbers what follows.
        listed = not lead.strip("-•* ") or lead[-1] in ":.؛!؟?…"
        return not (len(token) <= 2 and listed)
    kind = abbreviations.kind(token, lead, word)
    if kind == "title":
        return False
    if kind == "era":
        return not (
            word in abbreviations.PREPOSITIONS or text[after].isdigit() or text[after] == "("
        )
    if kind == "letters":
        return _OPENS.match(word) is not None
    if kind == "company":
        return word not in abbreviations.PREPOSITIONS and bool(_ARABIC.match(text[after]))
    return True
