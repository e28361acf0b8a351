"""A job that is killed again and again: nothing lost, nothing half, nothing done twice.

Run from the repository root: ``python -m benchmarks.batch_kill [--articles 2000] [--kills 20]``.
It makes small articles and a tiny model with weights trained for a second, translates the articles
as one job undisturbed, and once more with SIGKILL at random moments and a new start after each.
Then it compares:

- every output of the disturbed job with the undisturbed one's, byte for byte;
- the files and times of outputs that stood when a run was killed with what they are at the end: an
  article that was done twice would have been written twice;
- the memory of the undisturbed run while it goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

OPENINGS = (
    "افتتح الرئيس جسرا جديدا فوق النهر يوم الثلاثاء بعد أعوام من العمل.",
    "قال الوزير إن المشروع سيبدأ في شهر مارس المقبل في مدن أخرى.",
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب.",
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع الرئيس.",
    "حذرت هيئة الأرصاد من أمطار غزيرة على الساحل.",
    "تراجع عدد المصابين في المدينة هذا الأسبوع.",
    "فاز الفريق بالمباراة النهائية بعد ركلات الترجيح.",
)
MEMORY_AT = (100, 500, 1000, 1500, 2000)


@dataclass
class Watched:
    """One run as its events told it.

    Attributes:
        made: Outputs that were said to be done, in order.
        seconds: From the start to the end.
        loaded: Seconds until the models ran.
        memory: Resident kilobytes when so many articles were done.
        code: Exit code; negative for a signal.
        other: Lines on stderr that were no event.
    """

    made: list[str] = field(default_factory=list)
    seconds: float = 0.0
    loaded: float = 0.0
    memory: dict[int, int] = field(default_factory=dict)
    code: int = 0
    other: list[str] = field(default_factory=list)


def write_articles(folder: Path, count: int) -> None:
    """Write ``count`` small articles, a hundred in a folder, every tenth hundred as rows."""
    chance = random.Random(4)
    rows = []
    for number in range(count):
        body = " ".join(chance.sample(OPENINGS, chance.randint(1, 3)))
        text = f"خبر رقم {number}\n\n{body} بلغ العدد {number}.\n"
        place = folder / f"{number // 100:02}"
        place.mkdir(parents=True, exist_ok=True)
        if number // 100 % 10 == 9:
            rows.append(json.dumps({"id": f"n{number}", "text": text}, ensure_ascii=False))
        else:
            (place / f"{number}.txt").write_text(text, "utf-8")
    if rows:
        (folder / "rows.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


def tiny_model(folder: Path) -> Path:
    """Build a tiny Marian, converted for CTranslate2 as a pulled one would be."""
    from mujaz.models.conversion import convert
    from tests.models.tiny_models import build

    model = build("marian", folder / "model")
    convert(model, model / "ctranslate2-float32", "float32")
    return model


def command(work: Path, output: str) -> list[str]:
    """Return the command of the job."""
    model = str(work / "model")
    options = [
        "--translator",
        model,
        "--format",
        "json",
        "--threads",
        "1",
        "--events",
        "--no-cache",
    ]
    return [sys.executable, "-m", "mujaz", "translate", "in", "-o", output, *options]


def run(work: Path, output: str, kill_after: tuple[str, float] | None = None) -> Watched:
    """Run the job once, and kill it if that is asked for.

    Args:
        work: Folder of the articles, the model and the outputs.
        output: The output folder's name.
        kill_after: ``start`` or ``loaded``, and seconds from there.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        command(work, output),
        cwd=work,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"MUJAZ_HOME": str(work / "home"), "HF_HUB_OFFLINE": "1"},
    )
    assert process.stderr
    killer = None
    if kill_after and kill_after[0] == "start":
        killer = _kill_later(process, kill_after[1])
    seen = Watched()
    for line in process.stderr:
        try:
            event = json.loads(line)
        except ValueError:
            seen.other.append(line)
            continue
        match event["event"]:
            case "loaded":
                seen.loaded = time.monotonic() - began
                if kill_after and kill_after[0] == "loaded":
                    killer = _kill_later(process, kill_after[1])
            case "made":
                seen.made.append(f"{event['output']}#{event['id']}")
                if len(seen.made) in MEMORY_AT:
                    seen.memory[len(seen.made)] = _resident(process.pid)
    seen.code = process.wait()
    seen.seconds = time.monotonic() - began
    if killer:
        killer.wait()
    return seen


