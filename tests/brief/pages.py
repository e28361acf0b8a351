"""An article that tries everything, and its brief: for the page."""

from __future__ import annotations

from dataclasses import replace

from mujaz.arabic import Article, article_from_text, sentences
from mujaz.brief import Brief, BriefSentence, Making, Timings
from mujaz.checks import Finding, Severity
from mujaz.summarize import Reading
from mujaz.translate import GivenName

OVERRIDE = "\u202e"

TITLE = "افتتاح جسر جديد فوق نهر دجلة في الموصل"
STORY = (
    "افتتح وزير النقل العراقي رزاق السعداوي يوم الثلاثاء جسرا جديدا فوق نهر دجلة في مدينة الموصل،"
    " بلغت كلفته 12 مليون دولار."
    " ونفى الوزير أن يكون التأخير ناجما عن نقص في التمويل."
    "\n\n"
    "وقال محافظ نينوى إن الجسر لن يفتح أمام الشاحنات قبل شهر آذار.\n"
    "ويربط الجسر حي الزهور بالمدينة القديمة، ويبلغ طوله 450 مترا.\n\n"
    'وكتب قارئ: <script>window.hacked = 1</script> <img src=x onerror="window.hacked = 2"> ثم'
    f" أضاف {OVERRIDE}evil{OVERRIDE} و <b>نص</b> &amp; <!-- تعليق --> نهاية السطر.\n\n"
    "وقد دمرت المعارك جسور المدينة الخمسة عام 2017. وأعيد بناء ثلاثة منها حتى الآن."
)
ARTICLE: Article = article_from_text(
    f"{TITLE}\n\n{STORY}\n\nاقرأ أيضا: صور من افتتاح الجسر", id="bridge", origin="news/bridge.txt"
)
FOUND = sentences(ARTICLE)


def finding(
    kind: str,
    severity: Severity,
    message: str,
    source: tuple[str, str] | None = None,
    target: tuple[str, str] | None = None,
) -> Finding:
    """Return a finding about words: each of ``source`` and ``target`` is a text and words of it."""

    def span(pair: tuple[str, str] | None) -> tuple[int, int] | None:
        if pair is None:
            return None
        at = pair[0].index(pair[1])
        return at, at + len(pair[1])

    return Finding(kind, severity, message, span(source), span(target))  # type: ignore[arg-type]


def taken(number: int, text: str, *findings: Finding, **more: object) -> BriefSentence:
    """Return a sentence of the brief that rests on one of the article, by number from 0."""
    own = FOUND[number]
    made = BriefSentence(text, own.text, own.start, own.end, (number,), findings)
    return replace(made, **more)  # type: ignore[arg-type]


_BRIDGE = (
    "Iraqi Transport Minister Razzaq al-Saadawi on Tuesday opened a new bridge over the Tigris in"
    " Mosul that cost $20 million."
)
_DENIED = "The minister said that the delay was caused by a lack of funding."
_WRITTEN = "يربط الجسر الذي لن تعبره الشاحنات قبل آذار حي الزهور بالمدينة القديمة."

HEADLINE = BriefSentence(
    "New bridge over the Tigris opens in Mosul",
    TITLE,
    0,
    len(TITLE),
    confidence=-0.12,
    names=(GivenName("نهر دجلة", "Tigris"), GivenName("الموصل", "Mosul")),
)
SENTENCES = (
    taken(
        1,
        _BRIDGE,
        finding(
            "number",
            "severe",
            '"12 million" (12 مليون) in the source is "20 million" here',
            (FOUND[1].text, "12 مليون"),
            (_BRIDGE, "20 million"),
        ),
        finding(
            "name",
            "info",
            'the spelling "al-Saadawi" (السعداوي) is a guess',
            (FOUND[1].text, "السعداوي"),
            (_BRIDGE, "al-Saadawi"),
        ),
        confidence=-0.31,
        names=(
            GivenName("وزير النقل", "Transport Minister"),
            GivenName("رزاق السعداوي", "Razzaq al-Saadawi", guess=True),
            GivenName("الموصل", "Mosul"),
        ),
        attempts=4,
    ),
    taken(
        2,
        _DENIED,
        finding(
            "negation",
            "warning",
            'the source denies (نفى), and "said" does not',
            (FOUND[2].text, "نفى"),
            (_DENIED, "said"),
        ),
        confidence=-0.22,
    ),
    BriefSentence(
        "The bridge, closed to lorries until March, links Zuhur with the old city.",
        _WRITTEN,
        FOUND[3].start,
        FOUND[4].end,
        (3, 4),
        (
            finding(
                "name", "warning", '"Zuhur" may be a wrong spelling', (_WRITTEN, "الزهور"), None
            ),
        ),
        confidence=-0.4,
    ),
    taken(5, "", finding("empty", "severe", "the translator gave nothing")),
    BriefSentence("Nothing in the article says this.", "لا يقول المقال هذا."),
)


def bridge(*sentences: BriefSentence, **changes: object) -> Brief:
    """Return the brief of the article, with other sentences or changed."""
    made = Brief(
        article="bridge",
        origin="news/bridge.txt",
        title=TITLE,
        headline=HEADLINE,
        sentences=sentences or SENTENCES,
        read=Reading(len(FOUND), len(FOUND)),
        making=Making(
            "0.1.0", "seq2seq", "some/arabart", "it is installed",
            "instruct", "tiny/chat", "asked for by name", 5,
        ),
        seconds=Timings(0.5, 2.5),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]
