"""Text to token ids and back, as one sequence-to-sequence checkpoint wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mujaz.errors import EngineError, ModelError

from .engine import GenerationOptions
from .families import Family, OwnSettings, Route, family_of, own_settings, read_json, route
from .tokenizer import Tokenizer, open_tokenizer

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
        tokenizer: Reads and writes the ids.
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
        self.tokenizer: Tokenizer = open_tokenizer(folder)
        facts, known = self.tokenizer.facts, self.tokenizer.vocabulary
        self.vocabulary_size = int(config.get("vocab_size") or len(known))
        self._ids: dict[str, int] = {t: id for t, id in known.items() if id < self.vocabulary_size}
        self.family = family_of(config, facts.name, self._ids)
        self.codes = self.family.codes(self._ids)
        positions = config.get("max_position_embeddings") or config.get("n_positions")
        limits = [
            positions or _T5_INPUT.get(config.get("model_type", ""), _INPUT),
            facts.longest,
        ]
        self.max_input_tokens = int(min(limit for limit in limits if limit < _UNLIMITED))
        # The decoder's positions hold the start token too.
        self.max_new_tokens: int | None = None
        if config.get("max_position_embeddings"):
            self.max_new_tokens = int(config["max_position_embeddings"]) - 1
        # M2M100's languages are not special to its tokenizer.
        self._special = {*facts.special, *(self._code_id(code) for code in self.codes)}
        # Rows without a token stand for nothing; some models have a few.
        self._written = set(self._ids.values()) - self._special
        if self.family.layout == "own" and not set(facts.behind) & set(self.own.ends):
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
        before, behind = list(self.tokenizer.facts.before), list(self.tokenizer.facts.behind)
        if self.family.layout != "own":
            source, end = self.id(way.source), self.own.ends[0]
            last = self.tokenizer.facts.language_last or self.family.layout == "text end code"
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
        return self.tokenizer.decode([id for id in ids if id in self._written]).strip()

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
        return self.tokenizer.facts.two_vocabularies

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
        # Some vocabularies hold "</s>" and the like as pieces, which a text must not write.
        return [[i for i in ids if i not in self._special] for ids in self.tokenizer.encode(texts)]
