"""Models of the real shapes with random weights, their arithmetic, and texts of given lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .batch import UNWRITTEN, sentences
from .batch import build as build_opus


@dataclass(frozen=True, slots=True)
class Shape:
    """A model's shape, and the work that it is timed on.

    Attributes:
        name: What the results call it.
        stands_for: The published model that has this shape.
        layers: Of the encoder, and as many of the decoder.
        width: Of the model.
        inner: Width of the feed-forward layers.
        vocabulary: Rows of the output layer.
        output: Tokens of every output.
        texts: How many there are in a timed pass.
        source: Tokens of every input; 0 for sentences of all lengths.
    """

    name: str
    stands_for: str
    layers: int
    width: int
    inner: int
    vocabulary: int
    output: int
    texts: int
    source: int = 0


SHAPES = {
    "opus": Shape("opus", "OPUS-MT ar-en", 6, 512, 2048, 62_834, 32, 64),
    "arabart": Shape("arabart", "AraBART", 6, 768, 3072, 50_002, 60, 8, 512),
}


def build(shape: Shape, folder: Path) -> Path:
    """Build the model and its converted forms in ``folder``, each once; return it."""
    from mujaz.models.conversion import convert

    if not (folder / "model.safetensors").is_file():
        {"opus": build_opus, "arabart": _build_arabart}[shape.name](folder)
    for form in ("float32", "int8"):
        if not (folder / f"ctranslate2-{form}").is_dir():
            convert(folder, folder / f"ctranslate2-{form}", form)
    return folder


def texts_for(shape: Shape, folder: Path, count: int) -> list[str]:
    """Return ``count`` inputs, of exactly ``shape.source`` tokens each where it asks for that."""
    if not shape.source:
        return sentences(count)
    from mujaz.models.tokenizer import open_tokenizer

    tokenizer = open_tokenizer(folder / "ctranslate2-int8" / "original")
    facts = tokenizer.facts
    room = shape.source - len(facts.before) - len(facts.behind)
    words = " ".join(sentences(60 + count)).split()
    found = []
    for number in range(count):
        turned = words[number:] + words[:number]
        low, high = 1, len(turned)
        while low < high:  # the most words that fit
            middle = (low + high + 1) // 2
            fits = len(tokenizer.encode([" ".join(turned[:middle])])[0]) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        found.append(" ".join(turned[:low]))
    return found


def input_lengths(folder: Path, texts: Sequence[str]) -> list[int]:
    """Return the tokens of each input, special ones included."""
    from mujaz.models.tokenizer import open_tokenizer

    tokenizer = open_tokenizer(folder / "ctranslate2-int8" / "original")
    around = len(tokenizer.facts.before) + len(tokenizer.facts.behind)
    return [len(ids) + around for ids in tokenizer.encode(texts)]


def arithmetic(shape: Shape, sources: Sequence[int], beams: int) -> float:
    """Return the floating-point operations that the outputs need, two a multiply-add.

    Counted are the matrix products of all layers, attention, and the output layer at every step,
    without padding.
    """
    layers, d, inner = shape.layers, shape.width, shape.inner
    steps = shape.output
    total = 0.0
    for source in sources:
        encoder = layers * source * 2 * (4 * d * d + 2 * d * inner + 2 * source * d)
        crossed = layers * source * 2 * 2 * d * d  # keys and values of the source, once
        step = layers * 2 * (4 * d * d + 2 * d * d + 2 * d * inner + 2 * source * d)
        looked = layers * 2 * 2 * d * (steps + 1) / 2  # attention to what is written, on average
        written = beams * steps * (step + looked + 2 * d * shape.vocabulary)
        total += encoder + crossed + written
    return total


def output_layer_share(shape: Shape, source: int) -> float:
    """Return the output layer's share of a decoding step's arithmetic."""
    d = shape.width
    step = shape.layers * 2 * (6 * d * d + 2 * d * shape.inner + 2 * source * d)
    last = 2 * d * shape.vocabulary
    return last / (step + last)


def _build_arabart(folder: Path) -> Path:
    """Build MBart as AraBART has it, with a tokenizer trained on the examples."""
    import sentencepiece
    import torch
    import transformers
    from tokenizers.processors import TemplateProcessing

    from mujaz.models.silence import quiet_transformers

    shape = SHAPES["arabart"]
    folder.mkdir(parents=True)
    prefix = folder / "pieces"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences(400)),
        model_prefix=str(prefix),
        vocab_size=800,
        hard_vocab_limit=False,
        character_coverage=1.0,
        model_type="unigram",
        minloglevel=2,
    )
    model = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")
    scores = [(model.id_to_piece(i), model.get_score(i)) for i in range(3, model.get_piece_size())]
    head: list[tuple[str, float]] = [(t, 0.0) for t in ("<s>", "<pad>", "</s>", "<unk>")]
    fill = [(f"w{n}", -99.0) for n in range(shape.vocabulary - len(head) - len(scores) - 1)]
    for file in folder.glob("pieces.*"):
        file.unlink()
    with quiet_transformers():
        torch.manual_seed(1)
        tokenizer: Any = transformers.BarthezTokenizer(
            vocab=[*head, *scores, *fill, ("<mask>", 0.0)]
        )
        tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
        )
        network = transformers.MBartForConditionalGeneration(
            transformers.MBartConfig(
                vocab_size=shape.vocabulary,
                d_model=shape.width,
                encoder_layers=shape.layers,
                decoder_layers=shape.layers,
                encoder_attention_heads=12,
                decoder_attention_heads=12,
                encoder_ffn_dim=shape.inner,
                decoder_ffn_dim=shape.inner,
                max_position_embeddings=1024,
                init_std=0.05,
                pad_token_id=1,
                bos_token_id=0,
                eos_token_id=2,
                decoder_start_token_id=2,
                scale_embedding=True,
                activation_function="gelu",
            )
        )
        with torch.no_grad():
            network.final_logits_bias[0, :3] = UNWRITTEN
        network.generation_config = transformers.GenerationConfig(
            decoder_start_token_id=2, eos_token_id=2, pad_token_id=1, max_length=1024
        )
        network.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return folder
