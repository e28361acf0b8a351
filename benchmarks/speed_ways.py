"""The ways to run a sequence-to-sequence model that are timed, each in a process of its own."""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .speed_models import Shape, arithmetic, input_lengths

Run = Callable[[Sequence[str]], "list[list[int]]"]
"""Texts in, ids of the outputs out."""

_ROWS = 32


@dataclass(frozen=True, slots=True)
class Work:
    """What a way is to do.

    Attributes:
        shape: The model's.
        folder: Where the model and its converted forms are.
        beams: Beam width.
        threads: CPU threads.
    """

    shape: Shape
    folder: Path
    beams: int
    threads: int


def plain(work: Work) -> Run:
    """Plain ``transformers``, one text after another: what most scripts do."""
    return _transformers(work, "float32", rows=1)


def batched(work: Work) -> Run:
    """``transformers``, 32 texts at a time, sorted by length."""
    return _transformers(work, "float32", rows=_ROWS)


def batched_bfloat16(work: Work) -> Run:
    """The same in bfloat16."""
    return _transformers(work, "bfloat16", rows=_ROWS)


def _transformers(work: Work, dtype: str, rows: int) -> Run:
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    from mujaz.models.silence import quiet_transformers

    torch.set_num_threads(work.threads)
    with quiet_transformers():
        tokenizer = AutoTokenizer.from_pretrained(str(work.folder))
        model = AutoModelForSeq2SeqLM.from_pretrained(
            str(work.folder), dtype=getattr(torch, dtype)
        ).eval()
    steps = work.shape.output

    def run(texts: Sequence[str]) -> list[list[int]]:
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]), reverse=True)
        done: dict[int, list[int]] = {}
        with torch.inference_mode(), quiet_transformers():
            for low in range(0, len(order), rows):
                part = order[low : low + rows]
                inputs = tokenizer([texts[n] for n in part], return_tensors="pt", padding=True)
                written = model.generate(
                    input_ids=inputs["input_ids"],
                    attention_mask=inputs["attention_mask"],
                    num_beams=work.beams,
                    do_sample=False,
                    max_new_tokens=steps,
                    min_new_tokens=steps,
                )
                for n, row in zip(part, written.tolist(), strict=True):
                    done[n] = row[1 : steps + 1]
                    tokenizer.decode(done[n], skip_special_tokens=True)
        return [done[n] for n in range(len(texts))]

    return run


def ctranslate2_float32(work: Work) -> Run:
    """CTranslate2 with its defaults, converted without quantisation."""
    return _ctranslate2(work, "float32")


def ctranslate2_int8(work: Work) -> Run:
    """CTranslate2 with its defaults, int8."""
    return _ctranslate2(work, "int8")


def _ctranslate2(work: Work, form: str) -> Run:
    import ctranslate2
    from transformers import AutoTokenizer

    from mujaz.models.silence import quiet_transformers

    folder = work.folder / f"ctranslate2-{form}"
    with quiet_transformers():
        tokenizer = AutoTokenizer.from_pretrained(str(work.folder))
    translator = ctranslate2.Translator(str(folder), device="cpu", intra_threads=work.threads)
    start = "" if work.shape.name == "opus" else "</s>"
    steps = work.shape.output

    def run(texts: Sequence[str]) -> list[list[int]]:
        tokens = [tokenizer.convert_ids_to_tokens(tokenizer(text)["input_ids"]) for text in texts]
        results = translator.translate_batch(
            tokens,
            target_prefix=[[start]] * len(tokens) if start else None,
            beam_size=work.beams,
            max_decoding_length=steps,
            min_decoding_length=steps,
        )
        written = [result.hypotheses[0] for result in results]
        return [tokenizer.convert_tokens_to_ids(row)[-steps:] for row in written]

    return run


def mujaz_int8(work: Work) -> Run:
    """Mujaz's engine, as it comes."""
    return _mujaz(work, "int8")


def mujaz_joined(work: Work) -> Run:
    """The same, all threads on one batch while there are few texts."""
    return _mujaz(work, "int8", joined=True)


def mujaz_float32(work: Work) -> Run:
    """Mujaz's engine on float32 weights."""
    return _mujaz(work, "float32")


