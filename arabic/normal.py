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
_ACCENTS = "\u0300-\u036f"
_TATWEEL = "ـ"
_REMOVED = _HARAKAT + _INVISIBLE + _TATWEEL
_FORMS = "\ufb50-\ufc5d\ufc64-\ufcf1\ufcf5-\ufdff\ufe80-\ufefc"
_SIGNS = re.compile(f"[{_REMOVED}{_ACCENTS}]+|(?P<form>[{_FORMS}])")
# In most runs all marks just go; those with one of these need a look.
_TELLING = re.compile(f"[{_TATWEEL}{_ACCENTS}\u0653-\u0655]")
_GONE = re.compile(f"[{_REMOVED}]")
# Hamza and madda that some editors and file systems write apart from their letter.
_CARRIED = re.compile("[\u0653-\u0655]")

# White space that is not one space between two words, and commas that hug what follows.
_SPACING = re.compile(
    r"(?P<gap>\s{2,}|[^\S ]|(?<=[«(\[]) | (?=[،؛؟»)\]]|[.:!?…](?!\w))|\A | \Z)"
    r"|[،؛؟](?=[^\W\d_])"
)
_OPENERS = frozenset("«([")
_CLOSER = re.compile(r"[،؛؟»)\]]|[.:!?…](?!\w)")

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
    """Apply all edits that change the length; return the result and its offsets.

    Signs go first, white space second: what stands beside a space must be settled before it is
    judged, or a second run would find more to do.
    """
    plain, first = _without_signs(text, folding=folding)
    spaced, second = _spaced(plain)
    if first is None or second is None:
        return spaced, first or second or range(len(text) + 1)
    return spaced, array("l", map(first.__getitem__, second))


def _without_signs(text: str, *, folding: bool) -> tuple[str, Sequence[int] | None]:
    """Remove marks, compose letters, and write presentation forms out.

    Returns:
        The result and its offsets, which are ``None`` where nothing changed.
    """
    pieces: list[str] = []
    offsets = array("l")
    done = 0
    for match in _SIGNS.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        done = end
        run = match[0]
        if match.lastgroup:
            new = _GONE.sub("", unicodedata.normalize("NFKC", run))
        elif not _TELLING.search(run):
            continue
        else:
            new = _dash(text, start, end, folding=folding) if _TATWEEL in run else ""
            marks = "" if folding else _combining(run)
            if marks and pieces[-1]:
                # The letter before takes what joins with it; it keeps its own place.
                joined = _joined(pieces[-1][-1], marks)
                pieces[-1] = pieces[-1][:-1] + joined
                offsets.extend([start] * (len(joined) - 1))
            elif marks:
                new += _CARRIED.sub("", marks)
        pieces.append(new)
        offsets.extend([start] * len(new))
    if not pieces:
        return text, None
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(pieces), offsets


def _combining(run: str) -> str:
    """Return the first hamza or madda of a run of marks, and all its accents."""
    carried = _CARRIED.search(run)
    return (carried[0] if carried else "") + _GONE.sub("", run)


def _joined(letter: str, marks: str) -> str:
    """Return a letter with its marks, composed; a hamza that does not join is gone."""
    whole = unicodedata.normalize("NFC", letter + marks)
    return whole[0] + _GONE.sub("", whole[1:])


def _dash(text: str, start: int, end: int, *, folding: bool) -> str:
    """Return what stands for tatweel: a dash between spaces or digits, or nothing.

    Behind the lone ه of a Hijri year it stays, unless ``folding``.
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if (before.isspace() and after.isspace()) or (before.isdigit() and after.isdigit()):
        return "-"
    lone = not text[max(0, start - 2) : start - 1].isalpha()
    return _TATWEEL if before == "ه" and lone and not after.isalpha() and not folding else ""


def _spaced(text: str) -> tuple[str, Sequence[int] | None]:
    """Put one space between words, none before punctuation and inside brackets.

    Returns:
        The result and its offsets, which are ``None`` where nothing changed.
    """
    pieces: list[str] = []
    offsets = array("l")
    done = 0
    for match in _SPACING.finditer(text):
        start, end = match.span()
        if match.lastgroup is None:
            new = match[0] + " "
        else:
            inner = start > 0 and end < len(text) and text[start - 1] not in _OPENERS
            new = " " if inner and not _CLOSER.match(text, end) else ""
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        pieces.append(new)
        offsets.extend([start] * len(new))
        done = end
    if not pieces:
        return text, None
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(pieces), offsets
