"""A random Qwen2 model of a few thousand weights, in a GGUF file that llama.cpp runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

LINES = [
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب.",
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع الرئيس.",
    "The government announced a new plan to support farmers in the south today.",
    "The delegation arrived in the capital last night for talks with the president.",
    "Translate the Arabic news sentence into English. Use the given English names.",
]
CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
BLOCKS, WIDTH, INNER, HEADS, SHARED = 2, 64, 96, 4, 2
# The expression that llama.cpp and transformers have for the tokenizer `qwen2`.
_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def _vocabulary() -> tuple[list[str], list[str]]:
    """Train a byte-level BPE on the lines; return its tokens and its merges, best first."""
    import json

    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(LINES, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    return tokens, [" ".join(pair) for pair in model["merges"]]


def write(path: Path, seed: int = 5, *, quantized: bool = False) -> Path:
    """Write the model; ``quantized`` stores its matrices as q8_0."""
    from gguf import GGMLQuantizationType, GGUFWriter, TokenType
    from gguf.quants import quantize

    tokens, merges = _vocabulary()
    types = [TokenType.NORMAL] * len(tokens) + [TokenType.CONTROL] * len(CONTROL)
    tokens += CONTROL
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(path, "qwen2")
    writer.add_type("model")
    writer.add_name("Tiny Qwen2")
    writer.add_block_count(BLOCKS)
    writer.add_context_length(512)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(SHARED)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    rng = np.random.default_rng(seed)

    def matrix(name: str, rows: int, columns: int, scale: float = 1.0) -> None:
        values = rng.normal(0, scale / np.sqrt(columns), (rows, columns)).astype(np.float32)
        if quantized:
            kind = GGMLQuantizationType.Q8_0
            writer.add_tensor(name, quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values)

    def vector(name: str, size: int, about: float) -> None:
        writer.add_tensor(name, rng.normal(about, 0.1, size).astype(np.float32))

    narrow = WIDTH // HEADS * SHARED
    matrix("token_embd.weight", len(tokens), WIDTH, 8.0)
    matrix("output.weight", len(tokens), WIDTH, 2.0)
    vector("output_norm.weight", WIDTH, 1.0)
    for block in range(BLOCKS):
        at = f"blk.{block}"
        vector(f"{at}.attn_norm.weight", WIDTH, 1.0)
        vector(f"{at}.ffn_norm.weight", WIDTH, 1.0)
        for name, rows in (("attn_q", WIDTH), ("attn_k", narrow), ("attn_v", narrow)):
            matrix(f"{at}.{name}.weight", rows, WIDTH)
            vector(f"{at}.{name}.bias", rows, 0.0)
        matrix(f"{at}.attn_output.weight", WIDTH, WIDTH)
        matrix(f"{at}.ffn_gate.weight", INNER, WIDTH)
        matrix(f"{at}.ffn_up.weight", INNER, WIDTH)
        matrix(f"{at}.ffn_down.weight", WIDTH, INNER)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
