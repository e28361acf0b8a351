"""Records in the forms that the verbs write."""

from __future__ import annotations

import json

from mujaz.batch.rendering import rendered

from ..brief.pages import ARTICLE, bridge

BRIEF = bridge()


def test_a_brief_in_every_form() -> None:
    assert json.loads(rendered(BRIEF, "json"))["schema"] == "mujaz.brief/1"
    assert rendered(BRIEF, "md") == BRIEF.markdown()
    assert rendered(BRIEF, "text") == rendered(BRIEF, "same") == BRIEF.text()
    assert rendered(BRIEF, "html").startswith("<!doctype html>")


def test_a_page_shows_the_article_where_it_is_given() -> None:
    last = "وأعيد بناء ثلاثة منها حتى الآن"
    assert last in rendered(BRIEF, "html", ARTICLE)
    assert last not in rendered(BRIEF, "html")
