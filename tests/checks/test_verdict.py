"""The verdict on pairs, and the checks on texts that nobody would write."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.arabic import find_names, normalize
from mujaz.arabic.glossary import make_glossary
from mujaz.checks import check_translation, similarities
from mujaz.checks.meaning import aligned_similarities
from mujaz.checks.verdict import KINDS, Pair, judge

SOURCE = "قال الوزير إن 25 مزارعا وصلوا إلى باكو يوم الثلاثاء للمشاركة في المعرض"
GOOD = "The minister said 25 farmers had arrived in Baku on Tuesday to take part in the fair"
WRONG = "The minister said 35 farmers had arrived in Baku on Tuesday to take part in the fair"


def verdict(*pairs, **options):
    return judge([Pair(str(n), *pair) for n, pair in enumerate(pairs, 1)], **options)


def told(result):
    return [[(f.kind, f.severity) for f in one.findings] for one in result.segments]


def test_a_good_pair_has_no_findings():
    result = verdict((SOURCE, GOOD))
    assert told(result) == [[]]
    assert not result.fails("warning")


def test_a_wrong_number_is_severe_on_both_sides():
    result = verdict((SOURCE, GOOD), (SOURCE, WRONG))
    assert [one.id for one in result.segments] == ["1", "2"]
    missing, added = result.segments[1].findings
    assert (missing.kind, missing.severity) == ("number", "severe")
    assert SOURCE[slice(*missing.source)].startswith("25")
    assert "35" in WRONG[slice(*added.target)]
    assert (result.count("severe"), result.flagged("severe")) == (2, 1)
    assert result.fails()


def test_a_verdict_fails_from_a_severity_on():
    glossary = make_glossary([("المعرض", "Expo")])
    result = verdict((SOURCE, GOOD), glossary=glossary)
    assert told(result) == [[("name", "warning")]]
    assert "glossary" in result.segments[0].findings[0].message
    assert [result.fails(at) for at in ("severe", "warning", "never")] == [False, True, False]
    assert not verdict((SOURCE, WRONG)).fails("never")


def test_any_english_form_of_a_glossary_is_right():
    assert told(verdict((SOURCE, GOOD), glossary=make_glossary([("معرض", "expo | fair")]))) == [[]]


def test_offsets_count_the_line_as_it_stands():
    marked = "\u200f  قَالَ   الوَزِيرُ إنَّ  25  مزارعًا وصلوا"
    result = verdict((marked, "The minister said 26 farmers arrived"))
    missing = next(f for f in result.segments[0].findings if "missing" in f.message)
    assert marked[slice(*missing.source)].startswith("25")


def test_entities_are_read_and_offsets_count_them():
    source = "قال إن الخطة لن تبدأ قبل 25 مايو في المدينة"
    text = "He said the plan &quot;won&#39;t&quot; start before May 26 in the city &nosuch;"
    (one,) = verdict((source, text)).segments
    assert {finding.kind for finding in one.findings} == {"number"}
    (target,) = [finding.target for finding in one.findings if finding.target]
    assert "26" in text[slice(*target)]
    assert "&" not in text[slice(*target)]


@pytest.mark.parametrize(
    ("pair", "findings"),
    [
        (("", ""), []),
        ((" \u200f", "\t"), []),
        (("", "Invented."), [("length", "severe")]),
        (("\u200f", "Invented."), [("length", "severe")]),
        ((SOURCE, ""), [("empty", "severe")]),
        ((SOURCE, SOURCE), [("copied", "severe")]),
    ],
)
def test_empty_lines(pair, findings):
    assert told(verdict(pair)) == [findings]


def test_kinds_are_chosen():
    pair = (SOURCE, WRONG)
    assert told(verdict(pair, kinds=("meaning", "name"))) == [[]]
    assert {kind for kind, _ in told(verdict(pair, kinds=("number",)))[0]} == {"number"}
    assert len(set(KINDS)) == len(KINDS) > 10


def test_one_document_knows_short_names():
    pairs = (
        ("أعلن عبد العزيز بلخادم أن المحادثات مستمرة", "Abdelaziz Belkhadem said talks go on"),
        ("", ""),
        ("وقال بلخادم إن الاتفاق قريب", "And he said the agreement was near"),
    )
    alone, together = verdict(*pairs), verdict(*pairs, one_document=True)
    assert told(alone)[2] == []
    (found,) = together.segments[2].findings
    assert (found.kind, pairs[2][0][slice(*found.source)]) == ("name", "بلخادم")


def test_names_of_one_document_stay_on_their_lines():
    rows = [
        ("وصل الرئيس إلى باكو", "He arrived in Paris"),
        ("ثم سافر إلى طهران", "He went to London"),
        ("وعاد", "He returned"),
    ]
    result = verdict(*rows, one_document=True, kinds=["name"])
    spans = [
        [source[slice(*f.source)] for f in one.findings if f.source]
        for (source, _), one in zip(rows, result.segments, strict=True)
    ]
    assert spans == [["باكو"], ["طهران"], []]


def test_the_json_is_what_others_build_on():
    data = json.loads(verdict((SOURCE, GOOD), (SOURCE, WRONG)).to_json())
    assert list(data) == ["segments"]
    assert [list(one) for one in data["segments"]] == [["id", "findings"]] * 2
    first = data["segments"][1]["findings"][0]
    assert list(first) == ["kind", "severity", "message", "source", "target"]
    assert first["severity"] in ("info", "warning", "severe")


def test_many_similarities_are_those_of_one_by_one():
    sources, texts = [SOURCE, "نعم", SOURCE], [GOOD, "Yes", ""]
    one_by_one = [similarities(SOURCE, [GOOD])[0], 1.0, 1.0]
    assert aligned_similarities(sources, texts) == pytest.approx(one_by_one, abs=1e-5)
    assert aligned_similarities([], []) == []


# ------------------------------------------------------------------ texts nobody would write

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u200f\u202e\u2067\u061c\u064b\u0651ـ\x00\n\r\u2028\ufeff\ud800ﷺ"),
        st.sampled_from("ابتةىئ لمن 0123٣٫٪%$.,-'\"<&"),
        st.sampled_from("abc NXY.'-"),
    ),
    max_size=200,
)
WORDS = st.lists(
    st.sampled_from(
        [
            *("لم", "لا", "إلا", "غير", "مليون", "ثلاثة", "2020", "٣٫٥", "مايو", "باكو", "علقت"),
            *(
                "not",
                "no",
                "only",
                "million",
                "Baku",
                "minister",
                "New",
                "York",
                "3.5%",
                "&amp;",
                "&#39;",
            ),
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(source=ODD | WORDS, text=ODD | WORDS)
@example(source="", text="")
@example(source="\ud800", text="\ud800")
@example(source="\u202e", text="x")
def test_no_text_breaks_the_checks(source, text):
    (found,) = verdict((source, text)).segments
    for finding in found.findings:
        for span, held in ((finding.source, source), (finding.target, text)):
            assert span is None or 0 <= span[0] <= span[1] <= len(held)
        assert 0 < len(finding.message) < 600
    normal = normalize(source).text
    again = check_translation(normal, text, find_names(normal), whole=True)
    assert not normal or "&" in text or len(again) == len(found.findings)


LONG = 100_000


@pytest.mark.parametrize(
    "piece",
    [
        *("ا", "لا", "لم ", "ما لا ", "محمد بن سلمان ", "مليون و", "ـ", "\u064b", "\u202e", " "),
        *(
            "\n",
            "\x00",
            "漢字 ",
            "a-",
            "not ",
            "un",
            "New York ",
            "1,",
            "twenty-",
            "translation of ",
        ),
    ],
)
def test_a_line_of_a_hundred_thousand_characters_takes_seconds(piece):
    text = (piece * LONG)[:LONG]
    begin = time.process_time()
    verdict((SOURCE, text), (text, GOOD), (text, text))
    # These take under 1 s of a core's time; what grows with the square takes a minute.
    assert time.process_time() - begin < 20
