"""The words of texts, and what must be so before an output is compared with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mujaz.arabic import normalize
from mujaz.errors import InputError

from .metric import Segments
from .rouge_words import Words, words_of
from .script import is_arabic

Gram = tuple[str, ...]

_SHOWN = 3  # ids that an error names


def wording() -> Words:
    """Return what a word is to every metric that needs no reference: ROUGE's ``arabic``.

    Runs of letters and digits of any script after the comparison folding: case, accents,
    diacritics, tatweel and the forms of alif make no difference, and punctuation is no word.
    """
    return words_of("arabic", stemmer=False)


def words(text: str) -> list[str]:
    """Return the words of ``text``."""
    return wording().text(text)


def characters(text: str) -> int:
    """Return the length of ``text`` in characters (code points) after `normalize`.

    So diacritics, tatweel, bidi marks and white space beyond one space do not count.
    """
    return len(normalize(text).text)


def ngrams(tokens: Sequence[str], size: int) -> Iterator[Gram]:
    """Return the n-grams of ``tokens`` in order; none when there are fewer than ``size``."""
    return zip(*(tokens[at:] for at in range(size)), strict=False)


def mostly_arabic(texts: Iterable[str]) -> bool:
    """Return whether most letters of all ``texts`` together are Arabic.

    Decided for a whole corpus: one output left untranslated does not change what is compared.
    """
    return is_arabic("\n".join(texts))


def require_sources(segments: Segments, metric: str) -> None:
    """Raise unless every segment has a source with a word in it.

    Raises:
        InputError: There are no sources, or some are blank.
    """
    if len(segments) and not segments.sources:
        raise InputError(f"{metric} needs the source texts", "give --src FILE")
    blank = [
        repr(id)
        for id, text in zip(segments.ids, segments.sources, strict=True)
        if not any(map(str.isalnum, text))
    ]
    if blank:
        named = ", ".join(blank[:_SHOWN]) + (", …" if len(blank) > _SHOWN else "")
        raise InputError(
            f"{metric}: {len(blank)} of {len(segments)} sources have no words (segment {named})",
            "leave these segments out",
        )


def require_outputs(segments: Segments, metric: str) -> None:
    """Raise when there are segments and not one output has a word: nothing could be counted.

    Raises:
        InputError: No output has a word.
    """
    if len(segments) and not any(any(map(str.isalnum, text)) for text in segments.hypotheses):
        raise InputError(
            f"{metric}: none of the {len(segments)} outputs has a word", "check the outputs' file"
        )


def require_one_script(segments: Segments, metric: str) -> None:
    """Raise unless sources and outputs are in one script: else no word is ever in both.

    Raises:
        InputError: One side is Arabic and the other is not.
    """
    sides = {True: "are Arabic", False: "are not Arabic"}
    source, output = mostly_arabic(segments.sources), mostly_arabic(segments.hypotheses)
    if source != output:
        raise InputError(
            f"{metric} counts the words that output and source share, but the sources "
            f"{sides[source]} and the outputs {sides[output]}",
            "score outputs in the sources' language, or use similarity and preservation",
        )
