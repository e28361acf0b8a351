"""The manifest: what it remembers, and what it says when it cannot."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.batch.manifest import FILE, VERSION, Item, Manifest, Row
from mujaz.batch.outputs import FOLDER, OutputError

ODD = os.fsdecode("خبر".encode("cp1256"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    return tmp_path


@pytest.fixture
def manifest(folder: Path) -> Iterator[Manifest]:
    manifest = Manifest(folder)
    yield manifest
    manifest.close()


def item(number: int, **changes: object) -> Item:
    made = Item(f"{number}.txt", str(number), f"/in/{number}", f"in/{number}")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_items_come_back(folder: Path, manifest: Manifest) -> None:
    odd = item(1, input=f"/in/{ODD}", named=ODD, entry='{"id":"خبر"}', state="done", size=7)
    manifest.put(odd, item(2))
    assert manifest.find("1.txt") == odd
    assert manifest.find("3.txt") is None
    assert manifest.place_of(f"/in/{ODD}") == "1"
    assert manifest.place_of("/in/3") is None
    other = Manifest(folder, readonly=True)
    assert list(other.each()) == [odd, item(2)]
    with pytest.raises(OutputError, match="cannot be written"):
        other.put(item(4))
    other.close()
    manifest.forget("1.txt")
    assert manifest.find("1.txt") is None
    manifest.clear()
    assert manifest.items() == []


def test_what_a_run_has_to_do_comes_in_its_order(manifest: Manifest) -> None:
    run = manifest.begin("2026-01-01", "mujaz brief in -o out")
    for number, position in ((1, 3), (2, 1), (3, 2)):
        manifest.put(item(number, run=run, position=position))
    manifest.put(item(4, run=run, position=4, state="done"), item(5, run=run + 1, position=1))
    assert [i.output for i in manifest.to_do(run, 0, 2)] == ["2.txt", "3.txt"]
    assert [i.output for i in manifest.to_do(run, 2, 2)] == ["1.txt"]
    assert manifest.left(run) == 3
    assert manifest.counts() == {"done": (1, 1, 0), "pending": (4, 4, 0)}
    assert [i.output for i in manifest.each("pending", page=2)] == [
        "1.txt",
        "2.txt",
        "3.txt",
        "5.txt",
    ]


def test_runs_and_recipes(manifest: Manifest) -> None:
    assert manifest.last_run() is None
    assert manifest.last_recipe() == ""
    first = manifest.begin("2026-01-01", "mujaz brief")
    manifest.follow(first, "abc", "the recipe")
    manifest.end(first, "2026-01-02", "finished")
    second = manifest.begin("2026-01-03", "mujaz brief again")
    run = manifest.last_run()
    assert run
    assert (run.id, run.how, run.command) == (second, "", "mujaz brief again")
    assert manifest.last_recipe() == "the recipe"
    manifest.set("verb", "brief")
    assert (manifest.get("verb"), manifest.get("colour")) == ("brief", "")


def test_rows(manifest: Manifest) -> None:
    def row(number: int, part: int, failed: bool = False, key: bytes = b"k") -> Row:
        return Row(number, key + bytes([number]), failed, number * 10, 10, "{}", part)

    manifest.put_rows("a", [row(0, 0), row(1, 0, failed=True), row(0, 1), row(1, 1), row(2, 1)])
    manifest.put_rows("b", [row(0, 5)])
    assert manifest.last_part("a") == 1
    assert manifest.last_part("c") == 0
    assert manifest.rows("a", 1, 0, 1) == [row(1, 1)]
    assert manifest.count_rows("a", 0) == 2
    assert manifest.count_failed_rows("a", 0) == 1
    assert manifest.failed_entries("a") == ["{}"]
    # One that is done is better than one that failed.
    assert manifest.find_row("a", b"k\x01", before=2) == row(1, 1)
    assert manifest.find_row("a", b"k\x01", before=1) == row(1, 0, failed=True)
    assert manifest.find_row("a", b"x", before=2) is None
    manifest.drop_rows("a", 1, 2)
    assert len(manifest.rows("a", 1)) == 2
    manifest.publish_rows("a", 1)
    assert manifest.rows("a", 0) == [row(0, 0), row(1, 0)]
    assert manifest.last_part("a") == 0
    assert manifest.last_part("b") == 5


def test_together_or_not_at_all(manifest: Manifest) -> None:
    with pytest.raises(KeyError), manifest.together():
        manifest.put(item(1))
        raise KeyError
    with manifest.together(undone=True):
        manifest.put(item(2))
    assert manifest.items() == []
    with manifest.together():
        manifest.put(item(3))
    assert len(manifest.items()) == 1


def test_another_version(folder: Path) -> None:
    Manifest(folder).close()
    for version, word in ((VERSION + 1, "newer Mujaz; upgrade"), (-1, "older Mujaz; use the")):
        db = sqlite3.connect(folder / FOLDER / FILE)
        db.execute(f"PRAGMA user_version = {version}")
        db.close()
        with pytest.raises(OutputError, match=word):
            Manifest(folder)


def test_a_damaged_one(folder: Path) -> None:
    (folder / FOLDER / FILE).write_bytes(b"no database at all, but long enough" * 100)
    with pytest.raises(OutputError, match=r"damaged .*; delete .*\.mujaz and run it again"):
        Manifest(folder)


def test_none_in_memory_comes_to_the_disk(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, memory=True)
    manifest.put(item(1))
    assert manifest.items() == [item(1)]
    manifest.close()
    assert list(tmp_path.iterdir()) == []
