"""Glossaries in TBX, the exchange format of terminology tools (ISO 30042).

Both generations are read, by their local names and whatever their dialect (TBX-Core, TBX-Basic):
the older ``martif`` with ``termEntry``, ``langSet`` and ``tig`` or ``ntig``, and the ``tbx`` of
2019 with ``conceptEntry``, ``langSec`` and ``termSec``. Of each concept the Arabic and the English
terms are taken. A preferred English term goes first, one that is deprecated or superseded is left
out; Arabic terms count whatever their status, for they stand in texts. Concepts that lack one of
the two languages are skipped: a term base has others.

The file comes from anywhere: no entity is expanded, none may be declared, and nothing is loaded
from outside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .glossary_entry import GlossaryEntry, GlossaryFault, entry_or_fault, forms
from .lexicon import LexiconError

_ROOTS = frozenset({"martif", "tbx"})
_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ARABIC, _ENGLISH = ("ar", "ara"), ("en", "eng")
# Values of administrativeStatus begin with these.
_STATUS = "administrativeStatus"
_PREFERRED, _REFUSED = "preferred", ("deprecated", "superseded")


def read_tbx(raw: bytes, origin: str) -> Iterator[GlossaryEntry | GlossaryFault]:
    """Yield the entries of a TBX file, and its concepts that are none.

    Raises:
        LexiconError: It is no XML, no TBX, declares entities, or has no concept in both languages.
    """
    found = 0
    for concept in _root(raw, origin).iter():
        if _name(concept) not in _CONCEPTS:
            continue
        arabic = [term for term, _ in _terms(concept, _ARABIC)]
        ranked = sorted(
            (pair for pair in _terms(concept, _ENGLISH) if not pair[1].startswith(_REFUSED)),
            key=lambda pair: not pair[1].startswith(_PREFERRED),
        )
        if not arabic or not ranked:
            continue
        found += 1
        yield entry_or_fault(
            tuple(dict.fromkeys(arabic)),
            tuple(dict.fromkeys(term for term, _ in ranked)),
            origin,
            concept.sourceline,
        )
    if not found:
        raise LexiconError(
            f"the glossary {origin} has no concept in Arabic and English",
            "give one whose language codes are ar and en",
        )


def _root(raw: bytes, origin: str) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LexiconError(
            f"cannot read the glossary {origin}: {error}", "give a TBX file"
        ) from error
    inner = root.getroottree().docinfo.internalDTD
    if inner is not None and any(True for _ in inner.iterentities()):
        raise LexiconError(
            f"the glossary {origin} declares entities, which are not expanded",
            "write their text out, and leave the declarations away",
        )
    if _name(root) not in _ROOTS:
        raise LexiconError(
            f"the glossary {origin} is XML, but no TBX: it begins with <{_name(root)}>",
            "give a TBX file, whose root is martif or tbx",
        )
    return root


def _terms(concept: Any, codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the terms of a concept in a language, each with its status or nothing."""
    for section in concept:
        language = section.get(_XML_LANG, "") if _name(section) in _LANGUAGES else ""
        if language.replace("_", "-").split("-")[0].lower() not in codes:
            continue
        for group in (element for element in section.iter() if _name(element) in _TERMS):
            term = next((element for element in group.iter() if _name(element) == "term"), None)
            # A bar is how our own tables part forms: a term that holds one has no other use of it.
            for form in forms("".join(term.itertext()) if term is not None else ""):
                yield form, _status(group)


def _status(group: Any) -> str:  # noqa: ANN401
    for element in group.iter():
        if _STATUS in (_name(element), element.get("type")):
            return (element.text or "").strip()
    return ""


def _name(element: Any) -> str:  # noqa: ANN401
    """Return an element's local name; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
