"""Word documents turned from right-to-left to left-to-right, and marked as English.

Names and meanings are those of ECMA-376 part 1, 17.3 to 17.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .word_text import W

if TYPE_CHECKING:
    from docx.document import Document as WordFile

ENGLISH = "en-US"

# Right-to-left type has its own size and weight; without the mark, the common ones count.
_COMPLEX = {"szCs": "sz", "bCs": "b", "iCs": "i"}
_TURNED = {"right": "left", "end": "start"}


def turn_document(document: WordFile) -> None:
    """Turn every paragraph, table, section and style of the body, the styles and the lists."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    styles = document.styles.element
    leftwards = _leftward_styles(styles)
    roots = [document.element, styles]
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            roots.append(relation.target_part.element)
    for root in roots:
        for properties in list(root.iter(f"{W}pPr")):
            _turn_paragraph_properties(properties, leftwards)
        for properties in list(root.iter(f"{W}rPr")):
            _turn_run_properties(properties)
        for tag in ("bidiVisual", "rtlGutter"):
            for element in list(root.iter(f"{W}{tag}")):
                element.getparent().remove(element)
        for section in root.iter(f"{W}sectPr"):
            _remove(section, "bidi")


def mark_english(run: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Mark a ``w:r`` as English."""
    properties = run.get_or_add_rPr()
    language = properties.find(f"{W}lang")
    if language is None:
        language = properties.makeelement(f"{W}lang")
        # Of what a run may have, only eastAsianLayout, specVanish and oMath come behind it.
        properties.append(language)
    language.attrib.clear()
    language.set(f"{W}val", ENGLISH)


def _leftward_styles(styles: Any) -> frozenset[str]:  # noqa: ANN401
    """Return the ids of the paragraph styles whose text runs from the right, with "" for none."""
    own: dict[str, bool | None] = {}
    base: dict[str, str] = {}
    defaults = styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    found = {"": bool(_is_on(defaults, "bidi"))}
    for style in styles.iter(f"{W}style"):
        id = style.get(f"{W}styleId") or ""
        own[id] = _is_on(style.find(f"{W}pPr"), "bidi")
        parent = style.find(f"{W}basedOn")
        base[id] = (parent.get(f"{W}val") or "") if parent is not None else ""
        if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
            found[""] = found[""] if own[id] is None else bool(own[id])
    for id in own:
        at, seen = id, {id}
        while own.get(at) is None and base.get(at) and base[at] not in seen:
            at = base[at]
            seen.add(at)
        value = own.get(at)
        found[id] = found[""] if value is None else value
    return frozenset(id for id, leftward in found.items() if leftward)


def _turn_paragraph_properties(properties: Any, leftwards: frozenset[str]) -> None:  # noqa: ANN401
    """Remove ``w:bidi``, and turn what was aligned to the right by hand."""
    own = _is_on(properties, "bidi")
    if own is None:
        style = properties.find(f"{W}pStyle")
        parent = properties.getparent()
        id = parent.get(f"{W}styleId") if parent.tag == f"{W}style" else None
        own = (id or ("" if style is None else style.get(f"{W}val"))) in leftwards
    _remove(properties, "bidi")
    side = properties.find(f"{W}jc")
    # In a right-to-left paragraph "left" and "right" mean the beginning and the end of lines, as
    # they do in the paragraph that it becomes. Elsewhere "right" was how Arabic was made to look.
    if side is not None and not own:
        given = side.get(f"{W}val")
        side.set(f"{W}val", _TURNED.get(given, given))


def _turn_run_properties(properties: Any) -> None:  # noqa: ANN401
    """Remove ``w:rtl`` and ``w:cs``; the size and weight that they chose stay."""
    was_turned = [_remove(properties, "rtl"), _remove(properties, "cs")]
    language = properties.find(f"{W}lang")
    if language is not None:
        language.set(f"{W}val", ENGLISH)
    if not any(was_turned):
        return
    for complex_name, name in _COMPLEX.items():
        given = properties.find(f"{W}{complex_name}")
        if given is None:
            continue
        _remove(properties, name)
        twin = properties.makeelement(f"{W}{name}", dict(given.attrib))
        # The schema has each right before its twin for right-to-left type.
        given.addprevious(twin)


def _remove(parent: Any, name: str) -> bool:  # noqa: ANN401
    """Remove a property and return whether it was there and on."""
    was_on = _is_on(parent, name)
    if was_on is not None:
        parent.remove(parent.find(f"{W}{name}"))
    return bool(was_on)


def _is_on(properties: Any, name: str) -> bool | None:  # noqa: ANN401
    """Return whether a property is on; ``None`` where nothing is said of it."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off")
