from pathlib import Path

import pytest
import torch

from mujaz.errors import ModelError
from train.weights import load_model, read_shape

from . import tiny_qwen


def header(path: Path) -> Path:
    """Write the header of a model without its weights."""
    from gguf import GGUFWriter

    writer = GGUFWriter(path, "qwen2")
    writer.add_block_count(tiny_qwen.BLOCKS)
    writer.add_context_length(512)
    writer.add_embedding_length(tiny_qwen.WIDTH)
    writer.add_feed_forward_length(tiny_qwen.INNER)
    writer.add_head_count(tiny_qwen.HEADS)
    writer.add_head_count_kv(tiny_qwen.SHARED)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_file_without_weights_is_named(tmp_path: Path) -> None:
    path = header(tmp_path / "bare.gguf")
    assert read_shape(path).blocks == tiny_qwen.BLOCKS
    with pytest.raises(ModelError, match=r"bare\.gguf has no tensor token_embd\.weight"):
        load_model(path, torch.float32, "cpu")


def test_a_weight_of_another_name_is_missed(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "lacking.gguf"
    content = base.read_bytes()
    assert content.count(b"blk.1.attn_k.weight") == 1
    path.write_bytes(content.replace(b"blk.1.attn_k.weight", b"blk.1.attn_x.weight"))
    with pytest.raises(ModelError, match=r"lacking\.gguf has no tensor for .*layers\.1.*k_proj"):
        load_model(path, torch.float32, "cpu")
