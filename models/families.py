"""Families of sequence-to-sequence models: how each is told its languages, and its own settings.

Nothing here loads weights; it reads the JSON files beside them and the tokenizer's vocabulary.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mujaz.errors import EngineError, ModelError

Layout = Literal["own", "code text end", "text end code"]
Aim = Literal["none", "first", "start", "prefix"]


@dataclass(frozen=True, slots=True)
class Family:
    """How one family of checkpoints is told the languages.

    Attributes:
        name: ``marian``, ``mbart``, ``mbart25``, ``mbart50``, ``nllb``, ``m2m100``, ``t5``,
            ``madlad`` or ``other``.
        token: Spelling of a language's token in the vocabulary, ``{}`` standing for the code.
        code: Regular expression of a code.
        source: Default source code; empty where the family takes none.
        targets: Default target codes, the first that the vocabulary has is taken.
        layout: Where the source's token stands in the input: ``own`` leaves all special tokens to
            the tokenizer.
        aim: How the target is named: as the ``first`` output token, as the decoder's ``start``
            token, as a ``prefix`` of the input, or not at all.
    """

    name: str
    token: str = ""
    code: str = ""
    source: str = ""
    targets: tuple[str, ...] = ()
    layout: Layout = "own"
    aim: Aim = "none"

    def codes(self, vocabulary: Iterable[str]) -> frozenset[str]:
        """Return the language codes that ``vocabulary`` (its tokens) has."""
        if not self.token:
            return frozenset()
        left, right = self.token.split("{}")
        pattern = re.compile(f"{re.escape(left)}({self.code}){re.escape(right)}")
        return frozenset(m.group(1) for token in vocabulary if (m := pattern.fullmatch(token)))


# Codes and layouts as the authors' tokenizers write them: fairseq's multilingual models put the
# language on both sides, Marian and MADLAD-400 ask for the target in front of the source.
MARIAN = Family(
    "marian", token=">>{}<<", code=r"[A-Za-z_@-]{2,}", targets=("eng", "en"), aim="prefix"
)
MBART = Family("mbart")
MBART25 = Family(
    "mbart25",
    token="{}",
    code=r"[a-z]{2}_[A-Z]{2}",
    source="ar_AR",
    targets=("en_XX",),
    layout="text end code",
    aim="start",
)
MBART50 = Family(
    "mbart50",
    token="{}",
    code=r"[a-z]{2}_[A-Z]{2}",
    source="ar_AR",
    targets=("en_XX",),
    layout="code text end",
    aim="first",
)
NLLB = Family(
    "nllb",
    token="{}",
    code=r"[a-z]{3}_[A-Z][a-z]{3}",
    source="arb_Arab",
    targets=("eng_Latn",),
    layout="code text end",
    aim="first",
)
M2M100 = Family(
    "m2m100",
    token="__{}__",
    code=r"[a-z]{2,3}",
    source="ar",
    targets=("en",),
    layout="code text end",
    aim="first",
)
T5 = Family("t5")
MADLAD = Family("madlad", token="<2{}>", code=r"[A-Za-z_]{2,}", targets=("en",), aim="prefix")
OTHER = Family("other")


def family_of(config: Mapping[str, Any], tokenizer: str, vocabulary: Mapping[str, int]) -> Family:
    """Tell the family of a checkpoint from its own files.

    Args:
        config: The checkpoint's ``config.json``.
        tokenizer: Name of the tokenizer's class.
        vocabulary: Token → id, without tokens that the weights have no row for.
    """
    kind = config.get("model_type")
    if kind == "marian":
        return MARIAN
    if kind == "m2m_100":
        return NLLB if NLLB.targets[0] in vocabulary else M2M100
    if kind == "mbart":
        if MBART50.source not in vocabulary:
            return MBART
        return MBART50 if "MBart50" in tokenizer else MBART25
    if kind in {"t5", "mt5", "umt5"}:
        return MADLAD if MADLAD.token.format("en") in vocabulary else T5
    return OTHER


@dataclass(frozen=True, slots=True)
class Route:
    """The languages of one call, as tokens.

    Attributes:
        source: Token that names the source in the input; empty where none does.
        prefix: Token in front of the input that names the target; likewise.
        first: Token that the output is forced to begin with; likewise.
        start: Token that the decoder starts from; empty for the model's usual one.
    """

    source: str = ""
    prefix: str = ""
    first: str = ""
    start: str = ""


def route(
    family: Family,
    codes: frozenset[str],
    source: str | None,
    target: str | None,
    own_target: str | None = None,
) -> Route:
    """Settle the languages of one call.

    Args:
        family: The model's family.
        codes: The codes that the model's vocabulary has.
        source: Code that was asked for, or ``None`` for Arabic.
        target: Code that was asked for, or ``None`` for the model's own, else English.
        own_target: Code that the checkpoint's own settings force, if any.

    Raises:
        EngineError: A code is unknown, or the model takes none, or needs one and got none.
    """
    takes_source = bool(codes) and family.layout != "own"
    if source is not None and not takes_source:
        raise EngineError(
            f"source language {source!r} given, but this {family.name} model takes no source code",
            "leave it out",
        )
    if target is not None and not codes:
        raise EngineError(
            f"target language {target!r} given, but this {family.name} model has no language codes",
            "leave it out",
        )
    if not codes:
        return Route()
    chosen = target if target is not None else _default_target(family, codes, own_target)
    aim = family.token.format(_known(chosen, codes))
    heard = ""
    if takes_source:
        heard = family.token.format(_known(family.source if source is None else source, codes))
    return Route(
        source=heard,
        prefix=aim if family.aim == "prefix" else "",
        first=aim if family.aim == "first" else "",
        start=aim if family.aim == "start" else "",
    )


def _default_target(family: Family, codes: frozenset[str], own: str | None) -> str:
    for code in (own, *family.targets):
        if code in codes:
            return str(code)
    raise EngineError(
        "this model writes several languages, none of them English by its usual code",
        f"give a target, such as {', '.join(sorted(codes)[:5])}",
    )


def _known(code: str, codes: frozenset[str]) -> str:
    if code in codes:
        return code
    # "en" for "eng_Latn", "AR" for "ar_AR": the same beginning says more than letters in common.
    begin = code.lower()[:2]
    near = sorted(c for c in codes if begin and c.lower().startswith(begin))
    near += [c for c in difflib.get_close_matches(code, sorted(codes)) if c not in near]
    hint = ", ".join(near[:5] or sorted(codes)[:5])
    raise EngineError(f"the model does not know the language code {code!r}", f"try one of: {hint}")


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """Decoding settings that a checkpoint recommends for itself; ``None`` where it says nothing.

    Attributes:
        start: Id of the token that the decoder starts from.
        ends: Ids that end the output.
        pad: Id of the padding.
        first: Id that the output is forced to begin with.
        banned: Ids that are never written.
        beams: Beam width.
        length_penalty: Exponent of the length in the beam's score.
        no_repeat_ngram: Size of n-grams that may not occur twice.
        repetition_penalty: Divisor of the scores of tokens already written.
        max_new_tokens: Upper limit of the output.
        min_new_tokens: Lower limit of the output.
    """

    start: int | None
    ends: tuple[int, ...]
    pad: int
    first: int | None = None
    banned: tuple[int, ...] = ()
    beams: int | None = None
    length_penalty: float | None = None
    no_repeat_ngram: int | None = None
    repetition_penalty: float | None = None
    max_new_tokens: int | None = None
    min_new_tokens: int | None = None


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in ``path``.

    Raises:
        ModelError: The file is missing, or holds no JSON object.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} cannot be read as JSON ({error})", "fetch the model again"
        ) from error
    if not isinstance(data, dict):
        raise ModelError(f"{path} is not a JSON object", "fetch it again")
    return data


# max_length of transformers' own default, which cuts every text at 20 tokens: nobody's choice.
_SILENT_MAX_LENGTH = 20


def own_settings(folder: Path) -> OwnSettings:
    """Read a checkpoint's recommended settings.

    ``generation_config.json`` speaks alone where it is there; older checkpoints have the same keys
    in ``config.json``. Ids of special tokens are taken from either. ``forced_eos_token_id`` is left
    out on purpose: it makes a text that was cut look as if it had ended.

    Raises:
        ModelError: A file is broken, or no end token is named.
    """
    config = read_json(folder / "config.json")
    file = folder / "generation_config.json"
    said = read_json(file) if file.is_file() else config

    def special(key: str) -> Any:  # noqa: ANN401 - an id, a list of ids, or nothing
        return config.get(key) if said.get(key) is None else said[key]

    ends = special("eos_token_id")
    if ends is None:
        raise ModelError(f"{folder} names no end token", "set eos_token_id in its config.json")
    ends = tuple(ends) if isinstance(ends, list) else (ends,)
    pad = special("pad_token_id")
    longest, fewest = said.get("max_new_tokens"), said.get("min_new_tokens")
    if longest is None and (said.get("max_length") or 0) > _SILENT_MAX_LENGTH:
        longest = said["max_length"] - 1  # max_length counts the start token
    if fewest is None and said.get("min_length"):
        fewest = max(0, said["min_length"] - 1)
    return OwnSettings(
        start=special("decoder_start_token_id"),
        ends=ends,
        pad=ends[0] if pad is None else pad,
        first=special("forced_bos_token_id"),
        banned=tuple(ids[0] for ids in said.get("bad_words_ids") or () if len(ids) == 1),
        beams=said.get("num_beams"),
        length_penalty=said.get("length_penalty"),
        no_repeat_ngram=said.get("no_repeat_ngram_size"),
        repetition_penalty=said.get("repetition_penalty"),
        max_new_tokens=longest,
        min_new_tokens=fewest,
    )
