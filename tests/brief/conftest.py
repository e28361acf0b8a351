"""A briefer whose weights are a script: model files have a header alone, the engine is scripted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.models.engine import Generation, Prompt
from mujaz.settings import Settings

from ..models.conftest import gguf, tiny
from ..scripted_engine import ScriptedEngine, said

__all__ = ["tiny"]


class Speaker(ScriptedEngine):
    """Answers each prompt by a function of it."""

    def __init__(self, answer: Callable[[Prompt], str | Generation]) -> None:
        super().__init__()
        self._answer = answer

    def _next(self, prompt: Prompt) -> Generation:
        answer = self._answer(prompt)
        return said(answer) if isinstance(answer, str) else answer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


@pytest.fixture
def speaker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Callable[[Prompt], str | Generation]], tuple[str, list[Speaker]]]:
    """Make a GGUF file that any room opens as a speaker; returns its path and who was opened."""

    def make(answer: Callable[[Prompt], str | Generation]) -> tuple[str, list[Speaker]]:
        opened: list[Speaker] = []

        def open_engine(path: Path, **_: object) -> Speaker:
            opened.append(Speaker(answer))
            return opened[-1]

        monkeypatch.setattr("mujaz.translate.open_engine", open_engine)
        monkeypatch.setattr("mujaz.summarize.open_engine", open_engine)
        path = tmp_path / "speaker.gguf"
        path.write_bytes(gguf())
        return str(path), opened

    return make
