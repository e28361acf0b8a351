"""What a data set for evaluation is made of: rows with ids, texts and references."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from mujaz.errors import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """One article, or sentence, and what people wrote for it.

    Attributes:
        id: Unique in its data set.
        text: The Arabic.
        references: Summaries, translations or briefs of it by people; empty when there are none.
        title: Its headline; empty if it is known to have none, ``None`` if that is not known (the
            reader of articles then looks for one in the text).
        domain: What it is about, for tables by domain; empty when not known.
    """

    id: str
    text: str
    references: tuple[str, ...] = ()
    title: str | None = None
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields of a row hold what; ``None`` leaves it to the format's own names.

    A dot goes down into a field: ``translation.ar``.

    Attributes:
        text: The Arabic.
        references: One or more fields of references, each a text or a list of texts.
        title: The headline; an empty name means that there is none.
        id: The id.
        domain: The domain; an empty name means that there is none.
    """

    text: str | None = None
    references: tuple[str, ...] | None = None
    title: str | None = None
    id: str | None = None
    domain: str | None = None

    def __or__(self, other: Columns) -> Columns:
        """Return these names, and those of ``other`` where these say nothing."""
        mine = {name: getattr(self, name) for name in self.__slots__}
        return replace(other, **{name: value for name, value in mine.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Data:
    """A data set as it was read.

    Attributes:
        spec: How it was asked for: a path, or ``xlsum:PATH`` and so on.
        name: A short name for folders.
        rows: The rows, in the order of the files.
        fields: The fields that its files have, for messages; empty where there are none to choose.
    """

    spec: str
    name: str
    rows: tuple[Row, ...]
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.rows:
            raise InputError(f"{self.spec} has no rows", "check the path and the split")
        seen: set[str] = set()
        for row in self.rows:
            if row.id in seen:
                raise InputError(f"{self.spec}: the id {row.id!r} occurs twice", "make ids unique")
            seen.add(row.id)
            if any(not reference.strip() for reference in row.references):
                raise InputError(
                    f"{self.spec}: an empty reference in row {row.id!r}", "leave that row out"
                )
            if bool(row.references) != bool(self.rows[0].references):
                bare = row.id if self.rows[0].references else self.rows[0].id
                raise InputError(
                    f"{self.spec}: row {bare!r} has no reference, and others have",
                    "give every row one, or none",
                )

    @property
    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of all that the rows say, in order."""
        return hashlib.sha256(msgspec.json.encode(self.rows)).hexdigest()

    def chosen(self, *, every: int = 1, limit: int | None = None) -> tuple[Row, ...]:
        """Return every ``every``-th row from the first, ``limit`` of them at most."""
        return self.rows[::every][:limit]


def row_of(fields: Mapping[str, object], names: Columns, where: str) -> Row:
    """Return a row out of the fields of a file.

    Args:
        fields: Field → value.
        names: The fields to take. ``text`` and ``id`` must be named; references, title and domain
            that are not named are not there.
        where: The file and line, for errors.

    Raises:
        InputError: A named field is absent, or has no text in it.
    """
    assert names.text is not None
    assert names.id is not None
    references: list[str] = []
    for name in names.references or ():
        value = _at(fields, name, where)
        each = value if isinstance(value, list | tuple) else [value]
        references += [_text(one, name, where) for one in each]
    identity = _at(fields, names.id, where)
    if not isinstance(identity, str | int) or identity == "":
        raise InputError(f"{where}: the field {names.id!r} is no id", "name it with --id-field")
    return Row(
        id=_whole(str(identity)),
        text=_text(_at(fields, names.text, where), names.text, where),
        references=tuple(references),
        title=None if names.title is None else _named(fields, names.title, where).strip(),
        domain=_named(fields, names.domain or "", where),
    )


def _named(fields: Mapping[str, object], name: str, where: str) -> str:
    """Return the text of a field; nothing for no name."""
    return _text(_at(fields, name, where), name, where) if name else ""


def _at(fields: Mapping[str, object], name: str, where: str) -> object:
    """Return a field's value, ``name`` itself first, then as a way down."""
    if name in fields:
        return fields[name]
    value: object = fields
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            raise InputError(
                f"{where}: no field {name!r} among {', '.join(map(str, fields))}",
                "name the fields with --text-field, --reference-field and so on",
            )
        value = value[part]
    return value


def _text(value: object, name: str, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{where}: the field {name!r} is no text", "choose another field")
    return _whole(value)


def _whole(text: str) -> str:
    # JSON can name lone surrogates, which no encoding can write.
    return text.encode("utf-8", "replace").decode("utf-8")
