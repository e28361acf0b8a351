"""Text to token ids and back, as one sequence-to-sequence checkpoint wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mujaz.errors import EngineError, ModelError

from .engine import GenerationOptions
from .families import Family, OwnSettings, Route, family_of, own_settings, read_json, route
from .silence import quiet_transformers

# Inputs that T5-like models without position limits were pre-trained on: 512 tokens for T5
# (Raffel et al. 2020, section 3.1.4), 1,024 for mT5 (Xue et al. 2021, section 3.2).
_T5_INPUT = {"t5": 512}
_INPUT = 1024
# Tokenizers say "no limit" with a number of this order.
_UNLIMITED = 1_000_000


class Codec:
    """The tokenizer of a checkpoint, its languages and its limits.

    Args:
        folder: Holds the tokenizer, ``config.json`` and, if any, ``generation_config.json``.

    Attributes:
        family: How the model is told its languages.
        codes: The language codes that its vocabulary has.
        own: The decoding settings that it recommends.
        vocabulary_size: Rows of the output layer.
        max_input_tokens: Longest input, special tokens included.
        max_new_tokens: Longest output; ``None`` where the decoder has no positions.

    Raises:
        ModelError: The files are missing, broken, or not those of a usable tokenizer.
    """

    family: Family
    own: OwnSettings

    def __init__(self, folder: Path) -> None:
        config = read_json(folder / "config.json")
        self.own = own_settings(folder)
        self._tokenizer = _load_tokenizer(folder)
        self.vocabulary_size = int(config.get("vocab_size") or len(self._tokenizer))
        # M2M100Tokenizer keeps its languages out of its vocabulary, in transformers 5.
        known = self._tokenizer.get_vocab() | getattr(self._tokenizer, "lang_token_to_id", {})
        self._ids: dict[str, int] = {t: id for t, id in known.items() if id < self.vocabulary_size}
        self.family = family_of(config, type(self._tokenizer).__name__, self._ids)
        self.codes = self.family.codes(self._ids)
        positions = config.get("max_position_embeddings") or config.get("n_positions")
        limits = [
            positions or _T5_INPUT.get(config.get("model_type", ""), _INPUT),
            self._tokenizer.model_max_length,
        ]
        self.max_input_tokens = int(min(limit for limit in limits if limit < _UNLIMITED))
        # The decoder's positions hold the start token too.
        self.max_new_tokens: int | None = None
        if config.get("max_position_embeddings"):
            self.max_new_tokens = int(config["max_position_embeddings"]) - 1
        special = set(self._tokenizer.all_special_ids) - {self._tokenizer.unk_token_id}
        self._special = special.union(self._code_id(code) for code in self.codes)
        self._before, self._behind = self._frame()
        if self.family.layout == "own" and not set(self._behind) & set(self.own.ends):
            raise ModelError(
                f"the tokenizer in {folder} adds no end token",
                "give a folder with the tokenizer.json that belongs to the model",
            )

    def route(self, options: GenerationOptions) -> Route:
        """Settle the languages that ``options`` ask for.

        Raises:
            EngineError: A code is unknown or cannot be served.
        """
        own = None
        if self.own.first is not None and self.family.aim == "first":
            own = next((code for code in self.codes if self._code_id(code) == self.own.first), None)
        return route(self.family, self.codes, options.source, options.target, own)

    def encode(self, texts: Sequence[str], way: Route) -> list[list[int]]:
        """Return the ids of each text, special tokens included.

        Spellings of special tokens inside a text are read as text, never obeyed.

        Raises:
            EngineError: The tokenizer makes ids that the model has no rows for.
        """
        if not texts:
            return []
        before, behind = self._before, self._behind
        if self.family.layout != "own":
            source, end = self.id(way.source), self.own.ends[0]
            legacy = bool(getattr(self._tokenizer, "legacy_behaviour", False))
            last = legacy or self.family.layout == "text end code"
            before, behind = ([], [end, source]) if last else ([source], [end])
        encoded = [[*before, *body, *behind] for body in self._bodies(texts)]
        if way.prefix:
            encoded = [[self.id(way.prefix), *ids] for ids in encoded]
        if any(max(ids) >= self.vocabulary_size for ids in encoded):
            raise EngineError(
                f"the tokenizer knows more tokens than the model has ({self.vocabulary_size})",
                "give the tokenizer files that belong to the model",
            )
        return encoded

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of output ids, without special tokens, stripped."""
        text = self._tokenizer.decode(
            # M2M100's languages are not special to its tokenizer.
            [id for id in ids if id not in self._special],
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        return str(text).strip()

    def id(self, token: str) -> int:
        """Return the id of a token that the vocabulary has."""
        return self._ids[token]

    def tokens(self, count: int) -> list[str]:
        """Return a name for each of the first ``count`` ids, no two alike."""
        names = {id: token for token, id in self._ids.items()}
        return [names.get(id, f"<row {id}>") for id in range(count)]

    @property
    def two_vocabularies(self) -> bool:
        """Whether input and output are spelt in different vocabularies (some Marian models)."""
        return bool(getattr(self._tokenizer, "separate_vocabs", False))

    def first(self, way: Route) -> int | None:
        """Return the id that the output is forced to begin with, if any."""
        return self.id(way.first) if way.first else self.own.first

    def start(self, way: Route) -> int:
        """Return the id that the decoder starts from.

        Raises:
            ModelError: The checkpoint names none.
        """
        if way.start:
            return self.id(way.start)
        if self.own.start is None:
            raise ModelError(
                "the checkpoint names no decoder start token",
                "set decoder_start_token_id in its generation_config.json",
            )
        return self.own.start

    def _code_id(self, code: str) -> int:
        return self._ids[self.family.token.format(code)]

    def _bodies(self, texts: Sequence[str]) -> list[list[int]]:
        # MarianTokenizer takes a leading ">>…<<" of the text for a language code.
        guarded = [f" {text}" if text.startswith(">>") else text for text in texts]
        # Some vocabularies hold "</s>" and the like as pieces, which a text must not write either.
        return [[id for id in ids if id not in self._special] for ids in self._encode(guarded)]

    def _frame(self) -> tuple[list[int], list[int]]:
        """Return the ids that the tokenizer by itself puts before and behind a text."""
        body, whole = self._encode(["نص"])[0], self._encode(["نص"], special=True)[0]
        at = next(i for i in range(len(whole)) if whole[i : i + len(body)] == body)
        return whole[:at], whole[at + len(body) :]

    def _encode(self, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
        encoded = self._tokenizer(
            list(texts),
            add_special_tokens=special,
            split_special_tokens=True,
            padding=False,
            truncation=False,
            verbose=False,
        )
        return [list(ids) for ids in encoded["input_ids"]]


def _load_tokenizer(folder: Path) -> Any:  # noqa: ANN401 - a class of transformers, untyped here
    from transformers import AutoTokenizer

    try:
        with quiet_transformers():
            return AutoTokenizer.from_pretrained(
                str(folder), local_files_only=True, trust_remote_code=False
            )
    except Exception as error:  # the library raises nearly everything, bare Exception included
        raise ModelError(
            f"the tokenizer in {folder} cannot be loaded ({_first_line(error)})",
            "check that its tokenizer files are all there",
        ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
