"""From a choice to what makes outputs of rows: a summarizer, a translator, the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from mujaz.arabic import Article, arabic_share, article_from_text
from mujaz.brief import Brief, Briefer
from mujaz.errors import InputError, MujazError
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure
from mujaz.models.store import InstalledModel
from mujaz.settings import Settings
from mujaz.summarize import Extract, Method, Summarizer, Summary, dedicated_model
from mujaz.summarize.summary import LEAST_ARABIC
from mujaz.translate import Translator
from mujaz.translate.document import Document, translate_documents

from .baselines import ORACLE_OBJECTIVE, TranslateThenSummarise, oracle
from .choices import Choice, summary_of
from .data_row import Row


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of a row.

    Attributes:
        hypothesis: The text that is scored.
        record: All that the pipeline says of it, as plain JSON types.
    """

    hypothesis: str
    record: dict[str, Any]


Made = list[Output | MujazError]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A system whose models are loaded.

    Attributes:
        outputs: Gives an output, or its error, for each of some rows.
        close: Frees the weights.
        window: How many rows at a time suit it.
    """

    outputs: Callable[[Sequence[Row]], Made]
    close: Callable[[], None] = lambda: None
    window: int = 1


def article_of(row: Row) -> Article:
    """Return a row as an article.

    Raises:
        InputError: There is no letter in its text, or hardly an Arabic one.
    """
    article = article_from_text(
        row.text, id=row.id, title=row.title or "", origin=f"row {row.id!r}"
    )
    if arabic_share(article.text) < LEAST_ARABIC:
        raise InputError(f"row {row.id!r} is not in Arabic", "choose another --text-field")
    return replace(article, title="") if row.title == "" else article


def decided(choice: Choice, settings: Settings, progress: Progress = SILENT) -> dict[str, Any]:
    """Return all that decides the outputs of ``choice``: methods, models and their files' state.

    Models are found, or fetched, and not loaded.

    Raises:
        MujazError: No model can be had.
    """
    kept: dict[str, Any] = {"device": settings.device}
    if choice.kind != "translator":
        kept["sentences"] = choice.count
    if choice.kind == "oracle":
        kept |= {"method": "oracle", "objective": ORACLE_OBJECTIVE}
    elif choice.kind != "translator":
        kept |= _summarising(choice, settings, progress)
    if choice.task != "summarize":
        wanted = "translate" if choice.translator == "auto" else choice.translator
        kept["translator"] = _state(ensure(wanted, settings, progress)[0])
    return kept


def _summarising(choice: Choice, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Return method and model as the front door of the summarizers would take them."""
    method, model = summary_of(choice)
    if model == "auto" and method in ("auto", "seq2seq"):
        found = dedicated_model(settings)
        if found or method == "seq2seq":
            return {"method": "seq2seq", "summarizer": _state(found) if found else "recommended"}
        method = "extract"
    if method == "lead":
        return {"method": method}
    if method == "extract":
        encoder = Extract(choice.count).encoder
        return {"method": method, "summarizer": f"{encoder.name} {encoder.version}"}
    wanted = "instruct" if model == "auto" else model
    return {"method": method, "summarizer": _state(ensure(wanted, settings, progress)[0])}


def _state(model: InstalledModel) -> dict[str, str]:
    """Return which model this is, to the byte where its manifest knows."""
    if model.manifest:
        files: list[tuple[str, int, object]] = [
            (file.name, file.size, file.sha256) for file in model.manifest.files
        ]
    else:
        inside = sorted(model.path.rglob("*")) if model.path.is_dir() else [model.path]
        files = [
            (path.name, path.stat().st_size, path.stat().st_mtime_ns)
            for path in inside
            if path.is_file()
        ]
    digest = hashlib.sha256(json.dumps(files).encode()).hexdigest()
    return {"model": model.id, "revision": model.revision, "files": digest}


def open_pipeline(choice: Choice, settings: Settings, progress: Progress = SILENT) -> Pipeline:
    """Load what ``choice`` needs.

    Raises:
        MujazError: No model can be had or loaded.
    """
    if choice.kind == "oracle":
        return Pipeline(_one_by_one(lambda row: _oracle(row, choice.count)))
    if choice.kind == "translator":
        return _translations(Translator(choice.translator, settings=settings, progress=progress))
    if choice.kind.startswith("translate-then"):
        translator = Translator(choice.translator, settings=settings, progress=progress)
        return _translating_first(translator, choice)
    method, model = summary_of(choice)
    if choice.kind == "chain":
        briefer = Briefer(
            sentences=choice.count,
            method=cast("Method", method),
            summarizer=model,
            translator=choice.translator,
            settings=settings,
            progress=progress,
            second="none",  # it is this model that is measured
        )
        return _chain(briefer)
    front = Summarizer(
        cast("Method", method), model, count=choice.count, settings=settings, progress=progress
    )
    return Pipeline(
        _one_by_one(lambda row: _summary(front.summarize(article_of(row)))), front.close
    )


def _one_by_one(make: Callable[[Row], Output]) -> Callable[[Sequence[Row]], Made]:
    def outputs(rows: Sequence[Row]) -> Made:
        made: Made = []
        for row in rows:
            try:
                made.append(make(row))
            except MujazError as error:
                made.append(error)
        return made

    return outputs


def _together(
    make: Callable[[Sequence[Article]], Iterable[Output | MujazError]],
) -> Callable[[Sequence[Row]], Made]:
    """Return outputs of rows whose articles are worked on in one window."""

    def outputs(rows: Sequence[Row]) -> Made:
        made: dict[str, Output | MujazError] = {}
        articles = []
        for row in rows:
            try:
                articles.append(article_of(row))
            except MujazError as error:
                made[row.id] = error
        made |= {a.id: output for a, output in zip(articles, make(articles), strict=True)}
        return [made[row.id] for row in rows]

    return outputs


def _oracle(row: Row, count: int) -> Output:
    return _summary(oracle(article_of(row), row.references, count))


def _summary(made: Summary) -> Output:
    return Output(made.text, {"summary": json.loads(made.to_json())})


def _translations(translator: Translator) -> Pipeline:
    def make(articles: Sequence[Article]) -> Iterable[Output | MujazError]:
        for made in translate_documents(translator, articles):
            yield made if isinstance(made, MujazError) else Output(made.text(), _document(made))

    return Pipeline(_together(make), translator.close, translator.window)


def _translating_first(translator: Translator, choice: Choice) -> Pipeline:
    try:
        way = TranslateThenSummarise(translator, summary_of(choice)[0], choice.count)
    except BaseException:
        translator.close()
        raise

    def make(row: Row) -> Output:
        summary, document = way.brief(article_of(row))
        output = _summary(summary)
        return replace(output, record=output.record | _document(document))

    return Pipeline(_one_by_one(make), translator.close)


def _chain(briefer: Briefer) -> Pipeline:
    def make(articles: Sequence[Article]) -> Iterable[Output | MujazError]:
        for made in briefer.briefs(articles):
            yield made if isinstance(made, MujazError) else _brief(made)

    return Pipeline(_together(make), briefer.close, briefer.translator.window)


def _document(made: Document) -> dict[str, Any]:
    return {"document": json.loads(made.to_json())}


def _brief(made: Brief) -> Output:
    """Return a brief; what is scored of it are its sentences, without the headline."""
    text = " ".join(sentence.text for sentence in made.sentences if sentence.text)
    return Output(text, {"brief": json.loads(made.to_json())})
