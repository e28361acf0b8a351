import shutil
from dataclasses import replace

import pytest

from mujaz.errors import EngineError, ModelError
from mujaz.models.conversion import convert
from mujaz.models.ctranslate2_engine import MANY, CTranslate2Engine
from mujaz.models.engine import GenerationOptions, Prompt, Turn

from .tiny_models import ARABIC, BUILDERS

# Some were learnt, one is new to the models, one is shorter than all.
TEXTS = [*ARABIC[:4], "قال الفريق إن الأسعار تراجعت في مارس", "جسر"]
PROMPTS = [Prompt(text) for text in TEXTS]
OPTIONS = {
    "greedy": GenerationOptions(beams=1, max_new_tokens=50),
    "beam": GenerationOptions(beams=4, max_new_tokens=50),
    "short": GenerationOptions(max_new_tokens=9),
    "ngram": GenerationOptions(beams=4, no_repeat_ngram=2, length_penalty=0.3, max_new_tokens=30),
    "penalties": GenerationOptions(beams=1, repetition_penalty=1.3, min_new_tokens=15),
}


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    """Threads that wait for each other crawl on a machine that does other work."""
    monkeypatch.setenv("MUJAZ_THREADS", "1")


@pytest.fixture(scope="module")
def marian(tiny_converted):
    return CTranslate2Engine(tiny_converted("marian"), threads=1)


@pytest.mark.parametrize("name", list(BUILDERS))
def test_the_converted_model_writes_the_same_tokens(tiny_engine, tiny_converted, name):
    original = tiny_engine(name)
    converted = CTranslate2Engine(tiny_converted(name))
    assert converted.count_tokens(TEXTS) == original.count_tokens(TEXTS)
    assert converted.codes == original.codes
    for case, options in OPTIONS.items():
        pairs = zip(
            original.generate(PROMPTS, options), converted.generate(PROMPTS, options), strict=True
        )
        for a, b in pairs:
            assert (case, a.text, a.stop) == (case, b.text, b.stop)
            assert (a.input_tokens, a.output_tokens) == (b.input_tokens, b.output_tokens)
            assert a.mean_logprob == pytest.approx(b.mean_logprob, abs=1e-3)


def test_codes_reach_the_converted_model(tiny_engine, tiny_converted):
    for name, target in (("nllb", "fra_Latn"), ("m2m100", "fr"), ("mbart25", "fr_XX")):
        options = replace(OPTIONS["greedy"], target=target)
        a = tiny_engine(name).generate(PROMPTS, options)
        b = CTranslate2Engine(tiny_converted(name)).generate(PROMPTS, options)
        assert [g.text for g in a] == [g.text for g in b]
        english = CTranslate2Engine(tiny_converted(name)).generate(PROMPTS, OPTIONS["greedy"])
        assert [g.text for g in b] != [g.text for g in english]


@pytest.mark.parametrize("family", ["marian", "nllb"])
def test_in_int8_neighbours_change_no_bit(tiny, tmp_path, family):
    made = convert(tiny(family), tmp_path / "ctranslate2-int8", "int8")
    engine = CTranslate2Engine(made, threads=2)
    # Three of one length, and others between them.
    texts = [*TEXTS, *(" ".join(TEXTS[0].split()[::step]) for step in (-1, 2, -2)), *ARABIC[4:]]
    texts.append(" ".join(sorted(TEXTS[0].split())))
    prompts = [Prompt(text) for text in texts]
    lengths = engine.count_tokens(texts)
    assert len(set(lengths)) < len(lengths), "some share a batch, and some do not"
    for options in OPTIONS.values():
        alone = [engine.generate([prompt], options)[0] for prompt in prompts]
        assert engine.generate(prompts, options) == alone
        assert engine.generate(prompts[::-1], options)[::-1] == alone
        assert engine.generate(prompts[::2] * 3, options) == alone[::2] * 3


