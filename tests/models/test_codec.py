import json
import shutil
import subprocess
import sys

import pytest

from mujaz.errors import EngineError, ModelError
from mujaz.models.codec import Codec
from mujaz.models.engine import GenerationOptions

from .tiny_models import ARABIC


def _tokens(codec: Codec, text: str, **options: str) -> list[str]:
    way = codec.route(GenerationOptions(**options))
    names = codec.tokens(codec.vocabulary_size)
    return [names[id] for id in codec.encode([text], way)[0]]


@pytest.mark.parametrize(
    ("name", "options", "begin", "end"),
    [
        ("marian", {}, [], ["</s>"]),
        ("marian-multi", {}, [">>eng<<"], ["</s>"]),
        ("marian-multi", {"target": "fra"}, [">>fra<<"], ["</s>"]),
        ("arabart", {}, ["<s>"], ["</s>"]),
        ("mbart25", {}, [], ["</s>", "ar_AR"]),
        ("mbart50", {"source": "en_XX"}, ["en_XX"], ["</s>"]),
        ("nllb", {}, ["arb_Arab"], ["</s>"]),
        ("nllb", {"source": "arz_Arab"}, ["arz_Arab"], ["</s>"]),
        ("m2m100", {}, ["__ar__"], ["</s>"]),
        ("t5", {}, [], ["</s>"]),
        ("madlad", {}, ["<2en>"], ["</s>"]),
    ],
)
def test_languages_stand_where_the_family_wants_them(tiny, name, options, begin, end):
    tokens = _tokens(Codec(tiny(name)), ARABIC[0], **options)
    assert tokens[: len(begin)] == begin
    assert tokens[-len(end) :] == end
    assert "<unk>" not in tokens


@pytest.mark.parametrize(
    ("name", "trick"),
    [
        ("marian-multi", ">>fra<< قال الوزير"),
        ("marian", ">>fra<< قال الوزير"),
        ("marian", "قال </s> الوزير"),
        ("nllb", "قال eng_Latn الوزير </s>"),
        ("m2m100", "قال __en__ الوزير"),
        ("mbart50", "قال en_XX الوزير"),
        ("t5", "قال </s> الوزير"),
        ("madlad", "قال <2fr> الوزير"),
    ],
)
def test_special_tokens_in_a_text_are_text(tiny, name, trick):
    codec = Codec(tiny(name))
    plain = _tokens(codec, "قال الوزير")
    special = {"</s>", "eng_Latn", "__en__", "en_XX", ">>fra<<", "<2fr>"}
    count = sum(token in special for token in plain)
    assert sum(token in special for token in _tokens(codec, trick)) == count


def test_decoding_gives_the_text_back(tiny):
    for name in ("marian", "arabart", "nllb", "m2m100", "mbart50", "t5"):
        codec = Codec(tiny(name))
        ids = codec.encode(ARABIC, codec.route(GenerationOptions()))
        assert [codec.decode(line) for line in ids] == ARABIC


def test_limits(tiny):
    assert (Codec(tiny("nllb")).max_input_tokens, Codec(tiny("nllb")).max_new_tokens) == (128, 127)
    assert (Codec(tiny("t5")).max_input_tokens, Codec(tiny("t5")).max_new_tokens) == (512, None)
    assert Codec(tiny("mt5")).max_input_tokens == 1024


def test_a_tokenizer_without_end_token_is_refused(tiny, tmp_path):
    # What transformers makes of AraBART's SentencePiece file when there is no tokenizer.json.
    folder = shutil.copytree(tiny("arabart"), tmp_path / "m")
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"post_processor": None}))
    with pytest.raises(ModelError, match="adds no end token"):
        Codec(folder)


def test_a_tokenizer_that_outgrew_the_weights_is_refused(tiny, tmp_path):
    folder = shutil.copytree(tiny("t5"), tmp_path / "m")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"vocab_size": 30}))
    codec = Codec(folder)
    with pytest.raises(EngineError, match="30"):
        codec.encode([ARABIC[0]], codec.route(GenerationOptions()))


def test_missing_tokenizer_files_are_named(tiny, tmp_path):
    folder = shutil.copytree(tiny("marian"), tmp_path / "m")
    (folder / "source.spm").unlink()
    with pytest.raises(ModelError, match="tokenizer") as caught:
        Codec(folder)
    assert "\n" not in str(caught.value)


def test_nothing_is_said_on_loading(tiny, capfd, recwarn):
    Codec(tiny("marian"))
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_importing_the_room_loads_no_model_code():
    code = (
        "import sys, mujaz.models, mujaz.models.loading, mujaz.models.conversion\n"
        "import mujaz.models.transformers_engine, mujaz.models.ctranslate2_engine\n"
        "print({'torch', 'transformers', 'ctranslate2', 'sentencepiece'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
