"""What Ray costs with one worker, and what a second one brings.

Run from the repository root: ``python -m benchmarks.ray_scaling [--articles 160] [--rounds 3]``.
It makes a model of OPUS-MT's shape with random weights (see ``benchmarks.batch``), converted to
int8, and articles of a few sentences, and translates them as a job with a thread for each worker:

- here, by one worker in this process;
- by one worker in an actor of a Ray cluster of this machine;
- by two workers, each in an actor of its own.

Rounds alternate between the three. A rate is that of the articles behind the first quarter: until
then workers start, load, and read what is read once a process; each round gives its own ratios. Two
workers need two idle CPUs to be faster than one. The outputs of all jobs are compared byte for
byte.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch import build, sentences
from mujaz.batch.events import Event, Loaded, Made
from mujaz.batch.job import run_job
from mujaz.batch.ray_runner import RayRunner
from mujaz.batch.recipe import Recipe
from mujaz.batch.runner import LocalRunner, Runner
from mujaz.batch.survey import Request
from mujaz.models.conversion import convert
from mujaz.settings import Settings

# Articles that are told within so many seconds come from one shard.
_TOGETHER = 0.05


@dataclass(frozen=True)
class Timed:
    """One job.

    Attributes:
        start: Seconds until the models of one worker ran.
        work: Seconds from there to the end.
        rate: Articles a second behind the first quarter.
        outputs: What it wrote.
    """

    start: float
    work: float
    rate: float
    outputs: dict[str, bytes]


def short_outputs(model: Path, tokens: int) -> None:
    """Let a model of random weights end each output after ``tokens``; it never would itself."""
    path = model / "generation_config.json"
    config = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(config | {"max_new_tokens": tokens, "num_beams": 1}), "utf-8")


def write_articles(folder: Path, count: int, each: int) -> None:
    """Write ``count`` articles of ``each`` sentences, no two with a sentence in common."""
    folder.mkdir()
    made = sentences(count * each)
    random.Random(6).shuffle(made)
    for number in range(count):
        body = " ".join(f"{text}." for text in made[number * each : (number + 1) * each])
        (folder / f"{number:05}.txt").write_text(f"{body}\n", "utf-8")


def run(work: Path, name: str, runner: Runner, settings: Settings) -> Timed:
    """Do the job once, into a folder of its own."""
    recipe = Recipe("translate", form="json", translator=str(work / "model"), cache=False)
    output = work / name
    loaded: list[float] = []
    made: list[float] = []

    def tell(event: Event) -> None:
        if isinstance(event, Loaded):
            loaded.append(time.monotonic())
        if isinstance(event, Made):
            made.append(time.monotonic())

    began = time.monotonic()
    request = Request(roots=(work / "in",), output=output, recipe=recipe)
    ended = run_job(request, settings, runner=runner, tell=tell)
    end = time.monotonic()
    if ended.failed or ended.left:
        sys.exit(f"{name}: {ended.failed} failed, {ended.left} left")
    outputs = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and ".mujaz" not in path.parts
    }
    first = len(made) // 4
    # Those of a shard are told together: all that came with the last of the first quarter are out.
    behind = [moment for moment in made if moment > made[first] + _TOGETHER]
    if not behind:
        sys.exit(f"{name}: too few articles to tell a rate; give more --articles")
    rate = len(behind) / (behind[-1] - made[first])
    return Timed(loaded[0] - began, end - loaded[0], rate, outputs)


def main() -> int:
    """Run the benchmark; return 1 if outputs differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--sentences", type=int, default=4, help="of an article")
    parser.add_argument("--tokens", type=int, default=24, help="of an output")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} CPUs, load {load:.1f} at the start; {options.articles} articles of "
          f"{options.sentences} sentences, {options.rounds} rounds")  # fmt: skip
    if load + 2 > (os.cpu_count() or 1):
        print("the machine is busy: two workers cannot be twice as fast")
    timed: dict[str, list[Timed]] = {"local": [], "ray-1": [], "ray-2": []}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        model = build(work / "model")
        short_outputs(model, options.tokens)
        convert(model, model / "ctranslate2-int8", "int8")
        write_articles(work / "in", options.articles, options.sentences)
        settings = Settings(home=work / "home", offline=True, threads=1)
        runners: dict[str, Runner] = {
            "local": LocalRunner(settings),
            "ray-1": RayRunner(settings, workers=1),
            "ray-2": RayRunner(settings, workers=2),
        }
        for number in range(options.rounds):
            for kind, runner in runners.items():
                one = run(work, f"{kind}-{number}", runner, settings)
                timed[kind].append(one)
                print(
                    f"  round {number + 1}, {kind}: {one.start:.1f} s to start, {one.work:.1f} s "
                    f"of work, {one.rate:.2f} articles/s",
                    flush=True,
                )
    for kind, runs in timed.items():
        rates = [one.rate for one in runs]
        ratios = [one.rate / local.rate for one, local in zip(runs, timed["local"], strict=True)]
        print(f"{kind}: {statistics.median(rates):.2f} articles/s (median; {min(rates):.2f} to "
              f"{max(rates):.2f}), {statistics.median(ratios):.2f} times local")  # fmt: skip
    pairs = zip(timed["ray-1"], timed["ray-2"], strict=True)
    gain = statistics.median(two.rate / one.rate for one, two in pairs)
    print(f"the second worker: {gain:.2f} times")
    same = all(one.outputs == timed["local"][0].outputs for runs in timed.values() for one in runs)
    print("outputs are the same, byte for byte" if same else "OUTPUTS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
