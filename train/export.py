"""From a checkpoint to a folder that the model store takes: the adapter, its card, its manifest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.errors import OptionError
from mujaz.models.adapters import (
    ADAPTER_FILE,
    CARD_FILE,
    KEY_BASE_FILE,
    KEY_BASE_ID,
    KEY_BASE_SHA256,
    KEY_BASE_SIZE,
    KEY_COMMERCIAL,
    KEY_TASKS,
)
from mujaz.models.disk import sha256_of, write_atomically
from mujaz.models.manifest import Manifest, record_files, write_manifest

from .card import card_of
from .checkpoint import Checkpoint
from .config import LARGEST_ADAPTER, Config
from .tune import CHECKPOINT
from .weights import ARCHITECTURE, quantizes

if TYPE_CHECKING:
    import torch


def export(config: Config, base: Path) -> Path:
    """Write the adapter of the last checkpoint as the model store has it; return its folder.

    Raises:
        OptionError: There is no checkpoint, or the licence does not honour the data's.
        RecordError: The checkpoint is broken.
    """
    require_licence(config)
    path = config.folder / "tune" / CHECKPOINT
    if not path.is_file():
        raise OptionError(f"{path} is not there", "run `python -m train tune`")
    folder = config.folder / "adapter"
    folder.mkdir(parents=True, exist_ok=True)
    write_adapter(folder / ADAPTER_FILE, Checkpoint.load(path).matrices, config, base)
    complete(config, folder)
    return folder


def complete(config: Config, folder: Path) -> None:
    """Write card and manifest beside the adapter; again when there are scores to tell."""
    write_atomically(folder / CARD_FILE, card_of(config))
    manifest = Manifest(
        id=config.export.id,
        source="local",
        origin=f"trained on {config.base.id}",
        revision=config.export.version,
        licence=config.export.licence,
        commercial=config.export.commercial,
        files=record_files(folder, {}),
        installed=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    write_manifest(folder, manifest)


def write_adapter(
    path: Path, matrices: dict[str, torch.Tensor], config: Config, base: Path
) -> None:
    """Write low-rank matrices as a GGUF adapter, in the form that llama.cpp loads beside ``base``.

    Raises:
        OptionError: It is larger than an adapter may be.
    """
    import numpy as np
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quantize

    temporary = path.with_name(path.name + ".tmp")
    writer = GGUFWriter(temporary, ARCHITECTURE)
    writer.add_type("adapter")
    writer.add_name(config.export.id)
    writer.add_version(config.export.version)
    writer.add_license(config.export.licence)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", config.tune.alpha)
    writer.add_string(KEY_BASE_ID, config.base.id)
    writer.add_string(KEY_BASE_FILE, base.name)
    writer.add_uint64(KEY_BASE_SIZE, base.stat().st_size)
    writer.add_string(KEY_BASE_SHA256, sha256_of(base))
    writer.add_string(KEY_TASKS, "translate")
    writer.add_bool(KEY_COMMERCIAL, config.export.commercial)
    for name, matrix in matrices.items():
        values = matrix.detach().float().cpu().numpy()
        if quantizes(values.shape[1], config.export.form):
            kind = GGMLQuantizationType.Q8_0
            writer.add_tensor(name, quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    size = temporary.stat().st_size
    if size > LARGEST_ADAPTER:
        temporary.unlink()
        raise OptionError(
            f"the adapter has {size} bytes, and {LARGEST_ADAPTER} are allowed",
            "export q8_0, or train a lower rank",
        )
    temporary.replace(path)


def read_matrices(path: Path) -> dict[str, torch.Tensor]:
    """Return the low-rank matrices of an exported adapter, float32, by GGUF name."""
    import torch
    from gguf import GGUFReader
    from gguf.quants import dequantize

    return {
        str(tensor.name): torch.from_numpy(dequantize(tensor.data, tensor.tensor_type)).float()
        for tensor in GGUFReader(path).tensors
    }


def require_licence(config: Config) -> None:
    """Refuse a licence that drops the share-alike of a text that was trained on.

    Whether weights are a derivative of their texts is not settled; this takes the careful answer.

    Raises:
        OptionError: It does.
    """
    left_out = set(config.prepare.leave_out)
    for origin in config.source:
        if origin.weight <= 0 or {origin.name, origin.made} & left_out:
            continue
        if "-SA-" in origin.licence and config.export.licence != origin.licence:
            raise OptionError(
                f"{origin.name} is {origin.licence}, and the adapter would be"
                f" {config.export.licence}",
                f"export it under {origin.licence}, or leave {origin.name} out",
            )
        if "-NC" in origin.licence and config.export.commercial:
            raise OptionError(
                f"{origin.name} is {origin.licence}, which excludes commercial use",
                "set commercial = false, or leave it out",
            )
