import json
from pathlib import Path

import pytest

from mujaz.errors import EngineError, ModelError
from mujaz.models.families import (
    M2M100,
    MADLAD,
    MARIAN,
    MBART,
    MBART25,
    MBART50,
    NLLB,
    OTHER,
    T5,
    Route,
    family_of,
    own_settings,
    route,
)


@pytest.mark.parametrize(
    ("kind", "tokenizer", "tokens", "family"),
    [
        ("marian", "MarianTokenizer", [], MARIAN),
        ("mbart", "BarthezTokenizer", [], MBART),
        ("mbart", "MBartTokenizer", ["ar_AR", "en_XX"], MBART25),
        ("mbart", "MBart50Tokenizer", ["ar_AR", "en_XX"], MBART50),
        # AraBART's architecture under a tokenizer whose codes the weights have no rows for.
        ("mbart", "MBartTokenizer", [], MBART),
        ("m2m_100", "NllbTokenizer", ["arb_Arab", "eng_Latn"], NLLB),
        ("m2m_100", "M2M100Tokenizer", ["__ar__", "__en__"], M2M100),
        ("t5", "T5Tokenizer", ["<extra_id_0>"], T5),
        ("mt5", "T5Tokenizer", [], T5),
        ("t5", "T5Tokenizer", ["<2en>"], MADLAD),
        ("pegasus", "PegasusTokenizer", [], OTHER),
    ],
)
def test_family_is_told_by_the_files(kind, tokenizer, tokens, family):
    vocabulary = {token: id for id, token in enumerate(tokens)}
    assert family_of({"model_type": kind}, tokenizer, vocabulary) == family


def test_codes_are_read_from_the_vocabulary():
    assert NLLB.codes(["eng_Latn", "arb_Arab", "▁eng_Latn", "eng", "<mask>"]) == {
        "eng_Latn",
        "arb_Arab",
    }
    assert M2M100.codes(["__ar__", "__zh__", "ar", "__"]) == {"ar", "zh"}
    assert MARIAN.codes([">>eng<<", ">>zho_Hans<<", ">>", "<<"]) == {"eng", "zho_Hans"}
    assert MADLAD.codes(["<2en>", "<2zh_Hant>", "<2>", "<s>"]) == {"en", "zh_Hant"}
    assert T5.codes(["<2en>", "ar_AR"]) == frozenset()


def test_arabic_to_english_unless_told_otherwise():
    nllb = frozenset({"arb_Arab", "eng_Latn", "fra_Latn"})
    assert route(NLLB, nllb, None, None) == Route(source="arb_Arab", first="eng_Latn")
    assert route(NLLB, nllb, "fra_Latn", "arb_Arab") == Route("fra_Latn", first="arb_Arab")
    m2m = frozenset({"ar", "en"})
    assert route(M2M100, m2m, None, None) == Route("__ar__", first="__en__")
    codes = frozenset({"ar_AR", "en_XX"})
    assert route(MBART50, codes, None, None) == Route("ar_AR", first="en_XX")
    assert route(MBART25, codes, None, None) == Route("ar_AR", start="en_XX")
    assert route(MADLAD, frozenset({"en", "fr"}), None, "fr") == Route(prefix="<2fr>")
    assert route(MARIAN, frozenset({"eng", "fra"}), None, None) == Route(prefix=">>eng<<")
    assert route(MARIAN, frozenset(), None, None) == Route()


def test_the_checkpoints_own_target_goes_before_english():
    codes = frozenset({"ar_AR", "en_XX"})
    assert route(MBART50, codes, None, None, own_target="ar_AR").first == "ar_AR"
    assert route(MBART50, codes, None, "en_XX", own_target="ar_AR").first == "en_XX"


@pytest.mark.parametrize(
    ("family", "codes", "source", "target", "said", "hint"),
    [
        (NLLB, {"arb_Arab", "eng_Latn", "fra_Latn"}, "ar", None, "'ar'", "arb_Arab"),
        (NLLB, {"arb_Arab", "eng_Latn", "fra_Latn"}, None, "en", "'en'", "eng_Latn"),
        (NLLB, {"arb_Arab", "eng_Latn"}, None, "ENG_LATN", "'ENG_LATN'", "eng_Latn"),
        (M2M100, {"ar", "en"}, None, "arb_Arab", "'arb_Arab'", "ar"),
        (M2M100, {"ar", "en"}, "", None, "''", "ar"),
        (MARIAN, {"eng", "fra"}, None, "xx", "'xx'", "eng"),
    ],
)
def test_unknown_codes_are_named_with_near_ones(family, codes, source, target, said, hint):
    with pytest.raises(EngineError) as caught:
        route(family, frozenset(codes), source, target)
    assert said in caught.value.message
    assert hint in caught.value.next_step


def test_codes_for_models_that_take_none_are_refused():
    with pytest.raises(EngineError, match="no language codes"):
        route(MBART, frozenset(), None, "en")
    with pytest.raises(EngineError, match="takes no source"):
        route(MARIAN, frozenset(), "ar", None)
    with pytest.raises(EngineError, match="takes no source"):
        route(MADLAD, frozenset({"en"}), "ar", None)


def test_a_model_without_english_needs_a_target():
    with pytest.raises(EngineError, match="none of them English") as caught:
        route(MARIAN, frozenset({"deu", "fra"}), None, None)
    assert "deu" in caught.value.next_step


def _write(folder: Path, config: dict, generation: dict | None = None) -> Path:
    (folder / "config.json").write_text(json.dumps(config))
    if generation is not None:
        (folder / "generation_config.json").write_text(json.dumps(generation))
    return folder


def test_own_settings_of_an_old_checkpoint_stand_in_its_config(tmp_path):
    own = own_settings(
        _write(
            tmp_path,
            {
                "eos_token_id": 0,
                "pad_token_id": 9,
                "decoder_start_token_id": 9,
                "num_beams": 6,
                "max_length": 512,
                "bad_words_ids": [[9], [1, 2]],
                "forced_eos_token_id": 0,
                "min_length": 5,
                "length_penalty": 0.6,
                "no_repeat_ngram_size": 2,
            },
        )
    )
    assert (own.ends, own.pad, own.start, own.beams, own.banned) == ((0,), 9, 9, 6, (9,))
    assert (own.max_new_tokens, own.min_new_tokens) == (511, 4)
    assert (own.length_penalty, own.no_repeat_ngram) == (0.6, 2)


def test_generation_config_speaks_alone(tmp_path):
    own = own_settings(
        _write(
            tmp_path,
            {"eos_token_id": 2, "decoder_start_token_id": 2, "num_beams": 6, "max_length": 99},
            {"num_beams": 2, "eos_token_id": [2, 7], "forced_bos_token_id": 5},
        )
    )
    assert (own.beams, own.ends, own.first, own.start) == (2, (2, 7), 5, 2)
    assert own.max_new_tokens is None


def test_twenty_tokens_are_nobodys_choice(tmp_path):
    assert own_settings(_write(tmp_path, {"eos_token_id": 2, "max_length": 20})).max_new_tokens is (
        None
    )


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_broken_configuration_is_named(tmp_path, text):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(ModelError, match=r"config\.json"):
        own_settings(tmp_path)


def test_a_checkpoint_without_an_end_token_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no end token"):
        own_settings(_write(tmp_path, {}))
