"""A headline for a brief whose article has none."""

from __future__ import annotations

import re

from mujaz.arabic import find_english_numbers, match_numbers
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
_FEWEST_WORDS = 3
# Words before a cut that make a beginning worth standing alone.
_LEAST_BEGINNING = 6
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s(?:where|which|while|during|adding|noting|stressing)\b")
# A headline with one of these more or fewer than its sentence says the opposite.
_NEGATIONS = (
    "no not never none nobody nothing without neither nor cannot can't won't didn't doesn't don't "
    "isn't aren't wasn't weren't hasn't haven't hadn't deny denies denied denying refuse refuses "
    "refused reject rejects rejected fail fails failed"
)
# Words that no beginning should end in.
_DANGLING = (
    "a an the about of in on at to for from by with and or but that as than his her its their "
    "not no was were is are be been has have had will would"
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+$")


def headline(sentence: str, engine: Engine | None) -> str:
    """Return a headline of what ``sentence`` says.

    A model's headline is taken only when every name and number in it stands in the sentence, it
    denies what the sentence denies, and no more than a third of its other words are new; else the
    sentence's own beginning is cut at a clause. No name and no number can come in that the
    sentence does not have.

    Args:
        sentence: The brief's first sentence, in English.
        engine: An instruction-tuned model, or ``None``.
    """
    if engine and engine.follows_instructions and len(sentence.split()) > _MOST_WORDS:
        options = GenerationOptions(max_new_tokens=40, latin_only=True)
        prompt = Prompt(sentence, system=_SYSTEM, turns=_TURNS)
        answer = engine.generate([prompt], options)[0]
        written = unstopped(polish(answer.text))
        if answer.stop == "end" and is_faithful(written, sentence):
            return written
    return beginning(sentence)


def unstopped(text: str) -> str:
    """Return ``text`` without its full stop; that of an abbreviation (U.S.) stays."""
    if not text.endswith(".") or text.endswith("..") or _INITIALS.search(text):
        return text
    return text[:-1]


def is_faithful(written: str, sentence: str) -> bool:
    """Say whether the headline ``written`` brings in nothing that ``sentence`` does not say."""
    words = _WORD.findall(written)
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    said = _WORD.findall(sentence)
    known = {_stem(part) for word in said for part in (word, *word.split("-"))}
    new = [word for word in words if _stem(word) not in known]
    # The first word's capital may be a sentence's or a name's: new ones are refused alike.
    if any(word != word.lower() or _is_number(word) for word in new):
        return False
    if match_numbers(find_english_numbers(sentence), find_english_numbers(written)).added:
        return False
    if _negations(words) != _negations(said):
        return False
    return len(new) * 3 <= len(words)


def beginning(sentence: str) -> str:
    """Return the beginning of ``sentence``, cut at a clause, never inside a number or a name."""
    words = list(re.finditer(r"\S+", sentence))
    if len(words) <= _MOST_WORDS:
        return unstopped(sentence)
    head = sentence[: words[_MOST_WORDS - 1].end()]
    numbers = [(n.start, n.end) for n in find_english_numbers(sentence)]
    for clause in reversed(list(_CLAUSE.finditer(head))):
        at = clause.start()
        whole = not any(start < at < end for start, end in numbers)
        if whole and len(head[:at].split()) >= _LEAST_BEGINNING:
            return head[:at].rstrip(",;: ")
    count = _MOST_WORDS
    while count > _LEAST_BEGINNING:
        last, following = words[count - 1], words[count]
        split_number = any(start < following.start() < end for start, end in numbers)
        split_name = last[0][0].isupper() and following[0][0].isupper()
        if not (split_number or split_name or last[0].lower() in _DANGLING.split()):
            break
        count -= 1
    return sentence[: words[count - 1].end()].rstrip(",;:") + " …"


def _is_number(word: str) -> bool:
    return any(c.isdigit() for c in word) or bool(find_english_numbers(word))


def _negations(words: list[str]) -> bool:
    return any(word.lower().replace("’", "'") in _NEGATIONS.split() for word in words)


def _stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word
