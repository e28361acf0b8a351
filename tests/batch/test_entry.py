"""Entries of the index: short, whole, and JSON both ways."""

from __future__ import annotations

from mujaz.batch.entry import Entry, entry_of
from mujaz.batch.worker import Outcome


def test_an_outcome_is_cut_to_what_an_index_shows() -> None:
    warnings = tuple(f"⚠ {n}" for n in range(9))
    entry = entry_of(
        Outcome("a", "{}", "text", "Title", "عنوان", "x " * 1000, warnings, sentences=3)
    )
    assert (entry.title, entry.original) == ("Title", "عنوان")
    assert len(entry.line) <= 300
    assert entry.line.endswith("…")
    assert (len(entry.warnings), entry.warned) == (5, 9)
    assert Entry.from_json(entry.to_json()) == entry


def test_a_failure_keeps_its_error() -> None:
    assert entry_of(Outcome("a", error="a\nbad one")).error == "a bad one"
