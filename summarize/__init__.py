"""Arabic summaries of Arabic articles: extracted, or written by a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from mujaz.arabic import Article, arabic_share
from mujaz.errors import InputError, ModelError, OptionError
from mujaz.models.catalogue import is_hub_id, load_catalogue
from mujaz.models.engine import Engine
from mujaz.models.loading import open_engine
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure, recommended, resolve
from mujaz.models.store import InstalledModel, installed
from mujaz.settings import Settings

from .extract import Extract
from .faithful import instead
from .instruct import InstructSummarizer
from .lead import Lead
from .seq2seq import Seq2SeqSummarizer
from .summary import (
    LEAST_ARABIC,
    ArticleSummarizer,
    Reading,
    Summary,
    SummarySentence,
    checked_count,
)

__all__ = [
    "METHODS",
    "ArticleSummarizer",
    "Extract",
    "InstructSummarizer",
    "Lead",
    "Loaded",
    "Method",
    "Reading",
    "Seq2SeqSummarizer",
    "Summarizer",
    "Summary",
    "SummarySentence",
    "check_request",
    "dedicated_model",
    "instead",
]

Method = Literal["auto", "extract", "lead", "seq2seq", "instruct"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that runs already, for another task.

    Attributes:
        model: Its id.
        engine: What runs it. Whoever loaded it closes it.
    """

    model: str
    engine: Engine


