"""The llama engine: what is no model is refused, and the embedded model keeps the contract."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.arabic import arabic_share
from mujaz.errors import EngineError, OptionError
from mujaz.models.devices import devices_of
from mujaz.models.engine import GenerationOptions, Prompt, Turn
from mujaz.models.llama_engine import LlamaEngine
from mujaz.models.store import find
from mujaz.settings import Settings

from .conftest import gguf

EMBEDDED = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"


@pytest.fixture
def doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder, in which nothing may be left."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_what_is_no_gguf_is_refused(tmp_path: Path, doors: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(EngineError, match=r"model\.gguf: not a GGUF file; pull the model again"):
        LlamaEngine(path)
    assert list(doors.iterdir()) == []


@pytest.mark.parametrize("content", [gguf(), b"GGUF", b"GGUF" + bytes(200)])
def test_a_broken_gguf_is_one_clear_line(
    tmp_path: Path, doors: Path, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(EngineError) as caught:
        LlamaEngine(path)
    line = str(caught.value)
    assert f"{path}: llama.cpp cannot load it" in line
    assert "mujaz models verify" in line
    assert "\n" not in line
    assert list(doors.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_a_folder_holds_exactly_one(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no GGUF file here; name the one to use"):
        LlamaEngine(tmp_path)
    for name in ("a.gguf", "b.gguf"):
        (tmp_path / name).write_bytes(gguf())
    with pytest.raises(EngineError, match="several GGUF files here"):
        LlamaEngine(tmp_path)
    with pytest.raises(EngineError, match="no GGUF file"):
        LlamaEngine(tmp_path / "nowhere")


def test_a_device_that_is_not_there_is_one_clear_line(tmp_path: Path, doors: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf())
    absent = {"cuda", "mps"}.difference(devices_of("llama"))
    for device in sorted(absent):
        with pytest.raises(EngineError, match=f"llama.cpp finds no {device} device"):
            LlamaEngine(path, device=device)
    assert absent
    assert list(doors.iterdir()) == []


def test_the_environment_says_how_many_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf())
    monkeypatch.setenv("MUJAZ_THREADS", "many")
    with pytest.raises(OptionError, match="MUJAZ_THREADS is 'many'; give a number of threads"):
        LlamaEngine(path)


# ---------------------------------------------------------------- with the embedded model


def embedded() -> Path:
    model = find(EMBEDDED, Settings.from_environment())
    if not model:
        pytest.skip("the embedded model is not installed: run `mujaz models pull embedded`")
    return model.path


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaEngine]:
    # One thread: two that wait for each other crawl on a machine that does other work.
    running = LlamaEngine(embedded(), context=512, threads=1)
    yield running
    running.close()


ASKED = Prompt("عاد الوفد إلى عمان.", system="Translate the Arabic news sentence into English.")


@pytest.mark.embedded
def test_tokens_are_counted_as_the_model_reads_them(engine: LlamaEngine) -> None:
    texts = ["", "خبر", "عاد الوفد إلى عمان مساء أمس.", "<|im_start|> a"]
    counts = engine.count_tokens(texts)
    assert counts[0] == 0
    options = GenerationOptions(max_new_tokens=1)
    short, long = engine.generate([Prompt("x"), Prompt(f"x\n{texts[2]}")], options)
    (more,) = engine.count_tokens([f"x\n{texts[2]}"])
    (less,) = engine.count_tokens(["x"])
    assert long.input_tokens - short.input_tokens == more - less


@pytest.mark.embedded
def test_greedy_is_the_same_twice_and_a_seed_decides_a_sample(engine: LlamaEngine) -> None:
    first, second = engine.generate([ASKED, ASKED], GenerationOptions(max_new_tokens=5))
    assert first == second
    assert first.text
    assert first.mean_logprob is not None
    assert first.mean_logprob < 0
    tries = [GenerationOptions(max_new_tokens=5, temperature=2.0, seed=n) for n in (1, 1, 2)]
    a, b, c = (engine.generate([ASKED], t)[0].text for t in tries)
    assert a == b
    assert len({a, c, first.text}) > 1


@pytest.mark.embedded
def test_what_was_asked_before_changes_nothing(engine: LlamaEngine) -> None:
    """Prompts that begin alike, in two orders: the same to the last bit."""
    system = "Translate the Arabic news sentence into English."
    texts = [
        "عاد الوفد إلى عمان.",
        "عاد الوفد إلى عمان مساء أمس.",
        "ارتفعت الأسعار.",
        "عاد الهدوء.",
    ]
    prompts = [Prompt(text, system=system) for text in texts]
    options = GenerationOptions(max_new_tokens=8)
    forth = engine.generate(prompts, options)
    back = engine.generate(prompts[::-1], options)
    assert forth == back[::-1]


@pytest.mark.embedded
def test_limits(engine: LlamaEngine) -> None:
    (cut,) = engine.generate([ASKED], GenerationOptions(max_new_tokens=2))
    assert (cut.stop, cut.output_tokens) == ("length", 2)
    with pytest.raises(EngineError, match=r"a prompt of \d+ tokens exceeds the limit of 512"):
        engine.generate([Prompt("خبر " * 600)], GenerationOptions(max_new_tokens=2))
    # A refused prompt does no harm to the next.
    assert engine.generate([ASKED], GenerationOptions(max_new_tokens=2)) == [cut]


@pytest.mark.embedded
def test_latin_only(engine: LlamaEngine) -> None:
    prompt = Prompt("أعد هذه الجملة كما هي: عاد الوفد إلى عمان.")
    free, held = (
        engine.generate([prompt], GenerationOptions(max_new_tokens=4, latin_only=latin))[0].text
        for latin in (False, True)
    )
    assert arabic_share(free) > 0.9
    assert held
    assert all("LATIN" in unicodedata.name(c) for c in held if c.isalpha())
    assert "\n" not in held


@pytest.mark.embedded
def test_turns_and_system_are_read(engine: LlamaEngine) -> None:
    options = GenerationOptions(max_new_tokens=6)
    turns = (Turn("one", "ONE!"), Turn("two", "TWO!"))
    (shown,) = engine.generate(
        [Prompt("three", system="Answer in capitals with an exclamation mark.", turns=turns)],
        options,
    )
    assert shown.text == "THREE!"
    assert shown.stop == "end"


@pytest.mark.embedded
@pytest.mark.parametrize(
    "options",
    [
        GenerationOptions(beams=4),
        GenerationOptions(source="ar"),
        GenerationOptions(min_new_tokens=5),
        GenerationOptions(no_repeat_ngram=3),
        GenerationOptions(length_penalty=0.6),
        GenerationOptions(max_new_tokens=0),
    ],
)
def test_what_it_cannot_do_is_refused(engine: LlamaEngine, options: GenerationOptions) -> None:
    with pytest.raises(EngineError):
        engine.generate([ASKED], options)


PROBE = """
import os, sys, stat, pathlib, tempfile
from mujaz.models.llama_engine import LlamaEngine
from mujaz.models.engine import GenerationOptions, Prompt
from mujaz.errors import EngineError

