"""Build ``arabic/data/personal_names.tsv``: how Arabic personal names are spelled in English.

Run from the repository root, with two packages that Mujaz itself does not need::

    pip install arabic-name-romanizer==0.2.0 ArWikiCats==0.2.3
    python tools/build_personal_names.py [--pairs FOLDER]

* Arab, Iranian, Afghan and Pakistani names come from the index of arabic-name-romanizer (MIT; its
  data from Wikidata, CC0, and the Algerian Name Transcription Corpus, CC0): units that at least
  three people bear, with the usual spelling of each region.
* Other names come from the people of ArWikiCats (MIT): words of names with equally many words in
  both languages that sound alike, which at least two people bear or a single one alone holds.

Columns: the folded name; its usual English; what differs by region (``EG=Gamal``; XX is all but
Arab countries, Iran, Afghanistan and Pakistan; the same as the usual one if only they have it); how
many people bear it as a given name, at most 99; ``?`` if it is a common word as well. That flag is
kept from the present table, or found anew with ``--pairs``, a folder of Arabic-English sentence
pairs (``*.tsv.xz``): a common word stands in at least three sentences, and in most of them without
its English name on the other side.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from pathlib import Path

from build_places import ARABIC, package, plain, sounds_alike

from mujaz.arabic import fold
from mujaz.arabic.lexicon import DATA

REGIONS = {
    **dict.fromkeys(("DZ", "MA", "TN", "MR"), "MA"), "EG": "EG", "SD": "EG",
    **dict.fromkeys(("IR", "AF"), "IR"), "PK": "PK",
}  # fmt: skip
FEWEST = 3
# What English newsrooms write, where Wikidata's labels lean to another spelling.
NEWSROOM = {
    "محمد": "Mohammed", "خالد": "Khaled", "وليد": "Walid", "حسني": "Hosni", "شيخ": "Sheikh",
    "الشيخ": "al-Sheikh", "يوسف": "Youssef", "طارق": "Tarek", "عمر": "Omar", "امير": "Amir",
    "الشريف": "al-Sharif", "مصطفي": "Mustafa", "عبد المجيد": "Abdul Majid", "طيب": "Tayeb",
    "الطيب": "al-Tayeb", "حسين": "Hussein",
}  # fmt: skip
# Names that sentence pairs spell in other ways than the index does.
NO_WORDS = frozenset(
    """
    محمد خالد رانيا دينا ايهاب تامر تيسير فيصل فايز صلاح رمزي رفعت حسني حكمت سامي فواد فوزيه لحسن
    لطيفه ليلا ليلي مريم منال نجيب يحيي يسري هيام هنا رياض عبدو فريد فريده كريمه رايد سماح سمر
    """.split()  # noqa: SIM905
)
TABLE = DATA / "personal_names.tsv"

# Common words that sentence pairs do not show, for they seldom stand there.
WORDS = frozenset("مايده جواهر لقاء انصار الاديب الراوي وهاج اسلام باشا".split())  # noqa: SIM905


def units() -> dict[str, tuple[str, dict[str, str], int]]:
    """Return usual spelling, spellings by region and number of given names by folded name."""
    path = package("arabic_name_romanizer") / "resources" / "names.sqlite3"
    spelled: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    given: Counter[str] = Counter()
    with sqlite3.connect(path) as index:
        for key, latin, country, role, count in index.execute(
            "SELECT arabic_key, latin, country, role, count FROM units"
        ):
            folded = fold(key)
            region = REGIONS.get(country, "")
            joined = re.sub("^(Al|El)[- ]", "", latin, flags=re.IGNORECASE)
            if not sounds_alike(folded, latin, 0.8) or ("-" in joined and " " not in folded):
                continue
            spelled[folded][region][plain(latin)] += count
            given[folded] += count * (role == "given")
    found = {}
    for key, regions in spelled.items():
        total = sum(sum(counter.values()) for counter in regions.values())
        if total < FEWEST or len(key) < 2 or not re.fullmatch("[ء-ي ]+", key):
            continue
        # Without a country: the Mashriq and the Gulf, then Egypt, then all.
        usual = regions.get("") or regions.get("EG") or sum(regions.values(), Counter())
        best = NEWSROOM.get(key, usual.most_common(1)[0][0])
        local = {
            region: counter.most_common(1)[0][0]
            for region, counter in sorted(regions.items())
            if region and counter.most_common(1)[0][0] != best
        }
        found[key] = (best, local, given[key])
    return found


def foreign() -> dict[str, tuple[str, dict[str, str], int]]:
    """Return the names of people of the rest of the world, in the form of `units`."""
    people = json.loads((package("ArWikiCats") / "jsons/people/peoples.json").read_text("utf-8"))
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    given: Counter[str] = Counter()
    for english, arabic in people.items():
        arabic = re.sub(r" \(.*\)$", "", arabic)
        left, right = arabic.split(" "), plain(english).split(" ")
        if not ARABIC.fullmatch(arabic) or len(left) != len(right) or len(left) < 2:
            continue
        for place, (form, word) in enumerate(zip(left, right, strict=True)):
            key = fold(form)
            if len(key) > 2 and re.fullmatch(r"[a-z-]{3,}", word) and sounds_alike(form, word):
                spelled[key][word.title()] += 1
                given[key] += place == 0
    return {key: (counter.most_common(1)[0][0], {}, given[key]) for key, counter in spelled.items()}


def common(names: dict[str, tuple[str, dict[str, str], int]], folder: Path) -> set[str]:
    """Return the names that sentence pairs show to be common words."""
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tsv.xz")):
        if "name_tokens" in path.name:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                arabic, _, english = line.partition("\t")
                english = plain(english).lower()
                for word in set(re.findall("[ء-ي]+", fold(arabic))) & names.keys():
                    seen[word] += 1
                    best, local, _ = names[word]
                    spelled = (best, *local.values())
                    named[word] += any(name.lower() in english for name in spelled)
    words = {word for word, count in seen.items() if count >= 3 and named[word] < count / 2}
    return words - NO_WORDS


def flagged() -> set[str]:
    """Return the common words of the present table."""
    if not TABLE.exists():
        return set()
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {row[0] for row in rows if row[-1] == "?"} - NO_WORDS


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="folder of sentence pairs, *.tsv.xz")
    options = parser.parse_args()
    names = {key: (best, {"XX": best}, given) for key, (best, _, given) in foreign().items()}
    for key, (best, local, given) in units().items():
        if key in names and names[key][0] != best:
            local["XX"] = names[key][0]
        names[key] = (best, local, given)
    words = common(names, options.pairs) if options.pairs else flagged()
    words |= WORDS & names.keys()
    rows = []
    for key, (best, local, given) in sorted(names.items()):
        regional = " | ".join(f"{region}={word}" for region, word in local.items())
        rows.append("\t".join((key, best, regional, str(min(given, 99)), "?" * (key in words))))
    header = "arabic\tenglish\tregional\tgiven\tflags"
    TABLE.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    sys.stdout.write(f"{len(rows)} names, {len(words)} of them common words\n")


if __name__ == "__main__":
    main()
