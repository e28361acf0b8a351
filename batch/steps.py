"""What goes from the reader of a job to its writer, past the worker or through it."""

from __future__ import annotations

from dataclasses import dataclass

from mujaz.arabic import Article

from .manifest import Row


@dataclass(frozen=True, slots=True)
class Task:
    """An article to work on.

    Attributes:
        output: Where its output goes, below the output folder.
        article: The article.
        content: SHA-256 of the input that it was read from.
        row: Its number in an input of many articles; ``None`` for a document.
        key: Hash of the row and the recipe; empty for a document.
    """

    output: str
    article: Article
    content: str
    row: int | None = None
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Refused:
    """An input, or a row of it, that gives no article; the fields as those of `Task`."""

    output: str
    id: str
    error: str
    content: str
    row: int | None = None
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Opened:
    """An input of many articles is begun, or gone on with.

    Attributes:
        output: Its output.
        part: Number of the file of rows that grows, from 1.
        kept: How many of its rows stand already.
    """

    output: str
    part: int
    kept: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A row that an earlier file of the same output has already.

    Attributes:
        output: The output.
        number: The row's number now.
        row: What to copy.
    """

    output: str
    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Closed:
    """An input of many articles has been read to its end.

    Attributes:
        output: Its output.
        content: SHA-256 of the input.
        rows: How many articles and unreadable rows it has.
    """

    output: str
    content: str
    rows: int


Note = Refused | Opened | Copied | Closed
"""Steps that no worker sees; a runner hands them on as they are."""

Step = Task | Note
