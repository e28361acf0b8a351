"""Tiny checkpoints of every sequence-to-sequence family, built on the spot with random weights.

Each folder is what the hub would hold: weights, configuration and real tokenizer files trained on
the few sentences below. A second of training gives outputs that differ, and that end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers

from mujaz.models.silence import quiet_transformers

ARABIC = [
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب.",
    "قال الوزير إن المشروع سيبدأ في شهر مارس المقبل.",
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع الرئيس.",
    "ارتفعت أسعار القمح بنسبة خمسة في المئة.",
    "فاز الفريق بالمباراة النهائية بعد ركلات الترجيح.",
    "حذرت هيئة الأرصاد من أمطار غزيرة على الساحل.",
    "افتتح الرئيس جسرا جديدا فوق النهر.",
    "تراجع عدد المصابين.",
]
ENGLISH = [
    "The government announced a new plan to support farmers in the south today.",
    "The minister said the project would begin next March.",
    "The delegation arrived in the capital last night for talks with the president.",
    "Wheat prices rose by five percent.",
    "The team won the final after a penalty shootout.",
    "The weather service warned of heavy rain on the coast.",
    "The president opened a new bridge over the river.",
    "Fewer people fell ill.",
]
WIDTH = 32


def _pieces(folder: Path, name: str, **options: Any) -> Path:
    """Train a SentencePiece model on the sentences and return its file."""
    file = folder / name
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(ARABIC + ENGLISH),
        model_prefix=str(file),
        vocab_size=200,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        **options,
    )
    file.with_name(f"{name}.vocab").unlink()
    return file.with_name(f"{name}.model").rename(file)


def _names(file: Path) -> list[str]:
    model = sentencepiece.SentencePieceProcessor(model_file=str(file))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def _train(model: Any, batch: list[tuple[list[int], list[int]]], pad: int, steps: int = 40) -> None:
    """Teach ``model`` the pairs (input ids, output ids with end token) a little."""
    width, height = max(len(s) for s, _ in batch), max(len(t) for _, t in batch)
    source = torch.tensor([s + [pad] * (width - len(s)) for s, _ in batch])
    mask = torch.tensor([[1] * len(s) + [0] * (width - len(s)) for s, _ in batch])
    target = torch.tensor([t + [-100] * (height - len(t)) for _, t in batch])
    start = torch.full((len(batch), 1), model.config.decoder_start_token_id)
    given = torch.cat([start, target[:, :-1].masked_fill(target[:, :-1] < 0, pad)], dim=1)
    # Adam by hand: torch's own loads its compiler first, which takes longer than the training.
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    means = [torch.zeros_like(weight) for weight in weights]
    squares = [torch.zeros_like(weight) for weight in weights]
    model.train()
    for step in range(1, steps + 1):
        logits = model(input_ids=source, attention_mask=mask, decoder_input_ids=given).logits
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())
        slopes = torch.autograd.grad(loss, weights, allow_unused=True)
        with torch.no_grad():
            for weight, slope, mean, square in zip(weights, slopes, means, squares, strict=True):
                if slope is not None:
                    mean.lerp_(slope, 0.1)
                    square.lerp_(slope.square(), 0.001)
                    scale = (square / (1 - 0.999**step)).sqrt_().add_(1e-8)
                    weight.sub_(mean / (1 - 0.9**step) / scale, alpha=1e-2)
            # Published checkpoints have zeros here; the tied output layer would move them.
            model.get_input_embeddings().weight[pad] = 0
    model.eval()


def _finish(
    folder: Path,
    model: Any,
    tokenizer: Any,
    encode: Callable[[str], list[int]],
    target: Callable[[str], list[int]],
    **generation: Any,
) -> None:
    pairs = list(zip(map(encode, ARABIC), map(target, ENGLISH), strict=True))
    _train(model, pairs, model.config.pad_token_id or 0)
    model.generation_config = transformers.GenerationConfig(
        decoder_start_token_id=model.config.decoder_start_token_id,
        eos_token_id=model.config.eos_token_id,
        pad_token_id=model.config.pad_token_id,
        **generation,
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _bart_shape(**more: Any) -> dict[str, Any]:
    return {
        "d_model": WIDTH,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 2 * WIDTH,
        "decoder_ffn_dim": 2 * WIDTH,
        "max_position_embeddings": 128,
        "dropout": 0.0,
        "init_std": 0.1,
        **more,
    }


def marian(folder: Path, targets: tuple[str, ...] = ()) -> None:
    """Marian; with ``targets``, one that writes several languages (``>>xx<<`` in front)."""
    source, target = _pieces(folder, "source.spm"), _pieces(folder, "target.spm")
    names = dict.fromkeys(["</s>", "<unk>", *_names(source), *_names(target)])
    tokens = [n for n in names if n != "<s>"] + [f">>{code}<<" for code in targets] + ["<pad>"]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}))
    tokenizer = transformers.MarianTokenizer(
        source_spm=str(source),
        target_spm=str(target),
        vocab=str(folder / "vocab.json"),
        source_lang="ar",
        target_lang="en",
    )
    pad = len(tokens) - 1
    model = transformers.MarianMTModel(
        transformers.MarianConfig(
            **_bart_shape(),
            vocab_size=len(tokens),
            pad_token_id=pad,
            eos_token_id=0,
            decoder_start_token_id=pad,
            activation_function="swish",
            scale_embedding=True,
            static_position_embeddings=True,
        )
    )
    ahead = [tokens.index(f">>{targets[0]}<<")] if targets else []
    _finish(
        folder,
        model,
        tokenizer,
        lambda text: ahead + tokenizer(text)["input_ids"],
        lambda text: tokenizer(text_target=text)["input_ids"],
        bad_words_ids=[[pad]],
        num_beams=4,
        max_length=128,
        forced_eos_token_id=0,
    )


def arabart(folder: Path) -> None:
    """MBart without languages, with a tokenizer.json of its own, as AraBART is."""
    spm = _pieces(folder, "sentencepiece.bpe.model", model_type="unigram")
    model = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    scores = [(model.id_to_piece(i), model.get_score(i)) for i in range(3, model.get_piece_size())]
    specials = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    tokenizer = transformers.BarthezTokenizer(vocab=[*specials, *scores, ("<mask>", 0.0)])
    from tokenizers.processors import TemplateProcessing

    tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    spm.unlink()
    _finish(
        folder,
        _mbart(len(tokenizer), start=2),
        tokenizer,
        lambda text: tokenizer(text)["input_ids"],
        lambda text: tokenizer(text)["input_ids"],
        num_beams=4,
        no_repeat_ngram_size=3,
    )


def _mbart(size: int, start: int) -> Any:
    return transformers.MBartForConditionalGeneration(
        transformers.MBartConfig(
            **_bart_shape(),
            vocab_size=size,
            pad_token_id=1,
            bos_token_id=0,
            eos_token_id=2,
            decoder_start_token_id=start,
            scale_embedding=True,
            activation_function="gelu",
        )
    )


def mbart50(folder: Path) -> None:
    """mBART-50: its language codes belong to its tokenizer."""
    _pieces(folder, "sentencepiece.bpe.model", model_type="unigram")
    tokenizer = transformers.MBart50Tokenizer.from_pretrained(folder, src_lang="ar_AR")
    english = tokenizer.convert_tokens_to_ids("en_XX")
    _finish(
        folder,
        _mbart(len(tokenizer), start=2),
        tokenizer,
        lambda text: tokenizer(text)["input_ids"],
        lambda text: [english, *tokenizer(text)["input_ids"][1:]],
        num_beams=4,
    )


def mbart25(folder: Path) -> None:
    """mBART-25: the language stands behind the text, and the decoder starts from it."""
    _pieces(folder, "sentencepiece.bpe.model", model_type="unigram")
    tokenizer = transformers.MBartTokenizer.from_pretrained(folder, src_lang="ar_AR")
    _finish(
        folder,
        _mbart(len(tokenizer), start=tokenizer.convert_tokens_to_ids("en_XX")),
        tokenizer,
        lambda text: tokenizer(text)["input_ids"],
        lambda text: tokenizer(text)["input_ids"][:-1],
    )


def _m2m(size: int) -> Any:
    return transformers.M2M100ForConditionalGeneration(
        transformers.M2M100Config(
            **_bart_shape(encoder_layerdrop=0.0, decoder_layerdrop=0.0),
            vocab_size=size,
            pad_token_id=1,
            bos_token_id=0,
            eos_token_id=2,
            decoder_start_token_id=2,
            scale_embedding=True,
            activation_function="relu",
        )
    )


def nllb(folder: Path) -> None:
    """NLLB-200 with four of its languages."""
    _pieces(folder, "sentencepiece.bpe.model", model_type="bpe")
    tokenizer = transformers.NllbTokenizer.from_pretrained(folder)
    languages = ["arb_Arab", "arz_Arab", "eng_Latn", "fra_Latn"]
    tokenizer.add_special_tokens({"extra_special_tokens": languages})
    tokenizer.src_lang = "arb_Arab"
    english = tokenizer.convert_tokens_to_ids("eng_Latn")
    _finish(
        folder,
        _m2m(len(tokenizer)),
        tokenizer,
        lambda text: tokenizer(text)["input_ids"],
        lambda text: [english, *tokenizer(text)["input_ids"][1:]],
        max_length=200,
    )


def m2m100(folder: Path) -> None:
    """M2M-100: SentencePiece and vocabulary in two files, a hundred languages behind them."""
    spm = _pieces(folder, "sentencepiece.bpe.model", model_type="bpe")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", *_names(spm)[3:]]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}))
    tokenizer = transformers.M2M100Tokenizer(
        vocab_file=str(folder / "vocab.json"), spm_file=str(spm), src_lang="ar", tgt_lang="en"
    )
    english = tokenizer.get_lang_id("en")
    _finish(
        folder,
        _m2m(len(tokens) + len(tokenizer.lang_code_to_id) + tokenizer.num_madeup_words),
        tokenizer,
        lambda text: tokenizer(text)["input_ids"],
        lambda text: [english, *tokenizer(text)["input_ids"][1:]],
        num_beams=5,
    )


def t5(folder: Path, kind: str = "t5", symbols: tuple[str, ...] = ()) -> None:
    """T5 or mT5; with ``symbols`` such as ``<2en>``, shaped like MADLAD-400."""
    _pieces(
        folder,
        "spiece.model",
        model_type="unigram",
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        user_defined_symbols=list(symbols),
    )
    tokenizer = transformers.T5Tokenizer.from_pretrained(folder, extra_ids=0)
    shape = {
        "d_model": WIDTH,
        "d_kv": WIDTH // 2,
        "d_ff": 2 * WIDTH,
        "num_layers": 2,
        "num_heads": 2,
        "relative_attention_num_buckets": 8,
        "dropout_rate": 0.0,
        # The published mT5 has more rows than its tokenizer has tokens, too.
        "vocab_size": len(tokenizer) + 12,
        "decoder_start_token_id": 0,
        "pad_token_id": 0,
        "eos_token_id": 1,
    }
    if kind == "mt5":
        config = transformers.MT5Config(
            **shape, feed_forward_proj="gated-gelu", tie_word_embeddings=False
        )
        model = transformers.MT5ForConditionalGeneration(config)
    else:
        model = transformers.T5ForConditionalGeneration(transformers.T5Config(**shape))
    ahead = tokenizer(symbols[0], add_special_tokens=False)["input_ids"] if symbols else []
    _finish(
        folder,
        model,
        tokenizer,
        lambda text: ahead + tokenizer(text)["input_ids"],
        lambda text: tokenizer(text)["input_ids"],
    )


BUILDERS: dict[str, Callable[[Path], None]] = {
    "marian": marian,
    "marian-multi": lambda folder: marian(folder, ("eng", "fra")),
    "arabart": arabart,
    "mbart25": mbart25,
    "mbart50": mbart50,
    "nllb": nllb,
    "m2m100": m2m100,
    "t5": t5,
    "mt5": lambda folder: t5(folder, "mt5"),
    "madlad": lambda folder: t5(folder, "t5", ("<2en>", "<2fr>")),
}


def build(name: str, folder: Path) -> Path:
    """Build the tiny checkpoint ``name`` in ``folder`` and return it."""
    folder.mkdir(parents=True)
    with torch.random.fork_rng(devices=[]), quiet_transformers():
        torch.manual_seed(7)
        BUILDERS[name](folder)
    return folder
