"""Personal names of people whom no table knows, in Latin letters. Always a guess.

Arabic leaves out short vowels and has no letters for p, v and g. So a word is first looked up among
known personal names (``data/personal_names.tsv``), with the spelling of the person's country where
it differs (جمال: Gamal in Egypt, Djamel in Algeria); only then are its letters read, as an Arabic
word or, by its ending or the country, as a foreign one whose newsroom spelling is undone
(``data/romanizer.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from .lexicon import DATA, LexiconError
from .normal import fold

# Countries whose names Arabic letters write as they are, and the region whose spelling they share.
_REGION = {
    "DZ": "MA", "MA": "MA", "TN": "MA", "MR": "MA", "EG": "EG", "SD": "EG", "IR": "IR", "AF": "IR",
    "PK": "PK", "AE": "", "BH": "", "DJ": "", "IQ": "", "JO": "", "KM": "", "KW": "", "LB": "",
    "LY": "", "OM": "", "PS": "", "QA": "", "SA": "", "SO": "", "SY": "", "YE": "",
}  # fmt: skip
# The region of all other countries: names that only Arabic letters make look like Arab ones.
_ABROAD = "XX"
# Words that make one name with the next: عبد الرحمن, أبو بكر.
_OPENING = {"عبد": "Abdul", "ابو": "Abu", "ابي": "Abi", "ام": "Umm", "ابن": "Ibn", "ال": "Al"}
_INNER = {"بن": "bin", "بنت": "bint", "ولد": "Ould", "دي": "de", "فان": "van", "فون": "von"}
_VOWELS = "aeiou"
# Endings that Arabic words hardly have; -وف and -يف (ظروف, معروف, توفيق) only behind some letters,
# and not with the م of a participle or the article.
_FOREIGN_ENDING = re.compile(
    r"(?!ال).+(?:[اي]ييف|[اي]ييفا|ييف|ييفا|[ونسي]فا|وفيتش|يفيتش|[وي]فسكي|ينكو|تشوك|تسكي|شفيلي|ادزه"
    r"|اوغلو|شتاين|ستاين|بيرغ|بيرج|نسون|رسون|لسون|تسون|زاده|نجاد)"
    r"|(?!ال|م)..+(?:[بتجدزقشكلن]|[امي][سرم])وف"
    r"|(?!ال|م)..+[اوي][بدشكلمن]يف"
    r"|(?!ال|م)...+[نسدرتغ]يان"
)


@dataclass(frozen=True, slots=True)
class Romanization:
    """A name in Latin letters.

    Attributes:
        text: The spelling.
        known: The share of its words that stand among known personal names, from 0 to 1.
        guess: Always true: nobody confirmed that this person spells the name so.
    """

    text: str
    known: float
    guess: Literal[True] = True


@dataclass(frozen=True, slots=True)
class PersonalName:
    """A word that people bear as a name.

    Attributes:
        english: Its usual spelling.
        regional: Other spellings by region: ``EG``, ``MA`` (the Maghreb), ``IR``, ``PK``.
        given: How many of the people counted bear it as a given name, at most 99.
        common: Whether it is a common word as well.
    """

    english: str
    regional: Mapping[str, str]
    given: int
    common: bool


@cache
def personal_names() -> dict[str, PersonalName]:
    """Return the known personal names by folded word, read on first use.

    Raises:
        LexiconError: The table is missing or broken.
    """
    path = DATA / "personal_names.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        rows = (line.split("\t") for line in lines)
        return {
            arabic: PersonalName(
                english,
                dict(pair.split("=", 1) for pair in regional.split(" | ")) if regional else {},
                int(given),
                flags == "?",
            )
            for arabic, english, regional, given, flags in rows
        }
    except (OSError, ValueError) as error:
        raise LexiconError(f"cannot read {path}: {error}", "reinstall mujaz") from error


def romanize(name: str, country: str | None = None) -> Romanization:
    """Return a personal name in Latin letters.

    Args:
        name: The name as it stands in the text, without particles before it.
        country: ISO 3166 alpha-2 code of the person's country, or of the story's; ``None`` if it
            is not known.
    """
    words = fold(name).replace("-", " ").split()
    region = _REGION.get(country, _ABROAD) if country else ""
    parts: list[str] = []
    known = 0
    position = 0
    while position < len(words):
        size, spelled = _looked_up(words, position, region)
        if not size:
            size, spelled = 1, _by_letters(words[position], country)
        else:
            known += size
        parts.append(spelled)
        position += size
    return Romanization(" ".join(part for part in parts if part), known / max(len(words), 1))


def foreign_ending(word: str) -> bool:
    """Return whether a folded word ends as Slavic, Caucasian, Germanic or Persian surnames do."""
    return len(word) > 4 and _FOREIGN_ENDING.fullmatch(word) is not None


def _looked_up(words: list[str], position: int, region: str) -> tuple[int, str]:
    """Return how many words a known name at a position takes, and its spelling; 0 if none does."""
    names = personal_names()
    for size in (3, 2, 1):
        unit = " ".join(words[position : position + size])
        whole = size == 1 or words[position] in _OPENING or words[position + 1 :][:1] == ["الدين"]
        if whole and unit in names and position + size <= len(words):
            entry = names[unit]
            return size, entry.regional.get(region, entry.english)
    word = words[position]
    if word.startswith("عبدال") and "عبد " + word[3:] in names:
        entry = names["عبد " + word[3:]]
        return 1, entry.regional.get(region, entry.english)
    if word in _INNER and 0 < position < len(words) - 1:
        return 1, "Ben" if word == "بن" and region == "MA" else _INNER[word]
    if word in _OPENING and position < len(words) - 1:
        return 1, _OPENING[word]
    if word.startswith("ال") and word[2:] in names and len(word) > 4:
        entry = names[word[2:]]
        return 1, "al-" + entry.regional.get(region, entry.english).removeprefix("al-")
    return 0, ""


def _by_letters(word: str, country: str | None) -> str:
    """Return one word by its letters, as an Arabic name or as a foreign one."""
    if foreign_ending(word) or (country and country not in _REGION):
        return _capital(_patronymic(word) or _foreign(word, country))
    if word.startswith("ال") and len(word) > 4:
        return "al-" + _capital(_arabic(word[2:]))
    return _capital(_arabic(word))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _rules() -> dict[str, dict[str, str]]:
    """Return the rules by name, and the letters of each country under its code."""
    table = tomllib.loads((DATA / "romanizer.toml").read_text(encoding="utf-8"))
    rules: dict[str, dict[str, str]] = {
        name: dict(sorted(table[name].items(), key=lambda item: -len(item[0])))
        for name in ("endings", "letters", "initial")
    }
    for country, letters in table["country"].items():
        rules[country] = letters
        for same in table["same"].get(country, "").split():
            rules[same] = letters
    return rules


def _patronymic(word: str) -> str:
    """Return a surname that -ov or -ev makes of a known name: كريموف, مصطفاييف; or nothing."""
    names = personal_names()
    for ending, bare, voiced in (("وف", "ov", "ov"), ("يف", "ev", "yev")):
        for tail, feminine in ((ending, ""), (ending + "ا", "a")):
            stem = word.removesuffix(tail)
            if stem == word or len(stem) < 3:
                continue
            stem = stem.removesuffix("ي") if stem.endswith("اي") else stem
            for base in (stem, stem[:-1] + "ي"):
                fits = base in names and len(base) > 2 and (base == stem or stem[-1] in "اي")
                # ناغييف is Naghiyev, no son of an Egyptian Nagy.
                if fits and ("غ" in base) == ("gh" in names[base].english.lower()):
                    spelled = names[base].english
                    return spelled + (voiced if spelled[-1] in _VOWELS else bare) + feminine
    return ""


@lru_cache(maxsize=4096)
def _foreign(word: str, country: str | None) -> str:
    """Return a foreign word with its newsroom spelling undone."""
    rules = _rules()
    ending = next(
        (key for key in rules["endings"] if word.endswith(key) and len(word) != len(key) + 1), ""
    )
    stem = word[: len(word) - len(ending)]
    local = rules.get(country or "", {})
    if not local and ending in ("اييف", "ييف", "وف", "يف", "اييفا", "ييفا", "وفا", "يفا"):
        local = rules["AZ"]
    latin = ""
    position = 0
    while position < len(stem):
        table = {**rules["letters"], **local}
        if position == 0:
            table |= {key: value for key, value in rules["initial"].items() if key not in local}
        key = next(
            (
                stem[position : position + n]
                for n in (3, 2, 1)
                if stem[position : position + n] in table
            ),
            "",
        )
        piece = table.get(key, "")
        latin += piece
        position += max(len(key), 1)
    return _smooth(latin + rules["endings"].get(ending, ""))


def _smooth(latin: str) -> str:
    """Give a run of three consonants a vowel, and no letter three times."""
    latin = re.sub(r"(.)\1\1+", r"\1\1", latin)
    latin = latin.replace("iiy", "iy").replace("aay", "ay")
    latin = re.sub(r"(?<=[bcdfgklpstvz])(?=[rln]$)", "e", latin)
    latin = re.sub(r"^([bcdfgkptv]r)(?=[^aeiouy])", r"\1a", latin)
    return re.sub(r"^([bdfgjklmnprstvz])([bdfgjkmnpstvz])(?=[bdfgklmnprstvz])", r"\1a\2", latin)


def _arabic(word: str) -> str:
    """Return an Arabic word: long vowels as they are, an a between two consonants."""
    letters = _rules()["letters"]
    latin = ""
    for position, letter in enumerate(word):
        previous, following = word[position - 1 : position], word[position + 1 : position + 2]
        if letter == "و":
            piece = "w" if not latin or following in ("ا", "ي") else "u"
        elif letter == "ي":
            piece = "y" if not latin or following in ("ا", "و") else "i"
        elif letter == "ه" and not following:
            piece = "a"
        elif letter == "غ":
            piece = "gh"
        else:
            piece = letters.get(letter, "")
        if piece and piece[0] not in _VOWELS and latin and latin[-1] not in _VOWELS and previous:
            # Two consonants open a syllable; three in a row never stand.
            cluster = len(latin) - len(latin.rstrip("bcdfghjklmnpqrstvwxyz"))
            if position == 1 or cluster > 2 or (following and following not in "اوي"):
                latin += "a"
        latin += piece
    return re.sub(r"(.)\1\1+", r"\1\1", latin)
