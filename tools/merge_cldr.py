"""Merge the names of the Unicode CLDR into the tables of countries, languages and currencies.

Run from the repository root; running it again changes nothing::

    pip install babel==2.18.0
    python tools/merge_cldr.py

What the tables say stays first: CLDR adds spellings of countries and territories, languages with
the word اللغة before them (alone they look like peoples), and currencies of two words. The data is
under the Unicode License v3.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace

from babel import Locale
from babel.numbers import get_currency_name

from mujaz.arabic import fold
from mujaz.arabic.lexicon import DATA, Entry, read_table, write_table

ARABIC, ENGLISH = Locale("ar"), Locale("en")
# No country: groupings, pseudo-locales and outlying rocks.
SKIPPED = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "BV", "HM", "UM", "CP", "CQ", "TF"})
FORM = re.compile("[ء-غف-ي]+(?: [ء-غف-ي]+)*")


def clean(form: str) -> str:
    """Return an Arabic name without vowel signs, or nothing if it is no plain name."""
    form = re.sub("[\u064b-\u0652]", "", form).replace(" - ", " ")
    return form if FORM.fullmatch(form) else ""


def countries(entries: list[Entry]) -> list[Entry]:
    """Return the table with CLDR's spellings of each country."""
    held = {fold(form) for entry in entries for form in entry.arabic}
    merged = list(entries)
    for code, english in ENGLISH.territories.items():
        if len(code) != 2 or code in SKIPPED or code not in ARABIC.territories:
            continue
        form = clean(ARABIC.territories[code])
        # The unambiguous entry of a code that has CLDR's English or comes first.
        places = [n for n, e in enumerate(merged) if e.country == code and not e.ambiguous]
        named = [n for n in places if english in (merged[n].english, *merged[n].also)]
        place = next(iter(named or places), None)
        if place is None:
            if form and fold(form) not in held:
                merged.append(Entry("territory", english, (form,), (), (), code))
            continue
        entry = merged[place]
        if form and fold(form) not in held:
            entry = replace(entry, arabic=(*entry.arabic, form))
        if english not in (entry.english, *entry.also) and "(" not in english:
            entry = replace(entry, also=(*entry.also, english))
        merged[place] = entry
    return merged


def languages(entries: list[Entry]) -> list[Entry]:
    """Return the table with every language that CLDR names in both languages."""
    held = {fold(form) for entry in entries for form in entry.arabic}
    merged = list(entries)
    for code, english in ENGLISH.languages.items():
        form = clean(ARABIC.languages.get(code, ""))
        full = f"اللغة {form}"
        usable = re.fullmatch("ال[^ ]+ية", form) and re.fullmatch("[A-Z][a-z]+", english)
        if usable and fold(full) not in held:
            held.add(fold(full))
            merged.append(Entry("language", english, (full,)))
    return merged


def currencies(entries: list[Entry]) -> list[Entry]:
    """Return the table with every currency whose Arabic name has two words."""
    held = {fold(form) for entry in entries for form in entry.arabic}
    merged = list(entries)
    for code in ENGLISH.currencies:
        form = clean(ARABIC.currencies.get(code, ""))
        english = get_currency_name(code, count=1, locale=ENGLISH)
        usable = form.count(" ") == 1 and re.fullmatch(r"[A-Z][\w .-]+ [a-z]+", english)
        if usable and fold(form) not in held:
            first, second = form.split(" ")
            forms = (form, f"ال{first} ال{second}") if second.endswith("ي") else (form,)
            held.update(map(fold, forms))
            merged.append(Entry("currency", english, forms, (), (), code[:2]))
    return merged


def main() -> None:
    """Merge and write the three tables."""
    for name, merge in (
        ("countries", countries),
        ("languages", languages),
        ("currencies", currencies),
    ):
        path = DATA / f"{name}.tsv"
        before = read_table(path)
        after = merge(before)
        write_table(path, after)
        changed = len(set(after) - set(before))
        sys.stdout.write(f"{name}: {changed} entries new or changed, {len(after)} in all\n")


if __name__ == "__main__":
    main()