class Summarizer:
    """The front door: one interface to the four ways of summarising.

    ``auto`` takes a dedicated summarization model when one is installed, and extracts otherwise: an
    accurate extract beats a fluent invention (docs/quality.md has the figures).

    Args:
        method: ``auto``, ``extract``, ``lead``, ``seq2seq`` or ``instruct``.
        model: ``auto``, a catalogue id, a hub id or a path; for ``seq2seq`` and ``instruct``. A
            model that is named decides the method under ``auto``.
        count: Sentences of the summary, at most.
        settings: Where the models are, threads, device, network; from the environment by default.
        progress: Told what is fetched, if anything is.
        loaded: A model that runs already; used, not loaded again, where it is the one to be taken.

    Raises:
        MujazError: No model can be had or loaded; the error names the next step.

    Attributes:
        method: The method taken.
        model: The id of the model taken; empty for ``extract`` and ``lead``.
        why: Why they were taken, in one phrase.
        engine: What runs the model; ``None`` for ``extract`` and ``lead``.
    """

    def __init__(
        self,
        method: Method = "auto",
        model: str = "auto",
        *,
        count: int = 3,
        settings: Settings | None = None,
        progress: Progress = SILENT,
        loaded: Loaded | None = None,
    ) -> None:
        settings = settings or Settings.from_environment()
        check_request(method, model, count, settings)
        chosen, found, self.why = _choose(method, model, settings, progress, loaded)
        self.model = found.id if found else ""
        self.engine: Engine | None = None
        self._owned: Engine | None = None
        if found and loaded and found.id == loaded.model:
            self.engine = loaded.engine
        elif found:
            self.engine = self._owned = open_engine(
                found.path, threads=settings.threads, device=settings.device
            )
        self._summarizer = _build(chosen, count, self.engine, found)
        self.method: str = self._summarizer.method

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article; a short article gives fewer sentences.

        Raises:
            InputError: The article has no sentence, or is not in Arabic.
        """
        if arabic_share(article.text) < LEAST_ARABIC:
            name = "standard input" if article.origin == "-" else article.origin
            raise InputError(f"{name} is not in Arabic", "give an Arabic article")
        return self._summarizer.summarize(article)

    def close(self) -> None:
        """Free the weights, if any were loaded here."""
        if self._owned:
            self._owned.close()
            self._owned = None


def check_request(method: str, model: str, count: int, settings: Settings) -> None:
    """Refuse at once, before anything is loaded or fetched, what cannot be served.

    Raises:
        OptionError: The method is unknown, or uses no model and one is named, or ``count`` is less
            than 1.
        ModelError: The named model is neither known nor a path.
    """
    if method not in METHODS:
        raise OptionError(f"method {method!r} is unknown", f"use {', '.join(METHODS)}")
    checked_count(count)
    if model == "auto":
        return
    if method in ("extract", "lead"):
        raise OptionError(
            f"the method {method} uses no model, and {model} is named",
            "leave out the method or the model",
        )
    if not (load_catalogue().get(model) or is_hub_id(model)):
        resolve(model, settings)


def dedicated_model(settings: Settings) -> InstalledModel | None:
    """Return the best installed model that was fine-tuned for summaries, or ``None``."""
    return next(
        (
            model
            for model in installed(settings)
            if "summarize" in model.tasks and not _follows_instructions(model)
        ),
        None,
    )


def _follows_instructions(model: InstalledModel) -> bool:
    return "llama" in model.description.engines


def _choose(
    method: Method, model: str, settings: Settings, progress: Progress, loaded: Loaded | None
) -> tuple[Method, InstalledModel | None, str]:
    """Return method, model and why, before anything is loaded."""
    match method:
        case "extract" | "lead":
            return method, None, "asked for by name"
        case "instruct":
            return method, *_instructed(model, settings, progress, loaded)
        case "seq2seq":
            return method, *_dedicated(model, settings, progress)
    if model != "auto":
        found, why = ensure(model, settings, progress)
        if _follows_instructions(found):
            return "instruct", found, why
        _refuse_others(found, "summarize" in found.tasks or not found.tasks)
        return "seq2seq", found, why
    dedicated = dedicated_model(settings)
    if dedicated:
        return "seq2seq", dedicated, "the best installed summarization model"
    return "extract", None, "no summarization model is installed; an extract invents nothing"


def _instructed(
    model: str, settings: Settings, progress: Progress, loaded: Loaded | None
) -> tuple[InstalledModel, str]:
    if model == "auto" and loaded and loaded.engine.follows_instructions:
        found, _ = ensure(loaded.model, settings, progress)
        return found, "it runs already, for the translation"
    found, why = ensure("instruct" if model == "auto" else model, settings, progress)
    if not _follows_instructions(found):
        raise ModelError(
            f"{found.id} does not follow instructions", "use --method seq2seq, extract or lead"
        )
    return found, why


def _dedicated(model: str, settings: Settings, progress: Progress) -> tuple[InstalledModel, str]:
    if model == "auto":
        dedicated = dedicated_model(settings)
        if dedicated:
            return dedicated, "the best installed summarization model"
        # The embedded model lists the task too, but it is no sequence-to-sequence model.
        first = next(e for e in recommended("summarize") if e.family != "llama-gguf")
        found, _ = ensure(first.id, settings, progress)
        return found, "the recommended summarization model, fetched now"
    found, why = ensure(model, settings, progress)
    if _follows_instructions(found):
        raise ModelError(
            f"{found.id} is instruction-tuned, not a sequence-to-sequence summarizer",
            "use --method instruct",
        )
    # What a folder's files let guess is no reason to refuse it here; what the catalogue says is.
    _refuse_others(found, found.entry is None or "summarize" in found.tasks)
    return found, why


def _refuse_others(found: InstalledModel, good: bool) -> None:
    if not good:
        raise ModelError(
            f"{found.id} is a model for {', '.join(found.tasks)}, not for summaries in Arabic",
            "see `mujaz models list`; a folder of your own is taken with --method seq2seq",
        )


def _build(
    method: str, count: int, engine: Engine | None, found: InstalledModel | None
) -> ArticleSummarizer:
    if method == "lead":
        return Lead(count)
    if not engine or not found:
        return Extract(count)
    if method == "instruct":
        return InstructSummarizer(engine, model=found.id, count=count)
    if found.entry:
        return Seq2SeqSummarizer(
            engine,
            model=found.id,
            count=count,
            options=found.entry.generation,
            max_input=found.entry.input.max_tokens,
        )
    return Seq2SeqSummarizer(engine, model=found.id, count=count)
