"""How fast the embedded model serves: beside llama.cpp itself, brief by brief, from a cold start.

Run from the repository root, with the embedded model installed (``make brief`` does that):

- ``python -m benchmarks.embedded_speed rate``: sentences of the examples through Mujaz (names,
  terms, checks; no second tries), and the same prompts through a bare llama.cpp server, without
  grammar and probabilities, for as many tokens, by llama.cpp's own clock; they take turns.
- ``… briefs [ARTICLE ...]``: the brief of each article with loaded models, taken apart.
- ``… start``: `mujaz translate` of one short sentence from nothing, taken apart.
- ``… growth``: more and more sentences, and longer and longer articles.

Every part prints a table. Times are by the clock, so that only a quiet machine tells anything.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from .embedded import Recorder

if TYPE_CHECKING:
    from mujaz.arabic import Article
    from mujaz.brief import Brief, Briefer
    from mujaz.models.engine import Generation, Prompt

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
EMBEDDED = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
SHORT = "عاد الوفد إلى عمان مساء أمس."
SENTENCES = (1, 5, 25)
WORDS = (200, 1000, 5000)


def articles(paths: Sequence[Path]) -> list[Article]:
    """Return the articles of the files, the examples by default."""
    from mujaz.arabic import article_from_text

    files = list(paths) or sorted(EXAMPLES.glob("*.txt"))
    return [article_from_text(file.read_text("utf-8"), origin=file.name) for file in files]


def example_sentences(count: int) -> list[str]:
    """Return ``count`` sentences of the examples, in order, and over again."""
    from mujaz.arabic import sentences

    found = [s.text for article in articles(()) for s in sentences(article)]
    return [found[n % len(found)] for n in range(count)]


def bare_server(path: Path, threads: int | None) -> Any:  # noqa: ANN401 - untyped library
    """Return llama.cpp's server with its own settings, but for the threads."""
    import xllamacpp

    from mujaz.models.devices import available_threads

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = 4096
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads or available_threads()
    params.n_gpu_layers = 0
    params.verbosity = 0
    server = xllamacpp.Server(params)
    server.handle_metrics()
    return server


def bare_seconds(server: Any, prompt: Prompt, made: Generation) -> float:  # noqa: ANN401
    """Return what llama.cpp says that the same prompt and as many tokens of output took."""
    answer = server.handle_chat_completions(
        {
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.text},
            ],
            "max_tokens": made.output_tokens,
            "ignore_eos": True,
            "temperature": 0,
            "cache_prompt": False,
        }
    )
    timings, usage = answer["timings"], answer["usage"]
    if (usage["prompt_tokens"], usage["completion_tokens"]) != (
        made.input_tokens,
        made.output_tokens,
    ):
        raise SystemExit(f"llama.cpp's work is another: {usage}")
    return float(timings["prompt_ms"] + timings["predicted_ms"]) / 1000


def rate(options: argparse.Namespace) -> None:
    """Compare tokens a second with llama.cpp's own, sentence by sentence, taking turns."""
    from mujaz.models.llama_engine import LlamaEngine
    from mujaz.models.selection import resolve
    from mujaz.settings import Settings
    from mujaz.translate import InstructTranslator, Retry, Segment

    path = resolve(EMBEDDED, Settings.from_environment()).path
    engine = Recorder(LlamaEngine(path, threads=options.threads, device="cpu"))
    translator = InstructTranslator(engine, retry=Retry(candidates=0))
    bare = bare_server(next(path.glob("*.gguf")) if path.is_dir() else path, options.threads)
    translator.translate([Segment(SHORT)])
    bare_seconds(bare, engine.prompts[0], engine.generations[0])
    rows = []
    for text in example_sentences(options.sentences):
        engine.clear()
        began = time.perf_counter()
        translator.translate([Segment(text)])
        whole = time.perf_counter() - began
        pairs = list(zip(engine.prompts, engine.generations, strict=True))
        rows.append((whole, sum(engine.seconds), sum(bare_seconds(bare, p, g) for p, g in pairs)))
        rows[-1] += (sum(g.input_tokens for _, g in pairs), sum(g.output_tokens for _, g in pairs))
        print(".", end="", flush=True)
    ours, generating, theirs, read, written = (sum(column) for column in zip(*rows, strict=True))
    print(
        f"\n{len(rows)} sentences, {read / len(rows):.0f} tokens of prompt and "
        f"{written / len(rows):.0f} of output on average\n\n"
        "| | seconds | tokens read and written, a second | of llama.cpp's own |\n|---|---|---|---|"
    )
    for name, seconds in (
        ("llama.cpp itself", theirs),
        ("Mujaz, generating", generating),
        ("Mujaz, whole", ours),
    ):
        print(
            f"| {name} | {seconds:.1f} | {(read + written) / seconds:.1f} "
            f"| {100 * theirs / seconds:.0f}% |"
        )


def briefer(options: argparse.Namespace) -> tuple[Briefer, Recorder]:
    """Return a briefer whose models are loaded and have run, and what records its generations."""
    from dataclasses import replace

    from mujaz.brief import Briefer
    from mujaz.settings import Settings

    settings = replace(Settings.from_environment(), threads=options.threads, offline=True)
    made = Briefer(translator=EMBEDDED, settings=settings)
    recorder = Recorder(made.translator.engine)
    # The translator inside keeps its engine to itself; what it calls is looked at from outside.
    made.translator._translator._engine = recorder
    made.brief(SHORT)
    return made, recorder


