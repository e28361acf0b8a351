"""Conversion of sequence-to-sequence checkpoints to CTranslate2's form."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.errors import EngineError, ModelError, StoreError
from mujaz.record import from_json, to_json

from .capture import capture
from .codec import Codec
from .engine import Engine, GenerationOptions, Prompt
from .families import MARIAN
from .silence import first_line, quiet_transformers
from .tokenizer import TransformersTokenizer
from .transformers_engine import check_weights

if TYPE_CHECKING:
    from ctranslate2.converters import TransformersConverter

ORIGINAL = "original"
"""Folder inside a converted one that holds the checkpoint's tokenizer and configuration."""

MANIFEST = "mujaz.json"
SCHEMA = "mujaz.conversion/1"
QUANTIZATIONS = ("float32", "float16", "bfloat16", "int16", "int8", "int8_float16", "int8_bfloat16")

# Weights in any framework's form; all else beside them is small and may belong to the tokenizer.
_WEIGHTS = {".safetensors", ".bin", ".h5", ".msgpack", ".ot", ".onnx", ".gguf", ".pt", ".ckpt"}


# Whether the layers normalise their input (True) or their output.
_NORMALIZES_BEFORE = {"mbart": True, "bart": False}


@dataclass(frozen=True, slots=True)
class Conversion:
    """Where a converted model comes from.

    Attributes:
        source: Name of the checkpoint's folder.
        weights: Weight file → its SHA-256, in hexadecimal.
        family: The model's family.
        quantization: Form of the converted weights.
        versions: Library → version, of those that did it.
    """

    source: str
    weights: dict[str, str]
    family: str
    quantization: str
    versions: dict[str, str]


def convert(
    model_dir: Path,
    output: Path,
    quantization: str = "int8",
    force: bool = False,
    *,
    pickle: bool = False,
) -> Path:
    """Convert the checkpoint in ``model_dir`` for CTranslate2.

    The result stands alone: ``model.bin`` and its vocabulary, the checkpoint's tokenizer and
    configuration under ``original/`` with a record of how to read them without transformers, and
    ``mujaz.json`` (see ``Conversion``). It is written under a temporary name and renamed.

    Args:
        model_dir: A checkpoint folder as transformers writes it.
        output: The folder to make.
        quantization: One of ``QUANTIZATIONS``.
        force: Replace ``output`` where it exists.
        pickle: Also read weights in pickle form; see ``TransformersEngine``.

    Returns:
        ``output``.

    Raises:
        ModelError: The checkpoint is not usable, or of a kind that cannot be converted.
        StoreError: ``output`` exists and ``force`` was not given, or cannot be written.
    """
    if quantization not in QUANTIZATIONS:
        raise EngineError(
            f"quantization {quantization!r} is unknown", f"use one of {', '.join(QUANTIZATIONS)}"
        )
    if output.exists() and not force:
        raise StoreError(f"{output} exists", "remove it, or convert with force")
    check_weights(model_dir, pickle=pickle)
    codec = Codec(model_dir)
    if codec.two_vocabularies:
        raise ModelError(
            f"{model_dir} has a vocabulary for each side, which cannot be converted",
            "run it with the transformers engine",
        )
    fresh = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        with _cleared(fresh):
            _write_weights(model_dir, fresh, codec, quantization)
            _copy_original(model_dir, fresh / ORIGINAL)
            if isinstance(codec.tokenizer, TransformersTokenizer):
                capture(codec.tokenizer, fresh / ORIGINAL)
            _open_start(fresh, codec)
            manifest = to_json(_conversion(model_dir, codec, quantization), SCHEMA, indent=2)
            (fresh / MANIFEST).write_text(manifest + "\n", encoding="utf-8")
            _swap(fresh, output)
    except OSError as error:
        raise StoreError(f"{output} cannot be written ({error})", "free space or rights") from error
    return output


def read_manifest(converted: Path) -> Conversion:
    """Return what is known of the origin of a converted folder.

    Raises:
        ModelError: There is no manifest.
        RecordError: It has another form.
    """
    file = converted / MANIFEST
    if not file.is_file():
        raise ModelError(f"{converted} holds no {MANIFEST}", "convert the checkpoint again")
    return from_json(file.read_bytes(), Conversion, SCHEMA)


def agreement(
    original: Engine,
    converted: Engine,
    texts: Sequence[str],
    options: GenerationOptions | None = None,
) -> float:
    """Return the share (0 to 1) of ``texts`` for which both engines write the same.

    Raises:
        ValueError: ``texts`` is empty.
    """
    if not texts:
        raise ValueError("no texts to compare on")
    prompts = [Prompt(text) for text in texts]
    options = options or GenerationOptions()
    pairs = zip(
        original.generate(prompts, options), converted.generate(prompts, options), strict=True
    )
    return sum(a.text == b.text for a, b in pairs) / len(texts)


