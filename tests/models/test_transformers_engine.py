import json
import shutil
import socket
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file

from mujaz.errors import EngineError, ModelError
from mujaz.models.engine import GenerationOptions, Prompt, Turn
from mujaz.models.silence import quiet_transformers
from mujaz.models.transformers_engine import TransformersEngine

from .tiny_models import ARABIC, BUILDERS, ENGLISH

GREEDY = GenerationOptions(beams=1, max_new_tokens=60)
BEAM = GenerationOptions(beams=4, max_new_tokens=60)
PROMPTS = [Prompt(text) for text in ARABIC]


@pytest.fixture(scope="module")
def marian(tiny_engine):
    return tiny_engine("marian")


def _ids(engine, prompts, options):
    """Return what the engine writes, and the token ids of it."""
    outputs = {}
    run = engine._run

    def keep(jobs, *args):
        done = run(jobs, *args)
        outputs.update(zip((job.index for job in jobs), done, strict=True))
        return done

    engine._run = keep
    try:
        written = engine.generate(prompts, options)
    finally:
        del engine._run
    return written, [outputs[i] for i in range(len(prompts))]


@pytest.mark.parametrize("name", ["marian", "arabart", "mbart50", "nllb", "m2m100"])
def test_a_learnt_pair_is_translated(tiny_engine, name):
    # The tiny models have seen these pairs; a wrong code, mask or start token loses them.
    written = tiny_engine(name).generate(PROMPTS, GREEDY)
    right = sum(g.text == e for g, e in zip(written, ENGLISH, strict=True))
    assert right >= 6


@pytest.mark.parametrize("options", [GREEDY, BEAM], ids=["greedy", "beam"])
@pytest.mark.parametrize("name", ["marian", "nllb"])
def test_neighbours_change_nothing(tiny_engine, name, options):
    engine = tiny_engine(name)
    texts = [*PROMPTS[:4], Prompt("جسر"), Prompt(" ".join(ARABIC[:2]))]
    together = engine.generate(texts, options)
    alone = [engine.generate([text], options)[0] for text in texts]
    backwards = engine.generate(texts[::-1], options)[::-1]
    for a, b, c in zip(together, alone, backwards, strict=True):
        assert (a.text, a.stop, a.output_tokens) == (b.text, b.stop, b.output_tokens)
        assert (a.text, a.input_tokens) == (c.text, c.input_tokens)
        assert a.mean_logprob == pytest.approx(b.mean_logprob, abs=1e-4)


def test_small_batches_give_the_same(marian, monkeypatch):
    whole = marian.generate(PROMPTS, BEAM)
    monkeypatch.setattr("mujaz.models.transformers_engine._TOKENS", 80)
    monkeypatch.setattr("mujaz.models.transformers_engine._SCORES", 1)
    assert [g.text for g in marian.generate(PROMPTS, BEAM)] == [g.text for g in whole]


@pytest.mark.parametrize("name", list(BUILDERS))
def test_mean_logprob_is_the_models_own(tiny, tiny_engine, name):
    """Against a run of the raw model over each text at once, without padding or batch."""
    with quiet_transformers():
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(tiny(name)).eval()
    engine = tiny_engine(name)
    codec = engine._codec
    for options in (GREEDY, BEAM):
        way = codec.route(options)
        written, outputs = _ids(engine, PROMPTS[1:3], options)
        for generation, output, prompt in zip(written, outputs, PROMPTS[1:3], strict=True):
            target = output.ids + [codec.own.ends[0]] * output.ended
            first = codec.first(way)
            given = [codec.start(way)] + ([] if first is None else [first]) + target
            with torch.no_grad():
                logits = model(
                    input_ids=torch.tensor(codec.encode([prompt.text], way)),
                    decoder_input_ids=torch.tensor([given[:-1]]),
                ).logits[0, -len(target) :]
            logits[:, list(codec.own.banned)] = float("-inf")
            each = logits.log_softmax(-1)[torch.arange(len(target)), target]
            assert generation.mean_logprob == pytest.approx(each.mean().item(), abs=1e-3)
            assert generation.output_tokens == len(target)


def test_stop_says_whether_the_text_was_cut(marian):
    cut = marian.generate(PROMPTS, GenerationOptions(beams=1, max_new_tokens=5))
    assert {(g.stop, g.output_tokens) for g in cut} == {("length", 5)}
    whole = marian.generate(PROMPTS, GREEDY)
    assert {g.stop for g in whole} == {"end"}
    assert all(g.output_tokens > 20 for g in whole[:3])
    exact = GenerationOptions(beams=1, max_new_tokens=whole[0].output_tokens)
    assert marian.generate(PROMPTS[:1], exact) == whole[:1]


def test_least_length_is_kept(marian):
    for options in (GREEDY, BEAM):
        longer = GenerationOptions(beams=options.beams, min_new_tokens=70)
        assert marian.generate([Prompt("جسر")], longer)[0].output_tokens >= 70


def _pairs(ids):
    return list(pairwise(ids))