def sockets():
    return {l for l in os.popen(f'readlink /proc/{os.getpid()}/fd/*').read().split()
            if l.startswith('socket')}

def listening():
    mine = {s[8:-1] for s in sockets()}
    return [row for name in ('tcp', 'tcp6') for row in open(f'/proc/net/{name}').readlines()[1:]
            if row.split()[3] == '0A' and row.split()[9] in mine]

engine = LlamaEngine(pathlib.Path(sys.argv[1]), context=256, threads=1)
assert engine.generate([Prompt('hi')], GenerationOptions(max_new_tokens=1))
assert sockets() and not listening(), listening()
(folder,) = pathlib.Path(tempfile.gettempdir()).iterdir()
assert stat.S_IMODE(folder.stat().st_mode) == 0o700
engine.close()
engine.close()
assert not folder.exists()
try:
    engine.count_tokens(['x'])
except EngineError as error:
    print(error)
# Ended at once, before anything was asked.
engine = LlamaEngine(pathlib.Path(sys.argv[1]), context=256)
print(engine.threads)
engine.close()
"""


@pytest.mark.embedded
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_port_no_noise_and_nothing_left(tmp_path: Path) -> None:
    path = embedded()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ | {"TMPDIR": str(tmp_path), "MUJAZ_THREADS": "1"},
    )
    assert done.stderr == ""
    assert done.stdout == f"{path.name}: the engine has been closed\n1\n"
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
