"""Which pairs are sentences that a translator of news can learn from, and in which form."""

from __future__ import annotations

import re
import unicodedata

from mujaz.arabic import arabic_share, normalize

from .config import Prepare
from .sources import Pair

# Placeholders, tags, links, code and table cells: nothing of the kind stands in a sentence of news.
_MARKUP = re.compile(
    r"[{}<>|`\\]|\]\(|\*\*|__|%[sd(]|https?:|www\.|\.(?:com|org|md|html|js|py)\b|&[a-z]+;|"
    r"[a-z]\.[a-z]+\(|\b[a-z]+[A-Z]\w*|\w_\w|^\W*[-*#•]\s"
)
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")
# English per Arabic in characters: of FLORES-200 dev 99% lie between 0.76 and 1.55.
_SHORTEST_RATIO, _LONGEST_RATIO = 0.5, 2.5
# Below this the ratio says little.
_SHORT = 12


def clean(pair: Pair, rules: Prepare) -> Pair | str:
    """Return ``pair`` in normal form, or in one word why it is of no use.

    The Arabic gets the form in which the translator gives it to a model (`mujaz.arabic.normalize`);
    the English is composed (NFC), on one line.
    """
    arabic = _SPACE.sub(" ", normalize(pair.arabic).text).strip()
    english = _SPACE.sub(" ", unicodedata.normalize("NFC", pair.english)).strip()
    if not arabic or not english:
        return "empty"
    if _MARKUP.search(arabic) or _MARKUP.search(english):
        return "markup"
    if arabic_share(arabic) < rules.least_arabic or not _latin(english):
        return "script"
    if len(arabic) > rules.longest_source:
        return "length"
    ratio = len(english) / len(arabic)
    if len(arabic) > _SHORT and not _SHORTEST_RATIO <= ratio <= _LONGEST_RATIO:
        return "ratio"
    if _numbers(arabic) != _numbers(english):
        return "numbers"
    return Pair(pair.origin, arabic, english)


def _latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "ɐ" for c in letters)  # the first letter behind Latin Extended-B
    return bool(letters) and latin == len(letters)


def _numbers(text: str) -> set[int]:
    """Return the numbers written in digits; ``int`` reads Arabic-Indic ones too."""
    return {int(number) for number in _NUMBER.findall(text)}
