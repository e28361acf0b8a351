"""How fast sequence-to-sequence models run: Mujaz beside what one would otherwise use.

Run from the repository root:

- ``python -m benchmarks.speed all``: everything below, two beam widths, three rounds; about an hour
  on two quiet cores. Interrupt it freely: what is measured is kept, and the same command goes on.
- ``python -m benchmarks.speed run --shape opus --beams 4``: one table. Models of the real shapes
  with random weights are built once in ``--cache``. Every way runs in a process of its own (its
  memory and its time to the first output are its own), the ways take turns, and every round
  measures the machine's float32 matrix product too.
- ``… growth``: 1, 10, 100 and 1,000 sentences through Mujaz.
- ``… agree``: outputs compared with transformers' token by token.
- ``… table``: writes the tables and ``docs/speed.svg`` from what was measured.

Ratios are taken within a round, so that a busy machine slows both sides; seconds of processor time
are kept beside those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .speed_models import SHAPES, texts_for
from .speed_ways import WAYS, Work, limit, measure

ROOT = Path(__file__).resolve().parents[1]
LIMIT = "limit"
GROWTH = (1, 10, 100, 1000)
# The ways whose outputs are compared, each with the one that it must equal.
COMPARED = (("batched", "mujaz-float32"), ("batched", "mujaz"), ("batched", "bfloat16"))


def results_file(options: argparse.Namespace) -> Path:
    """Return where results are kept, one JSON object a line."""
    return Path(options.cache) / "results.jsonl"


def read_results(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return what has been measured so far."""
    file = results_file(options)
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def keep(options: argparse.Namespace, result: dict[str, Any]) -> None:
    """Add one result."""
    with results_file(options).open("a", encoding="utf-8") as file:
        file.write(json.dumps(result) + "\n")


def machine() -> dict[str, str]:
    """Return what the results hold for."""
    from mujaz.models.tuning import this_machine

    packages = ("torch", "transformers", "ctranslate2", "tokenizers", "sentencepiece")
    return {
        "machine": this_machine(),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        **{package: version(package) for package in packages},
    }


def child(options: argparse.Namespace, key: dict[str, Any]) -> dict[str, Any]:
    """Measure one thing in a process of its own and return what it says."""
    command = [sys.executable, "-m", "benchmarks.speed", "--cache", str(options.cache), "one"]
    done = subprocess.run(
        [*command, json.dumps(key), str(time.time())],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": str(options.threads), "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(options: argparse.Namespace, key: dict[str, Any]) -> None:
    """Measure what ``key`` names, unless it has been."""
    for old in read_results(options):
        if all(old.get(name) == value for name, value in key.items()):
            return
    result = {**key, **child(options, key)}
    keep(options, result)
    told = {k: round(v, 2) if isinstance(v, float) else v for k, v in result.items()}
    print(json.dumps(told), flush=True)


def one(options: argparse.Namespace) -> None:
    """Do what ``child`` asks for, in this process, and print it as JSON."""
    key = json.loads(options.key)
    if key["way"] == LIMIT:
        print(json.dumps(limit(key["threads"])))
        return
    shape = SHAPES[key["shape"]]
    folder = Path(options.cache) / shape.name
    work = Work(shape, folder, key["beams"], key["threads"])
    texts = texts_for(shape, folder, key["texts"])
    print(json.dumps(measure(key["way"], work, texts, options.began)))


def prepare(options: argparse.Namespace, shape: str) -> None:
    """Build the model, in a process of its own: it takes memory."""
    folder = Path(options.cache) / shape
    if (folder / "ctranslate2-int8").is_dir() and (folder / "ctranslate2-float32").is_dir():
        return
    print(f"building {shape} in {folder}", flush=True)
    code = (
        "from pathlib import Path; from benchmarks.speed_models import SHAPES, build; "
        f"build(SHAPES[{shape!r}], Path({str(folder)!r}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def run(options: argparse.Namespace) -> None:
    """Time all ways, taking turns."""
    prepare(options, options.shape)
    texts = options.texts or SHAPES[options.shape].texts
    base = {"shape": options.shape, "beams": options.beams, "threads": options.threads}
    for turn in range(options.rounds):
        names = list(options.ways or WAYS)
        # Every other round backwards: whoever comes first has the colder machine.
        for name in [LIMIT, *(names if turn % 2 == 0 else reversed(names))]:
            measured(options, {"kind": "run", **base, "texts": texts, "way": name, "round": turn})


def growth(options: argparse.Namespace) -> None:
    """Time Mujaz on more and more sentences."""
    prepare(options, options.shape)
    base = {"shape": options.shape, "beams": options.beams, "threads": options.threads}
    for turn in range(options.rounds):
        for texts in GROWTH:
            key = {"kind": "growth", **base, "texts": texts, "way": "mujaz", "round": turn}
            measured(options, key)


def agree(options: argparse.Namespace) -> None:
    """Count outputs that are not transformers', token by token."""
    from .speed_ways import mujaz_reference

    prepare(options, options.shape)
    shape = SHAPES[options.shape]
    folder = Path(options.cache) / shape.name
    work = Work(shape, folder, options.beams, options.threads)
    texts = texts_for(shape, folder, options.texts or shape.texts)
    written = {"reference": mujaz_reference(work)(texts)}
    for pair in COMPARED:
        for name in pair:
            if name not in written:
                written[name] = WAYS[name][1](work)(texts)
    for left, right in (("reference", "mujaz-float32"), *COMPARED):
        pairs = list(zip(written[left], written[right], strict=True))
        found = {
            "kind": "agree",
            "shape": shape.name,
            "beams": options.beams,
            "left": left,
            "right": right,
            "texts": len(texts),
            "differ": sum(a != b for a, b in pairs),
            "first_tokens": sum(a[0] != b[0] for a, b in pairs),
        }
        keep(options, found)
        print(json.dumps(found), flush=True)


def everything(options: argparse.Namespace) -> None:
    """Measure all tables, and write them."""
    for shape in SHAPES:
        for beams in (4, 1):
            options.shape, options.beams, options.texts = shape, beams, None
            run(options)
            agree(options)
    options.shape, options.beams = "opus", 4
    growth(options)
    table(options)


def table(options: argparse.Namespace) -> None:
    """Write the tables, and the plot."""
    from .speed_tables import draw, tables

    results = read_results(options)
    text = tables(results, machine())
    (Path(options.cache) / "tables.md").write_text(text, "utf-8")
    draw(results, options.plot)
    print(text)


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "speed")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, verb in {
        "all": everything,
        "run": run,
        "growth": growth,
        "agree": agree,
        "table": table,
    }.items():
        part = commands.add_parser(name, help=(verb.__doc__ or "").splitlines()[0])
        part.set_defaults(verb=verb)
        part.add_argument("--shape", choices=list(SHAPES), default="opus")
        part.add_argument("--beams", type=int, default=4)
        part.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
        part.add_argument("--rounds", type=int, default=3)
        part.add_argument("--texts", type=int, help="inputs of a pass; default: the shape's own")
        part.add_argument("--ways", nargs="*", choices=list(WAYS))
        part.add_argument("--plot", type=Path, default=ROOT / "docs" / "speed.svg")
    single = commands.add_parser("one")
    single.set_defaults(verb=one)
    single.add_argument("key")
    single.add_argument("began", type=float)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    options.verb(options)


if __name__ == "__main__":
    main()
