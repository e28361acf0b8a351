"""Names in 300 sentences that were marked by hand: precision and recall by kind.

Run from the repository root: ``python -m benchmarks.name_marks [--show]``. It reads BBC Arabic
articles from ``../shared/data`` and the marks from ``benchmarks/name_marks.tsv``, which holds names
alone. ``--show`` prints every miss, every wrong name and every wrong spelling.

The sentences: a seeded draw of 60 titles and, from the 240 other articles, one sentence each. All
were read and marked before `find_names` saw any of them; a sentence without a name has a row
without one.

How a mark counts:

* It stands for every whole word in the sentence that reads like it, particles before it aside;
  of several rows with one surface the second is for the second place, and so on.
* Marks are whole names, without particles and titles. A people, body or place inside a longer
  mark (the Saudi of the Saudi foreign ministry) has none of its own.
* ``country`` is also a territory, ``place`` a city, capital, region, sea or continent. Where the
  border between the two is a matter of taste (Crimea), either counts.
* A kind with ``?`` (national teams, governments, the coalition, parts of an event's name) counts
  neither way, whether it is found or not.

How a name counts: it is found when a name of the same kind overlaps it, or a longer name of
another kind holds it and says it in its English (US president holds US). A name that was found is
right when a mark of the same kind overlaps it; it is left out when it only spells a part of a
longer mark. Every article, behind its title, is given to `find_names` whole.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mujaz.arabic import Article, Name, article_from_text, find_names, sentences

from .name_verdicts import Mark, Verdict, counted, holds, report, verdict

ARTICLES = Path("../shared/data/summaries/bbc-arabic-dev.jsonl")
MARKS = Path(__file__).with_name("name_marks.tsv")
SEED, TITLES = 20240611, 60
# Characters that a sentence must have, and may.
SHORTEST, LONGEST = 40, 400
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A title or sentence of the draw: its article, ``title`` or its number, its span."""

    article: str
    sentence: str
    text: str
    start: int
    end: int


def draw(articles: Sequence[Article]) -> list[Drawn]:
    """Return the titles and sentences to mark; each of them in its whole text, title first."""
    generator = random.Random(SEED)
    chosen = sorted(articles, key=lambda article: article.id)
    generator.shuffle(chosen)
    drawn = []
    for number, article in enumerate(chosen):
        head = f"{article.title}\n\n"
        text = head + article.text
        if number < TITLES:
            drawn.append(Drawn(article.id, TITLE, text, 0, len(article.title)))
            continue
        fit = [
            (index, sentence)
            for index, sentence in enumerate(sentences(article))
            if SHORTEST <= len(sentence.text) <= LONGEST
        ]
        index, one = generator.choice(fit)
        start, end = len(head) + one.start, len(head) + one.end
        drawn.append(Drawn(article.id, str(index), text, start, end))
    return drawn


def read_marks(path: Path) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Return the rows of the marks (kind, surface, English) by article and sentence."""
    rows: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        article, sentence, kind, surface, english = line.split("\t")
        here = rows.setdefault((article, sentence), [])
        if kind:
            here.append((kind, surface, english))
    return rows


def placed(drawn: Drawn, rows: Sequence[tuple[str, str, str]]) -> list[Mark]:
    """Return the marks of a sentence with their spans, longest first where they stand together.

    Raises:
        ValueError: A surface does not stand in the sentence.
    """
    many = Counter(surface for _, surface, _ in rows)
    seen: Counter[str] = Counter()
    marks: list[Mark] = []
    for kind, surface, english in sorted(rows, key=lambda row: -len(row[1])):
        optional = kind.endswith("?")
        spans = [
            span
            for span in _standing(drawn, surface)
            if optional or not any(holds(mark, *span) for mark in marks if not mark.optional)
        ]
        if not spans:
            raise ValueError(f"{surface} does not stand in {drawn.article} {drawn.sentence}")
        if many[surface] > 1:
            place = seen[surface]
            spans = _standing(drawn, surface)[place : place + 1]
            seen[surface] += 1
        accepted = tuple(english.split(" | "))
        marks += (Mark(kind.rstrip("?"), optional, *span, accepted) for span in spans)
    return marks


def _standing(drawn: Drawn, surface: str) -> list[tuple[int, int]]:
    words = r"\s+".join(map(re.escape, surface.split()))
    pattern = re.compile(rf"(?<!\w)[وف]?[بلك]?({words})(?!\w)")
    return [match.span(1) for match in pattern.finditer(drawn.text, drawn.start, drawn.end)]


def main() -> None:
    """Measure, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is missed and wrong")
    options = parser.parse_args()
    if not ARTICLES.is_file():
        print(f"skipped: no {ARTICLES} here")
        return
    raw = map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines())
    drawn = draw([article_from_text(row["text"], id=row["id"], title=row["title"]) for row in raw])
    rows = read_marks(MARKS)
    if set(rows) != {(one.article, one.sentence) for one in drawn}:
        sys.exit(f"{MARKS.name} marks other sentences than the draw's")
    verdicts: list[Verdict] = []
    finds: list[tuple[Name, Mark | None]] = []
    for one in drawn:
        marks = placed(one, rows[one.article, one.sentence])
        names = [n for n in find_names(one.text) if n.start < one.end and one.start < n.end]
        here = [verdict(mark, names) for mark in marks if not mark.optional]
        there = list(counted(names, marks))
        verdicts += here
        finds += there
        if options.show:
            show(one, here, there)
    print(
        f"{len(drawn)} sentences, {len(verdicts)} names marked in {sum(map(bool, rows.values()))}"
    )
    print(report(verdicts, finds))


def show(
    drawn: Drawn, verdicts: Sequence[Verdict], finds: Sequence[tuple[Name, Mark | None]]
) -> None:
    """Print what is missed, misspelled and wrong in one sentence."""
    faults = []
    for one in verdicts:
        surface = drawn.text[one.mark.start : one.mark.end]
        if one.name is None:
            faults.append(f"missed {one.mark.kind} {surface} {one.mark.english[0]}")
        elif not one.spelled:
            accepted = " | ".join(one.mark.english)
            how = "guessed" if one.name.guess else "spelled"
            faults.append(f"{how} {one.name.surface} {one.name.english}, not {accepted}")
        elif not one.strict:
            faults.append(f"span {one.name.kind} {one.name.surface}, not {surface}")
    for name, mark in finds:
        if mark is None:
            faults.append(f"wrong {name.kind} {name.surface} {name.english} {'?' * name.guess}")
    if faults:
        print("\n" + " ".join(drawn.text[drawn.start : drawn.end].split()))
        print(*(f"  {fault}" for fault in faults), sep="\n")


if __name__ == "__main__":
    main()
