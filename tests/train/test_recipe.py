"""The whole recipe on a tiny random model: pairs in, an adapter that llama.cpp runs out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from mujaz.errors import OptionError
from mujaz.models.adapters import read_adapter
from mujaz.models.engine import GenerationOptions, Prompt
from mujaz.models.llama_engine import LlamaEngine
from mujaz.models.manifest import read_manifest
from train.__main__ import main
from train.adaptation import add_adapter, matrices
from train.checkpoint import Checkpoint
from train.config import Config, read_config
from train.export import read_matrices, write_adapter
from train.log import LOG, read_log
from train.packing import batch
from train.tokens import TRAINING, Examples, Tokenizer
from train.tune import CHECKPOINT, tune
from train.weights import LAYERS, load_model

PROMPT = Prompt("وصل الوفد إلى باكو.", system="Translate the Arabic news sentence into English.")


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, write_run: Callable[[Path], Path]) -> Path:
    """The configuration of a run of all steps, done."""
    config = write_run(tmp_path_factory.mktemp("run"))
    assert main(["all", "--config", str(config)]) == 0
    return config


@pytest.fixture(scope="module")
def config(run: Path) -> Config:
    return read_config(run)


def test_prepare_counts_what_it_drops(config: Config) -> None:
    statistics = json.loads((config.folder / "prepare" / "statistics.json").read_text())
    machine, people = statistics["origins"]["machine"], statistics["origins"]["people"]
    wanted = {"read": 11, "markup": 1, "script": 1, "numbers": 1, "duplicate": 1, "near": 1}
    assert {name: machine[name] for name in wanted} == wanted
    assert machine["test set"] == machine["misaligned"] == 1
    assert (machine["pairs"], machine["showings"]) == (4, 4)
    assert (people["read"], people["pairs"], people["showings"]) == (12, 12, 24)
    assert statistics["tests"] == 6
    assert statistics["examples"]["made"] == 28
    assert statistics["training"] + statistics["held out"] == 28
    assert statistics["examples"]["with names told"] > 0
    examples = Examples.load(config.folder / "prepare" / TRAINING)
    assert len(examples) == statistics["training"]
    assert len(examples.tokens) == statistics["tokens"]


def test_the_prompts_are_those_of_run_time(config: Config, base: Path) -> None:
    """To the token, as llama.cpp itself renders and reads them."""
    tokenizer = Tokenizer(base)
    engine = LlamaEngine(base, threads=1, context=256)
    try:
        messages = [
            {"role": "system", "content": PROMPT.system},
            {"role": "user", "content": PROMPT.text},
        ]
        address = engine._server.listening_address
        shown = engine._door.post(address, "/apply-template", {"messages": messages})["prompt"]
        body = {"content": shown, "parse_special": True}
        theirs = engine._door.post(address, "/tokenize", body)["tokens"]
    finally:
        engine.close()
    assert tokenizer.prompts([PROMPT]) == [theirs]
    examples = Examples.load(config.folder / "prepare" / TRAINING)
    assert examples.tokens[examples.ends[0] - 1] == tokenizer.end


def test_packed_neighbours_do_not_see_each_other(config: Config, base: Path) -> None:
    """Side by side in one row, every example has the logits that it has alone."""
    examples = Examples.load(config.folder / "prepare" / TRAINING)
    chosen = sorted(range(len(examples)), key=lambda n: int(examples.lengths[n]))[:3]
    length = int(examples.lengths[chosen].sum()) + 5
    packed = batch(examples, [chosen], length)
    model = load_model(base, torch.float32, "cpu")
    with torch.no_grad():
        together = model(
            input_ids=packed.tokens, attention_mask=packed.mask, position_ids=packed.positions
        ).logits[0]
        start = 0
        for n in chosen:
            size, prompt = int(examples.lengths[n]), int(examples.prompts[n])
            ids = examples.tokens[examples.ends[n] - size : examples.ends[n]].astype(np.int64)
            alone = model(input_ids=torch.from_numpy(ids)[None]).logits[0]
            torch.testing.assert_close(together[start : start + size], alone)
            targets = packed.targets[0, start : start + size]
            assert targets[: prompt - 1].unique().tolist() == [-100]
            assert targets[prompt - 1 : -1].tolist() == ids[prompt:].tolist()
            assert targets[-1] == -100
            start += size
    assert together.isfinite().all()


def test_tuning_lowers_the_loss_and_resumes_to_the_bit(
    config: Config, base: Path, tmp_path: Path
) -> None:
    folder = config.folder / "tune"
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [row["step"] for row in log] == [1, 2, 3, 4, 5, 6]
    assert log[-1]["held-out loss"] < log[2]["held-out loss"]
    other = msgspec.structs.replace(config, output=str(tmp_path))
    (tmp_path / "prepare").symlink_to(config.folder.resolve() / "prepare")
    # A run that was killed before its first checkpoint left these, the last one half.
    (tmp_path / "tune").mkdir()
    left = '{"step": 1, "loss": 99.0}\n{"step": 2, "loss": 99.0}\n{"st'
    (tmp_path / "tune" / LOG).write_text(left, encoding="utf-8")
    ends = [tune(other, base, silent, minutes=0) for _ in range(6)]
    assert ends == [False] * 5 + [True]
    again = read_log(tmp_path / "tune" / LOG)
    assert [(row["step"], row["loss"]) for row in again] == [(r["step"], r["loss"]) for r in log]
    whole, broken = (Checkpoint.load(at / "tune" / CHECKPOINT) for at in (config.folder, tmp_path))
    assert (whole.key, whole.step) == (broken.key, broken.step)
    assert whole.matrices.keys() == broken.matrices.keys()
    for name, matrix in whole.matrices.items():
        assert torch.equal(matrix, broken.matrices[name]), name
    for number, state in whole.optimizer["state"].items():
        for name, value in state.items():
            assert torch.equal(value, broken.optimizer["state"][number][name])
    wrong = msgspec.structs.replace(other, seed=4)
    with pytest.raises(OptionError, match="other settings or other data"):
        tune(wrong, base, silent)


def test_a_start_that_does_not_fit_is_one_line(config: Config, base: Path, tmp_path: Path) -> None:
    (tmp_path / "prepare").symlink_to(config.folder.resolve() / "prepare")
    other = config.folder / "adapter" / "adapter.gguf"  # of rank 4
    for start in (tmp_path / "none.gguf", other):
        settings = msgspec.structs.replace(config.tune, start=str(start), rank=8)
        changed = msgspec.structs.replace(config, output=str(tmp_path), tune=settings)
        with pytest.raises(OptionError, match=f"cannot begin from {start}") as told:
            tune(changed, base, silent)
        assert "\n" not in str(told.value)


def _llama(base: Path, adapter: Path | None, ids: list[int], vocabulary: int) -> torch.Tensor:
    """Return llama.cpp's log-probabilities of every token after ``ids``, and the greedy text's."""
    engine = LlamaEngine(base, threads=1, context=256, adapter=adapter)
    try:
        asked = {"prompt": ids, "n_predict": 1, "n_probs": vocabulary, "temperature": 0}
        answer = engine._server.handle_completions({**asked, "cache_prompt": False})
    finally:
        engine.close()
    found = torch.full((vocabulary,), float("-inf"))
    for entry in answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]:
        found[entry["id"]] = entry["logprob"]
    return found


@pytest.mark.parametrize(("form", "rank"), [("f16", 4), ("q8_0", 32)])
def test_llama_runs_the_adapter_as_torch_does(
    config: Config, base: Path, tmp_path: Path, form: Any, rank: int
) -> None:
    changed = msgspec.structs.replace(
        config,
        tune=msgspec.structs.replace(config.tune, rank=rank, dropout=0.0),
        export=msgspec.structs.replace(config.export, form=form),
    )
    model = load_model(base, torch.float32, "cpu")
    ids = Tokenizer(base).prompts([PROMPT])[0]
    with torch.no_grad():
        plain = model(input_ids=torch.tensor([ids])).logits[0, -1].log_softmax(-1)
    add_adapter(model, changed.tune, seed=1)
    chance = torch.Generator().manual_seed(2)
    for matrix in matrices(model).values():  # B too, which training would begin at zero
        matrix.data.normal_(0, 0.1, generator=chance)
    path = tmp_path / "adapter.gguf"
    write_adapter(path, matrices(model), changed, base)
    exported = read_matrices(path)
    for name, matrix in matrices(model).items():
        torch.testing.assert_close(exported[name], matrix.data, atol=2e-3, rtol=1e-2)
        matrix.data.copy_(exported[name])  # what rounding made of it
    # peft's own arithmetic, and the same merged into the weights by hand.
    with torch.no_grad():
        beside = model.eval()(input_ids=torch.tensor([ids])).logits[0, -1].log_softmax(-1)
        merged = load_model(base, torch.float32, "cpu")
        weights = dict(merged.named_parameters())
        for block in range(2):
            for ours, theirs in LAYERS.items():
                a, b = (exported[f"blk.{block}.{theirs}.weight.lora_{m}"] for m in "ab")
                weights[f"model.layers.{block}.{ours}.weight"] += changed.tune.alpha / rank * b @ a
        together = merged(input_ids=torch.tensor([ids])).logits[0, -1].log_softmax(-1)
    torch.testing.assert_close(beside, together, atol=1e-4, rtol=1e-4)
    size = len(plain)
    torch.testing.assert_close(_llama(base, None, ids, size), plain, atol=0.02, rtol=0.01)
    adapted = _llama(base, path, ids, size)
    torch.testing.assert_close(adapted, together, atol=0.05, rtol=0.02)
    assert (adapted - plain).abs().max() > 0.5
    read = read_adapter(path)
    assert read is not None
    assert (read.id, read.version, read.licence) == ("tiny/news-lora", "0.1", "CC-BY-SA-4.0")
    assert (read.base.id, read.base.file) == ("tiny/base", base.name)


def test_the_trained_adapter_changes_what_is_said(config: Config, base: Path) -> None:
    options = GenerationOptions(max_new_tokens=6)
    said = []
    for adapter in (None, config.folder / "adapter" / "adapter.gguf"):
        engine = LlamaEngine(base, threads=1, context=256, adapter=adapter)
        try:
            said.append(engine.generate([PROMPT], options)[0])
        finally:
            engine.close()
    assert said[0].input_tokens == said[1].input_tokens
    assert said[0].text != said[1].text


def test_scores_and_card(config: Config, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = config.folder / "measure"
    scores = json.loads((measured / "scores.json").read_text())
    assert scores["lines"] == 2
    assert {"bleu", "chrf", "names_kept"} <= {row["name"] for row in scores["scores"]}
    assert set(scores["flagged"]) == {"warning or worse", "severe"}
    folder = config.folder / "adapter"
    card = (folder / "CARD.md").read_text()
    for word in ("tiny/base", "CC-BY-SA-4.0", "| people |", "held out", "| chr"):
        assert word.lower() in card.lower(), word
    manifest = read_manifest(folder)
    assert {file.name for file in manifest.files} == {"adapter.gguf", "CARD.md"}
    assert manifest.revision == "0.1"

    # Done again, nothing is translated, trained or prepared anew.
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an engine was started")

    monkeypatch.setattr("train.measure.LlamaEngine", refuse)
    before = {p: p.stat().st_mtime_ns for p in (config.folder / "prepare").iterdir()}
    assert main(["all", "--config", str(run)]) == 0
    assert {p: p.stat().st_mtime_ns for p in (config.folder / "prepare").iterdir()} == before
    assert json.loads((measured / "scores.json").read_text()) == scores
