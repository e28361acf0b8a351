"""Jobs on a real Ray cluster of this machine: a head and two worker nodes with a CPU each."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest

from mujaz.batch import ray_crew
from mujaz.batch.events import Ended, Event, Failed, Loaded, Made, Tell, silent
from mujaz.batch.job import Stop, run_job
from mujaz.batch.ray_cluster import Cluster, connected, import_ray
from mujaz.batch.ray_runner import RayRunner
from mujaz.batch.ray_worker import RayWorker, Reply
from mujaz.batch.recipe import Recipe
from mujaz.batch.runner import Runner
from mujaz.batch.steps import Refused, Step, Task
from mujaz.batch.survey import Request
from mujaz.errors import EngineError, ModelError, OptionError
from mujaz.settings import Settings

from ..models.conftest import tiny_converted
from .conftest import article_text

__all__ = ["tiny_converted"]

ARTICLES = 60
# Which of the two Ray tells first is chance.
LOST = re.compile("(it does not answer any more|it died)")


class Told:
    """A progress that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def message(self, text: str) -> None:
        self.lines.append(text)

    def begin(self, label: str, total: int | None) -> None:
        pass

    def advance(self, amount: int) -> None:
        pass

    def end(self) -> None:
        pass


class Deadly(RayWorker):
    """Its process ends, as that of a fault in native code does, at one article."""

    def do(self, articles: Any) -> Reply:
        import os

        if any("n3" in article.origin for article in articles):
            os._exit(9)
        return super().do(articles)


def needs_ray() -> None:
    # Looked for, not imported: what is set before its import decides where it listens.
    if not find_spec("ray"):
        pytest.skip("Ray is not installed: pip install 'mujaz[ray]'")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    needs_ray()
    if sys.platform != "linux":
        pytest.skip("Ray clusters of several nodes on one machine are for Linux")
    import_ray(local=True)
    from ray.cluster_utils import Cluster as Nodes

    before = signal.getsignal(signal.SIGTERM)
    bare = {"include_dashboard": False, "include_log_monitor": False, "no_monitor": True}
    nodes = Nodes(initialize_head=True, head_node_args={"num_cpus": 0, **bare})
    try:
        assert nodes.address.startswith("127.0.0.1:")
        for _ in range(2):
            nodes.add_node(num_cpus=1, include_log_monitor=False)
        yield nodes
    finally:
        nodes.shutdown()
        signal.signal(signal.SIGTERM, before)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"n{number}.txt").write_text(article_text(number), "utf-8")
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".mujaz" not in path.parts
    }


def work(
    inputs: Path,
    output: Path,
    recipe: Recipe,
    settings: Settings,
    runner: Runner | None = None,
    tell: Tell = silent,
    stop: Stop | None = None,
) -> Ended:
    request = Request(roots=(inputs,), output=output, recipe=recipe)
    return run_job(request, settings, runner=runner, tell=tell, stop=stop)


def tasks(*numbers: int) -> list[Step]:
    from mujaz.arabic import article_from_text

    return [
        Task(f"{n}.txt", article_from_text(article_text(n), id=f"n{n}", origin=f"n{n}"), "")
        for n in numbers
    ]


def working_node(nodes: Any) -> tuple[Any, int] | None:
    """A node and its worker with a shard in hand; Ray names its processes by what they do.

    The worker is held there, so that it cannot hand on its shard before the node goes.
    """
    for node in nodes.worker_nodes:
        raylet = node.all_processes["raylet"][0].process.pid
        for process in Path("/proc").glob("[0-9]*"):
            try:
                parent = int(process.joinpath("stat").read_text().rpartition(")")[2].split()[1])
                name = process.joinpath("cmdline").read_text()
            except OSError:
                continue
            if parent != raylet or not name.startswith("ray::RayWorker.do"):
                continue
            os.kill(int(process.name), signal.SIGSTOP)
            if process.joinpath("cmdline").read_text().startswith("ray::RayWorker.do"):
                return node, int(process.name)
            os.kill(int(process.name), signal.SIGCONT)
    return None


