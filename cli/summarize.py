"""``mujaz summarize``: article in, Arabic summary out."""

from __future__ import annotations

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
    from mujaz.summarize import Summarizer

    from .inputs import sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output)
    quiet = bool(ctx.meta.get("quiet"))
    front = Summarizer(
        method.value,
        summarizer,
        count=sentences,
        settings=ctx.obj,
        progress=DownloadProgress(quiet),
    )
    if not quiet:
        typer.echo(f"summary: {front.model or front.method} ({front.why})", err=True)

    def make(article: Article) -> str:
        summary = front.summarize(article)
        if format_ is Format.JSON:
            return summary.to_json(indent=0 if len(found) > 1 else 2)
        lines = [normalize(s.text).text for s in summary.sentences]
        return (
            "\n".join(f"- {line}" for line in lines) if format_ is Format.MD else "\n".join(lines)
        )

    try:
        return work(found, output, SUFFIXES[format_], make, quiet=quiet)
    finally:
        front.close()
