"""Base and adapted model on the same sentences, with the prompts of run time."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mujaz.checks.finding import worst
from mujaz.errors import InputError, OptionError
from mujaz.eval import Segments, compare_scores, metrics
from mujaz.models.adapters import ADAPTER_FILE
from mujaz.models.disk import sha256_of, write_atomically
from mujaz.models.llama_engine import LlamaEngine
from mujaz.translate import InstructTranslator, Retry, Segment, Translation

from .card import SCORES
from .config import Config, fingerprint
from .export import complete
from .ledger import Ledger
from .sources import read_lines

METRICS = "bleu,chrf,preservation,length-reference"
SYSTEMS = ("base", "adapted")
_FLAGS = {"warning or worse": ("warning", "severe"), "severe": ("severe",)}


def measure(config: Config, base: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Translate with both, score, write ``scores.json`` and the adapter's card anew.

    Every output is kept; a run that broke off goes on.

    Raises:
        OptionError: There is no adapter yet.
        InputError: The test set's files cannot be read, are empty, or have other numbers of lines.
        EngineError: A model cannot be run.
    """
    folder = config.folder / "adapter"
    adapter = folder / ADAPTER_FILE
    if not adapter.is_file():
        raise OptionError(f"{adapter} is not there", "run `python -m train export`")
    source, reference = _lines(config.measure.source), _lines(config.measure.reference)
    if not source or len(source) != len(reference):
        raise InputError(
            f"{config.measure.source} has {len(source)} lines, and its reference {len(reference)}",
            "give both sides of one test set in [measure]",
        )
    stride = config.measure.stride
    order = sorted(range(len(source)), key=lambda n: (n % stride, n))
    chosen = sorted(order[: config.measure.lines or None])
    adapters: dict[str, Path | None] = {"base": None, "adapted": adapter}
    made = {
        name: _translations(name, adapters[name], config, base, source, chosen, tell)
        for name in SYSTEMS
    }
    segments = {
        name: Segments(
            ids=tuple(str(n) for n in chosen),
            hypotheses=tuple(found[n].text for n in chosen),
            references=tuple((reference[n],) for n in chosen),
            sources=tuple(source[n] for n in chosen),
        )
        for name, found in made.items()
    }
    compared = compare_scores(segments["base"], segments["adapted"], metrics(METRICS))
    flagged = {
        severity: {name: _share(found, chosen, kinds) for name, found in made.items()}
        for severity, kinds in _FLAGS.items()
    }
    scores = {
        "source": Path(config.measure.source).name,
        "lines": len(chosen),
        "scores": [
            {
                "name": found.name,
                "base": _number(found.a),
                "adapted": _number(found.b),
                "difference": _number(found.difference),
                "low": _number(found.low),
                "high": _number(found.high),
                "p": _number(found.p_randomisation),
                "signature": found.signature,
            }
            for found in compared
        ],
        "flagged": flagged,
    }
    target = config.folder / "measure" / SCORES
    write_atomically(target, json.dumps(scores, indent=2) + "\n")
    complete(config, folder)
    return scores


def _number(value: float) -> float | None:
    """Return ``value``, or nothing where the texts left it undefined: JSON has no such number."""
    return round(value, 4) if math.isfinite(value) else None


def _share(found: dict[int, Translation], chosen: list[int], kinds: tuple[str, ...]) -> float:
    return round(sum(worst(found[n].findings) in kinds for n in chosen) / len(chosen), 4)


def _translations(
    name: str,
    adapter: Path | None,
    config: Config,
    base: Path,
    source: list[str],
    chosen: list[int],
    tell: Callable[[str], None],
) -> dict[int, Translation]:
    key = fingerprint(
        base.name, config.measure.retries, source, sha256_of(adapter) if adapter else ""
    )
    ledger = Ledger(config.folder / "measure" / f"{name}.jsonl", key)
    found = {line: Translation.from_json(text) for line, text in ledger}
    missing = [n for n in chosen if n not in found]
    if not missing:
        return found
    engine = LlamaEngine(base, adapter=adapter, threads=config.measure.threads or None)
    try:
        translator = InstructTranslator(engine, retry=Retry(candidates=config.measure.retries))
        for count, n in enumerate(missing, 1):
            found[n] = translator.translate([Segment(source[n])])[0]
            ledger.add([n, found[n].to_json()])
            tell(f"{name}: {count} of {len(missing)}")
    finally:
        engine.close()
    return found


def _lines(name: str) -> list[str]:
    try:
        return read_lines(Path(name))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name} cannot be read ({error})", "mend [measure]") from error
