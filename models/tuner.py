"""Measures, on the user's machine, how many threads each engine runs best with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mujaz.errors import EngineError, ModelError
from mujaz.settings import Settings

from .devices import available_threads
from .engine import Engine, GenerationOptions, Prompt
from .loading import open_engine
from .samples import SAMPLES
from .selection import is_whole
from .store import InstalledModel, installed
from .tuning import Tuned, Tuning, this_machine, write_tuning

BUDGET = 50.0
"""Seconds after which no further setting is tried, once two have been."""

# A setting with fewer threads is taken where it is as fast as this share of the fastest: on a
# machine that does other work the last thread costs the others more than it gives.
_NEAR = 0.97
# All threads work on one text only if that takes at most this share of one thread's time.
_CLEARLY = 0.9
_TURNS = 2
_OUTPUT = 16
# Sentences of a batch: enough for every worker of a usual machine.
_SENTENCES = 32


@dataclass(frozen=True, slots=True)
class Trial:
    """One setting, and what it took.

    Attributes:
        setting: What was tried.
        seconds: For the same work as every other trial of the engine, the best of a few turns.
    """

    setting: Tuned
    seconds: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured for one engine.

    Attributes:
        engine: Its name.
        model: The model that it ran.
        best: The setting to keep.
        trials: All that was tried.
    """

    engine: str
    model: str
    best: Tuned
    trials: tuple[Trial, ...]

    def __str__(self) -> str:
        tried = ", ".join(f"{_spelt(t.setting)} {t.seconds:.1f} s" for t in self.trials)
        return f"{_spelt(self.best)} ({tried}; {self.model})"


def tune(settings: Settings, *, budget: float = BUDGET) -> list[Finding]:
    """Measure the best installed instruction model and the best converted one, and keep the result.

    Args:
        settings: Where the models are, and where the result goes.
        budget: Seconds after which no further setting is tried.

    Returns:
        What was found, an engine each.

    Raises:
        ModelError: No model is installed that threads make a difference to.
        StoreError: The result cannot be kept.
    """
    began = time.perf_counter()
    models = [model for model in installed(settings) if is_whole(model, settings)]
    found: list[Finding] = []
    translator = next((m for m in models if m.description.engines[:1] == ("ctranslate2",)), None)
    if translator:
        finding = _finding("ctranslate2", translator, _workers, began + budget / 2)
        if finding.best.threads > 1 and _pays_to_join(translator, finding.best.threads):
            finding = replace(finding, best=replace(finding.best, joined=True))
        found.append(finding)
    instruct = next((m for m in models if m.description.engines[:1] == ("llama",)), None)
    if instruct:
        found.append(_finding("llama", instruct, _threads, began + budget))
    if not found:
        raise ModelError(
            "no model is installed that could be measured", "pull one, see `mujaz models list`"
        )
    engines = {m.engine: m.best for m in found}
    write_tuning(Tuning(this_machine(), engines), settings)  # type: ignore[arg-type]
    return found


def choose(trials: list[Trial]) -> Tuned:
    """Return the setting of the least threads that is about as fast as the fastest."""
    fastest = min(trial.seconds for trial in trials)
    good = [trial for trial in trials if trial.seconds * _NEAR <= fastest]
    return min(good, key=lambda trial: (trial.setting.threads, trial.seconds)).setting


def thread_counts(available: int) -> list[int]:
    """Return the numbers of threads worth trying, the most promising first.

    All CPUs; half of them, which are the cores where each shows as two; one less, which leaves
    room for the rest of the system; and one.
    """
    counts = [available, available // 2, available - 1, 1]
    return list(dict.fromkeys(count for count in counts if count >= 1))


def _finding(
    engine: str,
    model: InstalledModel,
    trials: Callable[[InstalledModel], Iterator[Trial]],
    end: float,
) -> Finding:
    tried: list[Trial] = []
    for trial in trials(model):
        tried.append(trial)
        # One setting alone would be no finding.
        if len(tried) > 1 and time.perf_counter() > end:
            break
    return Finding(engine, model.id, choose(tried), tuple(tried))


def _workers(model: InstalledModel) -> Iterator[Trial]:
    for threads in thread_counts(available_threads()):
        yield Trial(Tuned(threads), _batch_seconds(model, Tuned(threads), _SENTENCES))


def _pays_to_join(model: InstalledModel, threads: int) -> bool:
    """Say whether one text goes clearly faster with all threads than with one."""
    alone = _batch_seconds(model, Tuned(1), 1)
    return _batch_seconds(model, Tuned(threads, joined=True), 1) < _CLEARLY * alone


def _batch_seconds(model: InstalledModel, setting: Tuned, texts: int) -> float:
    from .ctranslate2_engine import CTranslate2Engine

    engine = CTranslate2Engine(
        model.description.converted or model.path,
        threads=setting.threads,
        joined=setting.joined,
        device="cpu",
    )
    return _timed(engine, (SAMPLES * (texts // len(SAMPLES) + 1))[:texts])


def _threads(model: InstalledModel) -> Iterator[Trial]:
    for threads in thread_counts(available_threads()):
        engine = open_engine(model.path, engine="llama", threads=threads, device="cpu")
        yield Trial(Tuned(threads), _timed(engine, SAMPLES[:1]))


def _timed(engine: Engine, texts: tuple[str, ...]) -> float:
    """Return the seconds of the best of a few turns, and close ``engine``."""
    prompts = [Prompt(text) for text in texts]
    options = GenerationOptions(max_new_tokens=_OUTPUT)
    try:
        engine.generate(prompts[:1], GenerationOptions(max_new_tokens=1))
        took = []
        for _ in range(_TURNS):
            began = time.perf_counter()
            engine.generate(prompts, options)
            took.append(time.perf_counter() - began)
        return min(took)
    except EngineError as error:
        raise ModelError(
            f"the installed model cannot be measured ({error.message})", error.next_step
        ) from error
    finally:
        engine.close()


def _spelt(setting: Tuned) -> str:
    threads = f"{setting.threads} thread" + "s" * (setting.threads > 1)
    return f"{threads}, together on few texts" if setting.joined else threads
