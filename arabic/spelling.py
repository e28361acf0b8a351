"""Spellings of a name that newsrooms interchange beyond what folding joins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexicon import Kind

# علييف, عليف, علي اوف, علياوف: four spellings of -ev/-ov behind a vowel.
_SLAVIC = re.compile(r"(?<=\w\w)(?:يي|ي|ي ?ا?و|ي أو)ف(ا?)(?= |$)")
_SLAVIC_ENDINGS = ("ييف", "يف", "يوف", "ي اوف", "ياوف", "ي ايف")
_JOINED = re.compile(r"\b(عبد|أبو|ابو|أبي|بو) ")
# The g of gold, which Arabic has no letter for; gh is غ alone.
_HARD_G = re.compile("g(?![eijhy])")
_HARD_G_KINDS = frozenset({"person", "capital", "city", "region"})
_OPEN_KINDS = frozenset({"person", "city", "capital", "region", "territory", "country"})
_PLACES = frozenset({"city", "capital", "region", "territory", "country"})


def spellings(form: str, english: str, kind: Kind) -> Iterator[str]:
    """Yield ``form`` and its other spellings.

    * عبد and أبو are written apart or joined: عبد الله, عبدالله.
    * A place of two foreign words is written as one: بوركينا فاسو, بوركينافاسو.
    * English g is غ or ج, in people's names also ك: غوتيريش, جوتيريش, كوتيريش.
    * -ev and -ov behind a vowel are ييف, يف, ي اوف and so on.

    Args:
        form: The spelling in the table.
        english: Its English, which tells whether غ and ج stand for g.
        kind: What it names; organisations and offices have the one spelling.
    """
    yield form
    if kind not in _OPEN_KINDS:
        return
    variants = {form}
    if _JOINED.search(form):
        variants.add(_JOINED.sub(r"\1", form))
    if kind == "person" and _SLAVIC.search(form) and re.search("[eyo]v", english.lower()):
        for ending in _SLAVIC_ENDINGS:
            variants.add(_SLAVIC.sub(rf"{ending}\1", form))
    lower = english.lower()
    if kind in _HARD_G_KINDS and len(form) > 4 and _HARD_G.search(lower) and "j" not in lower:
        letters = "غجك" if kind == "person" else "غج"
        for held in "غج":
            if held in form:
                others = (other for other in letters if other not in form)
                variants |= {v.replace(held, other) for other in others for v in set(variants)}
    if kind in _PLACES and form.count(" ") == 1 and "ال" not in form and len(form) > 7:
        variants.add(form.replace(" ", ""))
    variants.discard(form)
    yield from sorted(variants)