def _kill_later(process: subprocess.Popen[str], seconds: float) -> subprocess.Popen[bytes]:
    """Let a process of its own kill another: it does not wait for this one to read events."""
    code = (
        "import os,sys,time\ntime.sleep(float(sys.argv[2]))\n"
        "try: os.kill(int(sys.argv[1]), 9)\nexcept ProcessLookupError: pass\n"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(process.pid), str(seconds)])


def _resident(pid: int) -> int:
    """Return the resident memory of a process in kilobytes, 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def outputs(folder: Path) -> dict[str, bytes]:
    """Return the outputs of a job, the index among them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".mujaz" not in path.parts
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the number and time of every output's file but the index's."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and ".mujaz" not in path.parts and not path.name.startswith("index")
    }


def disturb(
    work: Path, calm: Watched, kills: int, chance: random.Random
) -> tuple[list[Watched], int]:
    """Run the job with kills until it is done; return the runs, and outputs written twice."""
    runs, twice = [], 0
    stood: dict[str, tuple[int, int]] = {}
    share = (calm.seconds - calm.loaded) / max(kills, 1)
    for number in range(kills):
        # One in five falls into the start: looking at the inputs, loading the model.
        early = number % 5 == 4
        moment = chance.uniform(0, calm.loaded) if early else chance.uniform(0, 1.8 * share)
        runs.append(run(work, "disturbed", ("start" if early else "loaded", moment)))
        now = stamps(work / "disturbed") if (work / "disturbed").exists() else {}
        twice += sum(now.get(name) != stamp for name, stamp in stood.items())
        stood = now
    runs.append(run(work, "disturbed"))
    now = stamps(work / "disturbed")
    twice += sum(now.get(name) != stamp for name, stamp in stood.items())
    return runs, twice


def main() -> int:
    """Run the benchmark; return 1 if anything is lost, half, different or done twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_articles(work / "in", options.articles)
        tiny_model(work)
        calm = run(work, "calm")
        print(f"undisturbed: {len(calm.made)} articles in {calm.seconds:.1f} s, "
              f"{calm.loaded:.1f} s of them to load; exit code {calm.code}")  # fmt: skip
        for done, size in calm.memory.items():
            print(f"  resident memory after {done:5} articles: {size / 1024:.1f} MiB")
        runs, twice = disturb(work, calm, options.kills, random.Random(options.seed))
        killed = [r for r in runs if r.code == -signal.SIGKILL]
        made = [output for r in runs for output in r.made]
        print(f"disturbed: {len(runs)} runs, {len(killed)} killed, exit code {runs[-1].code}; "
              f"articles done a run: {' '.join(str(len(r.made)) for r in runs)}")  # fmt: skip
        print(f"  said to be done {len(made)} times, {len(set(made))} different ones; "
              f"files written twice: {twice}")  # fmt: skip
        first, second = outputs(work / "calm"), outputs(work / "disturbed")
        index = {n for n in first if n.startswith("index")}
        different = [n for n in first.keys() | second.keys() if first.get(n) != second.get(n)]
        rows = sum(len(first[n].splitlines()) for n in first if n.endswith("rows.jsonl"))
        documents = len(first) - len(index) - bool(rows)
        print(f"  outputs: {documents} documents and {rows} rows; different from the undisturbed "
              f"ones: {len(different)} {different[:3]}")  # fmt: skip
        left = list((work / "disturbed").rglob("*.tmp")) + list(
            (work / "disturbed" / ".mujaz").rglob("*.jsonl")
        )
        print(f"  temporary files left: {len(left)}")
        noise = [line for r in runs for line in r.other]
        if noise:
            print(f"  other lines on stderr: {noise[:5]}")
        good = (
            not different
            and not twice
            and len(made) == len(set(made))
            and documents + rows == options.articles
            and not left
            and runs[-1].code == 0
        )
        print("good" if good else "NOT GOOD")
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
