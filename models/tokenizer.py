"""Tokenizers: text to token ids and back, without the special tokens around a text.

The reference is the checkpoint's own, as transformers builds it. Importing transformers, and torch
with it, takes longer than loading a converted model, so conversion leaves a record beside the
tokenizer's files that says how to read them with the library underneath (see ``capture``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol

from mujaz.errors import ModelError
from mujaz.record import from_json

from .families import read_json
from .silence import first_line, quiet_transformers

RECORD = "mujaz-tokenizer.json"
SCHEMA = "mujaz.tokenizer/1"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tokenizer says about itself.

    Attributes:
        name: Its class in transformers.
        special: Ids of the special tokens, without the unknown one's.
        unknown: Id of the unknown token, if any.
        before: Ids that it puts before a text.
        behind: Ids that it puts behind a text.
        longest: Tokens of the longest input that it is made for; a very large number for any.
        language_last: Whether the source's language stands behind the text (NLLB's old way).
        two_vocabularies: Whether input and output are spelt in different vocabularies.
    """

    name: str
    special: tuple[int, ...]
    unknown: int | None
    before: tuple[int, ...]
    behind: tuple[int, ...]
    longest: int
    language_last: bool = False
    two_vocabularies: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """How to do without transformers.

    Attributes:
        kind: The library: ``tokenizers``, or ``sentencepiece`` with a table of ids.
        file: The library's own file, in the record's folder.
        facts: What transformers says about the tokenizer.
        table: JSON file of ids by piece, for ``sentencepiece``.
        added: Tokens → ids that stand in no file.
    """

    kind: Literal["tokenizers", "sentencepiece"]
    file: str
    facts: Facts
    table: str = ""
    added: dict[str, int] = field(default_factory=dict)


class Tokenizer(Protocol):
    """Reads and writes token ids. Spellings of special tokens in a text are read as text."""

    @property
    def facts(self) -> Facts:
        """What it says about itself."""
        ...

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Ids by token, special and language tokens included."""
        ...

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text alone."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``, without special tokens."""
        ...


class TransformersTokenizer:
    """The checkpoint's own tokenizer.

    Args:
        folder: Holds its files.

    Raises:
        ModelError: transformers cannot build one from them.
    """

    def __init__(self, folder: Path) -> None:
        from transformers import AutoTokenizer

        try:
            with quiet_transformers():
                self.inner: Any = AutoTokenizer.from_pretrained(
                    str(folder), local_files_only=True, trust_remote_code=False
                )
        except Exception as error:  # the library raises nearly everything, bare Exception included
            raise ModelError(
                f"the tokenizer in {folder} cannot be loaded ({first_line(error)})",
                "check that its tokenizer files are all there",
            ) from error

    @cached_property
    def facts(self) -> Facts:
        """What it says about itself."""
        inner = self.inner
        before, behind = self._frame()
        return Facts(
            name=type(inner).__name__,
            special=tuple(sorted(set(inner.all_special_ids) - {inner.unk_token_id})),
            unknown=inner.unk_token_id,
            before=before,
            behind=behind,
            longest=int(inner.model_max_length),
            language_last=bool(getattr(inner, "legacy_behaviour", False)),
            two_vocabularies=bool(getattr(inner, "separate_vocabs", False)),
        )

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Ids by token."""
        # M2M100Tokenizer keeps its languages out of its vocabulary, in transformers 5.
        return dict(self.inner.get_vocab() | getattr(self.inner, "lang_token_to_id", {}))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text alone."""
        return self._encode([_unmarked(text) for text in texts])

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``, without special tokens."""
        return str(
            self.inner.decode(
                list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
            )
        )

    def _frame(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the ids that the tokenizer by itself puts before and behind a text."""
        body, whole = self._encode(["نص"])[0], self._encode(["نص"], special=True)[0]
        at = next(i for i in range(len(whole)) if whole[i : i + len(body)] == body)
        return tuple(whole[:at]), tuple(whole[at + len(body) :])

    def _encode(self, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
        encoded = self.inner(
            list(texts),
            add_special_tokens=special,
            split_special_tokens=True,
            padding=False,
            truncation=False,
            verbose=False,
        )
        return [list(ids) for ids in encoded["input_ids"]]


class BackendTokenizer:
    """A tokenizer of the ``tokenizers`` library, which transformers' "fast" classes wrap."""

    def __init__(self, folder: Path, capture: Capture) -> None:
        import tokenizers

        self.facts = capture.facts
        self._inner = tokenizers.Tokenizer.from_file(str(folder / capture.file))
        self._inner.no_padding()
        self._inner.no_truncation()
        self._inner.encode_special_tokens = True

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Ids by token."""
        return dict(self._inner.get_vocab(with_added_tokens=True))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text alone."""
        marked = [_unmarked(text) for text in texts]
        return [list(e.ids) for e in self._inner.encode_batch(marked, add_special_tokens=False)]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``, without special tokens."""
        return str(self._inner.decode(list(ids), skip_special_tokens=True))


class PieceTokenizer:
    """SentencePiece with ids of the checkpoint's own (Marian, M2M-100)."""

    def __init__(self, folder: Path, capture: Capture) -> None:
        import sentencepiece

        self.facts = capture.facts
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / capture.file))
        self.vocabulary: Mapping[str, int] = read_json(folder / capture.table) | capture.added
        self._names = {id: token for token, id in self.vocabulary.items()}
        if capture.facts.unknown is None:
            raise ModelError(f"the tokenizer in {folder} has no unknown token", "convert it again")
        self._unknown = capture.facts.unknown
        self._skipped = {*capture.facts.special, self._unknown}

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text alone."""
        ids, unknown = self.vocabulary, self._unknown
        # As strings: what SentencePiece does not know can still have an id.
        return [
            [
                ids.get(piece, unknown)
                for piece in self._pieces.encode(_unmarked(text), out_type=str)
            ]
            for text in texts
        ]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``, without special tokens."""
        names = [self._names[id] for id in ids if id not in self._skipped]
        return str(self._pieces.decode_pieces(names)).replace("▁", " ").strip()


_READERS: dict[str, Callable[[Path, Capture], Tokenizer]] = {
    "tokenizers": BackendTokenizer,
    "sentencepiece": PieceTokenizer,
}


def open_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of ``folder``, without transformers where a record says how.

    Raises:
        ModelError: Its files are missing or broken.
        RecordError: The record has another form.
    """
    record = folder / RECORD
    if not record.is_file():
        return TransformersTokenizer(folder)
    return read_capture(folder, from_json(record.read_bytes(), Capture, SCHEMA))


def read_capture(folder: Path, capture: Capture) -> Tokenizer:
    """Return the tokenizer that ``capture`` describes.

    Raises:
        ModelError: Its files are missing or broken.
    """
    try:
        return _READERS[capture.kind](folder, capture)
    except ModelError:
        raise
    except Exception as error:  # the libraries raise bare Exceptions
        raise ModelError(
            f"the tokenizer in {folder} cannot be loaded ({error})", "convert the checkpoint again"
        ) from error


def _unmarked(text: str) -> str:
    # MarianTokenizer takes a leading ">>…<<" of the text for a language code.
    return f" {text}" if text.startswith(">>") else text
