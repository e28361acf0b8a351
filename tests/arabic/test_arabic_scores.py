"""Scores in Arabic words, which English gives in figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mujaz.arabic import find_numbers
from mujaz.checks import check_translation


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("تعادل الفريقان بهدف لمثله", (1, 1)),
        ("تعادل الفريقان بهدفين لمثلهما", (2, 2)),
        ("تعادل الفريقان بثلاثة أهداف لمثلها", (3, 3)),
        ("انتهت المباراة بهدف لكل منهما", (1, 1)),
        ("فاز الأهلي بهدفين مقابل هدف", (2, 1)),
        ("فاز الأهلي بهدفين مقابل هدف واحد", (2, 1)),
        ("فاز الأهلي بهدفين لهدف", (2, 1)),
        ("تغلب عليه بثلاثة أهداف مقابل هدفين", (3, 2)),
        ("فازوا بخمسة أهداف لواحد", (5, 1)),
        ("فاز الأهلي بهدفين نظيفين", (2, 0)),
        ("فاز الأهلي بهدف وحيد", (1, 0)),
        ("فاز الأهلي بثلاثة أهداف دون رد", (3, 0)),
        ("فاز الأهلي بثلاثة أهداف من دون مقابل", (3, 0)),
        ("خسر 4 أهداف مقابل لا شيء", (4, 0)),
        ("فاز الأهلي برباعية نظيفة", (4, 0)),
        ("تعادلا سلبيا", (0, 0)),
        ("تعادل منتخبا مصر والجزائر سلبيا", (0, 0)),
        ("انتهت بالتعادل السلبي", (0, 0)),
    ],
)
def test_a_score_in_words(text: str, score: tuple[int, int]) -> None:
    found = [n for n in find_numbers(text) if n.kind == "score"]
    assert [n.value for n in found] == [tuple(map(Decimal, score))]
    assert text[found[0].start : found[0].end] == found[0].surface
    english = f"The match ended {score[0]}-{score[1]} on Sunday night"
    assert "number" not in [f.kind for f in check_translation(text, english)]


@pytest.mark.parametrize(
    "text",
    [
        "تحركت الحكومة بهدف وقف إطلاق النار",
        "سجل هدفين في المباراة",
        "كان رد فعل الوزير سلبيا",
        "اتفقا على هدفين مقابل 3 ملايين دولار",
        "لا هدف له ولا خطة",
    ],
)
def test_an_aim_is_no_score(text: str) -> None:
    assert [n for n in find_numbers(text) if n.kind == "score"] == []


def test_another_score_is_found_and_goals_in_words_are_right() -> None:
    source = "فاز الأهلي على الزمالك بثلاثة أهداف مقابل هدف"
    wrong = check_translation(source, "Al-Ahly beat Zamalek 4-1")
    assert [f.severity for f in wrong if f.kind == "number"].count("severe") >= 1
    for right in ("Al-Ahly beat Zamalek by three goals to one", "Al-Ahly beat Zamalek 3-1"):
        assert [f for f in check_translation(source, right) if f.kind == "number"] == []
    clean = "فاز الأهلي على الزمالك بهدفين نظيفين"
    for right in ("Al-Ahly beat Zamalek by two clean goals", "Al-Ahly beat Zamalek 2-0"):
        assert [f for f in check_translation(clean, right) if f.kind == "number"] == []
    figure = "خسر الأهلي 4 أهداف مقابل لا شيء"
    for right in ("Al-Ahly lost by 4 goals", "Al-Ahly lost 4-0"):
        assert [f for f in check_translation(figure, right) if f.kind == "number"] == []
    wrong = check_translation("فاز الأهلي 3-1 على الزمالك", "Al-Ahly beat Zamalek with 3 goals")
    assert [f.severity for f in wrong if f.kind == "number"] == ["severe"]
