"""The forms in which an entry of a glossary stands in a text, beyond the one that was written.

Particles before a word are the matcher's business (`mujaz.arabic.proclitics`). Here are the article
and the endings, of which only those are derived that hardly ever make another word:

* the article: ``كتيبة`` is also ``الكتيبة``; of several words without one either all take it
  (``محكمة دستورية``, ``المحكمة الدستورية``) or the last alone (``وزير الدفاع``); where all have it,
  they go without it as well, but a single word keeps it (``النورس``, Al-Nawras, is no gull);
* possessives on a last word without the article: ``شركة``, ``شركتها``. ه alone only behind ة, for
  without it ``ملكه`` would be ``ملكة``, and ي never, for ``سعودي`` is not Saud's;
* the alef of the accusative, on words of four letters and more that can take it: ``مجلسا``;
* feminine and plural of a relative adjective of five letters and more: ``بلوشي``, ``بلوشية``;
* dual and plural of ة: ``كتيبتا القسام``, ``شركات``. Other duals and plurals are not derived, for
  ``حمدان`` is not two of ``حمد``: a glossary lists them beside each other, ``كتيبة | كتائب``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ARTICLE = "ال"
_POSSESSIVES = ("ها", "هم", "هما", "هن", "نا")
_RELATIVE = ("ية", "يين", "يون", "يات")
_DUAL = ("تان", "تين")
# Before a word in the genitive and before possessives the dual loses its ن.
_BOUND = ("تا", "تي", "ات")
_WORD = re.compile("[\u0621-\u064a]+")
_NO_ACCUSATIVE = ("ة", "ا", "ى", "ي", "ء", "و")
# Letters from which a word takes possessives, the accusative, and the endings of an adjective.
_SHORTEST, _SHORTEST_ACCUSATIVE, _SHORTEST_RELATIVE = 3, 4, 5


def singular_forms(form: str) -> set[str]:
    """Return the further forms of ``form`` that mean one of it; ``form`` itself is not among them.

    Args:
        form: Arabic words with one space between them, without vowel signs.
    """
    words = form.split(" ")
    if not all(map(_WORD.fullmatch, words)):
        return set()
    found = set(_with_articles(words))
    *front, last = words
    if not _definite(last):
        found |= {" ".join([*front, owned]) for owned in _owned(last)}
    if not any(map(_definite, words)):
        found.add(" ".join(map(_accusative, words)))
        if len(words) == 1 and last.endswith("ي") and len(last) >= _SHORTEST_RELATIVE:
            bent = [last[:-1] + ending for ending in _RELATIVE]
            found |= {*bent, *(_ARTICLE + word for word in bent)}
    return found - {form}


def plural_forms(form: str) -> set[str]:
    """Return the forms of ``form`` that mean two or more of it, where its ة gives them away."""
    words = form.split(" ")
    first, *rest = words
    if not all(map(_WORD.fullmatch, words)) or not first.endswith("ة") or len(first) < _SHORTEST:
        return set()
    stem = first[:-1]
    if rest:
        return {" ".join([stem + ending, *rest]) for ending in _BOUND} | (
            {" ".join(stem + word for stem, word in zip(map(_stem, words), many, strict=True))
             for many in (["تان"] * len(words), ["تين"] * len(words), ["ات"] * len(words))}
            if all(word.endswith("ة") for word in words)
            else set()
        )  # fmt: skip
    found = {stem + ending for ending in (*_DUAL, *_BOUND)}
    if not _definite(first):
        found |= {_ARTICLE + stem + ending for ending in (*_DUAL, "ات")}
        found |= {stem + ending + owner for ending in _BOUND for owner in ("ه", *_POSSESSIVES)}
    return found


def english_plural(form: str) -> str:
    """Return the regular plural of an English term, of what stands before *of* where it has one."""
    head, of, rest = form.partition(" of ")
    if head.lower().endswith("s"):
        return form
    if re.search("(?:x|z|ch|sh)$", head, re.IGNORECASE):
        head += "es"
    elif re.search("[^aeiouAEIOU]y$", head):
        head = head[:-1] + "ies"
    else:
        head += "s"
    return head + of + rest


def _with_articles(words: list[str]) -> Iterator[str]:
    definite = [_definite(word) for word in words]
    if not any(definite):
        yield " ".join(_ARTICLE + word for word in words)
        yield " ".join([*words[:-1], _ARTICLE + words[-1]])
    elif all(definite) and len(words) > 1:
        yield " ".join(word.removeprefix(_ARTICLE) for word in words)


def _definite(word: str) -> bool:
    return len(word) > 3 and word.startswith(_ARTICLE)


def _owned(word: str) -> Iterator[str]:
    """Yield a word with possessives."""
    if len(word) < _SHORTEST:
        return
    feminine = word.endswith("ة")
    base = word[:-1] + "ت" if feminine else word[:-1] + "ا" if word.endswith("ى") else word
    for owner in (*_POSSESSIVES, *(("ه",) if feminine else ())):
        yield base + owner


def _accusative(word: str) -> str:
    fits = len(word) >= _SHORTEST_ACCUSATIVE and not word.endswith(_NO_ACCUSATIVE)
    return word + "ا" if fits else word


def _stem(word: str) -> str:
    return word[:-1]
