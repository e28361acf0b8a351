"""``mujaz translate``: article in, its whole English translation out."""

from __future__ import annotations

import typer

from .options import (
    Format,
    FormatOption,
    GlossaryOption,
    JobOptions,
    Output,
    Paths,
    SecondOption,
    TranslatorOption,
    with_job_options,
)

EXAMPLE = "Example: mujaz translate article.txt > article.en.txt"


@with_job_options
def translate(
    ctx: typer.Context,
    *,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    translator: TranslatorOption = "auto",
    glossary: GlossaryOption = None,
    second_model: SecondOption = "none",
    job: JobOptions,
) -> int:
    """Translate Arabic articles into English, sentence by sentence."""
    from .work import recipe_of, work

    recipe = recipe_of(
        ctx,
        "translate",
        format_,
        job,
        translator=translator,
        glossary=glossary,
        second=second_model,
    )
    return work(ctx, recipe, paths or [], output, job)
