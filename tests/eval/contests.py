"""Three made-up systems on made-up news, some of it hostile, for the tests of comparisons."""

from __future__ import annotations

import json
import random
from pathlib import Path

from mujaz.eval.comparison import Contest, contest
from mujaz.eval.metric import Segments
from mujaz.eval.registry import metrics
from mujaz.eval.systems import Field, System

SUBJECTS = {
    "الوزير": "the minister",
    "الرئيس": "the president",
    "المجلس": "the council",
    "الفريق": "the team",
    "المصرف": "the bank",
}
VERBS = {"افتتح": "opened", "زار": "visited", "وصف": "described", "غادر": "left"}
OBJECTS = {
    "الجسر الجديد": "the new bridge",
    "المدرسة القديمة": "the old school",
    "الميناء": "the port",
    "المعرض الدولي": "the international fair",
}
DAYS = {"يوم الأحد": "on Sunday", "يوم الثلاثاء": "on Tuesday", "مساء الجمعة": "on Friday evening"}
DOMAINS = ("politics", "sport", "economy")

# What must be shown and never run, and what turns or breaks the text around it.
HOSTILE = (
    "<script>window.__hacked = 1</script> he said",
    "</script><script>window.__hacked = 2</script> she said",
    '<img src=x onerror="window.__hacked = 3"> was the picture',
    "first line\u2028second line\u2029third line",
    "he said \u202eevil\u202c and \u2066left\u2069",
    "<!-- <script> not closed",
    "{{ 7 * 7 }} ${window.__hacked = 4} `x` &lt;b&gt; &amp; \\u003c",
    "🕊 the dove <b onclick=window.__hacked=5>flew</b> away",
)


def news(count: int = 60, seed: int = 7) -> tuple[list[str], list[str]]:
    """Return sources and references."""
    rng = random.Random(seed)
    sources, references = [], []
    for _ in range(count):
        arabic, english = [], []
        for _ in range(rng.randint(1, 5)):
            subject, verb, thing, day = (
                rng.choice(list(words)) for words in (SUBJECTS, VERBS, OBJECTS, DAYS)
            )
            arabic.append(f"{verb} {subject} {thing} {day}")
            english.append(f"{SUBJECTS[subject]} {VERBS[verb]} {OBJECTS[thing]} {DAYS[day]}")
        sources.append(" و".join(arabic) + ".")
        references.append((" and ".join(english) + ".").capitalize())
    return sources, references


def worse(texts: list[str], share: float, seed: int = 3) -> list[str]:
    """Return ``texts`` with about ``share`` of the words made others."""
    rng = random.Random(seed)
    return [
        " ".join("something" if rng.random() < share else word for word in text.split())
        for text in texts
    ]


def field(
    *,
    count: int = 60,
    hostile: bool = False,
    domains: tuple[str, ...] = DOMAINS,
    names: tuple[str, ...] = ("first", "second", "نظام ثالث"),
) -> Field:
    """Return systems that get worse and worse; ``hostile`` puts what must not run everywhere."""
    sources, references = news(count)
    ids = [f"news-{number}" for number in range(count)]
    topics = [domains[number % len(domains)] for number in range(count)] if domains else []
    outputs = [worse(references, 0.15 * rank, seed=rank) for rank in range(1, len(names) + 1)]
    if hostile:
        names = ("<script>window.__hacked = 6</script>", *names[1:])
        for number, text in enumerate(HOSTILE):
            sources[number] = f"قال {text}"
            references[number] = text
            outputs[0][number] = text
            outputs[1][number] = text.upper()
            ids[number] = f"{text} {number}"
        topics = [f"<img src=x onerror=window.__hacked=7> {topic}\u202e" for topic in topics]
    shared = {
        "ids": tuple(ids),
        "references": tuple((text,) for text in references),
        "sources": tuple(sources),
        "domains": tuple(topics),
    }
    systems = tuple(
        System(name, f"{name}.en", Segments(hypotheses=tuple(own), **shared), ((),) * count)
        for name, own in zip(names, outputs, strict=True)
    )
    return Field(systems)


def held(own: Field, names: str = "bleu,chrf", resamples: int = 100) -> Contest:
    """Return the comparison of ``own`` by few resamples."""
    return contest(own, metrics(names), resamples=resamples, trials=resamples)


def run_folder(folder: Path, system: str, own: Segments, **record: object) -> Path:
    """Write a folder as ``mujaz eval run`` does; ``record`` is every output's."""
    folder.mkdir(parents=True)
    run = {
        "schema": "mujaz.run/1",
        "system": system,
        "task": "translate",
        "data": {"spec": "made-up"},
        "settings": {"model": "none/at-all", "beams": 4},
        "version": "0.0.0",
    }
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    rows = [
        {
            "id": id,
            "hypothesis": own.hypotheses[at],
            "references": list(own.references[at]),
            "source": own.sources[at],
            "domain": own.domains[at],
            "record": record,
        }
        for at, id in enumerate(own.ids)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "outputs.jsonl").write_text(lines, encoding="utf-8")
    return folder
