"""A headline for a brief whose article has none."""

from __future__ import annotations

import re

from mujaz.models.engine import Engine, GenerationOptions, Prompt, Turn
from mujaz.translate import polish

_SYSTEM = (
    "Write a news headline of at most 12 words for the English sentence. Use only what it says."
)
_TURNS = (
    Turn(
        "Morocco's finance minister announced on Wednesday that the economy grew by 3.4 percent in "
        "the second quarter of the year, compared with 2.9 percent a year earlier.",
        "Morocco's economy grew 3.4 percent in second quarter, minister says",
    ),
)
_MOST_WORDS = 14
_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,'-][A-Za-z0-9]+)*")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s(?:where|which|while|during|adding|noting|stressing)\b")


def headline(sentence: str, engine: Engine | None) -> str:
    """Return a headline of what ``sentence`` says.

    A model's headline is taken only when every name and number in it stands in the sentence and
    no more than a third of its other words are new; else the sentence's own beginning is cut at a
    clause. Nothing can come in that the sentence does not say.

    Args:
        sentence: The brief's first sentence, in English.
        engine: An instruction-tuned model, or ``None``.
    """
    if engine and engine.follows_instructions and len(_WORD.findall(sentence)) > _MOST_WORDS:
        options = GenerationOptions(max_new_tokens=40, latin_only=True)
        prompt = Prompt(sentence, system=_SYSTEM, turns=_TURNS)
        written = polish(engine.generate([prompt], options)[0].text).rstrip(".")
        if _faithful(written, sentence):
            return written
    return _beginning(sentence)


def _faithful(written: str, sentence: str) -> bool:
    words = _WORD.findall(written)
    if not 3 <= len(words) <= _MOST_WORDS:
        return False
    known = {_stem(w) for w in _WORD.findall(sentence)}
    new = [w for w in words if _stem(w) not in known]
    if any(w[0].isupper() or any(c.isdigit() for c in w) for w in new[:] if w != words[0]):
        return False
    return len(new) * 3 <= len(words)


def _stem(word: str) -> str:
    word = word.lower().removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _beginning(sentence: str) -> str:
    words = sentence.split()
    if len(words) <= _MOST_WORDS:
        return sentence.rstrip(".")
    head = " ".join(words[:_MOST_WORDS])
    cuts = [m.start() for m in _CLAUSE.finditer(head) if head[: m.start()].count(" ") >= 5]
    return head[: cuts[-1]] if cuts else head.rstrip(",;:") + " …"
