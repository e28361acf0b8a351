"""Build ``arabic/data/personal_names.tsv``: how Arabic personal names are spelled in English.

Run from the repository root, with two packages that Mujaz itself does not need::

    pip install arabic-name-romanizer==0.2.0 ArWikiCats==0.2.3
    python tools/build_personal_names.py

* Arab, Iranian, Afghan and Pakistani names come from the index of arabic-name-romanizer (MIT; its
  data from Wikidata, CC0, and the Algerian Name Transcription Corpus, CC0): units that at least
  three people bear, with the usual spelling of each region.
* Other names come from the people of ArWikiCats (MIT): words of names with equally many words in
  both languages that sound alike, which at least two people bear or a single one alone holds.

Columns: the folded name; its usual English; what differs by region (``EG=Gamal``; XX is all but
Arab countries, Iran, Afghanistan and Pakistan; the same as the usual one if only they have it); how
many people bear it as a given name, at most 99.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict

from build_places import ARABIC, package, plain, sounds_alike
from mujaz.arabic import fold
from mujaz.arabic.lexicon import DATA

REGIONS = {
    **dict.fromkeys(("DZ", "MA", "TN", "MR"), "MA"), "EG": "EG", "SD": "EG",
    **dict.fromkeys(("IR", "AF"), "IR"), "PK": "PK",
}  # fmt: skip
FEWEST = 3


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
        best = usual.most_common(1)[0][0]
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


def main() -> None:
    """Write the table."""
    names = {key: (best, {"XX": best}, given) for key, (best, _, given) in foreign().items()}
    for key, (best, local, given) in units().items():
        if key in names and names[key][0] != best:
            local["XX"] = names[key][0]
        names[key] = (best, local, given)
    rows = [
        "\t".join(
            (
                key,
                best,
                " | ".join(f"{region}={word}" for region, word in local.items()),
                str(min(given, 99)),
            )
        )
        for key, (best, local, given) in sorted(names.items())
    ]
    header = "arabic\tenglish\tregional\tgiven"
    (DATA / "personal_names.tsv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    sys.stdout.write(f"{len(rows)} names\n")


if __name__ == "__main__":
    main()
