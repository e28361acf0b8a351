"""Shards: what is lost is tried again, and an article that kills its worker fails alone."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic import Article
from mujaz.batch.shards import Shard, Shards
from mujaz.batch.steps import Refused, Step, Task


def task(number: int) -> Task:
    return Task(f"{number}.txt", Article(f"n{number}", "", "خبر.", f"{number}.txt"), "")


def numbers(shard: Shard | None) -> list[str]:
    assert shard
    return [task.article.id for task in shard.tasks]


def test_no_more_is_read_than_asked_for() -> None:
    read: list[int] = []

    def steps() -> Iterator[Step]:
        for number in range(5):
            read.append(number)
            yield task(number)

    shards = Shards(steps())
    assert numbers(shards.take(2)) == ["n0", "n1"]
    assert read == [0, 1]
    assert numbers(shards.take(9)) == ["n2", "n3", "n4"]
    assert shards.empty
    assert shards.take(1) is None


def test_notes_go_past_the_workers() -> None:
    first, last = Refused("a", "a", "is empty", ""), Refused("b", "b", "is empty", "")
    shards = Shards([first, task(1), last])
    assert numbers(shards.take(1)) == ["n1"]
    assert shards.notes == [first]
    assert shards.take(1) is None
    assert shards.notes == [first, last]
    assert shards.empty


def test_a_flood_of_notes_is_handed_on_in_between() -> None:
    shards = Shards([*[Refused("a", "a", "is empty", "")] * 300, task(1)])
    assert shards.take(1) is None
    assert len(shards.notes) == 256
    assert not shards.empty


def test_a_lost_shard_comes_first_and_whole() -> None:
    shards = Shards(task(number) for number in range(4))
    lost = shards.take(2)
    assert lost
    assert shards.lose(lost, "it died") == []
    assert not shards.empty
    again = shards.take(1)
    assert numbers(again) == ["n0", "n1"]
    assert numbers(shards.take(2)) == ["n2", "n3"]


def test_an_article_that_kills_its_workers_fails_alone() -> None:
    shards = Shards(task(number) for number in range(6))
    done: list[str] = []
    lost: list[int] = []
    given_up = {}
    while not shards.empty:
        shard = shards.take(4)
        if not shard:
            continue
        if "n2" in numbers(shard):
            lost.append(len(shard.tasks))
            for step, outcome in shards.lose(shard, "it died"):
                given_up[step.article.id] = outcome
        else:
            done += numbers(shard)
    assert lost == [4, 4, 1]
    assert sorted(done) == ["n0", "n1", "n3", "n4", "n5"]
    assert given_up.keys() == {"n2"}
    assert given_up["n2"].error == (
        "3 workers were lost over it, one after the other (it died); "
        "try it again with --retry-failed, with fewer workers on a machine"
    )


def test_a_shard_that_nobody_saw_has_not_been_tried() -> None:
    shards = Shards(task(number) for number in range(2))
    first = shards.take(1)
    assert first
    shards.put_back(first)
    assert shards.take(1) == first
    assert numbers(shards.take(1)) == ["n1"]
