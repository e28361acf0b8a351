r"""What a word is to ROUGE: four definitions, one a variant.

- ``arabic``: runs of letters and digits of any script, after the comparison folding of
  `mujaz.arabic.fold`: diacritics, tatweel, case, the forms of alif and digits do not count.
- ``words``: the plain ``\w+`` of Python's ``re`` in lower case, with which the authors of Taqyim
  (Alyafeai et al., 2023) scored. Arabic diacritics cut words.
- ``xlsum``: of the multilingual ROUGE of XL-Sum, see `mujaz.eval.rouge_xlsum`.
- ``google``: of Google's rouge-score package: ``a-z0-9`` alone; everything else is deleted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal
from unicodedata import unidata_version

from mujaz.arabic import fold

from .rouge_xlsum import Language, StopWords, XlsumWords, stop_word_list

Variant = Literal["arabic", "words", "xlsum", "google"]
Tokenizer = Callable[[str], list[str]]

_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"\w+")
# Letters and digits of the Arabic script, presentation forms included; its punctuation is no word.
_ARABIC = re.compile(
    "[\u0620-\u064a\u0660-\u0669\u066e-\u06d3\u06d5\u06ee-\u06fc\u06ff\u0750-\u077f\u0870-\u0887"
    "\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One definition of words.

    Attributes:
        text: Cuts a whole text, for ROUGE-1, -2 and -L.
        line: Cuts one line of a text, for ROUGE-Lsum.
        signature: The choices and versions that decide what a word is.
    """

    text: Tokenizer
    line: Tokenizer
    signature: str


def has_arabic(text: str) -> bool:
    """Return whether a letter or digit of the Arabic script stands in ``text``."""
    return _ARABIC.search(text) is not None


@cache
def words_of(
    variant: Variant,
    language: Language = "arabic",
    stop_words: StopWords = "none",
    *,
    stemmer: bool = False,
) -> Words:
    """Return the definition of words of ``variant``.

    Args:
        variant: Which.
        language: Whose stemmer ``xlsum`` takes.
        stop_words: Which words ``xlsum`` leaves unstemmed.
        stemmer: Whether ``google`` stems (Porter, words of more than three letters).

    Raises:
        OptionError: NLTK's stop words are asked for and not installed.
    """
    if variant == "google":
        from rouge_score.tokenizers import DefaultTokenizer

        cut: Tokenizer = DefaultTokenizer(stemmer).tokenize
        stem = f"porter-nltk-{version('nltk')}" if stemmer else "none"
        return Words(cut, cut, f"tok:google-{version('rouge-score')}|case:lc|stem:{stem}")
    if variant == "xlsum":
        own = XlsumWords(language, stop_words)
        stop = stop_words if stop_words == "none" else f"nltk-{_digest(language)}"
        return Words(
            own.text,
            own.line,
            f"tok:xlsum|case:lc|stem:snowball-{language}-nltk-{version('nltk')}|stop:{stop}"
            f"|unicode:{unidata_version}",
        )
    cut = _folded_words if variant == "arabic" else _plain_words
    case = "folded" if variant == "arabic" else "lc"
    return Words(cut, cut, f"tok:{variant}|case:{case}|stem:none|unicode:{unidata_version}")


def _folded_words(text: str) -> list[str]:
    return _LETTERS_AND_DIGITS.findall(fold(text))


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _digest(language: Language) -> str:
    """Return what tells one version of a list of stop words from another."""
    return hashlib.sha256("\n".join(sorted(stop_word_list(language))).encode()).hexdigest()[:8]
