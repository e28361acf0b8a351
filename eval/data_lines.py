"""Data in JSON lines: plain rows, and XL-Sum as its authors publish it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mujaz.arabic import decode
from mujaz.errors import InputError

from .data_row import Columns, Data, Row, row_of
from .text_files import lines, read_text

_SECTION = re.compile(r"[A-Za-z_]+(?:-[A-Za-z_]+)*(?=-\d)")
_NUMBERED = re.compile(r"(\s*\(\d+\))?(\.txt)?$", re.IGNORECASE)


def objects(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the objects of a file of JSON lines, each with its place for errors.

    Raises:
        InputError: The file cannot be read, or a line is not a JSON object.
    """
    for number, line in enumerate(lines(read_text(path)), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: not JSON ({error})", "give one object a line") from error
        if not isinstance(found, dict):
            raise InputError(f"{where}: not a JSON object", "give one object a line")
        yield where, found


def plain(path: Path, columns: Columns, spec: str) -> Data:
    """Read rows ``{"id", "text", "title"?, "reference" or "references", "domain"?}``.

    Raises:
        InputError: A row has another form.
    """
    rows: list[Row] = []
    seen: dict[str, None] = {}
    for where, found in objects(path):
        present = Columns(
            text="text",
            id="id",
            title="title" if "title" in found else None,
            domain="domain" if "domain" in found else None,
            references=next(((n,) for n in ("references", "reference") if n in found), None),
        )
        rows.append(row_of(found, columns | present, where))
        seen |= dict.fromkeys(found)
    return Data(spec, path.stem, tuple(rows), tuple(seen))


def xlsum(path: Path, split: str | None, columns: Columns, spec: str) -> Data:
    """Read XL-Sum (Hasan et al. 2021): a file, or the folder with ``arabic_test.jsonl`` and so on.

    The domain is the section of the outlet that the id begins with (``middleeast-45029873``).

    Raises:
        InputError: There is no such file, or a row has another form.
    """
    path = _split_file(path, split) if path.is_dir() else path
    names = columns | Columns("text", ("summary",), "title", "id")
    rows: list[Row] = []
    seen: dict[str, None] = {}
    for where, found in objects(path):
        row = row_of(found, names, where)
        section = _SECTION.match(row.id)
        rows.append(row if row.domain or not section else replace(row, domain=section[0]))
        seen |= dict.fromkeys(found)
    return Data(spec, path.stem, tuple(rows), tuple(seen))


def easc(path: Path, columns: Columns, spec: str) -> Data:
    """Read the Essex Arabic Summaries Corpus: its folder, or JSON lines made of it.

    Its titles are categories ("Art and Music (1)"), so they are the domain and no headline. JSON
    lines have five ``summaries``, or the fields ``summary_A`` to ``summary_E``; the folder has
    ``Articles/NAME/*.txt`` and, for each, its summaries in ``MTurk/NAME/``.

    Raises:
        InputError: There is neither, or a row has another form.
    """
    if path.is_dir():
        return Data(spec, "easc", tuple(_easc_folder(path)))
    rows: list[Row] = []
    seen: dict[str, None] = {}
    for where, found in objects(path):
        published = "article_text" in found
        names = Columns(
            text="article_text" if published else "text",
            references=tuple(f"summary_{letter}" for letter in "ABCDE")
            if published
            else ("summaries",),
            title="",
            id="article_id" if published else "id",
            domain="topic_name" if published else "title",
        )
        row = row_of(found, columns | names, where)
        rows.append(replace(row, domain=_topic(row.domain)))
        seen |= dict.fromkeys(found)
    return Data(spec, path.stem, tuple(rows), tuple(seen))


def _easc_folder(path: Path) -> Iterator[Row]:
    for folder in sorted((path / "Articles").glob("*/"), key=lambda found: found.name):
        for file in sorted(folder.glob("*.[tT][xX][tT]")):
            summaries = sorted((path / "MTurk" / folder.name).glob("*"))
            yield Row(
                id=folder.name,
                text=decode(file.read_bytes(), str(file)),
                references=tuple(decode(s.read_bytes(), str(s)) for s in summaries),
                title="",
                domain=_topic(file.name),
            )


def _topic(title: str) -> str:
    """Return the category in a title of EASC: "Art and Music (1)", "sport (7).TXT"."""
    return _NUMBERED.sub("", title).strip().lower()


def _split_file(folder: Path, split: str | None) -> Path:
    found = {path.stem.rpartition("_")[2]: path for path in sorted(folder.glob("arabic_*.jsonl"))}
    return found[one_split(found, split, str(folder), "arabic_SPLIT.jsonl")]


def one_split(found: dict[str, Path], split: str | None, where: str, looked: str) -> str:
    """Return the split to read: the one asked for, or the only one.

    Raises:
        InputError: There is none, several and none is asked for, or not the one asked for.
    """
    if not found:
        raise InputError(f"{where}: nothing like {looked} in it", "check the path")
    if split is None and len(found) == 1:
        return next(iter(found))
    if split not in found:
        missing = f"no split {split!r}" if split else "several splits"
        raise InputError(f"{where}: {missing}", f"choose with --split: {', '.join(found)}")
    return split
