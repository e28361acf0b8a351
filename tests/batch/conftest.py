"""Tiny weights, articles, and settings of a machine without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.batch.recipe import Recipe
from mujaz.settings import Settings

from ..models.conftest import tiny

__all__ = ["tiny"]

OPENINGS = (
    "افتتح الرئيس جسرا جديدا فوق النهر يوم الثلاثاء بعد أعوام من العمل.",
    "قال الوزير إن المشروع سيبدأ في شهر مارس المقبل في مدن أخرى.",
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب.",
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع الرئيس.",
    "حذرت هيئة الأرصاد من أمطار غزيرة على الساحل.",
)


def article_text(number: int) -> str:
    """A small article that no other number gives."""
    first, second = OPENINGS[number % 5], OPENINGS[(number // 5 + 1) % 5]
    return f"خبر قصير\n\n{first} {second} بلغ عدد الحاضرين {number} شخصا.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True, threads=1)


@pytest.fixture
def lead() -> Recipe:
    """Needs no weights."""
    return Recipe("summarize", method="lead", sentences=1)


@pytest.fixture
def translation(tiny: Callable[[str], Path]) -> Recipe:
    return Recipe("translate", translator=str(tiny("marian")))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of six articles, two of them in a folder below."""
    folder = tmp_path / "news"
    (folder / "sport").mkdir(parents=True)
    for number in range(4):
        (folder / f"{number}.txt").write_text(article_text(number), "utf-8")
    for number in (4, 5):
        (folder / "sport" / f"{number}.txt").write_text(article_text(number), "utf-8")
    return folder
