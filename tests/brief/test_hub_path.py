"""From a bare machine with the hub in reach to a brief: what a user's first command does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.brief import Brief
from mujaz.cli.main import main

from ..models.conftest import Repository, StandInHub, hub_server, tiny

__all__ = ["hub_server", "tiny"]

ARTICLE = "قالت الوزارة إن المدرسة الجديدة فتحت أبوابها. وحضر الافتتاح عدد من سكان القرية."


def test_the_first_brief_pulls_the_hubs_model_converts_it_and_uses_it(
    hub_server: StandInHub,
    tiny: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = {f.name: f.read_bytes() for f in tiny("marian").iterdir() if f.is_file()}
    hub_server.repositories["Helsinki-NLP/opus-mt-ar-en"] = Repository(files)
    monkeypatch.setenv("MUJAZ_HOME", str(tmp_path / "home"))
    article = tmp_path / "school.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    assert main(["brief", str(article), "--sentences", "1", "--format", "json"]) == 0

    printed = capsys.readouterr()
    brief = Brief.from_json(printed.out)
    assert brief.making.translator == "seq2seq"
    assert brief.making.translator_model == "Helsinki-NLP/opus-mt-ar-en"
    assert "could be fetched" in brief.making.translator_why
    assert "licence" in printed.err
    assert list((tmp_path / "home").rglob("model.bin")), "converted to CTranslate2 at pull time"
    asked = len(hub_server.requests)

    assert main(["brief", str(article), "--offline", "--format", "json"]) == 0
    assert len(hub_server.requests) == asked, "offline opens no socket"
    again = Brief.from_json(capsys.readouterr().out)
    assert again.making.translator_why == "the best installed model for translate"
