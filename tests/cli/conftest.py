"""Articles, tiny weights and the command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..models.conftest import tiny
from ..summarize.conftest import tiny_summarizer

__all__ = ["tiny", "tiny_summarizer"]

# Threads that wait for each other crawl on a machine that does other work.
ONE_THREAD = ["--threads", "1"]

ARTICLE = (
    "افتتاح جسر جديد\n\n"
    "افتتح الرئيس جسرا جديدا فوق النهر يوم الثلاثاء بعد أعوام من العمل. "
    "قال الوزير إن المشروع سيبدأ في شهر مارس المقبل في مدن أخرى. "
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب."
)

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, with an empty store, out of the hub's reach."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MUJAZ_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return folder


@pytest.fixture
def news(workplace: Path) -> Path:
    """One article."""
    path = workplace / "news.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def command() -> Command:
    """Run ``mujaz`` as a process."""

    def run(
        *arguments: str, input: str | bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        raw = input.encode() if isinstance(input, str) else input
        done = subprocess.run(
            [sys.executable, "-m", "mujaz", *arguments],
            input=raw,
            stdin=subprocess.DEVNULL if raw is None else None,
            capture_output=True,
            timeout=240,
            check=False,
            env=os.environ | environment,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run
