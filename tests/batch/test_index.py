"""The index: every article once, its text as text, pages that open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from mujaz.batch import index
from mujaz.batch.entry import Entry
from mujaz.batch.index import foreign_index, is_own_index, page_name, write_index
from mujaz.batch.manifest import Item, Manifest, Row
from mujaz.batch.outputs import Outputs, opened

EVIL = "<script>alert(1)</script> & \"quotes\" 'x' {{ 7*7 }}"


class Page(HTMLParser):
    """What a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.titles: list[str] = []
        self.feed(text)
        assert self.tags.count("script") == 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] in ("a", "h2"):
            self.titles.append(data.strip())


@pytest.fixture
def outputs(tmp_path: Path) -> Iterator[Outputs]:
    with opened(tmp_path / "out") as outputs:
        yield outputs


@pytest.fixture
def manifest(outputs: Outputs) -> Iterator[Manifest]:
    manifest = Manifest(outputs.folder)
    manifest.set("verb", "brief")
    yield manifest
    manifest.close()


def put(manifest: Manifest, output: str, entry: Entry, state: str = "done") -> None:
    manifest.put(
        Item(output, output, f"/in/{output}", f"in/{output}", state=state, entry=entry.to_json())  # type: ignore[arg-type]
    )


def lines(outputs: Outputs) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in outputs.path("index.jsonl").read_text("utf-8").splitlines()
    ]


def test_articles_as_text_with_their_links(outputs: Outputs, manifest: Manifest) -> None:
    put(manifest, "a b#?%.txt", Entry("a", EVIL, "خبر <b>مهم</b>", EVIL, (EVIL,), 3))
    put(manifest, "javascript:x.txt", Entry("j", "", "", "Line."))
    put(manifest, "بعيد.txt", Entry("b", error=f"in/b.txt: {EVIL}"), "failed")
    put(manifest, "waits.txt", Entry("w"), "pending")
    write_index(manifest, outputs)
    text = outputs.path("index.html").read_text("utf-8")
    page = Page(text)
    assert page.links == ["a%20b%23%3F%25.txt", "javascript%3Ax.txt"]
    assert unquote(page.links[0]) == "a b#?%.txt"
    assert "{{ 7*7 }}" in text
    assert "&lt;script&gt;" in text
    assert 'lang="ar" dir="auto">خبر &lt;b&gt;' in text
    assert "3 warnings" in text
    assert "and 2 more in the record" in text
    assert "3 articles, 1 of them failed" in text
    assert "Content-Security-Policy" in text
    first, second, third = lines(outputs)
    assert first["title"] == EVIL
    assert (first["output"], first["warned"]) == ("a b#?%.txt", 3)
    assert second["line"] == "Line."
    assert set(third) == {"input", "id", "error"}


def test_rows_have_their_own_lines(outputs: Outputs, manifest: Manifest) -> None:
    manifest.put(Item("r.jsonl", "r", "/in/r.jsonl", "in/r.jsonl", state="done", rows=2,
                      rows_failed=1))  # fmt: skip
    good, bad = Entry("r1", "Title"), Entry("r2", error="row 2 has no text")
    manifest.put_rows(
        "r.jsonl",
        [Row(0, b"a", False, 0, 9, good.to_json(), 0), Row(1, b"b", True, 9, 9, bad.to_json(), 0)],
    )
    write_index(manifest, outputs)
    assert [line["id"] for line in lines(outputs)] == ["r1", "r2"]
    assert "2 articles, 1 of them failed" in outputs.path("index.html").read_text("utf-8")


def test_many_articles_are_many_pages(
    outputs: Outputs, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PER_PAGE", 3)
    for number in range(10):
        put(manifest, f"{number}.txt", Entry(str(number), f"Title {number}"))
    write_index(manifest, outputs)
    names = [page_name(number) for number in range(1, 5)]
    assert names[:2] == ["index.html", "index-2.html"]
    titles = [
        title
        for name in names
        for title in Page(outputs.path(name).read_text("utf-8")).titles
        if title.startswith("Title")
    ]
    assert titles == [f"Title {number}" for number in range(10)]
    assert "index-4.html" in Page(outputs.path("index.html").read_text("utf-8")).links
    for number in range(5, 10):
        manifest.forget(f"{number}.txt")
    write_index(manifest, outputs)
    assert sorted(p.name for p in outputs.folder.glob("index*")) == [
        "index-2.html",
        "index.html",
        "index.jsonl",
    ]


def test_a_hundred_thousand_pages_are_linked_by_few(outputs: Outputs) -> None:
    near = index._near(5000, 100_000)
    assert len(near) < 25
    assert {1, 4999, 5000, 5001, 100_000} <= set(near)
    assert index._near(1, 1) == [1]


def test_whose_index_it_is(outputs: Outputs, manifest: Manifest) -> None:
    assert not is_own_index(manifest, outputs)
    assert foreign_index(manifest, outputs) == ""
    outputs.path("index.jsonl").write_text("another's")
    assert foreign_index(manifest, outputs) == "index.jsonl"
    write_index(manifest, outputs)
    assert is_own_index(manifest, outputs)
    assert foreign_index(manifest, outputs) == ""


def test_nothing_is_done_yet(outputs: Outputs, manifest: Manifest) -> None:
    write_index(manifest, outputs)
    assert "Nothing is done yet" in outputs.path("index.html").read_text("utf-8")
    assert re.search(r"<h1>Briefs</h1>", outputs.path("index.html").read_text("utf-8"))
