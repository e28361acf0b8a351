"""The words of the multilingual ROUGE of XL-Sum (Hasan et al., Findings of ACL 2021).

Written from the definition that its scorer gives (csebuetnlp/xl-sum, multilingual_rouge_scoring):
lower case; controls out; white space and punctuation between words; then a cut between letters,
digits and symbols, as OpenNMT's tokenizer makes in its aggressive mode; then a Snowball stemmer on
words longer than three characters. Lines for ROUGE-Lsum go without that cut: its scorer hands them
to the plain tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from threading import Lock
from typing import Literal
from unicodedata import category

from mujaz.errors import OptionError

Language = Literal["arabic", "english"]
StopWords = Literal["none", "nltk"]

_SHORT = 3
# Unified ideographs and the extensions that the scorer's tokenizer sets apart, one a word.
_IDEOGRAPH = re.compile(
    "([\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002a6df\U0002a700-\U0002ceaf"
    "\uf900-\ufaff\U0002f800-\U0002fa1f])"
)
# OpenNMT's tokenizer keeps three symbols for its own marks and writes these instead.
_RESERVED = {"￭": "■", "▁": "_", "￨": "│"}
# A mark with no letter before it: OpenNMT's tokenizer has it stand on an escaped space.
_ESCAPED_SPACE = "％0020"


class _Characters(dict[int, str | None]):
    """What becomes of each character before words are cut; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str | None:
    kind = category(character)
    if character in "\t\n\r" or kind == "Zs":
        return " "
    if kind[0] == "C" or character == "\ufffd":
        return None
    # `$`, `+`, `^` and the like are symbols to Unicode and punctuation to the scorer.
    return " " if kind[0] == "P" or (character.isascii() and not character.isalnum()) else character


class XlsumWords:
    """Cuts and stems texts.

    Args:
        language: Whose Snowball stemmer.
        stop_words: ``nltk`` leaves NLTK's stop words unstemmed, as XL-Sum's scorer does with
            whichever version of that list is installed; ``none`` stems them too.

    Raises:
        OptionError: NLTK's stop words are asked for and not installed.
    """

    def __init__(self, language: Language, stop_words: StopWords = "none") -> None:
        self._characters = _Characters()
        self._stem = cache(_stemmer(language, stop_words))

    def text(self, text: str) -> list[str]:
        """Return the words of a text, for ROUGE-1, -2 and -L."""
        pieces = " ".join(_pieces(self._plain_words(text)))
        return self._stems(_IDEOGRAPH.sub(r" \1 ", pieces).split())

    def line(self, text: str) -> list[str]:
        """Return the words of a line, for ROUGE-Lsum."""
        return self._stems(self._plain_words(text))

    def _plain_words(self, text: str) -> list[str]:
        return text.lower().translate(self._characters).split()

    def _stems(self, words: list[str]) -> list[str]:
        stems = (self._stem(word) if len(word) > _SHORT else word for word in words)
        return [stem for stem in stems if stem]


def _pieces(words: list[str]) -> Iterator[str]:
    """Cut words between letters, digits and symbols."""
    for number, word in enumerate(words):
        if word.isalpha():
            yield word
        else:
            yield from _by_kind(word, first=number == 0)


def _by_kind(word: str, *, first: bool) -> Iterator[str]:
    """Cut a word where its kind of characters changes; marks stay with what they stand on."""
    piece, held = "", ""
    for character in word:
        kind = category(character)[0]
        if kind == "M":
            if not piece:
                piece, held = ("" if first else _ESCAPED_SPACE), "M"
            piece += character
            continue
        if piece and (kind != held or kind not in "LN"):
            yield piece
            piece = ""
        piece, held = piece + _RESERVED.get(character, character), kind
    yield piece


def stop_word_list(language: Language) -> frozenset[str]:
    """Return NLTK's stop words, from the corpus on this machine.

    Raises:
        OptionError: The corpus is not installed.
    """
    from nltk.corpus import stopwords

    try:
        return frozenset(stopwords.words(language))
    except (LookupError, OSError):
        raise OptionError(
            "NLTK's stop words are not on this machine",
            "fetch them (python -m nltk.downloader stopwords), or use stop_words='none'",
        ) from None


def _stemmer(language: Language, stop_words: StopWords) -> Callable[[str], str]:
    from nltk.stem.snowball import ArabicStemmer, EnglishStemmer

    stemmer = ArabicStemmer() if language == "arabic" else EnglishStemmer()
    if language == "arabic":
        # NLTK sets this flag at the first word with a verb's suffix and never takes it back, so
        # the stems of some words depend on what was stemmed before them. Set at once, they do not,
        # and are those of a stemmer that has seen a few lines of text.
        stemmer.suffixes_verb_step1_success = True
    if stop_words == "nltk":
        stemmer.stopwords = stop_word_list(language)
    # It keeps what it knows of a word in itself, so two threads must not share it.
    lock = Lock()

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stem(word))

    return stem
