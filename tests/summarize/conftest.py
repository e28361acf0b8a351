"""Tiny weights that write Arabic, and settings of a machine without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.settings import Settings

from ..models import tiny_models
from ..models.conftest import tiny

__all__ = ["tiny"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


@pytest.fixture(scope="session")
def tiny_summarizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint shaped like AraBART that has learnt to write Arabic for Arabic."""
    folder = tmp_path_factory.mktemp("tiny") / "arabart-summarizer"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny_models, "ENGLISH", tiny_models.ARABIC)
        return tiny_models.build("arabart", folder)
