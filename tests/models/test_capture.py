"""Tokenizers without transformers: the same ids and texts as with it, for every family."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.errors import ModelError, RecordError
from mujaz.models.capture import agrees, capture
from mujaz.models.codec import Codec
from mujaz.models.engine import GenerationOptions
from mujaz.models.tokenizer import RECORD, TransformersTokenizer, open_tokenizer

from .tiny_models import ARABIC, BUILDERS, ENGLISH

Tiny = Callable[[str], Path]
ALL = sorted(BUILDERS)
TRICKY = [
    "",
    "  \n\t ",
    ">>fra<< قال </s> الوزير <pad> __en__ eng_Latn <2fr>",
    "٢٠٢٤/٠٣/١٥ – 3.14% «Łódź» 中文 😀",
    "ﻻ\u200f الـــعَرَبِيَّة\u00a0ی",
]


def _copy(folder: Path, target: Path) -> Path:
    return shutil.copytree(folder, target, ignore=shutil.ignore_patterns("ctranslate2*"))


@pytest.mark.parametrize("name", ALL)
def test_ids_and_texts_are_those_of_transformers(
    tiny: Tiny, tiny_converted: Tiny, name: str
) -> None:
    reference = TransformersTokenizer(tiny(name))
    light = open_tokenizer(tiny_converted(name) / "original")
    assert not isinstance(light, TransformersTokenizer)
    texts = [*ARABIC, *ENGLISH, *TRICKY]
    ids = reference.encode(texts)
    assert light.encode(texts) == ids
    assert [light.decode(row) for row in ids] == [reference.decode(row) for row in ids]
    assert light.facts == reference.facts
    assert light.vocabulary == reference.vocabulary


@pytest.mark.parametrize("name", ["marian-multi", "arabart", "nllb", "m2m100", "mt5"])
def test_the_codec_says_the_same(tiny: Tiny, tiny_converted: Tiny, name: str) -> None:
    one, other = Codec(tiny(name)), Codec(tiny_converted(name) / "original")
    assert (one.family, one.codes, one.own) == (other.family, other.codes, other.own)
    limits = (one.vocabulary_size, one.max_input_tokens, one.max_new_tokens)
    assert limits == (other.vocabulary_size, other.max_input_tokens, other.max_new_tokens)
    way = one.route(GenerationOptions())
    assert one.encode(TRICKY, way) == other.encode(TRICKY, way)
    # Rows that no token stands for are left out by both.
    every = list(range(one.vocabulary_size))
    assert one.decode(every) == other.decode(every)


def test_another_vocabulary_or_another_spelling_does_not_agree(tiny: Tiny, tmp_path: Path) -> None:
    source = _copy(tiny("marian"), tmp_path / "source")
    reference = TransformersTokenizer(source)
    assert agrees(reference, TransformersTokenizer(tiny("marian")))
    assert not agrees(reference, TransformersTokenizer(tiny("nllb")))
    # The same table of ids over other pieces.
    shutil.copyfile(tiny("marian") / "vocab.json", source / "vocab.json")
    shutil.copyfile(tiny("m2m100") / "sentencepiece.bpe.model", source / "source.spm")
    assert not agrees(reference, TransformersTokenizer(source))


def test_what_cannot_be_proven_is_left_to_transformers(tiny: Tiny, tmp_path: Path) -> None:
    source = _copy(tiny("marian"), tmp_path / "source")
    reference = TransformersTokenizer(source)
    shutil.copyfile(tiny("m2m100") / "sentencepiece.bpe.model", source / "source.spm")
    assert not capture(reference, source)
    assert not (source / RECORD).exists()
    assert isinstance(open_tokenizer(tiny("marian")), TransformersTokenizer)


def test_a_backend_that_its_file_does_not_give_is_written_out(tiny: Tiny, tmp_path: Path) -> None:
    source = _copy(tiny("nllb"), tmp_path / "source")
    reference = TransformersTokenizer(source)
    (source / "tokenizer.json").unlink()
    assert capture(reference, source)
    assert json.loads((source / RECORD).read_text())["file"] == "mujaz-tokenizer-backend.json"
    assert open_tokenizer(source).encode(ARABIC) == reference.encode(ARABIC)


def test_a_damaged_record_or_file_is_told(tiny_converted: Tiny, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_converted("marian") / "original", tmp_path / "original")
    (folder / "source.spm").write_bytes(b"no pieces")
    with pytest.raises(ModelError, match=r"cannot be loaded.*convert the checkpoint again"):
        open_tokenizer(folder)
    (folder / RECORD).write_text("{}")
    with pytest.raises(RecordError):
        open_tokenizer(folder)


@pytest.mark.parametrize("name", ["marian", "arabart"])
def test_a_converted_model_runs_without_torch(tiny_converted: Tiny, name: str) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from mujaz.models.loading import open_engine\n"
        "from mujaz.models.engine import GenerationOptions, Prompt\n"
        f"engine = open_engine(Path({str(tiny_converted(name))!r}), threads=1)\n"
        f"print(engine.generate([Prompt({ARABIC[0]!r})], GenerationOptions())[0].text)\n"
        "heavy = {'torch', 'transformers', 'sklearn', 'evaluate', 'matplotlib', 'datasets'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    text, loaded = done.stdout.splitlines()
    assert text
    assert loaded == "[]"
