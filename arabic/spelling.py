"""Spellings of a name that newsrooms interchange beyond what folding joins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .lexicon import Entry

# علييف, عليف, علي اوف, علياوف: four spellings of -ev/-ov behind a vowel.
_SLAVIC = re.compile(r"(?<=\w\w)(?:يي|ي|ي ?ا?و|ي أو)ف(ا?)(?= |$)")
_SLAVIC_ENGLISH = re.compile("[eyo]v")
_SLAVIC_ENDINGS = ("ييف", "يف", "يوف", "ي اوف", "ياوف", "ي ايف")
_JOINED = re.compile(r"\b(عبد|أبو|ابو|أبي|بو) ")
# The g of gold, which Arabic has no letter for; gh is غ alone.
_HARD_G = re.compile("g(?![eijhy])")
_HARD_G_KINDS = frozenset({"person", "capital", "city", "region"})
_OPEN_KINDS = frozenset({"person", "city", "capital", "region", "territory", "country"})
_PLACES = frozenset({"city", "capital", "region", "territory", "country"})


def spellings(entry: Entry) -> Callable[[str], Iterable[str]]:
    """Return what gives a form of ``entry`` in all its spellings, the form itself first.

    * عبد and أبو are written apart or joined: عبد الله, عبدالله.
    * A place of two foreign words is written as one: بوركينا فاسو, بوركينافاسو.
    * English g is غ or ج, in people's names also ك: غوتيريش, جوتيريش, كوتيريش.
    * -ev and -ov behind a vowel are ييف, يف, ي اوف and so on.

    Organisations, offices and the rest have the one spelling of the table.
    """
    kind, lower = entry.kind, entry.english.lower()
    if kind not in _OPEN_KINDS:
        return _alone
    hard_g = kind in _HARD_G_KINDS and "j" not in lower and _HARD_G.search(lower) is not None
    slavic = kind == "person" and _SLAVIC_ENGLISH.search(lower) is not None

    def variants(form: str) -> Iterable[str]:
        found = {form: None}
        if _JOINED.search(form):
            found[_JOINED.sub(r"\1", form)] = None
        if slavic and _SLAVIC.search(form):
            found |= {_SLAVIC.sub(rf"{ending}\1", form): None for ending in _SLAVIC_ENDINGS}
        if hard_g and len(form) > 4:
            for held in "غج":
                if held in form:
                    letters = "غجك" if kind == "person" else "غج"
                    others = [letter for letter in letters if letter not in form]
                    found |= {v.replace(held, other): None for other in others for v in found}
        if kind in _PLACES and len(form) > 7 and form.count(" ") == 1 and "ال" not in form:
            found[form.replace(" ", "")] = None
        return found

    return variants


def _alone(form: str) -> Iterable[str]:
    return (form,)
