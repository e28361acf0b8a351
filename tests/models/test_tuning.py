"""What was found best is kept for this machine, and gives way to other wishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.errors import OptionError, StoreError
from mujaz.models.tuning import (
    Tuned,
    Tuning,
    file_of,
    preferred,
    this_machine,
    write_tuning,
)
from mujaz.settings import Settings


def test_what_was_kept_is_preferred(settings: Settings) -> None:
    assert preferred("llama", settings, {}) is None
    write_tuning(
        Tuning(this_machine(), {"llama": Tuned(3), "ctranslate2": Tuned(4, joined=True)}), settings
    )
    assert preferred("llama", settings, {}) == Tuned(3)
    assert preferred("ctranslate2", settings, {}) == Tuned(4, joined=True)
    assert preferred("transformers", settings, {}) is None
    # Without settings they are the environment's.
    assert preferred("llama", None, {"MUJAZ_HOME": str(settings.home)}) == Tuned(3)


def test_the_environment_goes_first(settings: Settings) -> None:
    write_tuning(Tuning(this_machine(), {"llama": Tuned(3)}), settings)
    assert preferred("llama", settings, {"MUJAZ_THREADS": " 5 "}) == Tuned(5)
    assert preferred("llama", settings, {"MUJAZ_THREADS": ""}) == Tuned(3)
    for wrong in ("0", "-1", "two", "1.5"):
        with pytest.raises(OptionError, match=r"MUJAZ_THREADS is .*give a number"):
            preferred("llama", settings, {"MUJAZ_THREADS": wrong})


def test_another_machines_or_broken_findings_count_for_nothing(settings: Settings) -> None:
    write_tuning(Tuning("another, 64 CPUs", {"llama": Tuned(64)}), settings)
    assert preferred("llama", settings, {}) is None
    file_of(settings).write_text('{"schema": "mujaz.tuning/1"', encoding="utf-8")
    assert preferred("llama", settings, {}) is None


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(StoreError, match=r"tuning\.json cannot be written"):
        write_tuning(Tuning(this_machine()), Settings(home=tmp_path / "home"))
