"""Captures: tokenizers read without transformers, and the proof that they give the same ids."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from mujaz.errors import ModelError
from mujaz.record import to_json

from .tokenizer import (
    RECORD,
    SCHEMA,
    Capture,
    Tokenizer,
    TransformersTokenizer,
    read_capture,
)

# The library's file that a "fast" tokenizer is written to where its own does not serve.
_BACKEND = "mujaz-tokenizer-backend.json"
# SentencePiece files that read the source, by the tables beside them (Marian's, M2M-100's).
_PIECES = ("source.spm", "sentencepiece.bpe.model")
_TABLE = "vocab.json"

# What tokenizers differ in: marks, digits, spaces, case, joined and unknown characters, spellings
# of special tokens.
_PROBES = (
    "",
    " ",
    "\t مساء الخير \n",
    "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين في الجنوب.",
    "قال الوزير: «سنبدأ في ٢٠٢٤/٣/١٥ بكلفة ١٫٥ مليون دولار» (رويترز)؟",
    "العَرَبِيَّةُ الـــكتاب ﻻ ﷲ إأآؤئ یک",
    "WHO و UNICEF وصلتا إلى Baghdad في 07:30, 3.14%",
    "naïve Straße Ünal Łódź – “quotes” … ½ ² ™ ﬁ",
    "中文 и русский 😀👩‍👩‍👧 \u200f\u200e\u00a0\u2009\ufeff",
    ">>eng<< نص </s> <pad> <unk> <s> eng_Latn __en__ <2en> <extra_id_0>",
    "ا" * 300,
)
_SAMPLES = 200
_SAMPLE_LENGTH = 12


def capture(reference: TransformersTokenizer, folder: Path) -> bool:
    """Write into ``folder`` how to read its tokenizer without transformers, if that can be done.

    Args:
        reference: The tokenizer as transformers builds it.
        folder: Holds the tokenizer's files.

    Returns:
        Whether a way was found that gives what ``reference`` gives (see ``agrees``).
    """
    for candidate in _candidates(reference, folder):
        try:
            alike = agrees(read_capture(folder, candidate), reference)
        except ModelError:
            continue
        if alike:
            text = to_json(candidate, SCHEMA, indent=2)
            (folder / RECORD).write_text(text + "\n", encoding="utf-8")
            return True
    (folder / _BACKEND).unlink(missing_ok=True)
    return False


def agrees(one: Tokenizer, other: Tokenizer) -> bool:
    """Return whether two tokenizers have one vocabulary, and read and write alike.

    Compared are texts that tokenizers are known to differ in, texts spelt from the vocabulary, and
    rows of ids from all over it, drawn at random with a fixed seed.
    """
    if one.facts != other.facts or one.vocabulary != other.vocabulary:
        return False
    texts, rows = _probes(other)
    if one.encode(texts) != other.encode(texts):
        return False
    try:
        return all(one.decode(row) == other.decode(row) for row in rows)
    except (LookupError, ValueError):
        return False


def _candidates(reference: TransformersTokenizer, folder: Path) -> Iterator[Capture]:
    facts = reference.facts
    backend = getattr(reference.inner, "backend_tokenizer", None)
    if backend is not None:
        if (folder / "tokenizer.json").is_file():
            yield Capture("tokenizers", "tokenizer.json", facts)
        backend.save(str(folder / _BACKEND))
        yield Capture("tokenizers", _BACKEND, facts)
    elif (folder / _TABLE).is_file() and not facts.two_vocabularies:
        from .families import read_json

        table = read_json(folder / _TABLE)
        added = {t: id for t, id in reference.vocabulary.items() if table.get(t) != id}
        for name in _PIECES:
            if (folder / name).is_file():
                yield Capture("sentencepiece", name, facts, _TABLE, added)


def _probes(tokenizer: Tokenizer) -> tuple[list[str], list[list[int]]]:
    chance = random.Random(7)
    tokens: Sequence[str] = sorted(tokenizer.vocabulary)
    drawn = [chance.choices(tokens, k=_SAMPLE_LENGTH) for _ in range(_SAMPLES)]
    spelt = ["".join(row).replace("▁", " ") for row in drawn]
    texts = [*_PROBES, *spelt, *(" ".join(row) for row in drawn[: _SAMPLES // 4])]
    return texts, [[tokenizer.vocabulary[token] for token in row] for row in drawn]
