"""A user's own names, which win over all tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .gazetteer import Gazetteer
from .lexicon import Entry, LexiconError


@dataclass(frozen=True, slots=True)
class Glossary:
    """Names that a user wants translated his way.

    Attributes:
        pairs: Arabic form and English spelling, in the file's order.
        index: The same, ready for matching.
    """

    pairs: tuple[tuple[str, str], ...]
    index: Gazetteer


def make_glossary(pairs: list[tuple[str, str]]) -> Glossary:
    """Return a glossary of pairs of an Arabic form and its English; the later of two wins."""
    entries = [Entry("other", english, (arabic,)) for arabic, english in reversed(pairs)]
    return Glossary(tuple(pairs), Gazetteer([("glossary", entries)]))


def load_glossary(path: Path) -> Glossary:
    """Read a glossary: a UTF-8 file with ``arabic<TAB>english`` on each line.

    Empty lines and lines that start with ``#`` are skipped; columns behind the second too.

    Raises:
        LexiconError: The file cannot be read, or a line does not have two columns.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"cannot read the glossary {path}: {error}", "give a UTF-8 TSV file"
        ) from error
    pairs = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        arabic, tab, english = line.partition("\t")
        english = english.split("\t")[0].strip()
        if not tab or not arabic.strip() or not english:
            raise LexiconError(
                f"line {number} of the glossary {path} is not a pair",
                "write arabic, a tab, english",
            )
        pairs.append((arabic.strip(), english))
    return make_glossary(pairs)
