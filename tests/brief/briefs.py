"""A brief to render and to record."""

from dataclasses import replace

from mujaz.brief import Brief, BriefSentence, Making, Timings
from mujaz.checks import Finding
from mujaz.summarize import Reading

HEADLINE = BriefSentence("Bridge opens in Mosul", "افتتاح جسر في الموصل", 0, 20)
FIRST = BriefSentence(
    "The minister opened a bridge on Tuesday.", "افتتح الوزير جسرا.", 22, 40, (1,)
)
SECOND = BriefSentence("It cost $12 million.", "بلغت كلفته 12 مليون دولار.", 41, 68, (2,))


def brief(
    *sentences: BriefSentence, headline: BriefSentence = HEADLINE, **changes: object
) -> Brief:
    made = Brief(
        article="bridge",
        origin="news/bridge.txt",
        title="افتتاح جسر في الموصل",
        headline=headline,
        sentences=sentences or (FIRST, SECOND),
        read=Reading(4, 4),
        making=Making("0.1.0", "extract", "encoder 1", "because", "instruct", "tiny/chat", "so", 3),
        seconds=Timings(0.5, 2.5),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def missing(number: str, severity: str = "severe") -> Finding:
    return Finding("number", severity, f'"{number}" in the source is missing')  # type: ignore[arg-type]
