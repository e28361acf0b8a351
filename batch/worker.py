"""The unit of work that a run on one machine and one on many share: articles in, outcomes out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mujaz.arabic import Article, Glossary
from mujaz.arabic.glossary import make_glossary
from mujaz.brief import Brief
from mujaz.errors import ModelError, MujazError
from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings
from mujaz.summarize import Summary
from mujaz.translate.document import Document

from .recipe import Recipe, Verb, pinned
from .rendering import Record, face_of, rendered

if TYPE_CHECKING:
    from mujaz.translate import Translator

# Articles that are summarised without a translation; nothing is gained by more of them together.
_SUMMARIES = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: a record, or an error. It pickles.

    Attributes:
        article: The article's id.
        record: The record as one line of JSON; empty when the article failed.
        text: The same in the recipe's form; empty where the form is ``same``.
        title: What stands above it in an index, in English where there is English.
        original: The article's own title.
        line: Its first sentence.
        warnings: One line each.
        sentences: How many were written.
        error: Why there is no record, in one line with the next step; empty when there is one.
        trace: The error's traceback.
    """

    article: str
    record: str = ""
    text: str = ""
    title: str = ""
    original: str = ""
    line: str = ""
    warnings: tuple[str, ...] = ()
    sentences: int = 0
    error: str = ""
    trace: str = ""


class _Chain(Protocol):
    """A verb with its models loaded."""

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def window(self) -> int: ...

    def one(self, article: Article) -> Record: ...

    def many(self, articles: Sequence[Article]) -> Iterator[Record | MujazError]: ...

    def close(self) -> None: ...


class Worker:
    """Makes the outputs of articles by one recipe; loads its models once.

    Args:
        recipe: What to make. One that is pinned is followed to the letter: a machine with other
            models refuses it.
        settings: Where the models are, threads, device, network.
        progress: Told what is fetched, if anything is.

    Raises:
        MujazError: A model cannot be had, is not the recipe's, or cannot be loaded.

    Attributes:
        recipe: What it makes.
        notes: One line per model, saying which was taken and why.
        window: Articles at a time that suit the models.
    """

    def __init__(self, recipe: Recipe, settings: Settings, progress: Progress = SILENT) -> None:
        if recipe.models:
            here = pinned(recipe, settings, progress).models
            if here != recipe.models:
                raise ModelError(
                    f"the models here ({', '.join(here)}) are not those of the job "
                    f"({', '.join(recipe.models)})",
                    "run `mujaz models pull` for the job's models",
                )
        self.recipe = recipe
        chains: dict[Verb, Callable[[Recipe, Settings, Progress], _Chain]] = {
            "brief": _Briefs,
            "summarize": _Summaries,
            "translate": _Documents,
        }
        self._chain = chains[recipe.verb](recipe, settings, progress)
        self.notes = self._chain.notes
        self.window = self._chain.window

    def do(self, articles: Sequence[Article]) -> list[Outcome]:
        """Return what became of each article, in order. No article's fault is raised.

        The same article gives the same outcome, whatever stands beside it.
        """
        made: list[Outcome] = []
        try:
            for article, result in zip(articles, self._chain.many(articles), strict=True):
                made.append(self._outcome(article, result))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop a job
            if len(articles) == 1:
                return [failed(articles[0], error)]
            # Whose fault it was is found out one by one.
            return made + [self.do([article])[0] for article in articles[len(made) :]]
        return made

    def make(self, article: Article) -> Outcome:
        """Return the outcome of one article, with the times it took where its record has them.

        Raises:
            MujazError: It failed.
        """
        return self._done(article, self._chain.one(article))

    def close(self) -> None:
        """Free the weights."""
        self._chain.close()

    def _outcome(self, article: Article, result: Record | MujazError) -> Outcome:
        if isinstance(result, MujazError):
            return failed(article, result)
        return self._done(article, result)

    def _done(self, article: Article, record: Record) -> Outcome:
        face = face_of(record, article)
        return Outcome(
            article=article.id,
            record=record.to_json(),
            text=rendered(record, self.recipe.form, article),
            title=face.title,
            original=article.title,
            line=face.line,
            warnings=face.warnings,
            sentences=len(record.sentences),
        )


def failed(article: Article, error: Exception) -> Outcome:
    """Return the outcome of an article that ``error`` has befallen."""
    trace = "".join(traceback.format_exception(error))
    return Outcome(article.id, original=article.title, error=error_line(error), trace=trace)


def error_line(error: Exception) -> str:
    """Return ``error`` in one line; what is no `MujazError` is a fault of ours, and said to be."""
    text = str(error)
    if not isinstance(error, MujazError):
        text = f"internal error: {type(error).__name__}: {text}; run again with --debug"
    return " ".join(text.split())


def _glossary(recipe: Recipe) -> Glossary | None:
    return make_glossary(list(recipe.glossary)) if recipe.glossary else None


def _translation_notes(translator: Translator) -> tuple[str, ...]:
    notes: tuple[str, ...] = (f"translation: {translator.model} ({translator.why})",)
    if translator.second:
        notes += (f"repair: {translator.second} (tries what is left with a severe fault)",)
    return notes


class _Briefs:
    def __init__(self, recipe: Recipe, settings: Settings, progress: Progress) -> None:
        from mujaz.brief import Briefer

        self._front = Briefer(
            sentences=recipe.sentences,
            method=recipe.method,
            summarizer=recipe.summarizer,
            translator=recipe.translator,
            glossary=_glossary(recipe),
            settings=settings,
            progress=progress,
            cache=recipe.cache,
            second=recipe.second,
            strict=recipe.strict,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        first, second = self._front.summarizer, self._front.translator
        return (
            f"summary: {first.model or first.method} ({first.why})",
            *_translation_notes(second),
        )

    @property
    def window(self) -> int:
        return self._front.translator.window

    def one(self, article: Article) -> Brief:
        return self._front.brief(article)

    def many(self, articles: Sequence[Article]) -> Iterator[Brief | MujazError]:
        return self._front.briefs(articles)

    def close(self) -> None:
        self._front.close()


class _Summaries:
    def __init__(self, recipe: Recipe, settings: Settings, progress: Progress) -> None:
        from mujaz.summarize import Summarizer

        self._front = Summarizer(
            recipe.method,
            recipe.summarizer,
            count=recipe.sentences,
            settings=settings,
            progress=progress,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        return (f"summary: {self._front.model or self._front.method} ({self._front.why})",)

    @property
    def window(self) -> int:
        return _SUMMARIES

    def one(self, article: Article) -> Summary:
        return self._front.summarize(article)

    def many(self, articles: Sequence[Article]) -> Iterator[Summary | MujazError]:
        for article in articles:
            try:
                yield self._front.summarize(article)
            except MujazError as error:
                yield error

    def close(self) -> None:
        self._front.close()


class _Documents:
    def __init__(self, recipe: Recipe, settings: Settings, progress: Progress) -> None:
        from mujaz.translate import Translator

        self._front = Translator(
            recipe.translator,
            settings=settings,
            progress=progress,
            glossary=_glossary(recipe),
            cache=recipe.cache,
            second=recipe.second,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        return _translation_notes(self._front)

    @property
    def window(self) -> int:
        return self._front.window

    def one(self, article: Article) -> Document:
        from mujaz.translate.document import translate_document

        return translate_document(self._front, article)

    def many(self, articles: Sequence[Article]) -> Iterator[Document | MujazError]:
        from mujaz.translate.document import translate_documents

        return translate_documents(self._front, articles)

    def close(self) -> None:
        self._front.close()
