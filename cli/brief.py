"""``mujaz brief``: article in, English brief out."""

from __future__ import annotations

import typer

from .options import (
    Format,
    FormatOption,
    GlossaryOption,
    JobOptions,
    MethodOption,
    Output,
    Paths,
    SecondOption,
    Sentences,
    StrictOption,
    SummarizerOption,
    SummaryMethod,
    TranslatorOption,
    with_job_options,
)

EXAMPLE = "Example: mujaz brief article.txt --sentences 2 --format html > brief.html"


@with_job_options
def brief(
    ctx: typer.Context,
    *,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    sentences: Sentences = 3,
    method: MethodOption = SummaryMethod.AUTO,
    summarizer: SummarizerOption = "auto",
    translator: TranslatorOption = "auto",
    glossary: GlossaryOption = None,
    second_model: SecondOption = "auto",
    strict: StrictOption = False,
    job: JobOptions,
) -> int:
    """Turn Arabic articles into English briefs: headline, sentences, source, warnings."""
    from .work import recipe_of, work

    recipe = recipe_of(
        ctx,
        "brief",
        format_,
        job,
        sentences=sentences,
        method=method,
        summarizer=summarizer,
        translator=translator,
        glossary=glossary,
        second=second_model,
        strict=strict,
    )
    return work(ctx, recipe, paths or [], output, job)
