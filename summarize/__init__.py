"""Arabic summaries of Arabic articles: extracted, or written by a model."""

from __future__ import annotations

from typing import Literal, get_args

from mujaz.arabic import Article
from mujaz.models.engine import Engine
from mujaz.models.loading import open_engine
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure
from mujaz.models.store import InstalledModel, installed

from mujaz.errors import ModelError, OptionError
from mujaz.settings import Settings

from .extract import Extract
from .instruct import InstructSummarizer
from .lead import Lead
from .seq2seq import Seq2SeqSummarizer
from .summary import ArticleSummarizer, Reading, Summary, SummarySentence

__all__ = [
    "METHODS",
    "ArticleSummarizer",
    "Extract",
    "InstructSummarizer",
    "Lead",
    "Method",
    "Reading",
    "Seq2SeqSummarizer",
    "Summarizer",
    "Summary",
    "SummarySentence",
    "dedicated_model",
]

Method = Literal["auto", "extract", "lead", "seq2seq", "instruct"]
METHODS: tuple[Method, ...] = get_args(Method)


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
        engine: An engine that is loaded already and runs the very model named by ``model``.

    Raises:
        MujazError: No model can be had or loaded; the error names the next step.

    Attributes:
        method: The method taken.
        model: The id of the model taken; empty for ``extract`` and ``lead``.
        why: Why they were taken, in one phrase.
    """

    def __init__(
        self,
        method: Method = "auto",
        model: str = "auto",
        *,
        count: int = 3,
        settings: Settings | None = None,
        progress: Progress = SILENT,
        engine: Engine | None = None,
    ) -> None:
        if method not in METHODS:
            raise OptionError(f"method {method!r} is unknown", f"use {', '.join(METHODS)}")
        settings = settings or Settings.from_environment()
        self.model, self.engine = "", engine
        found: InstalledModel | None = None
        if method == "auto":
            method, found, self.why = _choose(model, settings, progress)
        elif method in ("extract", "lead"):
            self.why = "asked for by name"
        else:
            task = "instruct" if method == "instruct" else "summarize"
            found, self.why = ensure(task if model == "auto" else model, settings, progress)
        if found:
            self.model = found.id
            self.engine = engine or open_engine(
                found.path, threads=settings.threads, device=settings.device
            )
        self._summarizer = _build(method, count, self.engine, found)
        self.method: str = self._summarizer.method

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article; a short article gives fewer sentences.

        Raises:
            InputError: The article has no sentence.
        """
        return self._summarizer.summarize(article)

    def close(self) -> None:
        """Free the weights, if there are any."""
        if self.engine:
            self.engine.close()


def dedicated_model(settings: Settings) -> InstalledModel | None:
    """Return the best installed model that was fine-tuned for summaries, or ``None``."""
    return next(
        (
            model
            for model in installed(settings)
            if "summarize" in model.tasks and model.description.family != "llama-gguf"
        ),
        None,
    )


def _choose(
    model: str, settings: Settings, progress: Progress
) -> tuple[Method, InstalledModel | None, str]:
    """Return what ``auto`` means here: method, model and why."""
    if model != "auto":
        found, why = ensure(model, settings, progress)
        tasks = set(found.tasks)
        if "instruct" in tasks:
            return "instruct", found, why
        if "summarize" in tasks or not tasks:
            return "seq2seq", found, why
        raise ModelError(
            f"{found.id} is a model for {', '.join(found.tasks)}, not for summaries",
            "see `mujaz models list`",
        )
    dedicated = dedicated_model(settings)
    if dedicated:
        return "seq2seq", dedicated, "the best installed summarization model"
    return "extract", None, "no summarization model is installed; an extract invents nothing"


def _build(
    method: str, count: int, engine: Engine | None, found: InstalledModel | None
) -> ArticleSummarizer:
    if method == "lead":
        return Lead(count)
    if method == "extract" or not engine or not found:
        return Extract(count)
    if method == "instruct":
        return InstructSummarizer(engine, model=found.id, count=count)
    if engine.follows_instructions:
        raise ModelError(
            f"{found.id} is instruction-tuned, not a sequence-to-sequence summarizer",
            "use --method instruct",
        )
    rules = found.entry.input if found.entry else None
    if found.entry:
        return Seq2SeqSummarizer(
            engine,
            model=found.id,
            count=count,
            options=found.entry.generation,
            max_input=rules.max_tokens if rules else None,
        )
    return Seq2SeqSummarizer(engine, model=found.id, count=count)
