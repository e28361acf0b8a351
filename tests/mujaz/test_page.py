"""Pages escape what they are given and let nothing else run."""

from __future__ import annotations

import base64
import hashlib

import jinja2
import pytest

from mujaz.page import asset, policy, template


def test_what_is_given_is_escaped() -> None:
    page = template("mujaz.batch", "index.html")
    assert page.environment.autoescape is True
    with pytest.raises(jinja2.UndefinedError):
        page.render()


def test_filters_are_known_to_the_template() -> None:
    page = template("mujaz.eval", "report.html", thousands=lambda value: f"{value:,}")
    assert page.environment.filters["thousands"](1000) == "1,000"


def test_the_policy_names_style_and_script_by_their_hashes() -> None:
    style, script = asset("mujaz.brief", "page.css"), asset("mujaz.brief", "page.js")
    told = policy(style, script)
    assert told.startswith("default-src 'none';")
    assert "unsafe" not in told
    for text in (style, script):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in told
    assert policy(style, script + " ") != told
