"""Names on real text: recall and precision on FLORES, the names of two articles, speed.

Run from the repository root: ``python benchmarks/arabic_names.py [--show] [--read N]``. It reads
``../shared/data`` and ``../shared/articles``. ``--show`` prints every miss and every doubtful name
with its sentences; ``--read N`` prints the names found in N sentences of BBC articles, to be read.

How a group (places: countries, territories and capitals; peoples: nationalities) is measured:

* recall: the English reference is searched for every English spelling of every table, longest
  first, so that New Mexico is not Mexico. Each distinct name of the group in a sentence counts
  once. It is found when a name found in the Arabic has that spelling, or one that its entry calls
  equal, among its own or inside them: US forces are found by القوات الأمريكية, and by an office of
  which US is a part.
* precision: a name of the group found in the Arabic is right when one of its spellings stands in
  the reference. A reference that says it in other words makes it wrong: this is a lower bound.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from mujaz.arabic import Name, find_names, split
from mujaz.arabic.gazetteer import gazetteer
from mujaz.arabic.lexicon import DATA as TABLE_FOLDER
from mujaz.arabic.lexicon import TABLES, Entry, read_table

SHARED = Path("../shared")
GROUPS = {
    "countries, territories, capitals": frozenset({"country", "territory", "capital"}),
    "nationalities": frozenset({"nationality"}),
}
SEED = 7
# What the two articles name, in the order of their first mention.
EXPECTED = {
    "000_7d57dfdcd320f710.txt": """Mehr News Agency|Supreme National Security Council
        |Admiral|Ali Shamkhani|President|Azerbaijan|Ilham Aliyev|Baku|Shamkhani|Iran
        |Islamic Republic of Iran
        |Azerbaijani|Heydar Aliyev|Tehran|Karabakh""",
    "003_7f40ebc582e5af5b.txt": """Islamic Republic of Iran|Azerbaijan|Azerbaijani|Tehran|Baku
        |Admiral|Ali Shamkhani|Supreme National Security Council|Central Asia|Caucasus|Iran|Armenia
        |Ramil Usubov|President|Ilham Aliyev|Shahin Mustafayev|Deputy Prime Minister|Hikmet Hajiyev
        |Ali Naghiyev|Supreme Leader|Nagorno-Karabakh|Shamkhani""",
}


def plain(text: str) -> str:
    """Return ``text`` without accents and curly quotes."""
    text = unicodedata.normalize("NFD", text.replace("’", "'"))
    return "".join(character for character in text if not unicodedata.combining(character))


def spellings(entry: Entry | Name) -> list[str]:
    """Return all English spellings, without accents."""
    return [plain(spelling) for spelling in (entry.english, *entry.also)]


def reference_matcher() -> tuple[re.Pattern[str], dict[str, set[str]], dict[str, set[str]]]:
    """Return a pattern for every English spelling of the tables, the kinds and equals of each."""
    kinds: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    equal: dict[str, set[str]] = {}
    for table in TABLES:
        path = TABLE_FOLDER / f"{table}.tsv"
        for entry in read_table(path) if path.exists() else ():
            first.setdefault(plain(entry.english), set()).add(entry.kind)
            for spelling in spellings(entry):
                equal.setdefault(spelling, set()).update(spellings(entry))
                kinds.setdefault(spelling, set()).add(entry.kind)
    # A spelling that is some name's first one is of that kind: "China" is no nationality.
    kinds |= first
    longest_first = sorted(kinds, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return pattern, kinds, equal


def stands(name: Name, reference: str) -> bool:
    """Return whether a spelling of ``name`` stands in the reference, an ending aside."""
    return any(re.search(rf"(?<!\w){re.escape(word)}", reference) for word in spellings(name))


def measure(group: frozenset[str], pairs: Iterable[tuple[str, str]], *, show: bool) -> str:
    """Return recall and precision of a group of kinds over sentence pairs."""
    pattern, kinds, equal = reference_matcher()
    named = found = ours = right = 0
    for arabic, english in pairs:
        english = plain(english)
        names = find_names(arabic)
        wanted = {match[0] for match in pattern.finditer(english) if kinds[match[0]] & group}
        held = " | ".join(spelling for name in names for spelling in spellings(name))
        missed = {
            name
            for name in wanted
            if not any(re.search(rf"(?<!\w){re.escape(word)}", held) for word in equal[name])
        }
        wrong = [name for name in names if name.kind in group and not stands(name, english)]
        named += len(wanted)
        found += len(wanted - missed)
        of_group = sum(name.kind in group for name in names)
        ours += of_group
        right += of_group - len(wrong)
        if show and (missed or wrong):
            print("\n" + arabic, english, sep="\n")
            print("  missed:", *sorted(missed), "| doubtful:", *map(_brief, wrong))
            print("  found:", *map(_brief, names))
    return (
        f"in the reference {named}, found {found} ({found / named:.1%}); "
        f"found in the Arabic {ours}, right {right} ({right / ours:.1%})"
    )


def _brief(name: Name) -> str:
    return f"{name.surface}={name.english}{'?' * name.guess};"


def articles() -> None:
    """Print which names of the two articles are found, and all that are."""
    for path in sorted((SHARED / "articles").glob("*.txt")):
        names = find_names(path.read_text(encoding="utf-8"))
        wanted = [" ".join(name.split()) for name in EXPECTED[path.name].split("|")]
        held = {name.english.lower() for name in names}
        # A longer name may hold it: the council in its secretary's office.
        missing = [name for name in wanted if not any(name.lower() in longer for longer in held)]
        print(f"{path.name}: {len(wanted) - len(missing)} of {len(wanted)}; missing {missing}")
        print("  ", "; ".join(sorted({_brief(name) for name in names})))


def bbc() -> list[str]:
    """Return the BBC articles' titles and texts."""
    path = SHARED / "data" / "summaries" / "bbc-arabic-dev.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [f"{row.get('title', '')}\n\n{row['text']}" for row in rows]


