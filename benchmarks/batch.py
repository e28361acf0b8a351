"""How fast many texts go: batches against one sentence at a time, a job against separate runs.

Run from the repository root:

- ``python -m benchmarks.batch seq2seq``: a model of OPUS-MT's shape (Marian, 6+6 layers, 512 wide,
  2048, vocabulary 62,834) with random weights, which writes exactly ``--tokens`` tokens a sentence,
  greedy or with ``--beams``. The engines' batches are held against a plain loop over
  ``transformers``, one sentence at a time. Rounds alternate, and each round gives its own ratio, so
  that a busy machine slows both sides. Outputs are compared with those of each sentence alone.
- ``python -m benchmarks.batch memory``: the memory that the biggest batch takes.
- ``python -m benchmarks.batch folder``: a folder of ``--articles`` as one job of ``mujaz brief``
  with the embedded model, against as many separate ``mujaz brief`` runs, without the cache.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = 62_834
# Never written, so that every output has the same length.
UNWRITTEN = -1e4


def sentences(count: int) -> list[str]:
    """Return ``count`` Arabic sentences of 4 to 40 words, from the words of the examples."""
    words = " ".join(
        p.read_text("utf-8") for p in sorted((ROOT / "examples").glob("*.txt"))
    ).split()
    chance = random.Random(5)
    lengths = [min(40, max(4, round(chance.gauss(20, 8)))) for _ in range(count)]
    return [" ".join(chance.sample(words, min(n, len(words)))) for n in lengths]


def build(folder: Path) -> Path:
    """Build the random model, with a tokenizer trained on the examples, and return its folder."""
    import sentencepiece
    import torch
    import transformers

    from mujaz.models.silence import quiet_transformers

    folder.mkdir(parents=True)
    for name in ("source", "target"):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences(400)),
            model_prefix=str(folder / name),
            vocab_size=800,
            hard_vocab_limit=False,
            character_coverage=1.0,
            minloglevel=2,
        )
        (folder / f"{name}.vocab").unlink()
        (folder / f"{name}.model").rename(folder / f"{name}.spm")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    names = [pieces.id_to_piece(n) for n in range(pieces.get_piece_size())]
    tokens = list(dict.fromkeys(["</s>", "<unk>", *(n for n in names if n != "<s>")]))
    tokens += [f"w{n}" for n in range(VOCABULARY - 1 - len(tokens))] + ["<pad>"]
    pad = VOCABULARY - 1
    (folder / "vocab.json").write_text(json.dumps({token: n for n, token in enumerate(tokens)}))
    with quiet_transformers():
        torch.manual_seed(1)
        tokenizer = transformers.MarianTokenizer(
            source_spm=str(folder / "source.spm"),
            target_spm=str(folder / "target.spm"),
            vocab=str(folder / "vocab.json"),
            source_lang="ar",
            target_lang="en",
        )
        model = transformers.MarianMTModel(
            transformers.MarianConfig(
                vocab_size=VOCABULARY,
                d_model=512,
                encoder_layers=6,
                decoder_layers=6,
                encoder_attention_heads=8,
                decoder_attention_heads=8,
                encoder_ffn_dim=2048,
                decoder_ffn_dim=2048,
                max_position_embeddings=512,
                init_std=0.05,
                pad_token_id=pad,
                eos_token_id=0,
                decoder_start_token_id=pad,
                activation_function="swish",
                scale_embedding=True,
                static_position_embeddings=True,
            )
        )
        with torch.no_grad():
            model.get_input_embeddings().weight[pad] = 0
            model.final_logits_bias[0, 0] = UNWRITTEN
        model.generation_config = transformers.GenerationConfig(
            decoder_start_token_id=pad,
            eos_token_id=0,
            pad_token_id=pad,
            bad_words_ids=[[pad]],
            max_length=512,
        )
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return folder


def plain_loop(folder: Path, threads: int, beams: int, tokens: int) -> Callable[[list[str]], Any]:
    """Return what most scripts do: ``generate`` on one sentence after another."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    from mujaz.models.silence import quiet_transformers

    torch.set_num_threads(threads)
    with quiet_transformers():
        tokenizer = AutoTokenizer.from_pretrained(str(folder))
        model = AutoModelForSeq2SeqLM.from_pretrained(str(folder), dtype=torch.float32).eval()

    def run(texts: list[str]) -> None:
        with torch.inference_mode(), quiet_transformers():
            for text in texts:
                inputs = tokenizer(text, return_tensors="pt")
                written = model.generate(
                    **inputs, num_beams=beams, do_sample=False, max_new_tokens=tokens
                )
                tokenizer.decode(written[0], skip_special_tokens=True)

    return run


