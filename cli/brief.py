"""``mujaz brief``: article in, English brief out."""

from __future__ import annotations

import typer

from .options import (
    SUFFIXES,
    Format,
    FormatOption,
    GlossaryOption,
    MethodOption,
    Output,
    Paths,
    Sentences,
    SummarizerOption,
    SummaryMethod,
    TranslatorOption,
)

EXAMPLE = "Example: mujaz brief article.txt --sentences 2 --format md"


def brief(
    ctx: typer.Context,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    sentences: Sentences = 3,
    method: MethodOption = SummaryMethod.AUTO,
    summarizer: SummarizerOption = "auto",
    translator: TranslatorOption = "auto",
    glossary: GlossaryOption = None,
) -> int:
    """Turn Arabic articles into English briefs: headline, sentences, source, warnings."""
    from mujaz.arabic import Article, load_glossary
    from mujaz.brief import Briefer

    from .inputs import sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output)
    quiet = bool(ctx.meta.get("quiet"))
    briefer = Briefer(
        sentences=sentences,
        method=method.value,
        summarizer=summarizer,
        translator=translator,
        glossary=load_glossary(glossary) if glossary else None,
        settings=ctx.obj,
        progress=DownloadProgress(quiet),
    )
    if not quiet:
        how = briefer.summarizer.model or briefer.summarizer.method
        typer.echo(f"summary: {how} ({briefer.summarizer.why})", err=True)
        typer.echo(f"translation: {briefer.translator.model} ({briefer.translator.why})", err=True)

    def make(article: Article) -> str:
        made = briefer.brief(article)
        match format_:
            case Format.JSON:
                return made.to_json(indent=0 if len(found) > 1 else 2)
            case Format.MD:
                return made.markdown()
            case _:
                return made.text()

    try:
        return work(found, output, SUFFIXES[format_], make, quiet=quiet)
    finally:
        briefer.close()
