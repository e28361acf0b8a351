"""Jobs from the outside: what a run does, what the next one does, and what a broken one leaves."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event as Flag

import pytest

from mujaz.batch.events import Ended, Event, Failed, Kept, Loaded, Made, Surveyed, Tell
from mujaz.batch.index import write_index
from mujaz.batch.job import Stop, plan_job, run_job
from mujaz.batch.manifest import Manifest
from mujaz.batch.outputs import OutputError, Outputs, opened
from mujaz.batch.recipe import Recipe
from mujaz.batch.runner import Done
from mujaz.batch.steps import Step, Task
from mujaz.batch.survey import Plan, Request
from mujaz.batch.worker import Outcome, Worker
from mujaz.errors import InputError, MujazError
from mujaz.settings import Settings

from .conftest import article_text


@dataclass
class Bench:
    """A folder of articles and its job."""

    request: Request
    settings: Settings
    events: list[Event] = field(default_factory=list)

    def run(self, *, stop: Stop | None = None, runner: object = None, **changes: object) -> Ended:
        self.events = []
        request = replace(self.request, **changes)  # type: ignore[arg-type]
        return run_job(
            request,
            self.settings,
            stop=stop,
            tell=self.events.append,
            runner=runner,  # type: ignore[arg-type]
        )

    def told(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def made(self) -> list[str]:
        return [e.output + (f"#{e.id}" if e.id else "") for e in self.told(Made)]  # type: ignore[attr-defined]

    def errors(self) -> list[str]:
        return [e.error for e in self.told(Failed)]  # type: ignore[attr-defined]

    def outputs(self, output: Path | None = None) -> dict[str, bytes]:
        folder = output or self.request.output
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".mujaz" not in path.parts
        }


@pytest.fixture
def bench(news: Path, tmp_path: Path, lead: Recipe, settings: Settings) -> Bench:
    return Bench(Request((news,), tmp_path / "out", lead), settings)


DOCUMENTS = ["0.txt", "1.txt", "2.txt", "3.txt", "sport/4.txt", "sport/5.txt"]


def write_rows(path: Path, *numbers: int, ids: bool = True) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": article_text(n)} if n >= 0 else {"id": f"bad{n}"})
             for n in numbers]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", "utf-8")


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


# ------------------------------------------------------------------ once and again


def test_a_folder_is_done_once(bench: Bench, news: Path) -> None:
    ended = bench.run()
    assert (ended.how, ended.made, ended.failed, ended.left) == ("finished", 6, 0, 0)
    assert bench.made() == DOCUMENTS
    assert isinstance(bench.events[0], Surveyed)
    assert isinstance(bench.events[1], Loaded)
    assert bench.events[-1] == ended
    first = bench.outputs()
    assert list(first) == [*DOCUMENTS[:4], "index.html", "index.jsonl", *DOCUMENTS[4:]]
    assert all(content.endswith(b".\n") for name, content in first.items() if name in DOCUMENTS)
    times = {name: (bench.request.output / name).stat().st_mtime_ns for name in first}
    again = bench.run()
    assert (again.made, again.failed) == (0, 0)
    assert bench.told(Loaded) == []
    assert {name: (bench.request.output / name).stat().st_mtime_ns for name in first} == times


def test_only_what_is_new_or_changed_or_missing_is_done(bench: Bench, news: Path) -> None:
    bench.run()
    (news / "6.txt").write_text(article_text(6), "utf-8")
    (news / "1.txt").write_text(article_text(7), "utf-8")
    (bench.request.output / "2.txt").unlink()
    (bench.request.output / "sport/5.txt").write_bytes(b"")
    bench.run()
    assert bench.made() == ["1.txt", "2.txt", "6.txt", "sport/5.txt"]
    (surveyed,) = bench.told(Surveyed)
    assert isinstance(surveyed, Surveyed)
    assert surveyed.reasons == {"new": 1, "changed": 1, "missing": 2}
    assert surveyed.done == 3
    bench.run()
    assert bench.made() == []


def test_a_touched_file_is_not_changed(bench: Bench, news: Path) -> None:
    bench.run()
    os.utime(news / "1.txt", (1, 1))
    bench.run()
    assert bench.made() == []


def test_other_settings_make_everything_again(bench: Bench) -> None:
    bench.run()
    first = bench.outputs()["0.txt"]
    bench.run(recipe=replace(bench.request.recipe, sentences=2))
    assert len(bench.made()) == 6
    assert bench.outputs()["0.txt"] != first
    bench.run(recipe=replace(bench.request.recipe, form="md"))
    assert "0.md" in bench.outputs()
    # Each form is remembered by itself.
    bench.run(recipe=replace(bench.request.recipe, form="md"))
    bench.run(recipe=replace(bench.request.recipe, sentences=2))
    assert bench.made() == []


def test_force_makes_everything_again(bench: Bench) -> None:
    bench.run()
    bench.run(force=True)
    assert len(bench.made()) == 6


def test_inputs_that_are_gone_leave_their_outputs(bench: Bench, news: Path) -> None:
    bench.run()
    (news / "0.txt").unlink()
    bench.run()
    assert bench.told(Surveyed)[0].gone == 1  # type: ignore[attr-defined]
    assert "0.txt" in bench.outputs()
    assert bench.made() == []


def test_places_stay_when_others_come(bench: Bench, news: Path) -> None:
    """A new file of the same name takes no other's output."""
    bench.run()
    (news / "0.md").write_text(article_text(20), "utf-8")
    bench.run()
    (made,) = bench.made()
    assert made.startswith("0-")


