"""The base model in torch with the weights of its GGUF file, and where an adapter goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.errors import ModelError
from mujaz.models.gguf import read_header

from .config import LARGEST_ADAPTER, Config

if TYPE_CHECKING:
    import torch

ARCHITECTURE = "qwen2"

LAYERS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""Every linear layer of a block: its name in transformers, and in GGUF."""

_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}
_OUTSIDE = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a Qwen2 model (Yang et al. 2024, "Qwen2 Technical Report", section 2.2).

    Attributes:
        blocks: Transformer blocks.
        width: Of the hidden states.
        inner: Width of the feed-forward layers.
        heads: Attention heads.
        shared: Heads of keys and values, each serving several queries.
        context: Longest sequence.
        theta: Base of the rotary positions.
        epsilon: Of the RMS norms.
    """

    blocks: int
    width: int
    inner: int
    heads: int
    shared: int
    context: int
    theta: float
    epsilon: float

    @property
    def linear(self) -> dict[str, tuple[int, int]]:
        """GGUF name → (outputs, inputs) of the linear layers of one block."""
        narrow = self.width // self.heads * self.shared
        return {
            "attn_q": (self.width, self.width),
            "attn_k": (narrow, self.width),
            "attn_v": (narrow, self.width),
            "attn_output": (self.width, self.width),
            "ffn_gate": (self.inner, self.width),
            "ffn_up": (self.inner, self.width),
            "ffn_down": (self.width, self.inner),
        }

    def adapter_bytes(self, rank: int, form: str) -> int:
        """Return the bytes of the matrices of an adapter; q8_0 spends 34 on 32 numbers."""
        return self.blocks * sum(
            _bytes(rank, inputs, form) + _bytes(outputs, rank, form)
            for outputs, inputs in self.linear.values()
        )


def quantizes(row: int, form: str) -> bool:
    """Say whether rows of ``row`` numbers can have ``form``; those that cannot stay float16."""
    return form == "q8_0" and row % 32 == 0


def _bytes(rows: int, row: int, form: str) -> int:
    return rows * row // 32 * 34 if quantizes(row, form) else rows * row * 2


def read_shape(gguf: Path) -> Shape:
    """Read the shape of the model in ``gguf``.

    Raises:
        ModelError: It is no Qwen2 model, or its header lacks a number.
    """
    header = read_header(gguf)
    if header.get("general.architecture") != ARCHITECTURE:
        raise ModelError(
            f"{gguf} is a {header.get('general.architecture')} model",
            f"the recipe is written for {ARCHITECTURE}; add the names of its layers",
        )
    keys = {
        "blocks": "block_count",
        "width": "embedding_length",
        "inner": "feed_forward_length",
        "heads": "attention.head_count",
        "shared": "attention.head_count_kv",
        "context": "context_length",
        "theta": "rope.freq_base",
        "epsilon": "attention.layer_norm_rms_epsilon",
    }
    found: dict[str, Any] = {
        name: header.get(f"{ARCHITECTURE}.{key}") for name, key in keys.items()
    }
    missing = [keys[name] for name, value in found.items() if value is None]
    if missing:
        raise ModelError(f"{gguf} does not say its {', '.join(missing)}", "give the whole file")
    return Shape(**found)


def require_small(shape: Shape, config: Config) -> int:
    """Return the bytes that the adapter's matrices will have.

    Raises:
        ModelError: More than an adapter may have; better now than after the training.
    """
    size = shape.adapter_bytes(config.tune.rank, config.export.form)
    if size > LARGEST_ADAPTER:
        raise ModelError(
            f"an adapter of rank {config.tune.rank} in {config.export.form} has {size} bytes, and"
            f" {LARGEST_ADAPTER} are allowed",
            "lower the rank, or export q8_0",
        )
    return size


def load_model(gguf: Path, dtype: torch.dtype, device: str) -> Any:  # noqa: ANN401 - transformers
    """Return the causal language model of ``gguf``, its weights dequantised to ``dtype``.

    transformers can read GGUF by itself (`gguf_file=`); for the embedded model that took nine
    gigabytes, all weights being float32 at one time. Here they go to the device tensor by tensor,
    dequantised by llama.cpp's own Python package.

    Raises:
        ModelError: The file lacks a tensor, or has one of another shape.
    """
    import torch
    from gguf import GGUFReader
    from gguf.quants import dequantize
    from transformers import Qwen2Config, Qwen2ForCausalLM

    shape = read_shape(gguf)
    found = {str(tensor.name): tensor for tensor in GGUFReader(gguf).tensors}
    if "token_embd.weight" not in found:
        raise ModelError(f"{gguf} has no tensor token_embd.weight", "give the whole file")
    tied = "output.weight" not in found
    config = Qwen2Config(
        vocab_size=int(found["token_embd.weight"].shape[1]),
        hidden_size=shape.width,
        intermediate_size=shape.inner,
        num_hidden_layers=shape.blocks,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.shared,
        max_position_embeddings=shape.context,
        rope_parameters={"rope_type": "default", "rope_theta": shape.theta},
        rms_norm_eps=shape.epsilon,
        tie_word_embeddings=tied,
    )
    model = _empty(Qwen2ForCausalLM, config, dtype, device)
    names = _names(shape, tied)
    with torch.no_grad():
        for ours, parameter in model.named_parameters():
            tensor = found.get(names.get(ours, ""))
            if tensor is None:
                raise ModelError(f"{gguf} has no tensor for {ours}", "give the whole file")
            values = torch.tensor(dequantize(tensor.data, tensor.tensor_type))
            if values.shape != parameter.shape:
                raise ModelError(
                    f"{names[ours]} of {gguf} has the shape {tuple(values.shape)}, and its header"
                    f" asks for {tuple(parameter.shape)}",
                    "fetch the file again",
                )
            parameter.copy_(values)
    return model.eval().requires_grad_(False)


def _empty(kind: Any, config: Any, dtype: torch.dtype, device: str) -> Any:  # noqa: ANN401
    """Return a model with room for its weights, which nobody has filled at random first."""
    import torch
    from transformers.initialization import no_init_weights

    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with no_init_weights(), torch.device(device):
            return kind(config)
    finally:
        torch.set_default_dtype(before)


def _names(shape: Shape, tied: bool) -> dict[str, str]:
    """Return transformers' name → GGUF's of every weight."""
    names = dict(_OUTSIDE)
    if tied:
        del names["lm_head.weight"]
    for block in range(shape.blocks):
        ours, theirs = f"model.layers.{block}", f"blk.{block}"
        names |= {f"{ours}.{a}.weight": f"{theirs}.{b}.weight" for a, b in _NORMS.items()}
        for a, b in LAYERS.items():
            names[f"{ours}.{a}.weight"] = f"{theirs}.{b}.weight"
            names[f"{ours}.{a}.bias"] = f"{theirs}.{b}.bias"
    return names
