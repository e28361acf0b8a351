"""Lines of print in the order of reading."""

from __future__ import annotations

import pytest

from mujaz.batch.visual_order import is_right_to_left, reading_order, with_brackets


def read(visual: str) -> str:
    return "".join(visual[index] for index in reading_order(visual))


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("رسج حتتفا", "افتتح جسر"),
        ("ارتم 950 لوطب", "بطول 950 مترا"),
        ("ةئملا يف 12.5 وحن", "نحو 12.5 في المئة"),
        ("نم %12.5 وحن", "نحو 12.5% من"),
        ("نم 12.5% وحن", "نحو 12.5% من"),
        ("نم ٪٣٠ وحن", "نحو ٣٠٪ من"),
        ("ةرايس ٤٥٬٠٠٠ براقي", "يقارب ٤٥٬٠٠٠ سيارة"),
        ("12/03/2024 يف", "في 12/03/2024"),
        ("2026-2025 ماع", "عام 2025-2026"),
        ("نإ .Alpha Build Inc ةكرش", "شركة Alpha Build Inc. إن"),
        ("Covid-19 سوريف", "فيروس Covid-19"),
        ("2024 سرام 4 يف", "في 4 مارس 2024"),
        ("English alone 12%", "English alone 12%"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_reading_order(visual: str, logical: str) -> None:
    assert read(visual) == logical


def test_marks_stay_on_their_letters() -> None:
    assert "".join(["دّ", "ب"][i] for i in reading_order(["دّ", "ب"])) == "بدّ"


@pytest.mark.parametrize(
    ("found", "turned"),
    [
        ("قال )بنسبة 30( أمس", "قال (بنسبة 30) أمس"),
        ("قال (بنسبة 30) أمس", "قال (بنسبة 30) أمس"),
        ("قال ( بنسبة ( أمس", "قال (بنسبة) أمس"),
        ("قال: »نعم«.", "قال: «نعم»."),
        ("«نعم» و»لا«", "«نعم» و«لا»"),
        ("1) أول", "1) أول"),
        ("بلا أقواس", "بلا أقواس"),
    ],
)
def test_brackets(found: str, turned: str) -> None:
    assert with_brackets(found) == turned


def test_direction() -> None:
    assert is_right_to_left("خبر Reuters")
    assert not is_right_to_left("Reuters 2024")
    assert not is_right_to_left("a long English line with one word خبر")
