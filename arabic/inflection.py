"""Forms of a nationality: gender, number, case and the article.

The relative adjective (nisba) in ي is regular: روسي, روسية, روسيان, روسيتان, روسيون, روسيات. What
is not (أتراك, روس) stands in the table as it is. Two-word ones agree in both words: كورية شمالية.
"""

from __future__ import annotations

from collections.abc import Iterator

_FEMININE = ("ية", "يتان", "يتين", "يات")
_MASCULINE = ("ي", "يان", "يين", "يون")
# Without the article alone. سوريا, روسيا and ليبيا are countries first: their table comes first.
_ACCUSATIVE = "يا"


def inflections(form: str) -> Iterator[str]:
    """Yield the forms of a nationality that ``form`` stands for, with and without the article.

    Args:
        form: One form of a table's entry, unvocalised, without the article. In ي: the masculine
            singular, which stands for all; in ية: the feminine, for all but the masculine
            singular; otherwise a plural or a name that takes the article alone.
    """
    words = form.split(" ")
    if words[-1].endswith("ي"):
        yield _bent(words, _ACCUSATIVE)
        endings: tuple[str, ...] = _MASCULINE + _FEMININE
    elif words[-1].endswith("ية"):
        # فيجي is the country; فيجية and فيجيون can only be its people.
        endings = ("يين", "يون", *_FEMININE)
    else:
        yield form
        yield "ال" + form
        return
    for ending in endings:
        yield _bent(words, ending)
        yield "ال" + _bent(words, ending)
        if len(words) > 1 and _stem(words[0]):
            yield _bent(words, ending, "ال")


def _bent(words: list[str], ending: str, article: str = "") -> str:
    """Return the words with the ending, and the article, on each relative adjective."""
    return " ".join(f"{article}{stem}{ending}" if (stem := _stem(word)) else word for word in words)


def _stem(word: str) -> str:
    """Return a relative adjective without its ending, or nothing for another word."""
    return word.removesuffix("ة")[:-1] if word.endswith(("ي", "ية")) else ""
