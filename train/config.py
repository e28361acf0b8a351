"""The one configuration of a training run, and what it implies."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from mujaz.errors import OptionError

LARGEST_ADAPTER = 40_000_000
"""Bytes that an exported adapter may have."""

Made = Literal["people", "machine", "names"]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the tables of a configuration: unknown keys are errors."""


class BaseModel(Record, frozen=True):
    """What is taught.

    Attributes:
        id: The model's name in the store.
        file: Its GGUF file, where it is not in the store; empty otherwise.
    """

    id: str
    file: str = ""


class Origin(Record, frozen=True):
    """One file of sentence pairs.

    Attributes:
        name: Of the file, without ``.tsv.xz``.
        licence: SPDX identifier.
        made: Who wrote the Arabic: people, a machine; or it is a list of names.
        weight: How often a pair of it is shown in a pass: 0.5 takes every second pair, 2 shows each
            twice; 0 leaves the file out.
        what: What it is, for the card.
    """

    name: str
    licence: str
    made: Made
    weight: float = 1.0
    what: str = ""


class Prepare(Record, frozen=True):
    """From sentence pairs to examples.

    Attributes:
        data: Folder of the ``.tsv.xz`` files.
        exclude: Test sets whose sentences, on either side, must not be trained on: text files with
            a sentence a line, or JSON lines with texts in them.
        overlap: Words in a row that a pair may not share with a test sentence.
        leave_out: Kinds of text (``machine``) or files to leave out, to see what they bring.
        limit: Pairs to read of each file, for trials; 0 reads all.
        longest_source: Characters of Arabic; what the translator gives a model at most.
        least_arabic: Share of Arabic letters in the source.
        least_similarity: Cosine of a pair's sentence vectors below which it is misaligned.
        near_duplicate: Share of common word triples from which one of two English texts goes.
        pairs: Examples of one pass at most.
        told: Share of the examples that are told names and terms, as at run time.
        held_out: Examples kept apart for the loss on unseen text.
        longest: Tokens of one example, prompt and answer.
    """

    data: str
    exclude: tuple[str, ...]
    overlap: Positive = 6
    leave_out: tuple[str, ...] = ()
    limit: int = 0
    longest_source: Positive = 500
    least_arabic: float = 0.7
    least_similarity: float = 0.5
    near_duplicate: float = 0.7
    pairs: Positive = 250_000
    told: float = 0.5
    held_out: int = 1000
    longest: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 256  # two bytes in a file


class Tune(Record, frozen=True):
    """How the adapter is trained.

    Attributes:
        rank: Of the low-rank matrices.
        alpha: Their product counts ``alpha / rank``.
        dropout: Share of a low-rank input that is dropped.
        passes: How often every example is seen.
        steps: Optimizer steps; 0 means as many as the passes take.
        row: Tokens of one packed row; no less than an example may have.
        rows: Rows that go through the model together.
        accumulate: Such groups in one optimizer step.
        rate: Highest learning rate.
        warmup: Share of the steps in which it rises to that; then it falls along a cosine to a
            tenth.
        decay: Weight decay of AdamW.
        clip: Largest norm of the gradient.
        dtype: Of the frozen weights and of the arithmetic.
        device: ``auto`` takes a GPU where there is one.
        save_every: Steps between two checkpoints.
        check_every: Steps between two measurements of the loss on held-out examples.
        recompute: Recompute activations instead of keeping them; slower, and takes less memory.
        start: An exported adapter to begin from; empty begins from nothing.
    """

    rank: Positive = 16
    alpha: Positive = 32
    dropout: float = 0.05
    passes: float = 2.0
    steps: int = 0
    row: Positive = 1024
    rows: Positive = 8
    accumulate: Positive = 4
    rate: float = 2e-4
    warmup: float = 0.03
    decay: float = 0.0
    clip: float = 1.0
    dtype: Literal["bfloat16", "float32"] = "bfloat16"
    device: str = "auto"
    save_every: Positive = 100
    check_every: Positive = 200
    recompute: bool = False
    start: str = ""


class Export(Record, frozen=True):
    """What the adapter is called and how it is written.

    Attributes:
        id: Its name, ``owner/name``.
        version: Its version.
        licence: SPDX identifier.
        commercial: Whether that allows commercial use.
        form: Of its numbers.
    """

    id: str
    version: str
    licence: str
    commercial: bool = True
    form: Literal["f16", "q8_0"] = "f16"


class Measure(Record, frozen=True):
    """How base and adapted model are compared.

    Attributes:
        source: Arabic sentences, one a line.
        reference: Their English.
        stride: Lines are done in strides of so many, so that any beginning is a fair sample.
        lines: How many; 0 means all.
        retries: Candidates that a doubtful sentence gets besides the first.
        threads: CPU threads; 0 takes all.
    """

    source: str
    reference: str
    stride: Positive = 5
    lines: int = 0
    retries: int = 0
    threads: int = 0


class Config(Record, frozen=True):
    """A training run.

    Attributes:
        seed: Decides everything that chance decides.
        output: Folder of all that the run writes.
    """

    seed: int
    output: str
    base: BaseModel
    prepare: Prepare
    tune: Tune
    export: Export
    measure: Measure
    source: tuple[Origin, ...]

    @property
    def folder(self) -> Path:
        """Folder of all that the run writes."""
        return Path(self.output)

    def origin(self, name: str) -> Origin:
        """Return what is known of the file ``name``.

        Raises:
            OptionError: Nothing is: its licence must be known before it is trained on.
        """
        found = next((origin for origin in self.source if origin.name == name), None)
        if found is None:
            raise OptionError(
                f"{name} is no [[source]] of the configuration", "add it, with its licence"
            )
        return found


def read_config(path: Path) -> Config:
    """Read a configuration.

    Raises:
        OptionError: It is missing, not of that form, or does not fit together.
    """
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Config)
    except OSError as error:
        raise OptionError(f"{path} cannot be read ({error.strerror})", "check --config") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise OptionError(f"{path}: {error}", "mend the configuration") from error
    longest, row = read.prepare.longest, read.tune.row
    if longest > row:
        raise OptionError(
            f"{path}: an example may have {longest} tokens, and a row has {row}",
            "lower `longest` in [prepare], or raise `row` in [tune]",
        )
    return read


def fingerprint(*parts: object) -> str:
    """Return a short hash of settings: what was made under other ones is not continued."""
    raw = msgspec.json.encode([msgspec.to_builtins(part) for part in parts])
    return hashlib.blake2b(raw, digest_size=12).hexdigest()
