"""Saved web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.batch.html_page import read_page
from mujaz.errors import InputError

PARAGRAPHS = [
    "افتتحت وزارة الصحة في عمّان يوم الأحد مستشفى ميدانيا جديدا يضم 120 سريرا، وقالت إنه سيخدم سكان"
    " المناطق الشرقية من العاصمة.",
    "وقال وزير الصحة إن المستشفى سيعمل على مدار الساعة، وإن الوزارة عينت له 45 طبيبا و200 ممرض.",
    "وأضاف: «سنفتتح مستشفيين آخرين في إربد والعقبة قبل نهاية العام».",
    "ويعاني القطاع الصحي من نقص في الأسرّة منذ سنوات، بحسب نقابة الأطباء، التي رحبت بالخطوة.",
]
UTF8 = '<meta charset="utf-8">'
ARABIC_PAGE = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">'


def page(meta: str = UTF8, body: str = "") -> str:
    body = body or "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head>{meta}
<title>افتتاح مستشفى ميداني | صحيفة الخبر</title>
<script>var text = "{PARAGRAPHS[0] * 3}";</script><style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/a">سياسة</a></li>
<li><a href="/b">اقتصاد</a></li></ul></nav></header>
<main><article><h1>افتتاح مستشفى ميداني في عمّان</h1>
<img src="data:image/png;base64,{"A" * 5000}">{body}
<div class="share"><a href="#">شارك على فيسبوك</a></div></article></main>
<aside><h3>الأكثر قراءة</h3>
<ul><li><a href="/1">ارتفاع أسعار الذهب في السوق المحلية</a></li></ul></aside>
<section id="comments"><div class="comment">
<p>تعليق من قارئ يشكر الوزارة على جهدها.</p></div></section>
<footer><p>جميع الحقوق محفوظة © صحيفة الخبر</p></footer></body></html>"""


def put(tmp_path: Path, raw: bytes | str) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return path


@pytest.mark.parametrize(
    "raw",
    [
        page().encode(),
        b"\xef\xbb\xbf" + page("").encode(),
        page("").encode("utf-16"),
        page(ARABIC_PAGE).encode("cp1256"),
        page("").encode("cp1256"),
        page(UTF8).encode("cp1256"),  # saved anew by an editor that left the mark
        page(ARABIC_PAGE).encode(),
        page('<meta charset="no-such-thing">').encode("cp1256"),
    ],
    ids=["utf8", "bom", "utf16", "1256", "unsaid", "1256-as-utf8", "utf8-as-1256", "unknown"],
)
def test_the_main_text_in_any_encoding(tmp_path: Path, raw: bytes) -> None:
    article = read_page(put(tmp_path, raw))
    assert article.title == "افتتاح مستشفى ميداني في عمّان"
    assert article.text.split("\n\n") == [article.title, *PARAGRAPHS]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" + "<br><br>".join(PARAGRAPHS) + "</div>",
        "".join(f"<div class='x'>{text}</div>" for text in PARAGRAPHS),
    ],
    ids=["breaks", "divs"],
)
def test_paragraphs_that_are_not_marked_as_such(tmp_path: Path, body: str) -> None:
    assert read_page(put(tmp_path, page(body=body))).text.split("\n\n")[1:] == PARAGRAPHS


def test_headings_quotations_lists_and_tables_are_kept(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + (
        "<h2>عنوان فرعي داخل الخبر</h2><blockquote><p>هذا اقتباس من بيان الوزارة.</p></blockquote>"
        "<table><tr><th>السنة</th><th>الأسرة</th></tr><tr><td>2023</td><td>9000</td></tr></table>"
    )
    text = read_page(put(tmp_path, page(body=body))).text
    assert text.split("\n\n")[-4:] == [
        "عنوان فرعي داخل الخبر", "هذا اقتباس من بيان الوزارة.", "السنة، الأسرة", "2023، 9000",
    ]  # fmt: skip


def test_titles(tmp_path: Path) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    for head, title in [
        ('<meta property="og:title" content="من الوسم"><title>س</title>', "من الوسم"),
        ("<title>عنوان الخبر - وكالة الأنباء</title>", "عنوان الخبر"),
        ("<title>عنوان بلا موقع</title>", "عنوان بلا موقع"),
        ("", ""),
    ]:
        raw = f"<html><head>{head}</head><body>{text}</body></html>"
        assert read_page(put(tmp_path, raw)).title == title


@pytest.mark.parametrize(
    ("raw", "phrase"),
    [
        (b" \n", "is empty"),
        ("<html><body><script>خبر</script></body></html>", "without an article"),
        ("<html><body>" + "<div>" * 20_000 + "خبر", "nested too deeply"),
        ("<html><body>" + "<p>" * 60_000 + "خبر", "too large a page"),
        (b"<html><body>" + b"a" * (9 << 20), "too large a page"),
        ("<script>" * 20_000 + "خبر", "without an article"),
        ("<!--" * 20_000 + "خبر", "without an article"),
        (b"\x00\xff" * 500, "cannot|binary|without"),
    ],
)
def test_pages_that_give_nothing(
    tmp_path: Path, raw: bytes | str, phrase: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match=phrase) as caught:
        read_page(put(tmp_path, raw))
    assert "page.html" in str(caught.value)
    assert capfd.readouterr().err == ""


def test_images_inside_the_page_do_not_count(tmp_path: Path) -> None:
    image = f'<img src="data:image/jpeg;charset=utf-8;base64,{"QUJD" * (3 << 20)}">'
    raw = page(body=image + "".join(f"<p>{text}</p>" for text in PARAGRAPHS))
    assert len(raw) > 12 << 20
    assert read_page(put(tmp_path, raw)).text.count("\n\n") == 4
