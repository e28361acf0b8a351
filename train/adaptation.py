"""Low-rank matrices beside the linear layers of a model (Hu et al. 2021, "LoRA").

The matrices are float32 whatever the model is; a layer's output gains
``alpha / rank * B A dropout(x)``. A begins at random and B at zero, so that training begins from
the base model itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .config import Tune
from .weights import LAYERS

if TYPE_CHECKING:
    import torch

# How peft calls the matrices of the one adapter that there is.
_MATRICES = {"lora_A.default.weight": "lora_a", "lora_B.default.weight": "lora_b"}


def add_adapter(model: Any, tune: Tune, seed: int) -> None:  # noqa: ANN401 - transformers
    """Put low-rank matrices beside every linear layer of every block of ``model``."""
    import torch
    from peft import LoraConfig, inject_adapter_in_model

    torch.manual_seed(seed)
    wanted = LoraConfig(
        r=tune.rank,
        lora_alpha=tune.alpha,
        lora_dropout=tune.dropout,
        target_modules=[name.rpartition(".")[2] for name in LAYERS],
        bias="none",
    )
    inject_adapter_in_model(wanted, model)
    for parameter in matrices(model).values():
        parameter.data = parameter.data.float()


def matrices(model: Any) -> dict[str, torch.nn.Parameter]:  # noqa: ANN401 - transformers
    """Return the low-rank matrices of ``model`` by GGUF name: ``blk.0.attn_q.weight.lora_a``.

    ``lora_a`` has the shape (rank, inputs), ``lora_b`` (outputs, rank).
    """
    found: dict[str, torch.nn.Parameter] = {}
    for name, parameter in model.named_parameters():
        if ".lora_" not in name:
            continue
        layer, _, matrix = name.rpartition(".lora_")
        *_, block, part, linear = layer.split(".")
        place = f"blk.{block}.{LAYERS[f'{part}.{linear}']}.weight"
        found[f"{place}.{_MATRICES[f'lora_{matrix}']}"] = parameter
    return found
