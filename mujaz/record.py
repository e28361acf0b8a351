"""Records: frozen dataclasses as versioned JSON, both ways.

A record's JSON object carries its schema name under ``schema`` (``mujaz.brief/1``), first.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from .errors import RecordError

T = TypeVar("T")


def to_dict(record: object, schema: str) -> dict[str, Any]:
    """Return ``record`` (a dataclass) as plain JSON types under ``schema``."""
    return {"schema": schema, **msgspec.to_builtins(record)}


def to_json(record: object, schema: str, *, indent: int = 0) -> str:
    """Return ``record`` as JSON text; ``indent=0`` gives one line, for JSON lines."""
    raw = msgspec.json.encode(to_dict(record, schema))
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def from_json(text: str | bytes, kind: type[T], schema: str) -> T:
    """Read a record back.

    Raises:
        RecordError: ``text`` is not JSON, has another schema, or lacks a field.
    """
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise RecordError(f"not a JSON record: {error}") from error
    found = data.pop("schema", None) if isinstance(data, dict) else None
    if found != schema:
        raise RecordError(f"a record of schema {found!r} where {schema!r} is expected")
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise RecordError(f"a broken {schema} record: {error}") from error
