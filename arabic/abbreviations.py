"""Abbreviations before a full stop: what kind they are decides whether the stop ends anything."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["title", "era", "letters", "company"]

PREPOSITIONS = frozenset({"في", "من", "إلى", "الى", "على", "عن", "حتى", "مع", "بين", "أي", "أو"})

# Names that carry an exclamation mark.
BEFORE_EXCLAMATION = re.compile(r"(?:\b(?:Yahoo|Kahoot|Joomla|Jeopardy)|ياهو)\Z", re.IGNORECASE)

# Single Arabic letters joined by stops: د, أ.د, ق.م, ج.م.ع; a tatweel may hang on (هـ).
# A conjunction, preposition or article may stand before a chain of them.
_LETTERS = re.compile(r"(?:[وفبلك]?(?:ال)?[ء-ي]ـ?(?:\.[ء-ي]ـ?)+|[ء-ي]ـ?)\Z")
# Titles with a conjunction or preposition before them: ود. سالم. بد is not one behind لا.
_JOINED = frozenset({"ود", "لد", "فد", "بد", "وم", "وأ", "كد", "ود.م", "وأ.د", "لأ.د", "بأ.د"})
_LONGER = frozenset(
    {"بروف", "أ.م.د", "مهند", "ص.ب", "تلفون", "مج", "تح", "تر", "انظر", "ملازم.أ", "جـ", "صص"}
)

# Before Christ, Hijri, after Christ; morning and evening or metres behind a number.
_ERAS = frozenset({"ق.م", "ب.م", "هـ", "ق.هـ", "ق.ه", "ه"})
_BEHIND_NUMBER = frozenset({"م", "ص", "ظ", "ه", "هـ", "ق.م", "ب.م", "ش", "ق.ظ", "ب.ظ", "ت"})
_NUMBER = re.compile(r"\d[\d.,:٫٬/\-]*\s*\Z")
_ATTACHED = re.compile(r"\d[\d.,:٫٬/\-]*(?:م|هـ?|ق\.م|ب\.م|ص)\Z")

# "Vitamin C.", "category B.": letters that are names, behind which a stop is a stop.
_LETTERED = re.compile(
    r"(?:\A|[\s«\"(])(?:[وفبلك]|ال|وال|بال|لل|فال|كال)?"
    r"(?:فيتامين|الفيتامين|الفئة|فئة|المجموعة|مجموعة|الدرجة|درجة|حرف|الحرف|القسم|قسم|البند|الكبد"
    r"|السلالة|النوع|نوع|الصف|صف|المستوى|الطابق|المبنى|القاعة|البوابة|المنطقة|النقطة|الخطة|الخيار"
    r"|النموذج|الجناح|الملعب|القطاع|الوحدة|فصيلة|الفصيلة|الفقرة)\s*\Z"
)

# Latin letters as Arabic spells them: سي. إن. إن. The prepositions among them (في for V) are left
# out, because they begin sentences too.
_SPELLED = {
    "إيه", "ايه", "بي", "سي", "دي", "إي", "إف", "اف", "جي", "إتش", "اتش", "آي", "اي", "جيه", "كيه",
    "إل", "ال", "إم", "ام", "إن", "ان", "كيو", "آر", "ار", "إس", "اس", "تي", "يو", "دبليو", "إكس",
    "اكس", "واي", "زد", "زي",
}  # fmt: skip
_SPELLED_BEFORE = re.compile(rf"(?:{'|'.join(_SPELLED)})\.\s*\Z")

_LATIN_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]\Z|(?:[A-Za-z]\.)+[A-Za-z]\Z")
_LATIN_TITLES = {
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "gen", "col", "sgt", "lt", "capt", "cmdr",
    "adm", "maj", "sen", "rep", "gov", "rev", "hon", "vs", "no", "nos", "vol", "fig", "figs",
    "pp", "ed", "eds", "al", "cf", "approx", "ca", "mt", "ft", "dept", "est", "op",
}  # fmt: skip
_COMPANIES = frozenset({"inc", "ltd", "corp", "co", "jr", "plc", "llc", "etc", "bros"})


def kind(token: str, before: str, word: str = "") -> Kind | None:
    """Return what kind of abbreviation stands before a full stop, if it is one.

    Args:
        token: What stands between the last space or quote and the stop, without harakat.
        before: The text before it, without the space.
        word: The word behind the stop.

    Returns:
        ``title``: a stop behind it never ends a sentence (``د.``, ``ص.``, ``Mr.``, initials).
        ``era``: it may (``1770 م.``, ``ق.م.``). ``letters``: initials of a state or an agency
        (``ج.م.ع.``), seldom. ``company``: ``Inc.``, if Arabic follows. ``None``: a common word.
    """
    if token.isascii():
        bare = token.lower()
        if bare in _COMPANIES:
            return "company"
        if bare in _LATIN_TITLES:
            return "title"
        if _LATIN_INITIALS.match(token):
            return "letters"
        return None
    letters = token.split(".")
    if _SPELLED.issuperset(letters) and (
        len(letters) > 1 or word in _SPELLED or _SPELLED_BEFORE.search(before)
    ):
        return "title" if word in _SPELLED else "letters"
    if _ATTACHED.match(token):
        return "era"
    if token in _LONGER or (token in _JOINED and not (token == "بد" and before.endswith("لا"))):
        return "title"
    if not _LETTERS.match(token):
        return None
    if token in _ERAS or (token in _BEHIND_NUMBER and _NUMBER.search(before)):
        return "era"
    if "." in token and "د" not in token.split("."):
        return "letters"
    return None if _LETTERED.search(before) else "title"