def read(count: int) -> None:
    """Print the names of ``count`` sentences, each found with its whole article at hand."""
    chosen = random.Random(SEED).sample(bbc(), count)
    for number, text in enumerate(chosen):
        sentences = [sentence for sentence in split(text) if len(sentence.text) > 40]
        sentence = random.Random(number).choice(sentences)
        inside = [n for n in find_names(text) if sentence.start <= n.start < sentence.end]
        print(f"\n{number} {sentence.text}\n   ", *(f"{_brief(n)}{n.kind}" for n in inside))


def speed() -> None:
    """Print the processor time to load and the megabytes read in a second of it."""
    gazetteer.cache_clear()
    start = time.process_time()
    gazetteer()
    print(f"index: {time.process_time() - start:.3f} s")
    texts = bbc()
    size = sum(len(text.encode()) for text in texts)
    for _ in range(2):
        start = time.process_time()
        count = sum(len(find_names(text)) for text in texts)
        seconds = time.process_time() - start
    rate = size / seconds / 1e6
    print(f"{len(texts)} articles, {size / 1e6:.2f} MB, {count} names: {rate:.2f} MB/s")


def main() -> None:
    """Run all measurements, or print names to be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print misses and doubtful names")
    parser.add_argument("--read", type=int, default=0, metavar="N", help="names of N sentences")
    options = parser.parse_args()
    if not (SHARED / "data").is_dir():
        sys.exit("skipped: no ../shared/data here")
    if options.read:
        read(options.read)
        return
    flores = SHARED / "data" / "flores-dev"
    arabic, english = (
        (flores / name).read_text(encoding="utf-8").splitlines()
        for name in ("source.ar", "reference.en")
    )
    for title, group in GROUPS.items():
        print(f"{title}: {measure(group, zip(arabic, english, strict=True), show=options.show)}")
    articles()
    speed()


if __name__ == "__main__":
    main()
