"""Options that more than one verb takes, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer


class Format(StrEnum):
    """How results are written; ``same`` is the input's own kind, in a folder of outputs."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"
    SAME = "same"


class Runs(StrEnum):
    """Who does the work of a job."""

    LOCAL = "local"
    RAY = "ray"


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


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders, or - for stdin."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="Folder of the outputs (a job)."),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write.")]
Sentences = Annotated[int, typer.Option("--sentences", "-n", min=1, help="Sentences, at most.")]
MethodOption = Annotated[SummaryMethod, typer.Option("--method", help="How to summarise.")]
SummarizerOption = Annotated[
    str, typer.Option("--summarizer", metavar="MODEL", help="Model of the summary.")
]
TranslatorOption = Annotated[
    str, typer.Option("--translator", metavar="MODEL", help="Model of the translation.")
]
GlossaryOption = Annotated[
    Path | None,
    typer.Option("--glossary", metavar="FILE", help="Your names: TSV, CSV or TBX."),
]
SecondOption = Annotated[
    str,
    typer.Option("--second-model", metavar="MODEL", help="Mends faults; or none."),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Leave out, and list, what fails its checks.")
]


@dataclass(frozen=True, slots=True)
class JobOptions:
    """Options of reading many inputs and of working through them as a job.

    Attributes:
        include: Globs of inputs to take.
        exclude: Globs of inputs to leave out.
        text_field: Column or key of a row's text.
        id_field: That of its id.
        title_field: That of its title.
        retry_failed: Whether what failed is tried again.
        force: Whether everything is made again.
        dry_run: Whether to say what would be done, and do nothing.
        no_cache: Whether to keep translated segments for no other run.
        events: Whether progress is told as JSON lines.
        runner: Who does the work.
        address: The Ray cluster; empty starts one on this machine.
        workers: Workers on it.
    """

    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Take only these.")
    ] = None
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave these out.")
    ] = None
    text_field: Annotated[
        str, typer.Option("--text-field", metavar="NAME", help="Key of a row's text.")
    ] = "text"
    id_field: Annotated[str, typer.Option("--id-field", metavar="NAME", help="Of its id.")] = "id"
    title_field: Annotated[
        str, typer.Option("--title-field", metavar="NAME", help="Of its title.")
    ] = "title"
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Job: try again what failed.")
    ] = False
    force: Annotated[bool, typer.Option("--force", help="Job: make everything again.")] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Job: say what would be done.")] = False
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no translated sentences.")] = (
        False
    )
    events: Annotated[bool, typer.Option("--events", help="Job: progress as JSON on stderr.")] = (
        False
    )
    runner: Annotated[Runs, typer.Option("--runner", help="Job: local or ray.")] = Runs.LOCAL
    address: Annotated[
        str, typer.Option("--address", metavar="HOST:PORT", help="Ray: the cluster.")
    ] = ""
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Ray: how many.")] = None


def with_job_options(verb: Callable[..., int]) -> Callable[..., int]:
    """Give ``verb`` the options of `JobOptions`, which it takes together as ``job``."""
    hints = get_type_hints(verb, include_extras=True)
    shared = get_type_hints(JobOptions, include_extras=True)
    own = inspect.signature(verb).parameters.values()
    parameters = [p.replace(annotation=hints[p.name]) for p in own if p.name != "job"]
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters += [
        inspect.Parameter(f.name, keyword, default=f.default, annotation=shared[f.name])
        for f in fields(JobOptions)
    ]

    @wraps(verb)
    def taking(**given: Any) -> int:  # noqa: ANN401 - whatever the options are
        job = JobOptions(**{f.name: given.pop(f.name) for f in fields(JobOptions)})
        return verb(**given, job=job)

    taking.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    taking.__annotations__ = {p.name: p.annotation for p in parameters}
    return taking
