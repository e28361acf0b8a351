"""Options that more than one verb takes, declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


class SummaryMethod(StrEnum):
    """How articles are summarised."""

    AUTO = "auto"
    EXTRACT = "extract"
    LEAD = "lead"
    SEQ2SEQ = "seq2seq"
    INSTRUCT = "instruct"


def is_quiet(ctx: typer.Context) -> bool:
    """Return whether ``--quiet`` was given, to the command itself or to a verb."""
    return bool(ctx.find_root().params.get("quiet"))


def is_debugging(ctx: typer.Context) -> bool:
    """Return whether ``--debug`` was given, likewise."""
    return bool(ctx.find_root().params.get("debug"))


SUFFIXES = {Format.TEXT: ".txt", Format.JSON: ".json", Format.MD: ".md"}

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, a folder of .txt files, or - for stdin."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="Folder for the outputs of several inputs."),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
Sentences = Annotated[int, typer.Option("--sentences", "-n", min=1, help="Sentences, at most.")]
MethodOption = Annotated[SummaryMethod, typer.Option("--method", help="How to summarise.")]
SummarizerOption = Annotated[
    str, typer.Option("--summarizer", metavar="MODEL", help="Model id or path for the summary.")
]
TranslatorOption = Annotated[
    str, typer.Option("--translator", metavar="MODEL", help="Model id or path for the translation.")
]
GlossaryOption = Annotated[
    Path | None,
    typer.Option("--glossary", metavar="FILE", help="Your names: Arabic<TAB>English a line."),
]
