"""The page: whatever the texts contain is data, and the policy lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from mujaz.checks import Finding
from mujaz.eval.differences import words
from mujaz.eval.metric import Segments
from mujaz.eval.report import PAGE, report_files
from mujaz.eval.standings import Standings
from mujaz.eval.systems import Field, System

from .contests import HOSTILE, field, held

_VOID = {"meta", "input", "br", "img", "link", "hr"}


class Page(HTMLParser):
    """Elements, attributes and the text of scripts, with every tag held to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.inside:
            self.inside[self._open[-1]][-1] += data


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    return report_files(held(field(hostile=True)))


@pytest.fixture(scope="module")
def page(hostile: dict[str, str]) -> Page:
    return Page(hostile[PAGE])


def test_files(hostile: dict[str, str]) -> None:
    assert list(hostile)[-1] == PAGE  # what points at the others is written last
    assert set(hostile) == {
        "comparison.json",
        PAGE,
        *(f"plots/{m}-{kind}.svg" for m in ("bleu", "chrf")
          for kind in ("distribution", "length", "domain")),
    }  # fmt: skip
    assert Standings.from_json(hostile["comparison.json"]).segments == 60


def test_the_same_comparison_is_the_same_page(hostile: dict[str, str]) -> None:
    assert report_files(held(field(hostile=True))) == hostile


def test_texts_make_no_elements(page: Page) -> None:
    assert [tag for tag, _ in page.elements].count("script") == 2
    assert not {"img", "b", "iframe", "link", "object", "base"} & {t for t, _ in page.elements}
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert "style" not in attributes
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")


def test_texts_come_out_of_the_block_as_they_went_in(page: Page) -> None:
    block = page.inside["script"][0]
    assert not re.search("[<>&\u2028\u2029]", block)
    data = json.loads(block)
    own = field(hostile=True)
    for at, row in enumerate(data["rows"]):
        first = own.systems[0].segments
        assert row["id"] == first.ids[at]
        assert row["source"] == first.sources[at]
        assert row["references"] == list(first.references[at])
        assert row["domain"] == at % 3 or data["domains"]
        for system, output in zip(own.systems, row["outputs"], strict=True):
            assert output["text"] == system.segments.hypotheses[at]
    assert [row["outputs"][0]["text"] for row in data["rows"][: len(HOSTILE)]] == list(HOSTILE)


def test_the_policy_names_the_one_script_and_the_one_style(page: Page) -> None:
    policy = next(
        attributes["content"] or ""
        for tag, attributes in page.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, text in (
        ("script-src", page.inside["script"][1]),
        ("style-src", page.inside["style"][0]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    # The policy holds only for what follows it.
    order = [tag for tag, _ in page.elements]
    metas = [a for t, a in page.elements if t == "meta"]
    assert "http-equiv" in metas[1]
    assert order.index("meta") < order.index("style") < order.index("script")


def test_names_are_isolated_and_overrides_are_written_out(hostile: dict[str, str]) -> None:
    html = hostile[PAGE]
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert "\u202e" not in outside
    assert "politics⟨U+202E⟩" in outside
    assert "<bdi>&lt;script&gt;window.__hacked = 6&lt;/script&gt;</bdi>" in outside
    # Isolated, so that the number behind an Arabic name stays where it is.
    assert "<bdi>نظام ثالث</bdi> is worse than <bdi>&lt;script&gt;" in outside


def test_structure_for_screen_readers(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert {"header", "main", "footer", "nav", "form"} <= set(tags)
    assert tags.count("h1") == tags.count("main") == 1
    assert tags.count("caption") == tags.count("table")
    assert page.elements[0] == ("html", {"lang": "en", "dir": "ltr"})
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.elements:
        if tag in ("label",) and "for" in attributes:
            assert attributes["for"] in ids
        if tag == "th":
            assert attributes["scope"] in ("col", "row", "rowgroup")
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids
    count = next(a for _, a in page.elements if a.get("id") == "count")
    assert (count["role"], count["aria-live"]) == ("status", "polite")


def test_the_table_says_what_the_record_says(hostile: dict[str, str]) -> None:
    standings = Standings.from_json(hostile["comparison.json"])
    text = re.sub(r"<[^>]+>", " ", hostile[PAGE].split("<main>")[1].split('id="plots"')[0])
    text = " ".join(text.split())
    for row in standings.cells:
        for cell in row:
            assert f" {cell.score:.1f} {cell.low:.1f} to {cell.high:.1f} " in text
    assert text.count("▼ worse") == 4


def test_marks_count_as_the_script_counts() -> None:
    text = "🕊🕊 dove home"
    segments = Segments(("1", "2"), (text, "x"), (("🕊🕊 dove away",), ("x",)))
    other = replace(segments, hypotheses=("dove", "x"))
    pair = (System("a", "a", segments, ((), ())), System("b", "b", other, ((), ())))
    data = _data(Field(pair))
    start, end, mask = data["rows"][0]["outputs"][0]["marks"]
    units = text.encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "home"
    assert mask == 0b101
    assert [word.text for word in words(text)] == ["dove", "home"]


def test_findings_of_a_record_are_shown() -> None:
    own = field(count=4)
    finding = Finding("number", "severe", "35 is missing")
    first = replace(own.systems[0], findings=((finding,), (), (), ()))
    data = _data(Field((first, own.systems[1])))
    shown = [row["outputs"][0]["findings"] for row in data["rows"]]
    assert shown == [[["number", "severe", "35 is missing"]], [], [], []]


def test_without_references_and_sources() -> None:
    own = field(count=6)
    bare = tuple(
        replace(s, segments=replace(s.segments, references=(), domains=())) for s in own.systems
    )
    html = report_files(held(Field(bare), "repetition"))[PAGE]
    page = Page(html)
    ids = {a.get("id") for _, a in page.elements}
    assert not {"domain", "phrases"} & ids
    assert "no references" in html
    assert "solid line" not in html


def _data(own: Field) -> dict:
    return json.loads(Page(report_files(held(own))[PAGE]).inside["script"][0])


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out(scheme: int) -> None:
    style = files("mujaz.eval").joinpath("report.css").read_text("utf-8")
    schemes = re.findall(r":root \{(.*?)\}", style, flags=re.S)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", schemes[scheme]))
    for ground in ("ground", "panel"):
        for text in ("ink", "muted", "accent", "better", "worse", "own-line"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for line in ("edge", "gain-line", "own-line", "miss-line", *(f"s{n}" for n in range(8))):
            assert _contrast(colours[line], colours[ground]) >= 3, (line, ground)
    for tint in ("gain", "own"):
        assert _contrast(colours["ink"], colours[tint]) >= 4.5
        assert _contrast(colours[f"{tint}-line"], colours[tint]) >= 3
