"""The tuner measures what is installed, and keeps the setting that is best."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.errors import ModelError
from mujaz.models import tuner
from mujaz.models.ctranslate2_engine import CTranslate2Engine
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.tuner import Trial, choose, thread_counts, tune
from mujaz.models.tuning import Tuned, preferred
from mujaz.settings import Settings


def test_the_fastest_is_taken_and_of_near_ones_the_smallest() -> None:
    def best(*pairs: tuple[int, float]) -> int:
        return choose([Trial(Tuned(threads), seconds) for threads, seconds in pairs]).threads

    assert best((8, 2.0), (4, 3.0), (1, 9.0)) == 8
    assert best((8, 2.0), (4, 2.05), (1, 9.0)) == 4
    assert best((8, 2.5), (4, 2.0), (1, 2.1)) == 4
    assert best((2, 1.0)) == 2


@pytest.mark.parametrize(
    ("available", "counts"), [(1, [1]), (2, [2, 1]), (4, [4, 2, 3, 1]), (16, [16, 8, 15, 1])]
)
def test_promising_counts_come_first(available: int, counts: list[int]) -> None:
    assert thread_counts(available) == counts


def test_an_empty_store_has_nothing_to_measure(settings: Settings) -> None:
    with pytest.raises(ModelError, match="mujaz models list"):
        tune(settings)


def test_an_installed_model_is_measured_and_the_engine_obeys(
    tiny: Callable[[str], Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuner, "available_threads", lambda: 4)
    monkeypatch.setattr(tuner, "_OUTPUT", 2)
    # Threads that wait for each other crawl on a machine that does other work.
    monkeypatch.setattr(tuner, "_pays_to_join", lambda model, threads: False)
    model = pull("my/marian", settings, PullOptions(source=tiny("marian")))
    (found,) = tune(settings)
    assert (found.engine, found.model) == ("ctranslate2", "my/marian")
    assert [trial.setting for trial in found.trials] == [Tuned(4), Tuned(2), Tuned(3), Tuned(1)]
    assert all(trial.seconds > 0 for trial in found.trials)
    assert found.best == choose(list(found.trials)) == preferred("ctranslate2", settings, {})
    assert "(4 threads " in str(found)
    (short,) = tune(settings, budget=0)
    assert [trial.setting for trial in short.trials] == [Tuned(4), Tuned(2)]
    assert preferred("ctranslate2", settings, {}) == short.best
    # What was kept holds where nobody says otherwise.
    monkeypatch.setenv("MUJAZ_HOME", str(settings.home))
    monkeypatch.delenv("MUJAZ_THREADS", raising=False)
    path = model.description.converted
    assert path is not None
    engine = CTranslate2Engine(path)
    assert engine.arrangement == (short.best.threads, 1)
    engine.close()
    assert CTranslate2Engine(path, threads=1).arrangement == (1, 1)
    monkeypatch.setenv("MUJAZ_THREADS", "3")
    assert CTranslate2Engine(path).arrangement == (3, 1)
