"""Plots: text stays text, the drawing says the numbers, and the page's form obeys its policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from mujaz.eval.plots import SERIES, Bar, distribution, grouped, inline

NAMES = ("_first $x^2$", "<b>second</b>", "نظام ثالث")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def spread() -> str:
    rng = np.random.default_rng(1)
    scores = [rng.normal(60 - 9 * rank, 8, 300).clip(0, 100) for rank in range(3)]
    scores[0][:5] = np.nan
    return distribution(NAMES, scores, "chrf")


@pytest.fixture(scope="module")
def groups() -> str:
    bars = [
        [Bar(50 + r + 10 * g, 48 + r + 10 * g, 53 + r + 10 * g) for g in (0, 1)] for r in (0, 1, 2)
    ]
    return grouped(NAMES, ["1–9", "سياسة"], bars, "bleu")


def _texts(svg: str) -> list[str]:
    return ["".join(e.itertext()).strip() for e in ElementTree.fromstring(svg).iter(SVG + "text")]


def test_names_are_text_as_they_are(spread: str, groups: str) -> None:
    for svg in (spread, groups):
        assert set(NAMES) <= set(_texts(svg))
    assert {"1–9", "سياسة", "bleu, with 95% intervals"} <= set(_texts(groups))


def test_long_names_leave_room(recwarn: pytest.WarningsRecorder) -> None:
    name = "a-model-with-a-very-long-name-" * 3 + "v2"
    bars = [[Bar(1, 0, 2)]] * 3
    texts = _texts(grouped([name, "b", "c"], ["the whole of the domain " * 5], bars, "bleu"))
    assert any(t.startswith("a-model-wit…") and t.endswith("v2") for t in texts)
    assert not recwarn.list


def test_nothing_is_fetched(spread: str, groups: str) -> None:
    for svg in (spread, groups):
        addresses = set(re.findall(r'https?://[^"\s<]+', svg))
        assert all("w3.org" in address or "purl.org" in address or "creativecommons" in address
                   for address in addresses)  # fmt: skip
        assert not re.search(r"@font-face|@import|<image|<script|url\((?!#)", svg)


def test_the_same_plot_is_the_same_file(groups: str) -> None:
    bars = [
        [Bar(50 + r + 10 * g, 48 + r + 10 * g, 53 + r + 10 * g) for g in (0, 1)] for r in (0, 1, 2)
    ]
    assert grouped(NAMES, ["1–9", "سياسة"], bars, "bleu") == groups


def test_signs_stand_where_the_scores_are(groups: str) -> None:
    root = ElementTree.fromstring(groups)
    for rank, colour in enumerate(SERIES[:3]):
        # Of each system's two signs, the second group's is further right and lower.
        signs = [
            (float(use.get("x", "")), float(use.get("y", "")))
            for use in root.iter(SVG + "use")
            if f"fill: {colour}" in use.get("style", "") and use.get("x")
        ]
        centres = sorted(set(signs))
        assert centres[0][0] < centres[-1][0], rank
        assert centres[0][1] < centres[-1][1], rank


def test_bars_are_as_many_as_the_bins_that_hold_something() -> None:
    svg = distribution(["one"], [np.array([0.0, 0.0, 100.0])], "chrf")
    heights = [
        [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
        for path in ElementTree.fromstring(svg).iter(SVG + "path")
        if f"fill: {SERIES[0]}" in path.get("style", "")
    ]
    tall = [max(h[1::2]) - min(h[1::2]) for h in heights]
    filled = [height for height in tall if height > 0.01]
    assert len(filled) == 2
    assert filled[0] == pytest.approx(2 * filled[1], rel=0.01)


@pytest.mark.parametrize("values", [[], [np.nan], [3.0], [0.5, 0.5]])
def test_hardly_any_scores(values: list[float]) -> None:
    assert "one" in _texts(distribution(["one"], [np.array(values, dtype=float)], "novelty"))


def test_undefined_groups_are_left_blank() -> None:
    nothing = Bar(*[float("nan")] * 3)
    assert "none" in _texts(grouped(["a"], ["some", "none"], [[Bar(1, 0, 2), nothing]], "bleu"))


def test_inline_obeys_the_page(spread: str, groups: str) -> None:
    ids: list[str] = []
    for prefix, svg in (("a-", spread), ("b-", groups)):
        root = ElementTree.fromstring(inline(svg, prefix, "chrf <by> length"))
        assert root.get("role") == "img"
        assert root.get("aria-label") == "chrf <by> length"
        own = [e.get("id", "") for e in root.iter() if e.get("id")]
        assert all(id.startswith(prefix) for id in own)
        ids += own
        for element in root.iter():
            assert "style" not in element.attrib
            assert element.tag not in (SVG + "style", SVG + "metadata", SVG + "script")
            link = element.get("href") or element.get("clip-path", "")[4:-1]
            assert not link or link[1:] in own
            # Every colour is the page's own.
            assert "#" not in element.get("fill", "") + element.get("stroke", "")
        assert set(NAMES) <= set(_texts(inline(svg, prefix, "x")))
        classes = {name for e in root.iter() for name in e.get("class", "").split()}
        assert {"fill-s0", "fill-s1", "fill-s2", "fill-ink", "stroke-rule"} <= classes
    assert len(ids) == len(set(ids))
