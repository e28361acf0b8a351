"""``mujaz translate``: article in, its whole English translation out."""

from __future__ import annotations

import typer

from .options import (
    SUFFIXES,
    Format,
    FormatOption,
    GlossaryOption,
    Output,
    Paths,
    TranslatorOption,
)

EXAMPLE = "Example: mujaz translate article.txt > article.en.txt"


def translate(
    ctx: typer.Context,
    paths: Paths = None,
    output: Output = None,
    format_: FormatOption = Format.TEXT,
    translator: TranslatorOption = "auto",
    glossary: GlossaryOption = None,
) -> int:
    """Translate Arabic articles into English, sentence by sentence."""
    from mujaz.arabic import Article, load_glossary
    from mujaz.translate import Translator
    from mujaz.translate.document import translate_document

    from .inputs import sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output)
    quiet = bool(ctx.meta.get("quiet"))
    front = Translator(
        translator,
        settings=ctx.obj,
        progress=DownloadProgress(quiet),
        glossary=load_glossary(glossary) if glossary else None,
    )
    if not quiet:
        typer.echo(f"translation: {front.model} ({front.why})", err=True)

    def make(article: Article) -> str:
        document = translate_document(front, article)
        if format_ is Format.JSON:
            return document.to_json(indent=0 if len(found) > 1 else 2)
        if not quiet:
            for line in document.warning_lines():
                typer.echo(line, err=True)
        return document.text()

    try:
        return work(found, output, SUFFIXES[format_], make, quiet=quiet)
    finally:
        front.close()
