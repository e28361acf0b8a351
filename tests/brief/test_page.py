"""The page of a brief as it is written: its texts, its links, its policy. No browser here."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mujaz.arabic import article_from_text, sentences
from mujaz.brief import Brief, BriefSentence
from mujaz.brief.page import as_page
from mujaz.brief.page_sides import sides
from mujaz.brief.page_text import Mark, Piece, letter, plain, stretches
from mujaz.checks import Finding
from mujaz.errors import InputError
from mujaz.summarize import Reading
from mujaz.translate import Attempt, GivenName

from .briefs import brief, missing
from .pages import ARTICLE, FOUND, HEADLINE, OVERRIDE, SENTENCES, TITLE, bridge, taken


class Reader(HTMLParser):
    """Reads a page's elements: tag, attributes, text; ends no script early that a browser would."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "path", "circle", "use", "br"):
            self._open.append(dict(attrs).get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "path", "circle", "use", "br"):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for id in self._open:
            if id:
                self.texts[id] = self.texts.get(id, "") + data

    def with_attribute(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


def shown(page: str) -> str:
    """Return the text of the page's body, on one line."""
    body = page[page.index("<body>") : page.index("<script>")]
    return " ".join(html.unescape(re.sub("<[^>]*>", "", body)).split())


def test_every_link_leads_somewhere_and_every_id_is_there_once() -> None:
    for page in (as_page(bridge(), ARTICLE), as_page(bridge()), as_page(brief())):
        read = Reader(page)
        ids = read.with_attribute("id")
        assert len(ids) == len(set(ids))
        for href in read.with_attribute("href"):
            assert href.startswith("#")
            assert href[1:] in ids
        for name in ("data-to", "data-of", "aria-describedby", "aria-labelledby"):
            for value in read.with_attribute(name):
                assert set(value.split()) <= set(ids)


def test_sentences_and_their_arabic_point_at_one_another() -> None:
    read = Reader(as_page(bridge(), ARTICLE))
    to = {a["id"]: (a["data-to"] or "").split() for _, a in read.elements if "data-to" in a}
    assert to["s1"] == ["a-2"]
    assert to["s3"] == ["a-4", "a-5"]
    assert to["a-1"] == ["s0"]
    assert to["a-5"] == ["s3"]
    assert "s5" not in to  # it rests on nothing that is known
    for own, partners in to.items():
        assert all(own in to[partner] for partner in partners)
    for number in (1, 2):
        assert read.texts[f"a-{number + 1}"] == FOUND[number].text
    assert read.texts["s1"] == SENTENCES[0].text


def test_all_of_the_article_is_on_the_page_in_its_order() -> None:
    page = as_page(bridge(), ARTICLE)
    pane = page[page.index('<div class="pane"') : page.index('<section class="making"')]
    pane = re.sub('<(span class="badge"|span id=|p class="label").*?</(span|p)>', "", pane)
    pane = re.sub('<span class="sign".*?</span>', OVERRIDE, pane)
    text = html.unescape(re.sub("<[^>]*>", "", pane))
    assert text.split() == ARTICLE.text.split()


def test_what_is_not_news_says_so() -> None:
    assert ARTICLE.dropped
    assert "Left out, not news: related" in shown(as_page(bridge(), ARTICLE))


def test_findings_stand_at_their_sentence_in_words() -> None:
    text = shown(as_page(bridge(), ARTICLE))
    where = [
        text.index(part)
        for part in (
            "that cost $20 million.",
            'Severe a: "12 million" (12 مليون) in the source is "20 million" here',
            'Note b: the spelling "al-Saadawi" (السعداوي) is a guess',
            "The minister said that the delay",
            'Warning c: the source denies (نفى), and "said" does not',
            "[This sentence could not be translated.]",
            "Severe: the translator gave nothing",
        )
    ]
    assert where == sorted(where)
    assert "2 severe faults, 2 warnings, 1 note in sentence 1, sentence 2, sentence 3" in text


def test_spans_are_marked_on_both_sides() -> None:
    page = as_page(bridge(), ARTICLE)
    marks = re.findall(r'<mark class="(\w+)" data-letters="(\w+)">(.*?)</mark>', page)
    assert marks == [
        ("info", "b", "al-Saadawi"),
        ("severe", "a", "20 million"),
        ("warning", "c", "said"),
        ("warning", "d", "الزهور"),  # in the Arabic between, which stands in no article
        ("info", "b", "السعداوي"),
        ("severe", "a", "12 مليون"),
        ("warning", "c", "نفى"),
    ]


def test_without_the_article_the_arabic_sentences_make_the_other_side() -> None:
    page = as_page(bridge())
    read = Reader(page)
    assert read.texts["a-1"] == TITLE
    assert read.texts["a-2"] == FOUND[1].text
    assert read.texts["a-4"] == SENTENCES[2].arabic
    assert "The article is not on this page" in shown(page)
    assert FOUND[-1].text not in shown(page)
    assert '<mark class="severe" data-letters="a">12 مليون</mark>' in page


def test_a_headline_out_of_the_first_sentence_shares_its_arabic_and_its_findings() -> None:
    bad = taken(1, "It cost $20 million.", missing("12"))
    made = bridge(bad, headline=bad)
    assert "1 severe fault in the headline and sentence 1" in shown(as_page(made)).replace(
        "\u00a0", " "
    )
    both = sides(made, None)
    assert [link.id for link in both.arabic[0].items[0].carries] == ["s1", "s0"]
    assert len(both.arabic) == 1
    with_article = sides(made, ARTICLE)
    assert [link.id for link in with_article.arabic[1].items[0].carries] == ["s1", "s0"]


def test_a_title_known_apart_from_the_text_is_the_headlines_arabic() -> None:
    apart = article_from_text("وصل الوفد إلى بغداد. وعقد اجتماعا.", title="وفد يصل", id="x")
    found = sentences(apart)
    top = BriefSentence(
        "Delegation arrives",
        "وفد يصل",
        findings=(Finding("name", "warning", "a word", (0, 3), None),),
    )
    one = BriefSentence("A delegation came.", found[0].text, 0, found[0].end, (0,))
    made = bridge(one, headline=top, title="وفد يصل", read=Reading(2, 2))
    read = Reader(as_page(made, apart))
    assert read.texts["a-title"] == "وفد يصل"
    assert '<mark class="warning" data-letters="a">وفد</mark> يصل' in as_page(made, apart)
    assert ("s0", "a-title") in [(a.get("id"), a.get("data-to")) for _, a in read.elements]


def test_another_article_is_refused() -> None:
    other = article_from_text("وصل الوفد إلى بغداد. وعقد اجتماعا.", id="bridge")
    with pytest.raises(InputError, match="made of another text"):
        as_page(bridge(), other)
    # An extract's words are the article's own: one letter more and every link is off.
    extract = replace(bridge().making, summarizer="extract")
    made = bridge(*SENTENCES[:2], making=extract)
    assert as_page(made, ARTICLE)
    shifted = replace(ARTICLE, text=ARTICLE.text.replace("افتتح", "وافتتح", 1))
    with pytest.raises(InputError, match="made of another text"):
        as_page(made, shifted)


def test_no_warnings_is_said_without_a_promise() -> None:
    text = shown(as_page(bridge(taken(1, "A bridge.")), ARTICLE))
    assert "No warnings. The checks do not find everything" in text
    noted = taken(1, "A bridge.", Finding("name", "info", "a guess"))
    assert "No warnings, 1 note." in shown(as_page(bridge(noted), ARTICLE))


def test_what_was_not_read_is_said_at_the_top_and_in_its_place() -> None:
    page = as_page(bridge(*SENTENCES[:2], read=Reading(3, len(FOUND))), ARTICLE)
    assert f"the first 3 of {len(FOUND)} sentences" in shown(page)
    assert page.index(FOUND[2].text[4:]) < page.index('class="stop"') < page.index(FOUND[3].text)
    # In the middle of a paragraph.
    page = as_page(bridge(SENTENCES[0], read=Reading(2, len(FOUND))), ARTICLE)
    assert page.index(FOUND[1].text[-7:]) < page.index('class="stop"') < page.index(FOUND[2].text)
    assert 'class="stop"' not in as_page(bridge(), ARTICLE)


def test_confidence_names_and_making_are_told() -> None:
    page = as_page(bridge(), ARTICLE)
    text = shown(page)
    assert "Model confidence 73%, 3 names of sentence 1" in text  # e to the power of -0.31
    assert "log-probability of its tokens −0.310; chosen among 4 translations" in text
    assert "Razzaq al-Saadawiرزاق السعداويits letters, a guess" in text
    for part in (
        "some/arabart",
        "it is installed",
        "tiny/chat",
        "asked for by name",
        "Mujaz 0.1.0",
        "news/bridge.txt",
        "at most 5 asked for",
        "0.5 s to summarise, 2.5 s to translate",
    ):
        assert part in text[text.index("How it was made", 500) :]
    assert "to summarise" not in shown(as_page(bridge(seconds=None), ARTICLE))


def test_the_policy_names_the_pages_own_style_and_script_alone() -> None:
    page = as_page(bridge(), ARTICLE)
    policy = html.unescape(re.search('Policy" content="(.*?)">', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        own = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(own) == 1
        digest = base64.b64encode(hashlib.sha256(own[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"""\b(https?:)?//[\w.]|\bstyle=|\bon\w+=["']|@import|url\(""", page)


HOSTILE = (
    "</script><script>window.hacked=3</script>",
    "</style><img src=x onerror=alert(1)>",
    "\" onmouseover='x' a=\"",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--",
    "]]>&lt;b&gt;",
    "\u2028\u2029\x00\x0b\u202e\u2067",
    "\ud800",
)


@pytest.mark.parametrize("bad", HOSTILE)
def test_nothing_becomes_more_than_text_wherever_it_stands(bad: str) -> None:
    entry = BriefSentence(
        bad + " text",
        bad + " نص",
        findings=(Finding("name", "severe", bad, (0, len(bad)), (1, len(bad))),),
        names=(GivenName(bad, bad),),
    )
    made: Brief = replace(
        bridge(entry, headline=entry),
        article=bad,
        origin=bad,
        title=bad,
        making=replace(
            bridge().making, version=bad, summarizer=bad, summarizer_model=bad, translator_why=bad
        ),
    )
    article = replace(
        article_from_text(f"نص {bad}\n\nوصل الوفد {bad} أمس."), title=bad, origin=bad, id=bad
    )
    made = replace(made, read=Reading(*[len(sentences(article))] * 2))
    plainer = replace(entry, text="x", arabic="x", findings=(), names=())
    for page in (as_page(made), as_page(made, article)):
        page.encode()  # no half of a surrogate pair is left
        assert not re.search("[\x00\x0b\u2028\u2029\u202e\u2067]", page)
        tags = {tag for tag, _ in Reader(page).elements}
        assert tags <= {tag for tag, _ in Reader(as_page(bridge(), ARTICLE)).elements}
        scripts = [tag for tag, _ in Reader(page).elements if tag in ("script", "style", "title")]
        assert sorted(scripts) == ["script", "style", "title"]
        for tag, attrs in Reader(page).elements:
            assert not [name for name in attrs if name.startswith("on")], tag
    assert "49" not in shown(as_page(replace(made, headline=plainer), None))


def test_stretches_cut_at_marks_that_overlap_and_ignore_what_lies_outside() -> None:
    cut = stretches(
        "abcdef",
        [
            Mark(1, 4, "warning", "a"),
            Mark(2, 9, "severe", "b"),
            Mark(-3, 1, "info", "c"),
            Mark(6, 9, "severe", "x"),
            Mark(3, 3, "severe", "y"),
        ],
    )
    assert [("".join(p.text for p in s.pieces), s.severity, s.letters) for s in cut] == [
        ("a", "info", "c"),
        ("b", "warning", ""),
        ("cd", "severe", "a"),
        ("ef", "severe", "b"),
    ]
    assert stretches("") == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the source (نفى الوزير) x", ["the source (", "*نفى الوزير", ") x"]),
        ('"12 million" (12 مليون) is', ['"12 million" (', "*12 مليون", ") is"]),
        ("rose 12 مليون barrels", ["rose 12 ", "*مليون", " barrels"]),
        ("(عام 2017)", ["(", "*عام 2017", ")"]),
        ("a\u202eb", ["a", "!RLO", "b"]),
        ("a\x00", ["a", "!U+0000"]),
    ],
)
def test_arabic_in_english_is_set_apart_and_signs_are_named(text: str, pieces: list[str]) -> None:
    def sign(piece: Piece) -> str:
        return {"text": "", "arabic": "*", "sign": "!"}[piece.kind] + piece.text

    assert [sign(p) for s in stretches(text) for p in s.pieces] == pieces


def test_plain_is_one_line() -> None:
    assert plain("a\u202e\n b\u2028c\x00") == "a b c"


def test_letters() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "a", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip


def test_headline_keeps_its_arabic_when_title_is_in_the_text() -> None:
    both = sides(bridge(), ARTICLE)
    assert both.english[0].record is HEADLINE
    assert both.english[0].rests_on[0].id == "a-1"
    assert both.arabic[0].kind == "title"


def test_a_hundred_thousand_words_take_seconds() -> None:
    text = "\n\n".join(
        " ".join(f"وقال المتحدث رقم {n} إن العمل في الجسر الجديد مستمر منذ {n} يوما." for n in g)
        for g in (range(at, at + 5) for at in range(0, 8500, 5))
    )
    article = article_from_text(text, id="long")
    found = sentences(article)
    assert len(article.text.split()) >= 100_000
    last = found[-1]
    entry = BriefSentence("The last.", last.text, last.start, last.end, (len(found) - 1,))
    made = bridge(entry, headline=entry, title="", read=Reading(len(found), len(found)))
    began = time.perf_counter()
    page = as_page(made, article)
    assert time.perf_counter() - began < 20
    assert Reader(page).texts[f"a-{len(found)}"] == last.text


def test_what_was_tried_and_replaced_and_left_out_is_told() -> None:
    tried = (
        Attempt("first", "It cost $21 million.", ('"12" in the source is missing',)),
        Attempt("sampled, seed 1", "It cost <b>$12</b> million.", (), True, 2),
    )
    one = replace(SENTENCES[0], tried=tried, attempts=2, instead_of="كتب <i>النموذج</i> هذا.")
    gone = replace(
        SENTENCES[1], text="Nobody <u>came</u>.", findings=(missing("12"),), tried=(), attempts=1
    )
    page = as_page(bridge(one, left_out=(gone,)), ARTICLE)
    text = shown(page)
    assert "What was tried:" in text
    assert 'first: It cost $21 million. ("12" in the source is missing)' in text
    assert "sampled, seed 1, part 2, taken: It cost <b>$12</b> million." in text
    assert "the article’s own sentence: كتب <i>النموذج</i> هذا." in text
    assert "Left out This did not pass the checks" in text
    assert 'Nobody <u>came</u>. Severe: "12" in the source is missing' in text
    reader = Reader(page)
    ids = reader.with_attribute("id")
    assert len(ids) == len(set(ids))
    assert "x1" in ids
    assert "u" not in {tag for tag, _ in reader.elements}
    assert "left-out" not in Reader(as_page(bridge(one), ARTICLE)).with_attribute("id")
