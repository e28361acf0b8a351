"""ROUGE-1, -2, -L and -Lsum (Lin, 2004), for Arabic and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import numpy as np

import mujaz
from mujaz.arabic import split
from mujaz.errors import InputError, OptionError

from .metric import Metric, Segments
from .rouge_overlap import bigram_f1, sequence_f1, summary_f1, unigram_f1
from .rouge_words import Variant, Words, has_arabic, words_of
from .rouge_xlsum import Language, StopWords
from .script import is_arabic

if TYPE_CHECKING:
    from .metric import Matrix

Sentences = Literal["lines", "split"]


class Rouge(Metric):
    """F1 of ROUGE from 0 to 100, averaged over segments.

    Of several references each score takes the best, segment by segment, as rouge_score's
    ``score_multi`` does. An output without words scores 0.

    Args:
        variant: What a word is: ``arabic``, ``words``, ``xlsum`` or ``google``; see
            `mujaz.eval.rouge_words`. All but ``google`` score English too.
        stemmer: Whether ``google`` stems English words.
        language: Whose stemmer ``xlsum`` takes. ``None``: Arabic when most letters of the
            references are, else English.
        stop_words: Which words ``xlsum`` leaves unstemmed: ``none``, or the list in ``nltk``'s
            data, which must be installed and differs between its versions.
        sentences: What ROUGE-Lsum compares: the ``lines`` of a text, as rouge_score does (with a
            single line it equals ROUGE-L), or its sentences after `mujaz.arabic.split`.

    Raises:
        OptionError: A choice is unknown, or belongs to another variant.
    """

    name: ClassVar[str] = "rouge"
    scores = ("rouge1", "rouge2", "rougeL", "rougeLsum")
    higher_is_better: Mapping[str, bool | None] = MappingProxyType(dict.fromkeys(scores, True))

    def __init__(
        self,
        variant: Variant = "arabic",
        *,
        stemmer: bool = False,
        language: Language | None = None,
        stop_words: StopWords = "none",
        sentences: Sentences = "lines",
    ) -> None:
        _check("variant", variant, get_args(Variant))
        _check("language", language, (None, *get_args(Language)))
        _check("stop_words", stop_words, get_args(StopWords))
        _check("sentences", sentences, get_args(Sentences))
        if stemmer and variant != "google":
            raise OptionError(
                f"rouge:{variant} has no stemmer to choose", "use rouge:google, or leave it out"
            )
        if variant != "xlsum" and (language is not None or stop_words != "none"):
            raise OptionError(
                f"rouge:{variant} knows no language and no stop words",
                "use rouge:xlsum, or leave them out",
            )
        self.variant: Variant = variant
        self.stemmer = stemmer
        self.language = language
        self.stop_words: StopWords = stop_words
        self.sentences: Sentences = sentences

    def signature(self, segments: Segments) -> str:
        """Return number of references, words, lines and versions."""
        return (
            f"nrefs:{segments.reference_count}|pick:best|measure:f1"
            f"|{self._words(segments).signature}"
            f"|lsum:{self.sentences}|version:{mujaz.__version__}"
        )

    def statistics(self, segments: Segments) -> Matrix:
        """Return the four scores of each segment and a one, shape (segments, 5).

        Raises:
            InputError: There are no references, those of a segment have no words, or Arabic is
                to be scored with ``google``.
        """
        if len(segments) and not segments.references:
            raise InputError("ROUGE compares with references, and there are none", "give them")
        if self.variant == "google":
            _refuse_arabic(segments)
        words = self._words(segments)
        rows = np.ones((len(segments), len(self.scores) + 1))
        each = zip(segments.ids, segments.hypotheses, segments.references, strict=True)
        for row, (id, output, references) in enumerate(each):
            rows[row, :-1] = self._best(words, id, output, references)
        return rows

    def corpus(self, sums: Matrix) -> Matrix:
        """Return means over segments, shape (corpora, 4); NaN for a corpus of none."""
        sums = np.atleast_2d(sums)
        with np.errstate(invalid="ignore"):
            return sums[:, :-1] / sums[:, -1:]

    def _words(self, segments: Segments) -> Words:
        language = self.language
        if self.variant == "xlsum" and language is None:
            texts = "\n".join(text for texts in segments.references for text in texts)
            language = "arabic" if is_arabic(texts) else "english"
        return words_of(self.variant, language or "arabic", self.stop_words, stemmer=self.stemmer)

    def _best(self, words: Words, id: str, output: str, references: Sequence[str]) -> Matrix:
        """Return each score of an output against the reference that gives the most."""
        text, lines = self._cut(words, output)
        found = []
        for reference in references:
            other, other_lines = self._cut(words, reference)
            if other:
                found.append(
                    (
                        unigram_f1(other, text),
                        bigram_f1(other, text),
                        sequence_f1(other, text),
                        summary_f1(other_lines, lines),
                    )
                )
        if not found:
            raise InputError(
                f"segment {id!r}: no reference has a word that rouge:{self.variant} knows",
                "give it a reference, or leave it out",
            )
        best: Matrix = 100 * np.max(found, axis=0)
        return best

    def _cut(self, words: Words, text: str) -> tuple[list[str], list[list[str]]]:
        """Return the words of a text, and of each of its lines."""
        whole = words.text(text)
        lines = [line for line in self._lines(text) if line]
        if words.line == words.text and len(lines) == 1:
            return whole, [whole]
        return whole, [words.line(line) for line in lines]

    def _lines(self, text: str) -> Iterator[str]:
        if self.sentences == "lines":
            yield from text.split("\n")
        else:
            for sentence in split(text):
                yield sentence.text


def _check(choice: str, value: object, known: Sequence[object]) -> None:
    if value not in known:
        listed = ", ".join(str(one) for one in known if one is not None)
        raise OptionError(f"ROUGE's {choice} {value!r} is unknown", f"use one of {listed}")


def _refuse_arabic(segments: Segments) -> None:
    """Raise where Arabic stands: the tokenizer would delete it and score what is left."""
    for id, output, references in zip(
        segments.ids, segments.hypotheses, segments.references, strict=True
    ):
        for text in (output, *references):
            if has_arabic(text):
                raise InputError(
                    f"segment {id!r} has Arabic text, and rouge:google deletes every letter"
                    " beyond a-z before it scores",
                    "use rouge:arabic, which scores English too",
                )