def test_an_empty_folder_and_a_root_that_is_not_there(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no article found"):
        bench.run(roots=(tmp_path / "empty",))
    with pytest.raises(InputError, match="no such file"):
        bench.run(roots=(tmp_path / "nowhere",))


def test_include_and_exclude(bench: Bench) -> None:
    bench.run(include=("sport/*.txt",), exclude=("**/5.txt",))
    assert bench.made() == ["sport/4.txt"]


def test_standard_input(bench: Bench) -> None:
    from mujaz.arabic import article_from_text

    article = article_from_text(article_text(3), id="stdin")
    bench.run(roots=(), standard=article)
    assert bench.made() == ["stdin.txt"]
    bench.run(roots=(), standard=article)
    assert bench.made() == []
    bench.run(roots=(), standard=article_from_text(article_text(4), id="stdin"))
    assert bench.made() == ["stdin.txt"]


# ------------------------------------------------------------------ failures


def test_failures_are_tried_again_when_asked(
    bench: Bench, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "bad.txt").write_text("Only English here.", "utf-8")
    ended = bench.run()
    assert (ended.made, ended.failed) == (6, 1)
    assert bench.errors() == [f"{news / 'bad.txt'} is not in Arabic; give an Arabic article"]
    ended = bench.run()
    assert (ended.made, ended.failed, ended.failed_before) == (0, 0, 1)
    assert bench.run(retry_failed=True).failed == 1
    monkeypatch.setattr("mujaz.__version__", "99.0")
    assert bench.run().failed == 1
    assert bench.run().failed_before == 1
    (news / "bad.txt").write_text(article_text(8), "utf-8")
    assert bench.run().made == 1


def test_what_the_walk_finds_wrong_is_told_each_time(bench: Bench, news: Path) -> None:
    (news / "old.doc").write_bytes(b"x")
    for _ in range(2):
        ended = bench.run()
        assert ended.failed == 1
        assert "an old Word document" in bench.errors()[0]
    (news / "old.doc").unlink()
    assert bench.run().failed == 0


def test_a_fault_of_ours_stops_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Worker.do

    def breaks(self: Worker, articles: list) -> list[Outcome]:  # type: ignore[type-arg]
        outcomes = whole(self, articles)
        return [replace(o, record="", error="internal error: a bug", trace="Traceback …")
                if o.article == "2" else o for o in outcomes]  # fmt: skip

    monkeypatch.setattr(Worker, "do", breaks)
    ended = bench.run()
    assert (ended.made, ended.failed) == (5, 1)
    (failed,) = bench.told(Failed)
    assert isinstance(failed, Failed)
    assert failed.error.endswith("2.txt: internal error: a bug")
    assert failed.trace == "Traceback …"


def test_a_file_that_vanishes_midway(bench: Bench, news: Path) -> None:
    def tell(event: Event) -> None:
        bench.events.append(event)
        if isinstance(event, Surveyed):
            (news / "3.txt").unlink()

    ended = run_job(bench.request, bench.settings, tell=tell)
    assert (ended.made, ended.failed) == (5, 1)
    assert (
        "3.txt does not exist" in bench.errors()[0] or "no such file" in bench.errors()[0].lower()
    )


def test_a_file_that_changes_midway(
    bench: Bench, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mujaz.batch import reading

    whole, count = reading.read_input, 0

    def restless(path: Path, **fields: str) -> Iterator[object]:
        nonlocal count
        found = list(whole(path, **fields))
        if path.name == "1.txt":
            count += 1
            path.write_text(article_text(100 + count), "utf-8")
            os.utime(path, ns=(count, count))
        return iter(found)

    monkeypatch.setattr(reading, "read_input", restless)
    assert bench.run().failed == 1
    assert "1.txt changes while it is read" in bench.errors()[0]
    monkeypatch.undo()
    bench.run()
    assert bench.made() == ["1.txt"]


def test_a_model_that_cannot_be_had_ends_the_run(bench: Bench) -> None:
    with pytest.raises(MujazError, match="offline"):
        bench.run(recipe=Recipe("translate"))
    # A bad file alone asks for no model.
    (bad := bench.request.output.parent / "bad.txt").write_text("English", "utf-8")
    assert bench.run(roots=(bad,)).failed == 1


# ------------------------------------------------------------------ what stands in the way


def test_an_output_changed_by_hand_is_left(bench: Bench, news: Path) -> None:
    bench.run()
    edited = bench.request.output / "1.txt"
    edited.write_text("mine\n", "utf-8")
    assert bench.run().failed == 0
    (news / "1.txt").write_text(article_text(50), "utf-8")
    for _ in range(2):
        assert bench.run().failed == 1
        assert "1.txt: changed since it was written; move it away" in bench.errors()[0]
    assert edited.read_text() == "mine\n"
    edited.unlink()
    assert bench.run().made == 1
    edited.write_text("mine\n", "utf-8")
    bench.run(force=True)
    assert edited.read_text() != "mine\n"


def test_a_foreign_file_is_not_overwritten(bench: Bench) -> None:
    bench.request.output.mkdir()
    (bench.request.output / "2.txt").write_text("another's", "utf-8")
    (bench.request.output / "3.txt").mkdir()
    ended = bench.run()
    assert (ended.made, ended.failed) == (4, 2)
    assert "2.txt: exists and is not of this job" in bench.errors()[0]
    assert "3.txt: a folder is in its place" in bench.errors()[1]
    assert (bench.request.output / "2.txt").read_text() == "another's"
    assert bench.run(force=True).made == 5


def test_a_foreign_index_is_not_overwritten(bench: Bench) -> None:
    bench.request.output.mkdir()
    (bench.request.output / "index.html").write_text("home", "utf-8")
    with pytest.raises(OutputError, match=r"has an index\.html that is not of this job"):
        bench.run()
    assert (bench.request.output / "index.html").read_text() == "home"
    bench.run(force=True)
    assert bench.run().how == "finished"


def test_no_output_overwrites_an_input(bench: Bench, news: Path) -> None:
    before = bench.outputs(news)
    for force in (False, True):
        ended = bench.run(output=news, force=force)
        assert (ended.made, ended.failed) == (0, 6)
        assert "the output would overwrite it" in bench.errors()[0]
    assert bench.outputs(news) == before
    ended = bench.run(output=news, recipe=replace(bench.request.recipe, form="json"))
    assert ended.made == 6
    assert "sport/4.json" in bench.outputs(news)


def test_another_verb_is_refused(bench: Bench) -> None:
    bench.run()
    with pytest.raises(OutputError, match="holds the outputs of `mujaz summarize`; choose another"):
        bench.run(recipe=Recipe("translate"))


def test_two_runs_at_once_are_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mujaz.batch.outputs._LOCK_WAIT_SECONDS", 0.05)
    with opened(bench.request.output), pytest.raises(OutputError, match="another run is working"):
        bench.run()
    assert bench.run().made == 6


def test_an_output_folder_that_is_a_file(bench: Bench, news: Path) -> None:
    with pytest.raises(OutputError, match="is not a folder"):
        bench.run(output=news / "0.txt")


# ------------------------------------------------------------------ a rehearsal


def test_a_rehearsal_changes_nothing(bench: Bench, news: Path) -> None:
    plans = list(plan_job(bench.request, bench.settings))
    assert [p.output for p in plans if isinstance(p, Plan)] == DOCUMENTS
    assert isinstance(plans[-1], Surveyed)
    assert not bench.request.output.exists()
    bench.run()
    before = bench.outputs()
    (news / "1.txt").write_text(article_text(30), "utf-8")
    for force, todo in ((False, 1), (True, 6)):
        *_, counts = plan_job(replace(bench.request, force=force), bench.settings)
        assert isinstance(counts, Surveyed)
        assert counts.todo == todo
    assert bench.outputs() == before
    bench.run()
    assert bench.made() == ["1.txt"]


# ------------------------------------------------------------------ stopped, killed, in any order


def test_an_interrupted_run_goes_on(bench: Bench, news: Path) -> None:
    # The worker is at most three windows, of 15 articles together, ahead of the first output.
    for number in range(100, 140):
        (news / f"{number}.txt").write_text(article_text(number), "utf-8")
    stop = Stop()

    def tell(event: Event) -> None:
        if isinstance(event, Made):
            stop.asked.set()

    ended = run_job(bench.request, bench.settings, stop=stop, tell=tell)
    assert ended.how == "interrupted"
    assert ended.made + ended.left == 46
    assert 1 <= ended.made < 46
    assert "index.html" in bench.outputs()
    assert bench.run().made == ended.left
    disturbed = bench.outputs()
    bench.run(output=bench.request.output.parent / "calm")
    assert bench.outputs(bench.request.output.parent / "calm") == disturbed


class Shuffled:
    """A runner that hands tasks on in any order, as several machines would."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings, self.chance = settings, random.Random(seed)

    def run(
        self, recipe: Recipe, steps: Iterable[Step], stop: Flag, tell: Tell
    ) -> Iterator[list[Done]]:
        worker = Worker(recipe, self.settings)
        all_steps = list(steps)
        yield [(step, None) for step in all_steps if not isinstance(step, Task)]
        tasks = [step for step in all_steps if isinstance(step, Task)]
        self.chance.shuffle(tasks)
        for task in tasks:
            yield [(task, worker.do([task.article])[0])]
        worker.close()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_changes_nothing(bench: Bench, news: Path, seed: int) -> None:
    write_rows(news / "rows.jsonl", 10, 11, -1, 12, 13)
    bench.run()
    other = bench.request.output.parent / "other"
    bench.run(output=other, runner=Shuffled(bench.settings, seed))
    assert bench.outputs(other) == bench.outputs()


class Killed(BaseException):
    """Ends a run where no `except Exception` can catch it."""


@pytest.mark.parametrize("step", ["stage", "publish", "commit", "rows"])
def test_a_run_that_dies_at_any_moment_goes_on(
    bench: Bench, news: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th call of a step is the last thing that the n-th run does."""
    write_rows(news / "rows.jsonl", 10, 11, -1, 12, 13)
    calm = bench.request.output.parent / "calm"
    bench.run(output=calm)
    owner, name = {
        "stage": (Outputs, "stage"),
        "publish": (Outputs, "publish"),
        "commit": (Manifest, "put"),
        "rows": (Manifest, "put_rows"),
    }[step]
    whole: Callable[..., object] = getattr(owner, name)
    left = 0

    def dies(*given: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        result = whole(*given)
        if left == -1 and step != "publish":
            raise Killed
        return result

    monkeypatch.setattr(owner, name, dies)
    made: list[str] = []
    runs = 0
    for runs in range(1, 60):
        left = 1 + runs
        try:
            bench.run()
        except Killed:
            made += bench.made()
            continue
        made += bench.made()
        break
    monkeypatch.undo()
    assert runs > 1
    bench.run()
    made += bench.made()
    assert len(made) == len(set(made))
    assert bench.outputs() == bench.outputs(calm)
    assert not any((bench.request.output / ".mujaz").glob("rows/*"))


def test_what_a_killed_run_was_renaming_is_recognised(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Outputs.publish

    def dies(self: Outputs, staged: object) -> str:
        whole(self, staged)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(Outputs, "publish", dies)
    with pytest.raises(Killed):
        bench.run()
    monkeypatch.undo()
    assert bench.run().made == 5


def test_leavings_are_swept(bench: Bench) -> None:
    litter = bench.request.output / ".mujaz" / "tmp" / "7"
    litter.parent.mkdir(parents=True)
    litter.write_text("half", "utf-8")
    bench.run()
    assert not litter.exists()


# ------------------------------------------------------------------ many articles in a file


@pytest.fixture
def rows(bench: Bench, tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    write_rows(path, 1, 2, -1, 3, 4)
    bench.request = replace(bench.request, roots=(path,))
    return path


def test_rows_come_in_order_with_their_errors(bench: Bench, rows: Path) -> None:
    ended = bench.run()
    assert (ended.made, ended.failed) == (4, 1)
    lines = [json.loads(line) for line in bench.outputs()["rows.jsonl"].splitlines()]
    assert [line["id"] for line in lines][:2] == ["r1", "r2"]
    assert [set(line) for line in lines] == [{"id", "record"}] * 2 + [{"id", "error"}] + [
        {"id", "record"}
    ] * 2
    assert lines[0]["record"]["article"] == "r1"
    assert "line 3" in lines[2]["error"]
    ended = bench.run()
    assert (ended.made, ended.failed_before) == (0, 1)


def test_only_failed_rows_are_tried_again(bench: Bench, rows: Path) -> None:
    bench.run()
    first = bench.outputs()["rows.jsonl"]
    ended = bench.run(retry_failed=True)
    assert (ended.made, ended.failed, ended.kept) == (0, 1, 4)
    assert bench.outputs()["rows.jsonl"] == first


def test_only_changed_rows_are_made_again(bench: Bench, rows: Path) -> None:
    bench.run()
    write_rows(rows, 1, 2, 9, 3, 4, 5)
    ended = bench.run()
    assert bench.made() == ["rows.jsonl#r9", "rows.jsonl#r5"]
    assert ended.kept == 4
    assert ids(bench.request.output / "rows.jsonl") == ["r1", "r2", "r9", "r3", "r4", "r5"]
    write_rows(rows, 1, 2)
    ended = bench.run()
    assert (ended.made, ended.kept) == (0, 2)
    assert ids(bench.request.output / "rows.jsonl") == ["r1", "r2"]


def test_rows_go_on_where_they_stopped(bench: Bench, rows: Path) -> None:
    write_rows(rows, *range(40))
    calm = bench.request.output.parent / "calm"
    bench.run(output=calm)
    made, runs = 0, 0
    while True:
        stop = Stop()
        ended = run_job(
            bench.request, bench.settings, stop=stop,
            tell=lambda event: stop.asked.set() if isinstance(event, Made) else None,  # noqa: B023
        )  # fmt: skip
        made, runs = made + ended.made, runs + 1
        if ended.how == "finished":
            break
        assert "rows.jsonl" not in bench.outputs()
    assert (made, runs > 2) == (40, True)
    assert bench.outputs() == bench.outputs(calm)


def test_unfinished_rows_of_a_changed_file_are_used(bench: Bench, rows: Path) -> None:
    write_rows(rows, *range(30))
    stop = Stop()
    tell = lambda event: stop.asked.set() if isinstance(event, Made) else None  # noqa: E731
    first = run_job(bench.request, bench.settings, stop=stop, tell=tell)
    write_rows(rows, 0, 99, *range(1, 30))
    ended = bench.run()
    # A row's place is part of its record's origin only where the record has one.
    assert ended.made + ended.kept == 31
    assert ended.kept >= 1
    assert first.made >= 1
    assert ids(bench.request.output / "rows.jsonl")[:3] == ["r0", "r99", "r1"]
    assert not list((bench.request.output / ".mujaz" / "rows").iterdir())


def test_rows_changed_by_hand_are_not_copied(bench: Bench, rows: Path) -> None:
    bench.run()
    output = bench.request.output / "rows.jsonl"
    output.unlink()
    assert bench.run().made == 4
    output.write_text("mine\n", "utf-8")
    write_rows(rows, 1, 2, 3)
    assert bench.run().failed == 1
    assert output.read_text() == "mine\n"
    assert bench.run(force=True).made == 3


def test_a_file_of_rows_that_cannot_be_read(bench: Bench, rows: Path) -> None:
    bench.run()
    rows.write_bytes(b"")
    ended = bench.run()
    assert (ended.made, ended.failed) == (0, 1)
    assert "rows.jsonl is empty" in bench.errors()[0]
    # What was done of it stands.
    assert len(ids(bench.request.output / "rows.jsonl")) == 5


def test_bytes_that_never_came_to_the_disk_are_made_again(bench: Bench, rows: Path) -> None:
    write_rows(rows, *range(30))
    stop = Stop()
    tell = lambda event: stop.asked.set() if isinstance(event, Made) else None  # noqa: E731
    run_job(bench.request, bench.settings, stop=stop, tell=tell)
    (part,) = (bench.request.output / ".mujaz" / "rows").iterdir()
    with part.open("r+b") as file:
        file.truncate(10)
    assert bench.run().made == 30


def test_kept_rows_are_told(bench: Bench, rows: Path) -> None:
    bench.run()
    bench.run(retry_failed=True)
    assert bench.told(Kept) == [Kept("rows.jsonl", 4)]


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "name", ["خبر اليوم.txt", "a\nb.txt", "#?%41.txt", "x" * 250 + ".txt", os.fsdecode(b"\xc7.txt")]
)
def test_awkward_names(bench: Bench, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "awkward"
    folder.mkdir()
    try:
        (folder / name).write_text(article_text(40), "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    bench.run(roots=(folder,))
    (made,) = bench.made()
    assert (bench.request.output / made).is_file()
    assert bench.run(roots=(folder,)).made == 0


def test_the_index_is_written_whole_or_not_at_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.run()
    before = bench.outputs()
    manifest = Manifest(bench.request.output)
    outputs = Outputs(bench.request.output)

    def dies(*_: object) -> str:
        raise Killed

    monkeypatch.setattr(Outputs, "publish", dies)
    (bench.request.output / ".mujaz" / "tmp").mkdir()
    with pytest.raises(Killed):
        write_index(manifest, outputs)
    manifest.close()
    assert bench.outputs() == before
