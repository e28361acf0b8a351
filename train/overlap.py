"""Test sets: what stands in them, exactly or nearly, must not be trained on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mujaz.arabic import fold
from mujaz.errors import InputError

from .sources import Pair, read_lines

_WORD = re.compile(r"\w+")
# Whole lines shorter than this say nothing: "Yes." may stand anywhere.
_SHORTEST = 3


def words(text: str) -> list[str]:
    """Return the words of ``text`` folded for comparison, Arabic or English."""
    return _WORD.findall(fold(text))


class TestSentences:
    """The sentences of test sets, to be looked for in training pairs.

    Args:
        texts: Sentences or whole articles, in either language.
        length: Words in a row that count as a copy.
    """

    __test__ = False  # no test class

    def __init__(self, texts: Iterable[str], length: int) -> None:
        self._length = length
        self._runs: set[int] = set()
        self._whole: set[str] = set()
        for text in texts:
            found = words(text)
            self._runs.update(self._hashes(found))
            if len(found) >= _SHORTEST:
                self._whole.add(" ".join(found))

    def __len__(self) -> int:
        """Return how many different sentences there are."""
        return len(self._whole)

    def hold(self, pair: Pair) -> bool:
        """Say whether either side of ``pair`` is a test sentence or shares a run of words."""
        return any(self._holds(words(side)) for side in (pair.arabic, pair.english))

    def _holds(self, found: list[str]) -> bool:
        if " ".join(found) in self._whole:
            return True
        return not self._runs.isdisjoint(self._hashes(found))

    def _hashes(self, found: list[str]) -> Iterator[int]:
        for start in range(len(found) - self._length + 1):
            yield hash(tuple(found[start : start + self._length]))


def read_tests(paths: Iterable[str]) -> Iterator[str]:
    """Yield the texts of test sets: lines of text files, and every string in JSON lines.

    Raises:
        InputError: A file is missing or broken: a test set that is not looked at is one that is
            trained on.
    """
    for name in paths:
        path = Path(name)
        try:
            lines = read_lines(path)
            if path.suffix == ".jsonl":
                records = [json.loads(line) for line in lines if line.strip()]
                lines = list(_strings(records))
        except (OSError, ValueError) as error:
            raise InputError(
                f"the test set {path} cannot be read ({error})", "mend `exclude`"
            ) from error
        yield from lines


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
