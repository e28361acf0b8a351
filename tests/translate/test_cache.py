"""The file of the segment cache: two processes, damage, size."""

import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from mujaz.checks import Finding
from mujaz.errors import StoreError
from mujaz.settings import Settings
from mujaz.translate import GivenName, Translation
from mujaz.translate import cache as module
from mujaz.translate.cache import SegmentCache, cache_file

MADE = Translation(
    "وصل الرئيس",
    "The president came",
    -0.123456789,
    (Finding("name", "warning", "w", (0, 4), None),),
    (GivenName("الرئيس", "the president", True),),
    4,
)


def key(number):
    return f"key {number}".encode()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "cache.sqlite"


@pytest.fixture
def opened(path):
    """Open the cache, and close it behind the test."""
    stores = []

    def open_(**options):
        stores.append(SegmentCache(path, **options))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


def test_what_is_put_is_there_in_the_next_run(opened):
    first = opened()
    assert first.get([key(1)]) == {}
    first.put({key(1): MADE})
    first.close()
    assert opened().get([key(2), key(1)]) == {key(1): MADE}


def test_more_keys_than_one_statement_takes(opened):
    store = opened()
    many = {key(n): replace(MADE, text=str(n)) for n in range(1201)}
    store.put(many)
    assert store.get(list(many)) == many


def test_two_processes_write_at_once(opened, path):
    code = (
        "import sys; from pathlib import Path\n"
        "from mujaz.translate import Translation\n"
        "from mujaz.translate.cache import SegmentCache\n"
        "store = SegmentCache(Path(sys.argv[1]), warn=lambda line: print(line, flush=True))\n"
        "for n in range(60):\n"
        "    store.put({f'{sys.argv[2]} {n}'.encode(): Translation('س', str(n), None)})\n"
        "    store.get([f'{name} {n}'.encode() for name in 'ab'])\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), name], stdout=subprocess.PIPE, text=True
        )
        for name in "ab"
    ]
    assert [run.communicate(timeout=120)[0] for run in runs] == ["", ""]
    assert [run.returncode for run in runs] == [0, 0]
    found = opened().get([f"{name} {n}".encode() for name in "ab" for n in range(60)])
    assert len(found) == 120


@pytest.mark.parametrize("content", [b"not a database" * 500, b"SQLite format 3\0" + b"\1" * 4080])
def test_a_file_that_is_no_database_is_moved_aside_with_one_line(opened, path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    told = []
    store = opened(warn=told.append)
    store.put({key(1): MADE})
    assert store.get([key(1)]) == {key(1): MADE}
    assert len(told) == 1
    assert "\n" not in told[0]
    assert path.with_suffix(".broken").read_bytes() == content


def test_damage_that_is_met_later_costs_the_contents_and_no_more(opened, path):
    store = opened()
    store.put({key(n): replace(MADE, text=f"{n} " * 50) for n in range(2000)})
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[8192:-4096] = b"\xff" * len(damaged[8192:-4096])
    path.write_bytes(damaged)
    told = []
    store = opened(warn=told.append)
    assert store.get([key(n) for n in range(2000)]) == {}
    store.put({key(1): MADE})
    assert store.get([key(1)]) == {key(1): MADE}
    assert len(told) == 1


def test_a_place_that_cannot_be_written_is_told_and_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    told = []
    store = SegmentCache(tmp_path / "file" / "cache.sqlite", warn=told.append)
    store.put({key(1): MADE})
    assert store.get([key(1)]) == {}
    assert len(told) == 1
    with pytest.raises(StoreError, match="cannot be opened"):
        store.info()


def test_a_record_of_another_form_is_no_hit(opened, path):
    store = opened()
    store.put({key(1): MADE, key(2): MADE})
    with sqlite3.connect(path) as other:
        other.execute("UPDATE segments SET value = '{}' WHERE key = ?", (key(1),))
    other.close()
    assert store.get([key(1), key(2)]) == {key(2): MADE}


def test_beyond_the_limit_the_oldest_used_go(opened, monkeypatch):
    clock = [1_000_000.0]
    monkeypatch.setattr(module.time, "time", lambda: clock[0])
    limit = 200_000
    store = opened(limit=limit)
    for day in range(40):
        clock[0] += 86_400
        store.put({key((day, n)): replace(MADE, text="x" * 500) for n in range(10)})
        assert store.get([key((0, n)) for n in range(10)]), "used every day"
        assert store.info().size <= limit
    days = [len(store.get([key((day, n)) for n in range(10)])) for day in range(40)]
    assert days[0] == 10
    assert days[1] == 0
    assert days[39] == 10
    assert store.info().segments == sum(days) >= 80


def test_a_full_file_stays_within_its_limit_on_disk(opened, path):
    store = opened(limit=300_000)
    for n in range(600):
        store.put({key(n): replace(MADE, text="x" * 1000)})
    store.close()
    assert path.stat().st_size < 330_000


def test_info_and_clear(opened, path):
    store = opened()
    assert store.info().segments == 0
    store.put({key(n): replace(MADE, text="x" * 1000) for n in range(100)})
    info = store.info()
    assert (info.path, info.segments, info.limit) == (path, 100, module.LIMIT)
    assert 100_000 < info.size < 400_000
    assert store.clear() == 100
    assert store.get([key(1)]) == {}
    assert path.stat().st_size < 30_000


def test_it_lies_under_home(tmp_path):
    assert cache_file(Settings(home=tmp_path)) == tmp_path / "cache" / "segments.sqlite"
