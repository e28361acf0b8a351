"""Names of outputs."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from mujaz.batch.places import LONGEST_NAME, Shelf


def shelf(place: str = "x") -> Shelf:
    return Shelf(PurePosixPath(place))


def test_plain_names_lose_their_suffix_alone() -> None:
    top = shelf("")
    assert [str(top.file(n)) for n in ("a.txt", "2024.01.02.txt", "خبر.اليوم.md", "noext")] == [
        "a", "2024.01.02", "خبر.اليوم", "noext",
    ]  # fmt: skip
    assert str(shelf("deep/er").file("a.txt")) == "deep/er/a"


def test_names_that_some_system_takes_for_one_are_kept_apart() -> None:
    one = shelf()
    names = ["a.txt", "a.html", "A.txt", "أ.txt", "أ.txt", "straße.txt", "STRASSE.txt"]
    places = [str(one.file(name)).casefold() for name in names]
    assert len(set(places)) == len(names)
    assert places[0] == "x/a"
    assert places[3] == "x/أ"


def test_a_mark_is_the_same_whatever_came_before() -> None:
    one, other = shelf(), shelf()
    one.file("a.txt")
    other.file("a.csv")
    other.file("a.htm")
    assert one.file("a.md") == other.file("a.md")


def test_long_names_leave_room_and_stay_apart() -> None:
    one = shelf()
    names = ["ا" * 125 + f"{n}.txt" for n in range(5)]
    places = [one.file(name).name for name in names]
    assert len(set(places)) == 5
    assert all(len(place.encode()) <= LONGEST_NAME for place in places)
    assert all(place.startswith("ا" * 90) for place in places)
    folder = one.folder("ب" * 127)
    assert len(folder.name.encode()) <= LONGEST_NAME


def test_names_that_break_lines_or_hide() -> None:
    one = shelf()
    strange = ["two\nlines.txt", os.fsdecode(b"\xce\xc8\xd1.txt"), "a\u202eb.txt", "..x.txt"]
    assert [one.file(name).name for name in strange] == ["two_lines", "___", "a_b", "_.x"]


def test_a_folder_never_stands_where_an_output_goes() -> None:
    one = shelf()
    assert one.file("news.txt").name == "news"
    assert one.folder("news").name == "news"
    blocked = one.folder("news.json")
    assert blocked.name.startswith("news.json-")
    assert one.folder("NEWS") != one.folder("news")
    assert one.folder("sport.md").name == "sport.md"
    assert one.file("sport.txt").name != "sport"


def test_the_index_of_a_job_is_its_own() -> None:
    assert shelf("").file("index.html").name != "index"
    assert shelf("deep").file("index.html").name == "index"


def test_a_place_of_an_earlier_run_is_not_given_again() -> None:
    one = shelf()
    one.keep(PurePosixPath("x/a"))
    one.keep(PurePosixPath("elsewhere/b"))
    assert one.file("a.txt").name != "a"
    assert one.file("b.txt").name == "b"
