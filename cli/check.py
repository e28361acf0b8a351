"""``mujaz check``: what may be wrong with a translation, whoever made it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .eval_options import ManyValues
from .glossaries import own_glossary
from .options import is_quiet

if TYPE_CHECKING:
    from mujaz.checks import Finding, Kind
    from mujaz.checks.verdict import Pair, Verdict

EXAMPLE = "Example: mujaz check article.ar article.en --format json > verdict.json"


class CheckFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which severity on the exit code is 1."""

    SEVERE = "severe"
    WARNING = "warning"
    NEVER = "never"


class KindValues(ManyValues):
    """Takes several kinds behind one option."""

    many = frozenset({"--only", "--skip"})


NoUsualGlossaries = Annotated[
    bool,
    typer.Option("--no-usual-glossaries", help="Leave out the project's and the user's own."),
]


def check(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The Arabic: a file, or -.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="Its English: a file, or -.")],
    format_: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="How to print.")
    ] = CheckFormat.TEXT,
    glossary: Annotated[
        Path | None,
        typer.Option("--glossary", metavar="FILE", help="Your names and terms: TSV, CSV or TBX."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="KINDS", help="Look for these alone.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", metavar="KINDS", help="Do not look for these.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="What makes the exit code 1.")
    ] = FailOn.SEVERE,
    document: Annotated[
        bool, typer.Option("--document", help="All lines are one article: short names are known.")
    ] = False,
    no_usual_glossaries: NoUsualGlossaries = False,
) -> int:
    """Check a translation against its source: numbers, names, negation, meaning, form.

    Files hold one sentence a line, or JSON lines with ids, in UTF-8.
    """
    from mujaz.checks.verdict import judge

    kinds = _kinds(only or (), skip or ())
    quiet = is_quiet(ctx)
    own = own_glossary(ctx.obj, glossary, usual=not no_usual_glossaries, quiet=quiet)
    pairs, notes = _pairs(source, output)
    verdict = judge(pairs, glossary=own, one_document=document, kinds=kinds)
    if format_ is CheckFormat.JSON:
        sys.stdout.write(verdict.to_json(indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(verdict))
    if not quiet:
        for note in (*notes, _summary(verdict)):
            typer.echo(f"mujaz: {note}", err=True)
    return int(verdict.fails(fail_on.value))


def _kinds(only: Sequence[str], skip: Sequence[str]) -> tuple[Kind, ...]:
    """Return the kinds of findings that are asked for.

    Raises:
        OptionError: There is no such kind, or none is left.
    """
    from mujaz.checks.verdict import KINDS
    from mujaz.errors import OptionError

    wanted, unwanted = (
        [name for value in values for name in value.replace(",", " ").split()]
        for values in (only, skip)
    )
    unknown = next((name for name in (*wanted, *unwanted) if name not in KINDS), None)
    if unknown is not None:
        raise OptionError(f"kind {unknown!r} is unknown", f"use {', '.join(KINDS)}")
    kinds = tuple(kind for kind in KINDS if (not wanted or kind in wanted) and kind not in unwanted)
    if not kinds:
        raise OptionError("nothing is left to look for", "skip fewer kinds")
    return kinds


def _pairs(source: str, output: str) -> tuple[list[Pair], tuple[str, ...]]:
    """Return the pairs of two files, and what the reader should know of how they were aligned.

    Raises:
        InputError: A file cannot be read, the files do not belong together, or the first is not in
            Arabic.
    """
    from mujaz.arabic import arabic_share
    from mujaz.checks.verdict import Pair
    from mujaz.errors import InputError, OptionError
    from mujaz.eval.segments import read_segments
    from mujaz.eval.text_files import STDIN, shown
    from mujaz.summarize.summary import LEAST_ARABIC

    if source == output == STDIN:
        raise OptionError("both files are standard input", "name one of them")
    reading = read_segments(output, (), source)
    found = reading.segments
    if arabic_share("\n".join(found.sources)) < LEAST_ARABIC:
        raise InputError(
            f"{shown(source)} is not in Arabic", "name the Arabic file first, the English second"
        )
    rows = zip(found.ids, found.sources, found.hypotheses, strict=True)
    return [Pair(*row) for row in rows], reading.notes


def _lines(verdict: Verdict) -> list[str]:
    from mujaz.batch.unreadable import legible

    return [
        legible(f"{segment.id}: {finding.severity}: {finding.kind}: {finding.message}")
        for segment in verdict.segments
        for finding in _sorted(segment.findings)
    ]


def _sorted(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda found: ("severe", "warning", "info").index(found.severity))


def _summary(verdict: Verdict) -> str:
    parts = [
        f"{verdict.count(severity)} {severity} in {verdict.flagged(severity)}"
        for severity in ("severe", "warning", "info")
    ]
    total = len(verdict.segments)
    return f"{total} {'segment' if total == 1 else 'segments'}: {', '.join(parts)}"