def mujaz_reference(work: Work) -> Run:
    """Mujaz's reference engine, transformers underneath."""
    from mujaz.models.transformers_engine import TransformersEngine

    return _engine(TransformersEngine(work.folder, threads=work.threads, device="cpu"), work)


def _mujaz(work: Work, form: str, *, joined: bool = False) -> Run:
    from mujaz.models.ctranslate2_engine import CTranslate2Engine

    folder = work.folder / f"ctranslate2-{form}"
    engine = CTranslate2Engine(folder, threads=work.threads, joined=joined, device="cpu")
    return _engine(engine, work)


def _engine(engine: Any, work: Work) -> Run:  # noqa: ANN401 - one of two engines
    from mujaz.models.engine import GenerationOptions

    # The end token is never written by these models: no lower limit is needed.
    options = GenerationOptions(beams=work.beams, max_new_tokens=work.shape.output)

    def run(texts: Sequence[str]) -> list[list[int]]:
        return [output.ids for _, output in engine.outputs(texts, options)]

    return run


WAYS: dict[str, tuple[str, Callable[[Work], Run], str]] = {
    "plain": ("transformers, one by one", plain, "model.safetensors"),
    "batched": ("transformers, batches, float32", batched, "model.safetensors"),
    "bfloat16": ("transformers, batches, bfloat16", batched_bfloat16, "model.safetensors"),
    "ct2-float32": (
        "CTranslate2's defaults, float32",
        ctranslate2_float32,
        "ctranslate2-float32/model.bin",
    ),
    "ct2-int8": ("CTranslate2's defaults, int8", ctranslate2_int8, "ctranslate2-int8/model.bin"),
    "mujaz-float32": ("Mujaz, float32", mujaz_float32, "ctranslate2-float32/model.bin"),
    "mujaz": ("Mujaz, int8", mujaz_int8, "ctranslate2-int8/model.bin"),
    "mujaz-joined": ("Mujaz, int8, threads joined", mujaz_joined, "ctranslate2-int8/model.bin"),
}
"""Way → how tables call it, how it is set up, and its weights."""


def measure(name: str, work: Work, texts: Sequence[str], began: float) -> dict[str, Any]:
    """Set a way up, run it, and return what it took.

    Args:
        name: Of ``WAYS``.
        work: What it is to do.
        texts: The inputs.
        began: When the process was started (``time.time()``), interpreter included.
    """
    run = WAYS[name][1](work)
    run(texts[:1])
    first = time.time() - began
    opened = memory()
    run(texts[:16])  # some libraries settle on kernels, and our engine on its workers
    clock, cpu = time.perf_counter(), time.process_time()
    outputs = run(texts)
    seconds, cpu = time.perf_counter() - clock, time.process_time() - cpu
    tokens = sum(len(row) for row in outputs)
    expected = len(texts) * work.shape.output
    if tokens != expected:
        raise SystemExit(f"{name} wrote {tokens} tokens and not {expected}")
    return {
        "first": first,
        "seconds": seconds,
        "cpu": cpu,
        "tokens": tokens,
        "operations": arithmetic(work.shape, input_lengths(work.folder, texts), work.beams),
        "opened": opened,
        "peak": memory(),
        "size": (work.folder / WAYS[name][2]).stat().st_size,
        "load": os.getloadavg()[0],
    }


def memory() -> int:
    """Return the peak of this process's resident memory, in MiB."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
        return int(next(x for x in lines if x.startswith("VmHWM")).split()[1]) // 1024
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def limit(threads: int) -> dict[str, Any]:
    """Return how many float32 operations a second this machine's matrix product does."""
    import torch

    torch.set_num_threads(threads)
    size = 1536
    a, b = torch.rand(size, size), torch.rand(size, size)
    a @ b
    rates, cpus = [], []
    for _ in range(7):
        clock, cpu = time.perf_counter(), time.process_time()
        a @ b
        rates.append(2 * size**3 / (time.perf_counter() - clock) / 1e9)
        cpus.append(2 * size**3 / (time.process_time() - cpu) / 1e9)
    return {"gflops": max(rates), "gflops_per_cpu": statistics.median(cpus)}
