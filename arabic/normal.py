"""Two normal forms of Arabic text: one for models, and a stronger one for comparison.

`normalize` removes what no reader would miss, so that a model sees the spelling it was trained on.
`fold` also joins letters that newsrooms interchange, so that two spellings of a name compare equal.
Both keep the way back: every character of the result knows where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Harakat and the signs above and below letters: U+0610-061A, U+064B-065F, U+0670, the Koran's pause
# marks U+06D6-06ED (without the verse signs, which stand alone), U+08D3-08FF; and the spacing forms
# of harakat among the presentation forms, whose compatibility decomposition would insert a space.
_HARAKAT = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f"
)
# Soft hyphen, Arabic letter mark, zero-width space and joiners, bidi marks, embeddings, overrides
# and isolates, word joiner and invisible operators, variation selectors, byte order mark.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_TATWEEL = "\u0640"
_REMOVED = _HARAKAT + _INVISIBLE + _TATWEEL
_ACCENTS = "\u0300-\u036f"
_FORMS = "\ufb50-\ufc5d\ufc64-\ufcf1\ufcf5-\ufdff\ufe80-\ufefc"
# All white space but the plain space, as `str.isspace` sees it.
_SPACES = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

# Every place where the length changes, in one pass. A single space between words matches nothing,
# nor does any letter: what matches is rare, and the rest is copied in long runs.
_EDITS = re.compile(
    rf"(?P<gap>[{_SPACES}{_REMOVED}][\s{_REMOVED}]*"
    rf"| (?:[\s{_REMOVED}]+|(?=[،؛؟»)\]])|(?=[.:!?…](?!\w))|\Z)|(?<=[«(\[]) |\A )"
    rf"|(?P<accent>[{_ACCENTS}]+)"
    rf"|(?P<form>[{_FORMS}])"
    r"|(?P<comma>[،؛؟](?=[^\W\d_]))"
)
# Hamza and madda signs that some editors and file systems write apart from their letter.
_CARRIED = re.compile("[\u0653-\u0655]")
_CLOSERS = frozenset(".:!?…،؛؟»)]")
_LOOSE = frozenset("،؛؟»)]")
_OPENERS = frozenset("«([")

# Letters of Persian, Urdu and Kurdish keyboards that stand for an Arabic one.
_PERSIAN = str.maketrans(
    {
        "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "ۀ": "ة", "ۂ": "ة", "ۃ": "ة", "ٱ": "ا", "ۓ": "ئ",
    }
)  # fmt: skip
# A word with one of these letters is not Arabic: پژوهشگاه keeps its spelling.
_FOREIGN = "پچژگٹڈڑںڤۆێ"
_PERSIAN_LETTER = re.compile("[یېےکڪہھەۀۂۃٱۓ]")
_WORD = re.compile(r"\w+")
_FOREIGN_LETTER = re.compile(f"[{_FOREIGN}]")
# Words that a Persian keyboard ends in ی and an Arabic one in ى. علي, the name, loses here to على,
# the preposition, which is far commoner; `fold` makes them equal.
_MAQSURA = {
    "إلی", "الی", "علی", "حتی", "متی", "لدی", "سوی", "مدی", "أخری", "اخری", "کبری", "الکبری",
    "العظمی", "الأولی", "الاولی", "مستوی", "المستوی", "ذکری", "الذکری", "مبنی", "مصطفی", "موسی",
    "عیسی", "یحیی", "مرتضی", "منتدی", "مستشفی", "المستشفی", "جرحی", "الجرحی", "قتلی", "القتلی",
    "أولی", "حمی", "رأی", "القری", "الأقصی",
}  # fmt: skip

_FOLDED = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"), "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
    "ی": "ي", "ې": "ي", "ے": "ي", "ێ": "ي", "ۍ": "ي", "ۓ": "ي", "ک": "ك", "ڪ": "ك", "گ": "ك",
    "ڭ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه", "ۃ": "ه", "پ": "ب", "چ": "ج",
    "ژ": "ز", "ڤ": "ف", "ڥ": "ف", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ٶ": "و",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text in normal form that knows its source.

    Attributes:
        text: The normal form.
        source: What it was made from.
        offsets: For each character of ``text`` the index in ``source`` that it came from, and one
            more entry, the length of ``source``. Never decreasing; characters that one source
            character expanded to (``ﻻ``) share its index.
    """

    text: str
    source: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the source, as start and end.

        Marks that were removed behind its last letter belong to the span, white space does not. A
        letter that shares its source character with its neighbour takes the whole character.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"no span {start}:{end} in a text of {len(self.text)} characters")
        if start == end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        while self.offsets[end] == last and end < len(self.text):
            end += 1
        first, behind = self.offsets[start], self.offsets[end]
        if not self.text[end - 1].isspace():
            while behind > last + 1 and self.source[behind - 1].isspace():
                behind -= 1
        return first, behind


