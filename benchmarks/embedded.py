"""The embedded model on a parallel test set: what names and retries bring.

Translates each line four ways in one pass: the plain prompt; the prompt with the names found in
the source; with names and terms; and that with the checks' retries on top (what `mujaz translate`
does). Every output is kept in a JSON-lines file, so that a run can be stopped and continued;
`--score` reads it.

    python -m benchmarks.embedded --run out/flores.jsonl
    python -m benchmarks.embedded --score out/flores.jsonl

Reads FLORES-200 dev from ../shared/data/flores-dev (source.ar, reference.en), or from --data.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mujaz.models.engine import Engine, Generation, GenerationOptions, Prompt

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "flores-dev"
VARIANTS = ("plain", "names", "terms", "retried")
STRIDE = 5  # lines are done in strides, so that any beginning of a run is a fair sample


class Recorder:
    """An engine that keeps what the one inside it generates."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.follows_instructions = engine.follows_instructions
        self.max_input_tokens = engine.max_input_tokens
        self.generations: list[Generation] = []
        self.prompts: list[Prompt] = []
        self.seconds: list[float] = []

    def clear(self) -> None:
        """Forget what was kept."""
        self.generations.clear()
        self.prompts.clear()
        self.seconds.clear()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Pass on."""
        return self._engine.count_tokens(texts)

    def generate(self, prompts: Sequence[Prompt], options: GenerationOptions) -> list[Generation]:
        """Pass on and keep."""
        began = time.perf_counter()
        made = self._engine.generate(prompts, options)
        self.seconds.append(time.perf_counter() - began)
        self.generations += made
        self.prompts += prompts
        return made

    def close(self) -> None:
        """Pass on."""
        self._engine.close()


def run(data: Path, output: Path, threads: int | None, limit: int, shard: tuple[int, int]) -> None:
    """Translate what ``output`` does not hold yet."""
    from mujaz.models.loading import open_engine
    from mujaz.models.selection import resolve
    from mujaz.settings import Settings
    from mujaz.translate import InstructTranslator, Retry, Segment

    source = (data / "source.ar").read_text(encoding="utf-8").splitlines()
    order = sorted(range(len(source)), key=lambda i: (i % STRIDE, i))[:limit][shard[0] :: shard[1]]
    done = {row["line"] for row in _rows(output)} if output.exists() else set()
    settings = Settings.from_environment()
    model = resolve("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", settings)
    engine = Recorder(open_engine(model.path, threads=threads))
    once = Retry(candidates=0)
    plain = InstructTranslator(engine, use_names=False, use_terms=False, retry=once)
    named = InstructTranslator(engine, use_terms=False, retry=once)
    full = InstructTranslator(engine)
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("a", encoding="utf-8") as file:
        for line in order:
            if line in done:
                continue
            segment = [Segment(source[line])]
            engine.clear()
            began = time.perf_counter()
            retried = full.translate(segment)[0]
            seconds = time.perf_counter() - began
            first, each = engine.generations[0], [round(s, 2) for s in engine.seconds]
            told = engine.prompts[0].text
            names = named.translate(segment)[0].text if "\nWords: " in told else first.text
            bare = plain.translate(segment)[0].text if "\nNames: " in told else names
            row = {
                "line": line,
                "plain": bare,
                "names": names,
                "terms": first.text,
                "retried": retried.text,
                "attempts": retried.attempts,
                "given": [[n.arabic, n.english] for n in retried.names],
                "findings": [[f.kind, f.severity, f.message] for f in retried.findings],
                "tried": [[a.how, a.text, list(a.findings), a.taken] for a in retried.tried],
                "seconds": round(seconds, 2),
                "each": each,
                "tokens": first.output_tokens,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()


def score(data: Path, outputs: Sequence[Path]) -> None:
    """Print BLEU, chrF, length ratio and paired bootstrap significance of the four variants."""
    from sacrebleu.metrics import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    from mujaz.translate import polish

    rows = sorted((row for path in outputs for row in _rows(path)), key=lambda row: row["line"])
    reference = (data / "reference.en").read_text(encoding="utf-8").splitlines()
    references = [[reference[row["line"]] for row in rows]]
    systems = [(v, [polish(row[v]) for row in rows]) for v in VARIANTS]
    metrics: dict[str, Any] = {
        "BLEU": BLEU(references=references),
        "chrF": CHRF(references=references),
    }
    _, results = PairedTest(systems, metrics, references=None, test_type="bs", n_samples=1000)()
    print(f"{len(rows)} lines")
    for at, (variant, texts) in enumerate(systems):
        bleu = metrics["BLEU"].corpus_score(texts, None)
        cells = [f"{variant:8} ratio {bleu.sys_len / bleu.ref_len:.3f}"]
        for name in metrics:
            result = next(v[at] for k, v in results.items() if k.startswith(name))
            p = f" p={result.p_value:.4f}" if result.p_value is not None else ""
            cells.append(f"{name} {result.score:.1f} ({result.mean:.1f} ± {result.ci:.1f}){p}")
        print("  ".join(cells))
    for metric in metrics.values():
        print(metric.get_signature())
    tries = sum(row["attempts"] > 1 for row in rows) / len(rows)
    severe = sum(any(f[1] == "severe" for f in row["findings"]) for row in rows) / len(rows)
    flagged = sum(any(f[1] != "info" for f in row["findings"]) for row in rows) / len(rows)
    _repair(rows, reference)
    named = sum(bool(row["given"]) for row in rows) / len(rows)
    print(f"with names {named:.1%}, tried again {tries:.1%}", end="")
    print(f", flagged {flagged:.1%}, severe {severe:.1%}")


def _repair(rows: Sequence[dict[str, Any]], reference: Sequence[str]) -> None:
    """Print what trying again did to the lines that were tried again, and what it cost."""
    from sacrebleu.metrics import CHRF

    from mujaz.translate import polish

    again = [row for row in rows if row.get("tried")]
    if not again:
        return
    chrf = CHRF()
    before, after = (
        [chrf.sentence_score(polish(row[v]), [reference[row["line"]]]).score for row in again]
        for v in ("terms", "retried")
    )
    better = sum(a > b + 1 for b, a in zip(before, after, strict=True))
    worse = sum(a < b - 1 for b, a in zip(before, after, strict=True))
    once = sum(row["each"][0] for row in rows if "each" in row)
    all_ = sum(sum(row["each"]) for row in rows if "each" in row)
    print(
        f"repair: {len(again)} lines, sentence chrF {sum(before) / len(again):.1f} to "
        f"{sum(after) / len(again):.1f}, {better} better, {worse} worse by more than a point; "
        f"generating took {all_ / once:.2f} times the first tries"
    )
    first = sum(bool(row["tried"][0][2]) for row in again)
    last = sum(
        any(f[1] != "info" and f[0] != "confidence" for f in row["findings"]) for row in again
    )
    print(f"of these flagged by the checks: {first} before, {last} after")


def _rows(path: Path) -> list[dict[str, Any]]:
    # Not by splitlines: a text may hold U+2028, and JSON leaves it as it is.
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def main() -> int:
    """Run or score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--run", type=Path, metavar="FILE")
    parser.add_argument("--score", type=Path, metavar="FILE", nargs="+")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--shard", default="0/1", help="this part of so many, as 0/2")
    args = parser.parse_args()
    if not (args.data / "source.ar").exists():
        print(f"skipped: {args.data} is not here", file=sys.stderr)
        return 0
    if args.run:
        part, parts = map(int, args.shard.split("/"))
        run(args.data, args.run, args.threads, args.limit, (part, parts))
    if args.score:
        score(args.data, args.score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