def test_no_ngram_twice(tiny_engine):
    engine = tiny_engine("t5")
    _, loops = _ids(engine, PROMPTS, replace(GREEDY, no_repeat_ngram=0))
    assert any(len(_pairs(o.ids)) > len(set(_pairs(o.ids))) for o in loops)
    _, free = _ids(engine, PROMPTS, replace(GREEDY, no_repeat_ngram=2))
    assert all(len(_pairs(o.ids)) == len(set(_pairs(o.ids))) for o in free)


def test_same_seed_same_text_and_torch_is_left_alone(marian):
    def sample(seed):
        return marian.generate(PROMPTS, GenerationOptions(temperature=1.5, seed=seed))

    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    assert sample(1) == sample(1) != sample(2)
    assert torch.rand(1) == expected


def test_empty_inputs(marian):
    assert marian.generate([], GREEDY) == []
    assert marian.count_tokens([]) == []
    empty, full, blank = marian.generate([Prompt(""), PROMPTS[0], Prompt(" \n")], GREEDY)
    assert (empty.text, empty.stop, empty.mean_logprob, empty.output_tokens) == ("", "end", None, 0)
    assert blank.text == ""
    assert full == marian.generate([PROMPTS[0]], GREEDY)[0]


def test_a_text_at_the_limit_is_read_and_one_token_more_is_refused(marian):
    text = "جسر"
    while marian.count_tokens([f"{text} جسر"])[0] <= marian.max_input_tokens:
        text += " جسر"
    while marian.count_tokens([f"{text}."])[0] <= marian.max_input_tokens:
        text += "."
    assert marian.count_tokens([text]) == [marian.max_input_tokens]
    marian.generate([Prompt(text)], GenerationOptions(beams=1, max_new_tokens=3))
    with pytest.raises(EngineError, match=r"129 tokens.* 128 ") as caught:
        marian.generate([PROMPTS[0], Prompt(f"{text}.")], GREEDY)
    assert caught.value.next_step == "split it"


def test_what_a_translator_cannot_do_is_refused(tiny, tiny_engine, marian):
    for prompt in (Prompt("نص", system="ترجم"), Prompt("نص", turns=(Turn("a", "b"),))):
        with pytest.raises(EngineError, match="follows no instructions"):
            marian.generate([prompt], GREEDY)
    with pytest.raises(EngineError, match="'xx'"):
        tiny_engine("nllb").generate(PROMPTS, GenerationOptions(target="xx"))
    with pytest.raises(EngineError, match="device"):
        TransformersEngine(tiny("marian"), device="abacus")


def test_another_target_changes_the_output(tiny_engine):
    engine = tiny_engine("nllb")
    english = engine.generate(PROMPTS, GREEDY)
    french = engine.generate(PROMPTS, replace(GREEDY, target="fra_Latn"))
    assert [g.text for g in english] != [g.text for g in french]


def _with_weights(folder: Path, target: Path) -> dict[str, torch.Tensor]:
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("ctranslate2*"))
    return load_file(target / "model.safetensors")


def test_half_precision_checkpoints_run_in_full(tiny, tmp_path):
    folder = tmp_path / "half"
    weights = _with_weights(tiny("marian"), folder)
    half = {name: tensor.half() for name, tensor in weights.items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"dtype": "float16"}))
    engine = TransformersEngine(folder)
    assert {p.dtype for p in engine._model.parameters()} == {torch.float32}
    assert engine.generate(PROMPTS[:1], GREEDY)[0].text == ENGLISH[0]


def test_pickle_is_refused_unless_asked_for(tiny, tmp_path):
    folder = tmp_path / "pickled"
    torch.save(_with_weights(tiny("marian"), folder), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="pickle") as caught:
        TransformersEngine(folder)
    assert "safetensors" in caught.value.next_step
    trusted = TransformersEngine(folder, pickle=True)
    assert trusted.generate(PROMPTS[:1], GREEDY)[0].text == ENGLISH[0]


def test_folders_that_are_no_checkpoint_are_named(tiny, tmp_path):
    with pytest.raises(ModelError, match=r"config\.json"):
        TransformersEngine(tmp_path)
    shutil.copytree(tiny("marian"), tmp_path / "m", ignore=shutil.ignore_patterns("*.safetensors"))
    with pytest.raises(ModelError, match="no weights"):
        TransformersEngine(tmp_path / "m")
    (tmp_path / "m" / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="can be loaded") as caught:
        TransformersEngine(tmp_path / "m")
    assert "\n" not in str(caught.value)


def test_nothing_is_said_and_nobody_is_called(tiny, monkeypatch, capfd, recwarn):
    called = []
    monkeypatch.setattr(socket.socket, "connect", lambda *args: called.append(args))
    verbosity = transformers.utils.logging.get_verbosity()
    TransformersEngine(tiny("marian")).generate(PROMPTS, GenerationOptions(beams=4, seed=1))
    assert not called
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list
    assert transformers.utils.logging.get_verbosity() == verbosity
    assert transformers.utils.logging.is_progress_bar_enabled()


def test_threads_are_borrowed(tiny):
    before = torch.get_num_threads()
    seen = []
    engine = TransformersEngine(tiny("marian"), threads=before + 1)
    engine._model.register_forward_hook(lambda *_: seen.append(torch.get_num_threads()))
    engine.generate(PROMPTS[:1], GREEDY)
    assert set(seen) == {before + 1}
    assert torch.get_num_threads() == before