def timed(made: Briefer, recorder: Recorder, article: Article) -> tuple[Brief, str]:
    """Return a brief and the cells of a table that say what it took."""
    recorder.clear()
    brief = made.brief(article)
    assert brief.seconds is not None
    segments = (brief.headline, *brief.sentences) if brief.title else brief.sentences
    first = _first_seconds(recorder)
    again = sum(recorder.seconds) - first
    rest = brief.seconds.translate - first - again
    whole = brief.seconds.summarize + brief.seconds.translate
    return brief, (
        f"{len(segments)} | {len(recorder.seconds)} | {brief.seconds.summarize:.1f} | {first:.1f} "
        f"| {again:.1f} | {rest:.1f} | {whole:.1f} |"
    )


def _first_seconds(recorder: Recorder) -> float:
    """Return the time of the first translation of each sentence, not of other candidates."""
    seen: set[str] = set()
    total = 0.0
    for prompt, seconds in zip(recorder.prompts, recorder.seconds, strict=True):
        sentence = prompt.text.split("\n")[0].strip('"')  # one try quotes it
        total += 0.0 if sentence in seen else seconds
        seen.add(sentence)
    return total


_PARTS = "sentences | generations | summary | first tries | other tries | the rest | all, s |"


def briefs(options: argparse.Namespace) -> None:
    """Time the brief of each article."""
    made, recorder = briefer(options)
    print(f"| article | words | {_PARTS}\n|---|---|---|---|---|---|---|---|---|")
    for article in articles(options.articles):
        _, cells = timed(made, recorder, article)
        print(f"| {article.origin} | {len(article.text.split())} | {cells}", flush=True)


def growth(options: argparse.Namespace) -> None:
    """Time more sentences, and longer articles."""
    from mujaz.arabic import article_from_text
    from mujaz.translate import Segment

    made, recorder = briefer(options)
    print("| sentences | seconds | seconds each | generations | tokens/s |\n|---|---|---|---|---|")
    for count in SENTENCES:
        recorder.clear()
        began = time.perf_counter()
        made.translator.translate([Segment(text) for text in example_sentences(count)])
        took = time.perf_counter() - began
        tokens = sum(g.input_tokens + g.output_tokens for g in recorder.generations)
        print(
            f"| {count} | {took:.1f} | {took / count:.2f} | {len(recorder.seconds)} "
            f"| {tokens / took:.1f} |",
            flush=True,
        )
    print(f"\n| words | {_PARTS}\n|---|---|---|---|---|---|---|---|")
    words = " ".join(a.text for a in articles(())).split()
    for count in WORDS:
        text = " ".join(words[n % len(words)] for n in range(count))
        _, cells = timed(made, recorder, article_from_text(text))
        print(f"| {count} | {cells}", flush=True)


def start(options: argparse.Namespace) -> None:
    """Take a cold start apart, each part in processes of its own; files are warm."""
    mujaz = [sys.executable, "-m", "mujaz", "--offline"]
    threads = ["--threads", str(options.threads)] if options.threads else []
    ways = {
        "Python alone": [sys.executable, "-c", "pass"],
        "mujaz --help": [*mujaz, "--help"],
        "mujaz translate, a short sentence": [
            *mujaz, *threads, "--quiet", "translate", "--no-cache", "-", "--translator", EMBEDDED,
        ],
    }  # fmt: skip
    took: dict[str, list[float]] = {name: [] for name in ways}
    parts: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for name, command in ways.items():
            began = time.perf_counter()
            subprocess.run(
                command, cwd=ROOT, input=SHORT.encode(), stdout=subprocess.PIPE, check=True
            )
            took[name].append(time.perf_counter() - began)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.embedded_speed", "one", str(time.time())],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        for name, seconds in json.loads(done.stdout).items():
            parts.setdefault(name, []).append(seconds)
    print(f"| median of {options.rounds} rounds | seconds |\n|---|---|")
    for name, seconds in {**took, **parts}.items():
        print(f"| {name} | {median(seconds):.2f} |")


def one(options: argparse.Namespace) -> None:
    """Open the translator and translate a sentence; print when what was done, as JSON."""
    told: dict[str, float] = {}
    last = options.began

    def note(what: str) -> None:
        nonlocal last
        told[what], last = time.time() - last, time.time()

    from mujaz.settings import Settings
    from mujaz.translate import Translator

    note("in Python: interpreter and imports")
    translator = Translator(EMBEDDED, settings=Settings.from_environment())
    note("in Python: open the model")
    translator.translate([SHORT])
    note("in Python: the first sentence")
    translator.translate([SHORT])
    note("in Python: the same again")
    print(json.dumps(told))
    translator.close()


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for verb in (rate, briefs, start, growth):
        part = commands.add_parser(verb.__name__, help=(verb.__doc__ or "").splitlines()[0])
        part.set_defaults(verb=verb)
        part.add_argument("--threads", type=int)
        if verb is rate:
            part.add_argument("--sentences", type=int, default=24)
        elif verb is start:
            part.add_argument("--rounds", type=int, default=3)
        elif verb is briefs:
            part.add_argument("articles", type=Path, nargs="*")
    single = commands.add_parser("one")
    single.set_defaults(verb=one)
    single.add_argument("began", type=float)
    options = parser.parse_args()
    options.verb(options)


if __name__ == "__main__":
    main()