def test_an_end_that_is_asked_for(
    cluster: Any, many: Path, tmp_path: Path, lead: Recipe, settings: Settings
) -> None:
    stop = Stop()
    made: list[Event] = []

    def tell(event: Event) -> None:
        if isinstance(event, Made):
            made.append(event)
            stop.asked.set()

    runner = RayRunner(settings, address=cluster.address, workers=2)
    ended = work(many, tmp_path / "out", lead, settings, runner, tell, stop)
    assert ended.how == "interrupted"
    assert 0 < ended.made == len(made)
    assert ended.left == ARTICLES - ended.made > 0
    # What was done is kept, and the rest needs no Ray.
    rest = work(many, tmp_path / "out", lead, settings)
    assert rest.made == ended.left
    work(many, tmp_path / "local", lead, settings)
    assert outputs(tmp_path / "out") == outputs(tmp_path / "local")


def test_an_article_that_kills_its_workers_fails_alone(
    cluster: Any, lead: Recipe, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    module = sys.modules[__name__]
    ray.cloudpickle.register_pickle_by_value(module)
    monkeypatch.setattr(ray_crew, "RayWorker", Deadly)
    told = Told()
    runner = RayRunner(settings, told, address=cluster.address, workers=2)
    note = Refused("0.txt", "n0", "is empty", "")
    try:
        steps = [note, *tasks(1, 2, 3, 4, 5, 6)]
        done = [pair for batch in runner.run(lead, steps, Flag()) for pair in batch]
    finally:
        ray.cloudpickle.unregister_pickle_by_value(module)
    assert done[0] == (note, None)
    assert Counter(id(step) for step, _ in done) == Counter(id(step) for step in steps)
    errors = {o.article: o.error for step, o in done if isinstance(step, Task) and o}
    assert [name for name, error in errors.items() if error] == ["n3"]
    found = LOST.search(errors["n3"])
    assert found
    assert errors["n3"] == (
        f"3 workers were lost over it, one after the other ({found[0]}); "
        "try it again with --retry-failed, with fewer workers on a machine"
    )
    assert len(told.lines) == 3
    assert told.lines[-1].startswith("the Ray worker on 127.0.0.1 is lost with 1 article in hand: ")


def test_other_models(cluster: Any, lead: Recipe, settings: Settings) -> None:
    recipe = replace(lead, models=("x/y 0123",))
    told = Told()
    runner = RayRunner(settings, told, address=cluster.address, workers=1)
    with pytest.raises(ModelError, match="no Ray worker can load the models; 127"):
        list(runner.run(recipe, tasks(1), Flag()))
    assert "are not those of the job" in told.lines[0]


def test_no_room(cluster: Any, lead: Recipe, settings: Settings) -> None:
    told = Told()
    settings = replace(settings, threads=3)
    runner = RayRunner(settings, told, address=cluster.address, workers=2, start_seconds=1)
    with pytest.raises(EngineError) as caught:
        list(runner.run(lead, tasks(1), Flag()))
    assert str(caught.value) == (
        "no Ray worker could start within 1 s: 2 of the cluster's 2 CPUs are free, and a worker "
        "needs 3 CPUs; wait until other jobs end, use fewer --threads, or add machines"
    )
    assert told.lines == ["there is room for 0 of 2 Ray workers; the others wait for theirs"]


def test_a_node_is_lost_in_the_middle(
    cluster: Any,
    many: Path,
    tmp_path: Path,
    tiny_converted: Callable[[str], Path],
    settings: Settings,
) -> None:
    recipe = Recipe(
        "brief", form="md", sentences=2, translator=str(tiny_converted("marian").parent)
    )
    work(many, tmp_path / "local", recipe, settings)
    made: list[str] = []
    loaded: list[Loaded] = []
    lost: list[object] = []

    def tell(event: Event) -> None:
        assert not isinstance(event, Failed)
        if isinstance(event, Loaded):
            loaded.append(event)
        if isinstance(event, Made):
            made.append(event.output)
            if len(made) >= 3 and not lost:
                until = time.monotonic() + 2
                while not (found := working_node(cluster)) and time.monotonic() < until:
                    time.sleep(0.01)
                if found:
                    node, worker = found
                    lost.append(node)
                    cluster.remove_node(node, allow_graceful=False)
                    # One that is held does not see its node go.
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)

    told = Told()
    runner = RayRunner(settings, told, address=cluster.address, workers=2)
    ended = work(many, tmp_path / "ray", recipe, settings, runner, tell)
    assert lost
    assert (ended.how, ended.made, ended.failed) == ("finished", ARTICLES, 0)
    assert Counter(made).most_common(1)[0][1] == 1
    assert outputs(tmp_path / "ray") == outputs(tmp_path / "local")
    (line,) = told.lines
    assert re.fullmatch(
        rf"the Ray worker on 127\.0\.0\.1 is lost with \d+ articles? in hand: {LOST.pattern}", line
    )
    (start,) = loaded
    assert [note.split(":")[0] for note in start.models] == ["summary", "translation", "Ray"]
    assert start.models[-1] == "Ray: 2 workers on 1 machine"
    again = work(many, tmp_path / "ray", recipe, settings, runner)
    assert (again.made, again.failed, again.left) == (0, 0, 0)


