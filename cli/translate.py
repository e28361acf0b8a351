"""``mujaz translate``: article in, its whole English translation out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import typer

from .options import (
    SUFFIXES,
    Format,
    FormatOption,
    GlossaryOption,
    Output,
    Paths,
    TranslatorOption,
    is_debugging,
    is_quiet,
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
    from mujaz.brief import escaped
    from mujaz.translate import Translator
    from mujaz.translate.document import Document, translate_document

    from .inputs import outputs, sources
    from .models import DownloadProgress
    from .work import work

    found = sources(paths or [], output, lines=format_ is Format.JSON)
    places = outputs(found, output, SUFFIXES[format_])
    quiet = is_quiet(ctx)
    with ExitStack() as stack:

        def start() -> Callable[[Article], str]:
            front = Translator(
                translator,
                settings=ctx.obj,
                progress=DownloadProgress(quiet),
                glossary=load_glossary(glossary) if glossary else None,
            )
            stack.callback(front.close)
            if not quiet:
                typer.echo(f"translation: {front.model} ({front.why})", err=True)
            return lambda article: rendered(translate_document(front, article))

        def rendered(document: Document) -> str:
            if format_ is Format.JSON:
                return document.to_json(indent=2 if output or len(found) == 1 else 0)
            if not quiet:
                for line in document.warning_lines():
                    typer.echo(line, err=True)
            if format_ is Format.MD:
                return "\n\n".join(escaped(p) for p in document.text().split("\n\n"))
            return document.text()

        return work(found, places, start, quiet=quiet, debug=is_debugging(ctx))
