"""The chain: article, Arabic summary, English brief."""

from __future__ import annotations

import time
from dataclasses import replace

from mujaz.arabic import Article, Glossary, article_from_text
from mujaz.models.progress import SILENT, Progress
from mujaz.summarize import Method, Summarizer, Summary
from mujaz.translate import Segment, Translation, Translator, finished, locate

import mujaz
from mujaz.errors import InputError
from mujaz.settings import Settings

from .headline import headline
from .record import Brief, BriefSentence, Making, Timings


class Briefer:
    """Makes English briefs of Arabic articles; loads its models once.

    Args:
        sentences: Sentences of a brief, at most.
        method: How to summarise: ``auto``, ``extract``, ``lead``, ``seq2seq`` or ``instruct``.
        summarizer: Model of the summary: ``auto``, a catalogue id, a hub id or a path.
        translator: Model of the translation, likewise.
        glossary: The user's own names.
        settings: Where the models are, threads, device, network; from the environment by default.
        progress: Told what is fetched, if anything is.

    Raises:
        MujazError: A model cannot be had or loaded; the error names the next step.
    """

    def __init__(
        self,
        *,
        sentences: int = 3,
        method: Method = "auto",
        summarizer: str = "auto",
        translator: str = "auto",
        glossary: Glossary | None = None,
        settings: Settings | None = None,
        progress: Progress = SILENT,
    ) -> None:
        settings = settings or Settings.from_environment()
        self._count = sentences
        self._glossary = glossary
        self.translator = Translator(
            translator, settings=settings, progress=progress, glossary=glossary
        )
        # One set of weights serves both when both are to be instructed.
        shares = method == "instruct" and summarizer in ("auto", self.translator.model)
        shares = shares and self.translator.engine.follows_instructions
        self.summarizer = Summarizer(
            method,
            self.translator.model if shares else summarizer,
            count=sentences,
            settings=settings,
            progress=progress,
            engine=self.translator.engine if shares else None,
        )

    def brief(self, article: Article | str) -> Brief:
        """Return the brief of one article.

        Args:
            article: The article, or its text.

        Raises:
            InputError: There is no Arabic sentence in it.
        """
        if isinstance(article, str):
            article = article_from_text(article)
        began = time.perf_counter()
        summary = self.summarizer.summarize(article)
        summarized = time.perf_counter()
        translations = self.translator.translate(self._segments(article, summary))
        if not any(t.text for t in translations):
            raise InputError(
                f"{article.origin}: the translation came out empty", "try --translator"
            )
        sentences = tuple(
            _sentence(t, s.start, s.end, s.sources)
            for s, t in zip(summary.sentences, translations, strict=True)
            if t.text
        )
        top = self._headline(article, sentences)
        return Brief(
            article=article.id,
            origin=article.origin,
            title=article.title,
            headline=top,
            sentences=sentences,
            read=summary.read,
            making=Making(
                version=mujaz.__version__,
                summarizer=self.summarizer.method,
                summarizer_model=self.summarizer.model,
                summarizer_why=self.summarizer.why,
                translator=self.translator.method,
                translator_model=self.translator.model,
                translator_why=self.translator.why,
                sentences=self._count,
            ),
            seconds=Timings(summarized - began, time.perf_counter() - summarized),
        )

    def close(self) -> None:
        """Free the weights."""
        self.summarizer.close()
        self.translator.close()

    def _segments(self, article: Article, summary: Summary) -> list[Segment]:
        """Return the summary's sentences, with names found in the whole article where they can be.

        An extracted sentence is a span of the article; what a model wrote is looked at behind the
        article, so that short forms of the article's names are known there too.
        """
        if all(
            s.start is not None and s.end is not None and article.text[s.start : s.end] == s.text
            for s in summary.sentences
        ):
            spans = [(s.text, s.start or 0, s.end or 0) for s in summary.sentences]
            return locate(article, spans, glossary=self._glossary)
        text, spans = article.text, []
        for sentence in summary.sentences:
            text += "\n"
            spans.append((sentence.text, len(text), len(text) + len(sentence.text)))
            text += sentence.text
        return locate(replace(article, text=text), spans, glossary=self._glossary)

    def _headline(self, article: Article, sentences: tuple[BriefSentence, ...]) -> BriefSentence:
        if article.title:
            start = article.text.find(article.title)
            spans = [(article.title, start, start + len(article.title))]
            segments = (
                locate(article, spans, glossary=self._glossary)
                if start >= 0
                else [Segment(article.title)]
            )
            translation = self.translator.translate(segments)[0]
            if translation.text:
                end = start + len(article.title)
                made = (
                    _sentence(translation, start, end, None)
                    if start >= 0
                    else _sentence(translation, None, None, None)
                )
                return replace(made, text=made.text.rstrip("."))
        first = sentences[0]
        return replace(
            first, text=headline(first.text, self.translator.engine), findings=(), confidence=None
        )


def _sentence(
    translation: Translation, start: int | None, end: int | None, sources: tuple[int, ...] | None
) -> BriefSentence:
    return BriefSentence(
        text=finished(translation.text),
        arabic=translation.source,
        start=start,
        end=end,
        sources=sources,
        findings=translation.findings,
        confidence=translation.confidence,
        names=translation.names,
        attempts=translation.attempts,
    )
