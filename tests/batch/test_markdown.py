"""Markdown to articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.batch.markdown import read_markdown

BODY = """
# افتتاح ميناء جديد

أعلنت الحكومة **افتتاح** ميناء جديد في [العقبة](https://example.org/a) اليوم،
وقالت إنه الأكبر.

## تفاصيل

- أول بند
- ثاني بند

> قال الوزير: «هذا إنجاز».

![صورة الميناء](a.png)

| السنة | السفن |
|-------|-------|
| 2023  | 400   |

<div class="ad">إعلان</div>
"""


def test_paragraphs_without_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(BODY, "utf-8")
    article = read_markdown(path)
    assert article.title == "افتتاح ميناء جديد"
    assert article.text.split("\n\n") == [
        "افتتاح ميناء جديد",
        "أعلنت الحكومة افتتاح ميناء جديد في العقبة اليوم، وقالت إنه الأكبر.",
        "تفاصيل",
        "أول بند",
        "ثاني بند",
        "قال الوزير: «هذا إنجاز».",
        "السنة",
        "السفن",
        "2023",
        "400",
        "إعلان",
    ]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ('---\nlang: ar\ntitle: "ميناء: جديد"\n---\n', "ميناء: جديد"),
        ("+++\ntitle = 'ميناء'\n+++\n", "ميناء"),
        ("---\r\nTitle: ميناء\r\n---\r\n", "ميناء"),
        ("---\ntags: [a]\n---\n", "افتتاح ميناء جديد"),
        ("\ufeff---\ntitle: ميناء\n---\n", "ميناء"),
    ],
)
def test_front_matter(tmp_path: Path, front: str, title: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes((front + BODY).encode())
    article = read_markdown(path)
    assert article.title == title
    assert article.text.startswith("افتتاح ميناء جديد\n\nأعلنت")


def test_a_rule_is_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\n\nأعلنت الحكومة ذلك اليوم.\n", "utf-8")
    assert read_markdown(path).text == "أعلنت الحكومة ذلك اليوم."


def test_deep_nesting_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("> " * 1000 + "نص\n\n" + "[" * 5000 + "\n\nأعلنت الحكومة ذلك.", "utf-8")
    assert "أعلنت الحكومة ذلك." in read_markdown(path).text
