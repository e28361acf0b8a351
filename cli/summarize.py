"""``mujaz summarize``: article in, Arabic summary out."""

from __future__ import annotations

import typer

from .options import (
    Format,
    FormatOption,
    JobOptions,
    MethodOption,
    Output,
    Paths,
    Sentences,
    SummarizerOption,
    SummaryMethod,
    with_job_options,
)

EXAMPLE = "Example: mujaz summarize article.txt --sentences 2"


@with_job_options
def summarize(
    ctx: typer.Context,
    *,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    sentences: Sentences = 3,
    method: MethodOption = SummaryMethod.AUTO,
    summarizer: SummarizerOption = "auto",
    job: JobOptions,
) -> int:
    """Summarise Arabic articles in Arabic."""
    from .work import recipe_of, work

    recipe = recipe_of(
        ctx, "summarize", format_, job, sentences=sentences, method=method, summarizer=summarizer
    )
    return work(ctx, recipe, paths or [], output, job)
