"""Several systems on the same segments: their outputs aligned, named, and with what is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from mujaz.arabic import arabic_share
from mujaz.checks import Finding, check_form, check_numbers, check_portfolios
from mujaz.errors import InputError, OptionError

from .metric import Segments
from .segments import OUTPUTS, RUN, read_segments

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

MOST = 12
"""Systems in one comparison; a reader cannot hold more apart, nor can eight colours and signs."""

# Outputs of a median length in this share of their sources' are taken for translations, and
# checked as such. Briefs and summaries lie far below.
_TRANSLATION = (0.5, 2.2)
# Controls, bidi marks and overrides, separators: they turn or break what stands around a name.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class System:
    """One system of a comparison.

    Attributes:
        name: Unique in the comparison, on one line, without invisible characters.
        origin: The file or folder.
        segments: Its outputs, with what all systems share.
        findings: For each segment what is or may be wrong with the output.
        making: What made the outputs, as far as it is recorded: names and values.
    """

    name: str
    origin: str
    segments: Segments
    findings: tuple[tuple[Finding, ...], ...]
    making: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """The systems that are compared.

    Attributes:
        systems: The first is the one that the others are held against.
        notes: How their segments were brought together, one line each.
    """

    systems: tuple[System, ...]
    notes: tuple[str, ...] = ()


def legible(text: str) -> str:
    r"""Return ``text`` on one line, with characters that nobody sees written out.

    >>> legible("a\u202eb")
    'a⟨U+202E⟩b'
    """
    line = " ".join(text.split())
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", line)


def read_systems(
    paths: Sequence[Path | str],
    references: Sequence[Path | str] = (),
    sources: Path | str | None = None,
) -> Field:
    """Read systems and bring their segments together.

    Where outputs carry ids, ids decide; outputs without any are taken in the order of the others.
    References, sources and domains that no file is given for are those that the outputs carry.

    Args:
        paths: Folders that ``mujaz eval run`` wrote, or files of outputs.
        references: Files; see `mujaz.eval.read_segments`.
        sources: A file, likewise.

    Raises:
        OptionError: There are fewer than two systems, or more than `MOST`.
        InputError: A file cannot be read, or the systems are not on the same segments.
    """
    if len(paths) < 2:
        raise OptionError(
            "a comparison needs two systems or more", "name at least two files or run folders"
        )
    if len(paths) > MOST:
        raise OptionError(f"{len(paths)} systems are more than {MOST}", "compare fewer at a time")
    readings = [read_segments(path, references, sources) for path in paths]
    notes = [note for reading in readings for note in reading.notes]
    segments = _together([r.segments for r in readings], [str(p) for p in paths], notes)
    runs = [_run(Path(path)) for path in paths]
    names = _names([run.get("system") or Path(p).stem for run, p in zip(runs, paths, strict=True)])
    systems = []
    for path, name, run, own in zip(paths, names, runs, segments, strict=True):
        found = _recorded(Path(path), own.ids)
        systems.append(System(name, legible(str(path)), own, found, _making(run)))
    return Field(tuple(systems), tuple(dict.fromkeys(notes)))


def _together(given: list[Segments], names: list[str], notes: list[str]) -> list[Segments]:
    """Return the segments of all systems in one order, with the same references and so on."""
    numbered = next((s for s in given if not _is_numbered(s)), given[0])
    ordered = []
    for name, own in zip(names, given, strict=True):
        if len(own) != len(numbered):
            raise InputError(
                f"{name} has {len(own)} segments and {names[given.index(numbered)]}"
                f" {len(numbered)}",
                "give outputs for the same segments",
            )
        if own.ids == numbered.ids:
            ordered.append(own)
        elif _is_numbered(own):
            notes.append(f"{name} has no ids: taken in the order of the others")
            ordered.append(replace(own, ids=numbered.ids))
        elif set(own.ids) == set(numbered.ids):
            ordered.append(_reordered(own, numbered.ids))
        else:
            lacking = next(id for id in numbered.ids if id not in set(own.ids))
            raise InputError(
                f"{name} lacks the segment {lacking!r}", "give outputs for the same segments"
            )
    shared: dict[str, tuple[Any, ...]] = {}
    for field in ("references", "sources", "domains"):
        for name, own in zip(names, ordered, strict=True):
            value = getattr(own, field)
            if value and shared.setdefault(field, value) != value:
                raise InputError(
                    f"{name} has other {field} than the systems before it",
                    "compare systems on the same data",
                )
    return [replace(own, **shared) for own in ordered]


def _is_numbered(segments: Segments) -> bool:
    """Return whether the ids are only the numbers of the lines."""
    return all(id == str(number) for number, id in enumerate(segments.ids, 1))


def _reordered(segments: Segments, ids: tuple[str, ...]) -> Segments:
    place = {id: number for number, id in enumerate(segments.ids)}
    order = [place[id] for id in ids]
    return Segments(
        ids,
        _picked(segments.hypotheses, order),
        _picked(segments.references, order),
        _picked(segments.sources, order),
        _picked(segments.domains, order),
    )


def _picked(values: tuple[T, ...], order: Sequence[int]) -> tuple[T, ...]:
    return tuple(values[number] for number in order) if values else ()


def _names(given: Iterable[str]) -> list[str]:
    """Return names that are legible and each other's equal nowhere: news, news (2)."""
    names: list[str] = []
    for name in map(legible, given):
        name = name or "unnamed"
        number, unique = 2, name
        while unique in names:
            unique, number = f"{name} ({number})", number + 1
        names.append(unique)
    return names


