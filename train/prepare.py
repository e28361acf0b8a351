"""From files of sentence pairs to the tokens that a model is trained on, and the counts of both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mujaz.models.disk import sha256_of, write_atomically

from .alignment import similarities
from .cleaning import clean
from .config import Config, fingerprint
from .duplicates import Seen
from .examples import Example, examples_of
from .overlap import TestSentences, read_tests
from .packing import pack
from .selection import Choice, choose
from .sources import ENDING, Pair, read_pairs
from .tokens import HELD_OUT, TRAINING, Examples, Tokenizer, tokenized

STATISTICS = "statistics.json"

Counts = dict[str, Counter[str]]


def prepare(config: Config, base: Path, tell: Callable[[str], None]) -> Path:
    """Write training and held-out tokens and their statistics; nothing is done twice.

    Args:
        config: The run.
        base: The base model's GGUF file, for its tokenizer.
        tell: Told how far it is.

    Returns:
        The folder with ``training.npz``, ``held_out.npz`` and ``statistics.json``.

    Raises:
        MujazError: The data, a test set or the model cannot be read.
    """
    folder = config.folder / "prepare"
    key = key_of(config, base)
    if _made(folder / STATISTICS) == key:
        tell(f"{folder} is prepared already")
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    counts: Counts = {}
    tests = TestSentences(read_tests(config.prepare.exclude), config.prepare.overlap)
    pairs = _kept(config, tests, counts, tell)
    cosines = _cosines(pairs, config, folder / "similarities.jsonl", tell)
    choices = choose(pairs, cosines, config)
    _count_pairs(counts, pairs, cosines, choices, config)
    examples = examples_of(choices, folder / "examples.jsonl", tell)
    tell("tokenizing")
    tokens = tokenized(examples, Tokenizer(base), config.prepare.longest)
    held = _held_out(choices, config)
    fits = tokens.lengths > 0
    training, apart = tokens.part(fits & ~held), tokens.part(fits & held)
    training.save(folder / TRAINING)
    apart.save(folder / HELD_OUT)
    statistics = {
        "key": key,
        "tests": len(tests),
        "origins": {name: dict(found) for name, found in counts.items()},
        "examples": _count_examples(examples, fits),
        "held out": len(apart),
        "training": len(training),
        **_sizes(training, config),
    }
    write_atomically(folder / STATISTICS, json.dumps(statistics, indent=2) + "\n")
    tell(f"{len(training)} examples, {len(training.tokens)} tokens: {folder}")
    return folder


def key_of(config: Config, base: Path) -> str:
    """Return what decides the result; what was prepared under another key is prepared anew.

    The files count with their content: a pair of a test set that grew must not be trained on.
    """
    data = sorted(Path(config.prepare.data).glob(f"*{ENDING}"))
    files = [path for path in (*data, *map(Path, config.prepare.exclude)) if path.is_file()]
    hashes = [(path.name, sha256_of(path)) for path in files]
    return fingerprint(config.seed, config.prepare, config.source, hashes, base.name)


def _kept(
    config: Config, tests: TestSentences, counts: Counts, tell: Callable[[str], None]
) -> list[Pair]:
    """Return what is clean, new, and in no test set."""
    seen = Seen(config.prepare.near_duplicate, config.seed)
    kept: list[Pair] = []
    for number, raw in enumerate(read_pairs(config), 1):
        count = counts.setdefault(raw.origin, Counter())
        count["read"] += 1
        pair = clean(raw, config.prepare)
        if isinstance(pair, str):
            fault = pair
        else:
            fault = "test set" if tests.hold(pair) else seen.again(pair)
            if not fault:
                kept.append(pair)
        if fault:
            count[fault] += 1
        if number % 20_000 == 0:
            tell(f"read {number} pairs, kept {len(kept)}")
    return kept


def _cosines(
    pairs: list[Pair], config: Config, kept: Path, tell: Callable[[str], None]
) -> list[float]:
    """Return how well each pair is aligned; a name alone has no meaning to compare, and gets 1."""
    scored = [pair for pair in pairs if config.origin(pair.origin).made != "names"]
    found = dict(zip(scored, similarities(scored, kept, tell), strict=True))
    return [found.get(pair, 1.0) for pair in pairs]


def _count_pairs(
    counts: Counts,
    pairs: list[Pair],
    cosines: list[float],
    choices: list[Choice],
    config: Config,
) -> None:
    for pair, cosine in zip(pairs, cosines, strict=True):
        if cosine < config.prepare.least_similarity:
            counts[pair.origin]["misaligned"] += 1
    for choice in choices:
        counts[choice.pair.origin]["showings"] += 1
        counts[choice.pair.origin]["pairs"] += choice.copy == 0
        counts[choice.pair.origin]["Arabic words"] += len(choice.pair.arabic.split())


def _held_out(choices: list[Choice], config: Config) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Choose whole pairs, so that no second showing of one is trained on."""
    chosen: dict[Pair, None] = {}
    for choice in choices:  # in an order that chance decided
        if len(chosen) < config.prepare.held_out and len(chosen) < len(choices) // 20:
            chosen[choice.pair] = None
    return np.array([choice.pair in chosen for choice in choices], dtype=np.bool_)


def _count_examples(
    examples: list[Example], fits: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> dict[str, int]:
    return {
        "made": len(examples),
        "too long": int((~fits).sum()),
        "with names told": sum(e.names > 0 for e in examples),
        "with terms told": sum(e.terms > 0 for e in examples),
        "names told": sum(e.names for e in examples),
        "terms told": sum(e.terms for e in examples),
    }


def _sizes(training: Examples, config: Config) -> dict[str, int]:
    rows = pack(training.lengths, config.tune.row, np.arange(len(training)))
    return {
        "tokens": len(training.tokens),
        "answer tokens": int((training.lengths - training.prompts).sum()),
        "rows": len(rows),
        "tokens of the rows": len(rows) * config.tune.row,
    }


def _made(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["key"])
    except (OSError, ValueError, KeyError):
        return ""
