"""Reading what is scored: lines or JSON lines, aligned by id where there are ids, else by line.

The policies, all of them explicit:

- Files are UTF-8; anything else is refused (`mujaz.eval.text_files`).
- In a file of lines every line is a segment. Blank lines of outputs are empty outputs.
- A blank line of one reference file, where another has a text, means that the segment lacks that
  reference; a segment without any is refused.
- JSON lines need a unique ``id`` in every row, or in none. Where all files have ids, ids decide and
  must be the same; otherwise places decide, counts must be the same, and a note says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from mujaz.errors import InputError

from .metric import Segments
from .text_files import lines, read_text, shown

RUN_SCHEMA = "mujaz.run/1"
OUTPUTS = "outputs.jsonl"
RUN = "run.json"

_OUTPUT_FIELDS = ("hypothesis", "output", "translation", "summary")
_REFERENCE_FIELDS = ("reference", "references")
_SOURCE_FIELDS = ("source", "text")


@dataclass(frozen=True, slots=True)
class Reading:
    """Segments as they were read.

    Attributes:
        segments: Aligned.
        notes: Policies that came to bear, one line each.
    """

    segments: Segments
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rows:
    """One file, a row a segment; ``ids`` is empty when it has none."""

    name: str
    ids: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def read_segments(
    hypotheses: Path | str,
    references: Sequence[Path | str] = (),
    sources: Path | str | None = None,
) -> Reading:
    """Read a system's outputs and what they are held against.

    Args:
        hypotheses: A file of lines, of JSON lines with ``hypothesis`` (or ``output``,
            ``translation``, ``summary``), a folder that ``mujaz eval run`` wrote, or ``-``.
        references: Files of lines, or of JSON lines with ``reference`` or ``references``. Without
            any, those that the rows of ``hypotheses`` carry.
        sources: A file of lines, or of JSON lines with ``source`` or ``text``. Without one, those
            that the rows of ``hypotheses`` carry.

    Raises:
        InputError: A file cannot be read, or the files do not belong together.
    """
    base = _read(_in_folder(hypotheses), _OUTPUT_FIELDS)
    others = [_read(path, _REFERENCE_FIELDS) for path in references]
    source = _read(sources, _SOURCE_FIELDS) if sources is not None else None
    notes: list[str] = []
    held = [_aligned(base, rows, notes) for rows in (*others, *([source] if source else []))]
    outputs = [_one(base, place, _OUTPUT_FIELDS) for place in range(len(base.rows))]
    reference_rows = held[: len(others)] or [base]
    found = [
        tuple(text for rows in reference_rows for text in _references(rows, place))
        for place in range(len(base.rows))
    ]
    if not others and not any(found):
        found = []
    kept = _without_blanks(found, base, others, notes)
    source_rows = held[-1] if source else base
    texts = [_optional(source_rows, place, _SOURCE_FIELDS, source) for place in range(len(outputs))]
    domains = [row.get("domain") for row in base.rows]
    ids = base.ids or next((rows.ids for rows in held if rows.ids), ())
    segments = Segments(
        ids=ids or tuple(str(place + 1) for place in range(len(outputs))),
        hypotheses=tuple(outputs),
        references=tuple(kept),
        sources=tuple(t for t in texts if t is not None) if None not in texts else (),
        domains=tuple(map(str, domains)) if all(isinstance(d, str) for d in domains) else (),
    )
    return Reading(segments, tuple(dict.fromkeys(notes)))


def read_column(path: Path | str, field: str, segments: Segments) -> tuple[str, ...]:
    """Read one more text for each segment: a file of lines, or of JSON lines with ``field``.

    Raises:
        InputError: The file cannot be read or does not belong to the segments.
    """
    rows = _read(path, (field,))
    base = _Rows("the file of outputs", segments.ids, tuple({} for _ in segments.ids))
    held = _aligned(base, rows, [])
    return tuple(_one(held, place, (field,)) for place in range(len(segments)))


def _in_folder(path: Path | str) -> Path | str:
    """Return the file of outputs when ``path`` is the folder of a run."""
    folder = Path(path)
    if not folder.is_dir():
        return path
    if not (folder / OUTPUTS).is_file():
        raise InputError(
            f"{folder} is not the folder of a run: it has no {OUTPUTS}",
            "name a file of outputs, or a folder that mujaz eval run wrote",
        )
    if (folder / RUN).is_file():
        try:
            run = msgspec.json.decode((folder / RUN).read_bytes())
        except msgspec.DecodeError as error:
            raise InputError(f"{folder / RUN} is not JSON", "run it again") from error
        schema = run.get("schema") if isinstance(run, dict) else None
        if schema != RUN_SCHEMA:
            raise InputError(
                f"{folder / RUN} has the schema {schema!r} where {RUN_SCHEMA!r} is expected",
                "run it again with this version",
            )
    return folder / OUTPUTS


def _read(path: Path | str, fields: tuple[str, ...]) -> _Rows:
    """Read lines or JSON lines; lines become rows with the first of ``fields``."""
    name, text = shown(path), read_text(path)
    given = lines(text)
    if not _is_json(path, given):
        return _Rows(name, (), tuple({fields[0]: line} for line in given))
    rows = []
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise InputError(f"{name}, line {number} is not JSON: {error}", "mend it") from error
        if not isinstance(row, dict):
            raise InputError(f"{name}, line {number} is not a JSON object", "give one a line")
        rows.append(row)
    return _Rows(name, _ids(rows, name), tuple(rows))


def _is_json(path: Path | str, given: Sequence[str]) -> bool:
    """Return whether a file holds JSON lines: by its name, or when every line is an object."""
    if Path(path).suffix.lower() in (".jsonl", ".ndjson"):
        return True
    filled = [line for line in given if line.strip()]
    if not all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in filled):
        return False
    try:
        return isinstance(msgspec.json.decode(filled[0]), dict)
    except msgspec.DecodeError:
        return False


def _ids(rows: Sequence[dict[str, Any]], name: str) -> tuple[str, ...]:
    given = [row.get("id") for row in rows]
    if all(id is None for id in given):
        return ()
    for number, id in enumerate(given, 1):
        if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
            raise InputError(f"{name}: row {number} has no id, and others have", "give each an id")
    ids = tuple(map(str, given))
    twice = [id for id, count in Counter(ids).items() if count > 1]
    if twice:
        raise InputError(
            f"{name}: the id {twice[0]!r} stands in several rows"
            + (f", and so do {len(twice) - 1} others" if len(twice) > 1 else ""),
            "make the ids unique",
        )
    return ids


def _aligned(base: _Rows, other: _Rows, notes: list[str]) -> _Rows:
    """Return ``other`` in the order of ``base``."""
    if base.ids and other.ids:
        if set(base.ids) != set(other.ids):
            raise InputError(_apart(base, other), "give both the same ids")
        place = {id: number for number, id in enumerate(other.ids)}
        return _Rows(other.name, base.ids, tuple(other.rows[place[id]] for id in base.ids))
    if len(base.rows) != len(other.rows):
        raise InputError(
            f"{base.name} has {len(base.rows)} segments and {other.name} {len(other.rows)}",
            "give as many; in a file of lines every line counts, blank ones too",
        )
    if base.ids or other.ids:
        with_ids, without = (base, other) if base.ids else (other, base)
        notes.append(f"{without.name} has no ids: taken in the order of {with_ids.name}")
    return other


def _apart(base: _Rows, other: _Rows) -> str:
    """Return a line about ids that one of two files lacks."""
    found = []
    for one, two in ((base, other), (other, base)):
        theirs = set(two.ids)
        lacking = [id for id in one.ids if id not in theirs]
        if lacking:
            more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            found.append(f"{two.name} lacks {lacking[0]!r}{more} of {one.name}")
    return "; ".join(found)


def _one(rows: _Rows, place: int, fields: tuple[str, ...]) -> str:
    """Return the one text of a row that ``fields`` name."""
    row = rows.rows[place]
    named = [field for field in fields if isinstance(row.get(field), str)]
    if not named and fields is _OUTPUT_FIELDS and set(row) <= {"id", "text", "domain"}:
        named = ["text"] if isinstance(row.get("text"), str) else []
    if len(named) == 1 or (named and named[0] == fields[0]):
        text: str = row[named[0]]
        return text
    where = f"{rows.name}: row {place + 1}" + (f" ({rows.ids[place]})" if rows.ids else "")
    if named:
        raise InputError(f"{where} has {' and '.join(named)}", f"call the one meant {fields[0]}")
    raise InputError(f"{where} has no text {fields[0]!r}", f"give it as {' or '.join(fields)}")


def _references(rows: _Rows, place: int) -> list[str]:
    row = rows.rows[place]
    given = row.get("references", row.get("reference"))
    texts = given if isinstance(given, list) else [] if given is None else [given]
    if not all(isinstance(text, str) for text in texts):
        raise InputError(f"{rows.name}: row {place + 1} has a reference that is no text", "mend it")
    return texts


def _optional(rows: _Rows, place: int, fields: tuple[str, ...], given: _Rows | None) -> str | None:
    """Return a source; ``None`` where outputs carry none and no file of sources was given."""
    if given is None:
        text = rows.rows[place].get("source")
        return text if isinstance(text, str) else None
    return _one(rows, place, fields)


def _without_blanks(
    found: list[tuple[str, ...]], base: _Rows, others: Sequence[_Rows], notes: list[str]
) -> list[tuple[str, ...]]:
    """Leave out blank references of segments that have others; refuse segments without any."""
    kept = [tuple(text for text in texts if text.strip()) for texts in found]
    names = ", ".join(rows.name for rows in others) or base.name
    for place, texts in enumerate(kept):
        if not texts:
            id = base.ids[place] if base.ids else f"on line {place + 1}"
            raise InputError(f"{names}: the reference of segment {id} is empty", "give its text")
    short = sum(len(texts) < len(all_) for texts, all_ in zip(kept, found, strict=True))
    if short:
        notes.append(f"{short} segments lack a reference of {names}; the rest are used")
    return kept
