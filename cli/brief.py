"""``mujaz brief``: article in, English brief out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

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
    is_debugging,
    is_quiet,
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
    from mujaz.brief import Brief, Briefer

    from .inputs import outputs, sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output, lines=format_ is Format.JSON)
    places = outputs(found, output, SUFFIXES[format_])
    quiet = is_quiet(ctx)
    with ExitStack() as stack:

        def start() -> Callable[[Article], str]:
            briefer = Briefer(
                sentences=sentences,
                method=method.value,
                summarizer=summarizer,
                translator=translator,
                glossary=load_glossary(glossary) if glossary else None,
                settings=ctx.obj,
                progress=DownloadProgress(quiet),
            )
            stack.callback(briefer.close)
            if not quiet:
                first, second = briefer.summarizer, briefer.translator
                typer.echo(f"summary: {first.model or first.method} ({first.why})", err=True)
                typer.echo(f"translation: {second.model} ({second.why})", err=True)
            return lambda article: rendered(briefer.brief(article))

        def rendered(made: Brief) -> str:
            match format_:
                case Format.JSON:
                    return made.to_json(indent=2 if output or len(found) == 1 else 0)
                case Format.MD:
                    return made.markdown()
                case _:
                    return made.text()

        return work(found, places, start, quiet=quiet, debug=is_debugging(ctx))
