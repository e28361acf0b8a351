"""What the tests of several rooms share."""

from __future__ import annotations

import pytest

from .scripted_engine import ScriptedEngine


@pytest.fixture
def scripted_engine() -> type[ScriptedEngine]:
    """The engine that says what a test queued: ``scripted_engine("First.", "Second.")``."""
    return ScriptedEngine