def normalize(text: str) -> Normalized:
    """Return ``text`` as models should read it, on one line.

    Gone are harakat, tatweel, zero-width and bidi marks, the space before punctuation and inside
    brackets, and white space beyond one space. Presentation forms become letters (NFKC, on them
    alone), decomposed letters are composed, Persian ی ک ہ become ي ك ه in words without a
    distinctly Persian letter. A lone tatweel is a dash; هـ, the Hijri sign, keeps its own. Digits,
    ٪, quotes and hamzas stay: the models know them, and numbers are compared by value elsewhere.
    """
    plain, offsets = _edited(text, folding=False)
    if _PERSIAN_LETTER.search(plain):
        plain = _WORD.sub(_arabic_word, plain)
    return Normalized(plain, text, offsets)


def fold(text: str) -> str:
    """Return ``text`` folded for comparison; folding twice changes nothing.

    Beyond `normalize`: أ إ آ ٱ are ا, ؤ is و, ئ and ى are ي, ة is ه, Persian letters are the
    nearest Arabic ones (پ ب, چ ج, ژ ز, گ ك), digits are ASCII, letters are lower case and without
    accents. Folded text is for matching alone; it is not Arabic that one shows or translates.
    """
    return _folded(_edited(text, folding=True)[0])


def fold_with_offsets(text: str) -> Normalized:
    """Return `fold` of ``text`` with the way back to it."""
    plain, offsets = _edited(text, folding=True)
    return Normalized(_folded(plain), text, offsets)


def _folded(text: str) -> str:
    """Apply the folds that keep the length."""
    # İ is the one letter whose lower case is two characters.
    return text.replace("İ", "I").lower().translate(_fold_table())


@cache
def _fold_table() -> dict[int, str]:
    """Return the fold of each letter and digit that has one, by code point."""
    table = {ord(letter): folded for letter, folded in _FOLDED.items()}
    for zero in (0x660, 0x6F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    # Latin, Greek and Cyrillic letters with accents.
    for code in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1:
            table[code] = parts[0]
    return table


def _arabic_word(match: re.Match[str]) -> str:
    """Return a word of a Persian keyboard in Arabic letters, if it is an Arabic word."""
    word = match[0]
    if not _PERSIAN_LETTER.search(word) or _FOREIGN_LETTER.search(word):
        return word
    return (word[:-1] + "ى" if word in _MAQSURA else word).translate(_PERSIAN)


def _edited(text: str, *, folding: bool) -> tuple[str, Sequence[int]]:
    """Apply all edits that change the length; return the result and its offsets."""
    pieces: list[str] = []
    offsets = array("l")
    done = 0
    for match in _EDITS.finditer(text):
        start, end = match.span()
        origin = start
        if match.lastgroup == "gap":
            new, space = _gap(text, start, end, folding=folding)
            origin += space
            if start > done and _CARRIED.search(text, start, end):
                composed = _composed(text[start - 1], text[start:end])
                start -= composed != text[start - 1]
                # The letter stands at its own place, the space behind it at its own.
                pieces.append(text[done:start])
                offsets.extend(range(done, start))
                if start != match.start():
                    pieces.append(composed)
                    offsets.append(start)
                start = done = match.start()
        elif match.lastgroup == "form":
            new = unicodedata.normalize("NFKC", match[0])
        elif match.lastgroup == "comma":
            new = match[0] + " "
        elif folding:
            new = ""
        elif start > done:
            origin = start = start - 1
            new = unicodedata.normalize("NFC", text[start:end])
        else:
            new = match[0]
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        if new:
            pieces.append(new)
            offsets.extend([origin] * len(new))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(pieces), offsets


def _composed(letter: str, marks: str) -> str:
    """Return ``letter`` with the hamza or madda among ``marks``, if the two make one letter."""
    whole = unicodedata.normalize("NFC", letter + "".join(_CARRIED.findall(marks)[:1]))
    return whole if len(whole) == 1 else letter


def _gap(text: str, start: int, end: int, *, folding: bool) -> tuple[str, int]:
    """Return what stands for a run of white space and removed marks, and where in it that was."""
    run = text[start:end]
    space = next((index for index, character in enumerate(run) if character.isspace()), -1)
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if _TATWEEL in run:
        dash = run.index(_TATWEEL)
        bare = run.strip(_INVISIBLE)
        if set(bare.strip()) == {_TATWEEL}:
            if bare[0].isspace() and bare[-1].isspace():
                return " - ", dash
            if before.isdigit() and after.isdigit() and space < 0:
                return "-", dash
        if not folding and before == "ه" and not text[start - 2 : start - 1].isalpha():
            if space > dash and after not in _CLOSERS:
                return _TATWEEL + " ", dash
            if not after.isalpha():
                return _TATWEEL, dash
    if space < 0 or start == 0 or end == len(text) or before in _OPENERS:
        return "", 0
    if after in _LOOSE or (after in _CLOSERS and not text[end + 1 : end + 2].isalnum()):
        return "", 0
    return " ", space