def _write_weights(model_dir: Path, fresh: Path, codec: Codec, quantization: str) -> None:
    try:
        with quiet_transformers():
            _converter(model_dir, codec).convert(str(fresh), quantization=quantization)
    except Exception as error:  # the libraries raise nearly everything
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's own; transformers raises others for what a checkpoint lacks
        raise ModelError(
            f"{model_dir} cannot be converted for ctranslate2 ({first_line(error)})",
            "run it with the transformers engine",
        ) from error


def _converter(model_dir: Path, codec: Codec) -> TransformersConverter:
    """Return CTranslate2's converter, held to local, safe and full-precision loading.

    CTranslate2 4.8 expects some things that transformers 5 has dropped; they are given back here.
    """
    import torch
    from ctranslate2.converters import TransformersConverter

    safe = {"local_files_only": True, "trust_remote_code": False}
    rows = {token: id for id, token in enumerate(codec.tokens(codec.vocabulary_size))}

    class LocalConverter(TransformersConverter):  # type: ignore[misc]  # an untyped library
        def load_model(self, model_class: Any, name: str, **kwargs: Any) -> Any:  # noqa: ANN401
            kwargs |= safe
            kwargs["dtype"] = torch.float32
            kwargs["use_safetensors"] = any(model_dir.glob("*.safetensors"))
            model = model_class.from_pretrained(name, **kwargs)
            if codec.family == MARIAN and model.get_input_embeddings().weight[codec.own.pad].any():
                # Fine-tuning in transformers moves it, as it is tied to the output layer.
                raise ValueError("its decoder does not start from zeros")
            if model.config.model_type in {"t5", "mt5"}:
                # The converter reads from this whether the outputs are scaled; transformers 5 sets
                # it for every T5, scaled or not, which would flatten mT5's probabilities.
                scaled = getattr(model.config, "scale_decoder_outputs", False)
                model.config.tie_word_embeddings = scaled
            if model.config.model_type in _NORMALIZES_BEFORE:
                # What these architectures do in transformers, whatever their files say.
                model.config.normalize_before = _NORMALIZES_BEFORE[model.config.model_type]
                model.config.normalize_embedding = True
            return model

        def load_tokenizer(self, tokenizer_class: Any, name: str, **kwargs: Any) -> Any:  # noqa: ANN401
            tokenizer = tokenizer_class.from_pretrained(name, **(kwargs | safe))
            # CTranslate2 is addressed by token, not by id: every row needs one name of its own.
            # M2M100's vocabulary lacks its languages, and T5's is shorter than the weights.
            tokenizer.get_vocab = lambda: rows
            tokenizer.num_madeup_words = 0
            return tokenizer

    return LocalConverter(str(model_dir))


def _copy_original(model_dir: Path, folder: Path) -> None:
    folder.mkdir()
    for file in sorted(model_dir.iterdir()):
        kept = file.suffix not in _WEIGHTS and not file.name.endswith(".index.json")
        if file.is_file() and kept and not file.name.startswith("."):
            shutil.copyfile(file, folder / file.name)


def _open_start(fresh: Path, codec: Codec) -> None:
    """Leave the decoder's start token to the engine, which knows the checkpoint's own.

    The converter guesses it from the tokenizer's class, and is wrong for AraBART. Marian's decoder
    starts from zeros, whatever the token.
    """
    file = fresh / "config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    if codec.family != MARIAN:
        config["decoder_start_token"] = None
    # mBART-50's tokenizer has no such token, and CTranslate2 reads no null here; it goes unused.
    config["bos_token"] = config["bos_token"] or config["eos_token"]
    file.write_text(json.dumps(config, ensure_ascii=False, indent=2), encoding="utf-8")


def _conversion(model_dir: Path, codec: Codec, quantization: str) -> Conversion:
    import ctranslate2
    import transformers

    files = sorted(model_dir.glob("*.safetensors")) or sorted(model_dir.glob("pytorch_model*.bin"))
    weights = {}
    for file in files:
        with file.open("rb") as stream:
            weights[file.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return Conversion(
        source=model_dir.resolve().name,
        weights=weights,
        family=codec.family.name,
        quantization=quantization,
        versions={
            "ctranslate2": ctranslate2.__version__,
            "transformers": transformers.__version__,
        },
    )


def _swap(fresh: Path, output: Path) -> None:
    """Give ``fresh`` its final name; what stood there goes only once it does."""
    old = output.with_name(f".{output.name}.{os.getpid()}.old")
    with _cleared(old):
        if output.exists():
            output.rename(old)
        try:
            fresh.rename(output)
        except OSError:
            if old.exists():
                old.rename(output)
            raise


@contextlib.contextmanager
def _cleared(folder: Path) -> Iterator[None]:
    """Promise that ``folder`` is absent before and after."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