def test_nothing_to_do_needs_no_ray(settings: Settings, lead: Recipe) -> None:
    note = Refused("0.txt", "n0", "is empty", "")
    runner = RayRunner(settings, address="nowhere:1")
    assert list(runner.run(lead, [note], Flag())) == [[(note, None)]]
    asked = Flag()
    asked.set()
    assert list(runner.run(lead, tasks(1), asked)) == []


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("ray://head:10001", "a Ray client's address; run mujaz on a machine of the cluster"),
        ("head", "head is no address of a Ray cluster; use HOST:PORT, or auto"),
        ("head:port", "head:port is no address of a Ray cluster; use HOST:PORT, or auto"),
    ],
)
def test_no_address(address: str, error: str) -> None:
    needs_ray()
    with pytest.raises(OptionError) as caught, connected(address, workers=1, threads=1, gpus=0):
        pass
    assert error in str(caught.value)


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_ray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    monkeypatch.setenv("RAY_ADDRESS", f"127.0.0.1:{port}")
    began = time.monotonic()
    with pytest.raises(OptionError) as caught, connected("", workers=1, threads=1, gpus=0):
        pass
    assert str(caught.value) == (
        f"no Ray cluster answers at 127.0.0.1:{port} (Connection refused); start one with "
        "`ray start --head`, or check --address"
    )
    assert time.monotonic() - began < 10


def test_ray_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OptionError) as caught, connected("", workers=1, threads=1, gpus=0):
        pass
    assert str(caught.value) == "Ray is not installed; install it with `pip install 'mujaz[ray]'`"


def test_a_cpu_is_left_beside_the_driver() -> None:
    two = Cluster((("10.0.0.1", 4.0), ("10.0.0.2", 8.0)), "10.0.0.1", 3.0, own=False)
    assert [two.room(n, spare=1) for n in (1, 2, 4, 9)] == [11, 5, 2, 1]
    assert [two.room(n) for n in (1, 2, 4, 9)] == [12, 6, 3, 0]
    assert (two.room(1, 1, spare=1), two.room(1, 2), two.machines) == (3, 1, 2)
    one = Cluster((("127.0.0.1", 2.0),), "127.0.0.1", 0.0, own=True)
    assert [one.room(n, spare=1) for n in (1, 2, 8)] == [1, 1, 1]
    head = Cluster((("10.0.0.1", 0.0), ("10.0.0.2", 8.0)), "10.0.0.1", 0.0, own=False)
    assert head.room(2, spare=1) == 4
