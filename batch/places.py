"""Where outputs go: the input's tree once more, under names that any file system takes."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 200
"""Bytes of an output's name before its suffix. File systems take 255; the rest is for the suffix,
and for the temporary name that an output is written under."""

OUTPUT_SUFFIXES = (".txt", ".md", ".json", ".jsonl", ".html", ".docx", ".srt")
"""Suffixes that outputs may get."""

_INDEX = "index"  # index.html and index.jsonl at the top are the job's own
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f/\ufffd\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Shelf:
    """The names given in one folder of the outputs, no two of which any system takes for one.

    Two names are one where they differ in case alone (macOS, Windows) or in how their accents are
    composed. The first keeps its name; the others get eight digits of a hash of their own name
    behind it, which stay the same from run to run.

    Args:
        place: The folder, below the output folder.
    """

    def __init__(self, place: PurePosixPath) -> None:
        self.place = place
        self._stems = {_INDEX} if place == PurePosixPath() else set()
        self._folders: set[str] = set()

    def keep(self, place: PurePosixPath) -> None:
        """Set a name aside that an earlier run gave."""
        if place.parent == self.place:
            self._stems.add(_key(place.name))

    def file(self, name: str) -> PurePosixPath:
        """Return the place for the input ``name``, without a suffix."""
        stem = _fit(PurePosixPath(name).stem, name)
        if _key(stem) in self._stems:
            stem = _marked(stem, name)
        self._stems.add(_key(stem))
        return self.place / stem

    def folder(self, name: str) -> PurePosixPath:
        """Return the place for the outputs of the folder ``name``."""
        fit = _fit(name, name)
        # A folder "news.json" would stand where the output of "news.txt" has to go.
        stem, suffix = PurePosixPath(fit).stem, PurePosixPath(fit).suffix
        blocks = suffix.lower() in OUTPUT_SUFFIXES
        if _key(fit) in self._folders or (blocks and _key(stem) in self._stems):
            fit = _marked(fit, name)
        elif blocks:
            self._stems.add(_key(stem))
        self._folders.add(_key(fit))
        return self.place / fit


def _key(name: str) -> str:
    """Return what two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _fit(stem: str, name: str) -> str:
    """Return ``stem`` without characters that break lines, and short enough."""
    text = os.fsencode(stem).decode("utf-8", "replace")
    clean = _UNFIT.sub("_", text).strip() or "_"
    # A leading dot would hide the output.
    clean = "_" + clean[1:] if clean.startswith(".") else clean
    return clean if len(clean.encode()) <= LONGEST_NAME else _marked(clean, name)


def _marked(stem: str, name: str) -> str:
    """Return ``stem`` with a hash of ``name`` behind it, cut to fit."""
    mark = "-" + hashlib.blake2b(os.fsencode(name), digest_size=4).hexdigest()
    room = LONGEST_NAME - len(mark)
    return stem.encode()[:room].decode("utf-8", "ignore") + mark
