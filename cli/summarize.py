"""``mujaz summarize``: article in, Arabic summary out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import typer

from .options import (
    SUFFIXES,
    Format,
    FormatOption,
    MethodOption,
    Output,
    Paths,
    Sentences,
    SummarizerOption,
    SummaryMethod,
    is_debugging,
    is_quiet,
)

EXAMPLE = "Example: mujaz summarize article.txt --sentences 2"


def summarize(
    ctx: typer.Context,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    sentences: Sentences = 3,
    method: MethodOption = SummaryMethod.AUTO,
    summarizer: SummarizerOption = "auto",
) -> int:
    """Summarise Arabic articles in Arabic."""
    from mujaz.arabic import Article, normalize
    from mujaz.brief import escaped
    from mujaz.summarize import Summarizer, Summary

    from .inputs import outputs, sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output, lines=format_ is Format.JSON)
    places = outputs(found, output, SUFFIXES[format_])
    quiet = is_quiet(ctx)
    with ExitStack() as stack:

        def start() -> Callable[[Article], str]:
            front = Summarizer(
                method.value,
                summarizer,
                count=sentences,
                settings=ctx.obj,
                progress=DownloadProgress(quiet),
            )
            stack.callback(front.close)
            if not quiet:
                typer.echo(f"summary: {front.model or front.method} ({front.why})", err=True)
            return lambda article: rendered(front.summarize(article))

        def rendered(summary: Summary) -> str:
            if format_ is Format.JSON:
                return summary.to_json(indent=2 if output or len(found) == 1 else 0)
            lines = [normalize(s.text).text for s in summary.sentences]
            if format_ is Format.MD:
                lines = [f"- {escaped(line)}" for line in lines]
            return "\n".join(lines)

        return work(found, places, start, quiet=quiet, debug=is_debugging(ctx))