def test_threads_join_on_few_texts_and_part_on_many(tiny_converted):
    path = tiny_converted("marian")
    apart, joined = (CTranslate2Engine(path, threads=2, joined=j) for j in (False, True))
    assert (apart.arrangement, joined.arrangement) == ((2, 1), (1, 2))
    few, many = PROMPTS[:1], (PROMPTS * MANY)[:MANY]
    options = GenerationOptions(beams=1, max_new_tokens=3)
    assert joined.generate(few, options) == apart.generate(few, options)
    assert joined.arrangement == (1, 2)
    assert joined.generate(many, options) == apart.generate(many, options)
    assert joined.arrangement == (2, 1)


@pytest.mark.parametrize("case", ["greedy", "beam"])
def test_neighbours_change_nothing(marian, case):
    together = marian.generate(PROMPTS, OPTIONS[case])
    alone = [marian.generate([prompt], OPTIONS[case])[0] for prompt in PROMPTS]
    backwards = marian.generate(PROMPTS[::-1], OPTIONS[case])[::-1]
    assert [g.text for g in together] == [g.text for g in alone] == [g.text for g in backwards]


def test_nothing_is_cut_in_silence(tiny_converted):
    # CTranslate2's own defaults stop at 256 tokens of output and 1,024 of input.
    engine = CTranslate2Engine(tiny_converted("mt5"))
    options = GenerationOptions(beams=1, min_new_tokens=300, max_new_tokens=310)
    assert engine.generate(PROMPTS[:1], options)[0].output_tokens >= 300
    with pytest.raises(EngineError, match="1024"):
        engine.generate([Prompt(" ".join(ARABIC * 5))], OPTIONS["greedy"])


def test_same_seed_same_text(marian):
    def sample(seed):
        return marian.generate(PROMPTS, GenerationOptions(temperature=1.5, seed=seed))

    first = sample(1)
    assert first == sample(1) != sample(2)
    assert sample(1) == first


def test_the_probability_of_a_sample_is_the_models_own(tiny_converted):
    # Rescored at temperature 1, a hot sample is far less likely than the best text.
    engine = CTranslate2Engine(tiny_converted("nllb"))
    hot = engine.generate(PROMPTS[:4], GenerationOptions(temperature=3.0, max_new_tokens=10))
    best = engine.generate(PROMPTS[:4], GenerationOptions(beams=1, max_new_tokens=10))
    assert all(h.mean_logprob < b.mean_logprob - 1 for h, b in zip(hot, best, strict=True))


def test_empty_inputs(marian):
    assert marian.generate([], OPTIONS["greedy"]) == []
    empty, full = marian.generate([Prompt(""), PROMPTS[0]], OPTIONS["greedy"])
    assert (empty.text, empty.stop, empty.mean_logprob, empty.output_tokens) == ("", "end", None, 0)
    assert full == marian.generate([PROMPTS[0]], OPTIONS["greedy"])[0]


def test_what_a_translator_cannot_do_is_refused(tiny_converted, marian):
    with pytest.raises(EngineError, match="follows no instructions"):
        marian.generate([Prompt("نص", turns=(Turn("a", "b"),))], OPTIONS["greedy"])
    with pytest.raises(EngineError, match="'xx'"):
        CTranslate2Engine(tiny_converted("nllb")).generate(PROMPTS, GenerationOptions(source="xx"))
    with pytest.raises(EngineError, match="128 "):
        marian.generate([Prompt(" ".join(ARABIC))], OPTIONS["greedy"])
    with pytest.raises(EngineError, match="mps"):
        CTranslate2Engine(tiny_converted("marian"), device="mps")


def test_nothing_is_said(tiny_converted, capfd, recwarn):
    CTranslate2Engine(tiny_converted("marian")).generate(PROMPTS, OPTIONS["beam"])
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_broken_folders_are_named(tiny, tiny_converted, tmp_path):
    with pytest.raises(ModelError, match="no converted model"):
        CTranslate2Engine(tiny("marian"))
    folder = shutil.copytree(tiny_converted("marian"), tmp_path / "m")
    (folder / "model.bin").write_bytes(b"cut")
    with pytest.raises(ModelError, match="cannot be loaded"):
        CTranslate2Engine(folder)
    (folder / "shared_vocabulary.json").unlink()
    with pytest.raises(ModelError, match="shared_vocabulary"):
        CTranslate2Engine(folder)