def seq2seq(folder: Path, options: argparse.Namespace) -> None:
    """Time the ways over the same sentences, in alternating rounds, and print ratios."""
    from mujaz.models.ctranslate2_engine import CTranslate2Engine
    from mujaz.models.engine import Engine, GenerationOptions, Prompt
    from mujaz.models.transformers_engine import TransformersEngine

    texts = sentences(options.sentences)
    prompts = [Prompt(text) for text in texts]
    decoding = GenerationOptions(beams=options.beams, max_new_tokens=options.tokens)
    int8 = CTranslate2Engine(folder / "ctranslate2-int8", threads=options.threads, device="cpu")
    reference = TransformersEngine(folder, threads=options.threads, device="cpu")

    def batch(engine: Engine) -> Callable[[], Any]:
        return lambda: engine.generate(prompts, decoding)

    def singly(engine: Engine) -> Callable[[], Any]:
        return lambda: [engine.generate([prompt], decoding)[0] for prompt in prompts]

    loop = plain_loop(folder, options.threads, options.beams, options.tokens)
    ways: dict[str, Callable[[], Any]] = {
        "transformers, one sentence at a time": lambda: loop(texts),
        "transformers engine, batches": batch(reference),
        "ctranslate2 int8, one sentence at a time": singly(int8),
        "ctranslate2 int8, batches": batch(int8),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    outputs: dict[str, Any] = {}
    lengths = len(set(int8.count_tokens(texts)))
    print(f"{len(texts)} sentences of {lengths} lengths, {options.tokens} tokens each, ", end="")
    print(f"{options.beams} beams, {options.threads} threads, {options.rounds} rounds")
    for way in (batch(int8), batch(reference)):
        way()  # load and warm
    for _ in range(options.rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            outputs[name] = way()
            seconds[name].append(time.perf_counter() - began)
    first = next(iter(ways))
    for name, took in seconds.items():
        ratios = [a / b for a, b in zip(seconds[first], took, strict=True)]
        rates = [len(texts) / s for s in took]
        print(
            f"{name}: {statistics.median(rates):.2f} sentences/s; "
            f"×{statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f})"
        )
    together, alone = outputs["ctranslate2 int8, batches"], outputs[list(ways)[2]]
    print(f"int8, alone and in batches: {_unlike(together, alone)} outputs differ")


def _unlike(some: Sequence[Any], others: Sequence[Any]) -> int:
    return sum(a != b for a, b in zip(some, others, strict=True))


def memory(folder: Path, options: argparse.Namespace) -> None:
    """Print the peak memory when open, and when the biggest batch has run."""
    from mujaz.models.ctranslate2_engine import CTranslate2Engine
    from mujaz.models.engine import GenerationOptions, Prompt

    engine = CTranslate2Engine(folder / "ctranslate2-int8", threads=options.threads, device="cpu")
    decoding = GenerationOptions(beams=options.beams, max_new_tokens=options.tokens)
    engine.generate([Prompt(sentences(1)[0])], decoding)
    before = _peak()
    # Nothing but one length, and of that more than any batch takes.
    engine.generate([Prompt(sentences(1)[0])] * 400, decoding)
    print(f"{options.beams} beams: {before} MiB after one sentence, {_peak()} MiB after 400 alike")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def folder_of_articles(options: argparse.Namespace) -> None:
    """Time one job over a folder, and one run for each of its articles."""
    own = {"MUJAZ_HOME": str(options.home)} if options.home else {}
    environment = {**os.environ, **own}
    base = [sys.executable, "-m", "mujaz", "--offline", "--quiet", "brief", "--no-cache"]
    base += ["--translator", options.translator, "--sentences", str(options.length)]
    with tempfile.TemporaryDirectory() as place:
        news = Path(place) / "news"
        news.mkdir()
        for number, text in enumerate(articles(options.articles)):
            (news / f"{number:03}.txt").write_text(text, "utf-8")
        began = time.perf_counter()
        out = Path(place) / "out"
        subprocess.run([*base, str(news), "-o", str(out)], env=environment, check=True)
        job = time.perf_counter() - began
        differ = 0
        began = time.perf_counter()
        for file in sorted(news.iterdir()):
            run = subprocess.run(
                [*base, str(file)], env=environment, check=True, stdout=subprocess.PIPE
            )
            made = next(p for p in out.rglob(f"{file.stem}*") if p.is_file())
            differ += not _alike(run.stdout.decode(), made.read_text("utf-8"))
        apart = time.perf_counter() - began
    print(f"{options.articles} articles: one job {job:.1f} s, separate runs {apart:.1f} s")
    print(f"×{apart / job:.2f}; {differ} of {options.articles} briefs differ")


def _alike(one: str, other: str) -> bool:
    """Compare briefs but for the line that names the source's path."""
    kept = [
        [line for line in text.splitlines() if not line.startswith("Source:")]
        for text in (one, other)
    ]
    return kept[0] == kept[1]


def articles(count: int) -> list[str]:
    """Return ``count`` articles: the examples' sentences, in another order and choice each."""
    import mujaz.arabic as arabic

    found = []
    for path in sorted((ROOT / "examples").glob("*.txt")):
        article = arabic.article_from_text(path.read_text("utf-8"))
        found += [s.text for s in arabic.sentences(article)]
    chance = random.Random(6)
    return [" ".join(chance.sample(found, min(len(found), 6))) + "\n" for _ in range(count)]


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["seq2seq", "memory", "folder"])
    parser.add_argument("--sentences", type=int, default=128)
    parser.add_argument("--tokens", type=int, default=40, help="tokens of every output")
    parser.add_argument("--beams", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--length", type=int, default=3, help="sentences of a brief")
    parser.add_argument("--home", type=Path, help="MUJAZ_HOME with the embedded model")
    parser.add_argument("--translator", default="embedded", help="of the folder")
    parser.add_argument("--model", type=Path, help="a folder of this benchmark's, kept")
    options = parser.parse_args()
    if options.what == "folder":
        folder_of_articles(options)
        return
    from mujaz.models.conversion import convert

    with tempfile.TemporaryDirectory() as place:
        folder = options.model or Path(place) / "opus"
        if not folder.exists():
            build(folder)
            convert(folder, folder / "ctranslate2-int8", quantization="int8")
        {"seq2seq": seq2seq, "memory": memory}[options.what](folder, options)


if __name__ == "__main__":
    main()