def _run(path: Path) -> dict[str, Any]:
    """Return what a run folder says of itself; empty for a file."""
    file = path / RUN
    if not file.is_file():
        return {}
    run: dict[str, Any] = msgspec.json.decode(
        file.read_bytes()
    )  # its schema was checked when it was read
    system = run.get("system")
    return run | {"system": system if isinstance(system, str) else ""}


def _making(run: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the task, data, settings and version of a run as names and values."""
    found: list[tuple[str, str]] = []
    for name in ("task", "data", "settings", "version"):
        value = run.get(name)
        for key, part in value.items() if isinstance(value, dict) else [(name, value)]:
            if part not in (None, "", [], {}):
                text = part if isinstance(part, str) else msgspec.json.encode(part).decode()
                found.append((legible(str(key)), legible(text)))
    return tuple(found)


def _recorded(path: Path, ids: tuple[str, ...]) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings in the records of a run's outputs, segment by segment."""
    file = path / OUTPUTS if path.is_dir() else path
    found: dict[str, tuple[Finding, ...]] = {}
    if file.suffix == ".jsonl":
        for line in filter(None, map(bytes.strip, file.read_bytes().split(b"\n"))):
            row = msgspec.json.decode(line)
            if isinstance(row, dict) and isinstance(row.get("record"), dict):
                found[str(row.get("id"))] = tuple(dict.fromkeys(_findings(row["record"])))
    return tuple(found.get(id, ()) for id in ids)


def _findings(record: object) -> Iterable[Finding]:
    """Yield the findings anywhere in a record: of sentences, of the headline, of a translation."""
    if isinstance(record, list):
        for part in record:
            yield from _findings(part)
    elif isinstance(record, dict):
        for key, value in record.items():
            if key in ("findings", "flags") and isinstance(value, list):
                for finding in value:
                    try:
                        # Places count in a sentence of the record, not in the whole output.
                        read = msgspec.convert(finding, Finding)
                    except msgspec.ValidationError:
                        continue
                    yield replace(read, source=None, target=None)
            else:
                yield from _findings(value)


def checked(system: System) -> System:
    """Return ``system`` with findings of form and of numbers, where it has none on record.

    Only English translations of Arabic sources are checked, which takes some 2 ms a segment. A
    run is not: its own record says what was found.
    """
    segments = system.segments
    if system.making or any(system.findings) or not segments.sources:
        return system
    pairs = list(zip(segments.sources, segments.hypotheses, strict=True))
    lengths = [len(text) / len(source) for source, text in pairs if source and text]
    if not lengths or not _TRANSLATION[0] <= median(lengths) <= _TRANSLATION[1]:
        return system
    arabic = [arabic_share("\n".join(t)) > 0.5 for t in (segments.sources, segments.hypotheses)]
    if arabic != [True, False]:
        return system
    found = []
    for source, text in pairs:
        own = check_form(source, text)
        if text.strip():
            own = [*own, *check_numbers(source, text), *check_portfolios(source, text)]
        found.append(tuple(replace(f, source=None, target=None) for f in own))
    return replace(system, findings=tuple(found))
