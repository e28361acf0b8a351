"""The chain: article, Arabic summary, English brief."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import mujaz
from mujaz.arabic import Article, Glossary, article_from_text
from mujaz.arabic import sentences as sentences_of
from mujaz.errors import InputError, MujazError
from mujaz.models.progress import SILENT, Progress
from mujaz.settings import Settings
from mujaz.summarize import (
    Loaded,
    Method,
    Summarizer,
    Summary,
    SummarySentence,
    check_request,
    instead,
)
from mujaz.translate import (
    Attempt,
    Segment,
    Translation,
    Translator,
    finished,
    in_windows,
    locate,
)

from .headline import headline, unstopped
from .record import Brief, BriefSentence, Making, Timings

Place = tuple[int | None, int | None]
"""Where a text stands in its article: start and end, or nowhere."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article whose summary waits for its translation.

    ``segments`` are the title, where there is one, and the sentences of the summary; ``places``
    says where each stands, ``seconds`` what the summary took.
    """

    article: Article
    summary: Summary
    title: str
    places: list[Place]
    segments: list[Segment]
    seconds: float


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
        cache: Whether translated sentences are kept under ``settings.home``, and taken from there.
        second: Model that tries what the translator leaves with a severe fault: ``auto`` for the
            best other one that is installed, ``none``, or a model as for ``translator``.
        strict: Whether sentences that still have a severe fault are left out, and listed.

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
        cache: bool = False,
        second: str = "auto",
        strict: bool = False,
    ) -> None:
        settings = settings or Settings.from_environment()
        check_request(method, summarizer, sentences, settings)
        self._count = sentences
        self._glossary = glossary
        self._strict = strict
        self.translator = Translator(
            translator,
            settings=settings,
            progress=progress,
            glossary=glossary,
            cache=cache,
            second=second,
        )
        try:
            self.summarizer = Summarizer(
                method,
                summarizer,
                count=sentences,
                settings=settings,
                progress=progress,
                loaded=Loaded(self.translator.model, self.translator.engine),
            )
        except BaseException:
            self.translator.close()
            raise

    def brief(self, article: Article | str) -> Brief:
        """Return the brief of one article.

        A sentence whose translation came out empty stays in the record, empty and flagged.

        Args:
            article: The article, or its text.

        Raises:
            InputError: There is no Arabic sentence in it, or nothing of it could be translated, or
                passed its checks where that is asked for.
        """
        if isinstance(article, str):
            article = article_from_text(article)
        began = time.perf_counter()
        work = self._prepared(article)
        made = self._brief(work, self.translator.translate(work.segments))
        took = time.perf_counter() - began
        return replace(made, seconds=Timings(work.seconds, took - work.seconds))

    def briefs(
        self, articles: Iterable[Article], window: int | None = None
    ) -> Iterator[Brief | MujazError]:
        """Yield the brief of each article, or its error, in order.

        An article's brief is the one that `brief` gives, without the times. What one article fails
        of stops no other.

        Args:
            articles: The articles; read a window at a time.
            window: Articles whose sentences are translated in one call; by default what suits the
                translator. They are all lost if the run is killed meanwhile.
        """
        return in_windows(
            articles,
            window or self.translator.window,
            self._prepared,
            self.translator.translate,
            self._brief,
        )

    def _prepared(self, article: Article) -> _Prepared:
        """Return the summary of ``article`` and what of it is to be translated."""
        began = time.perf_counter()
        summary = self.summarizer.summarize(article)
        seconds = time.perf_counter() - began
        title = article.title.strip()
        written = [SummarySentence(title)] if title else []
        places, segments = self._located(article, [*written, *summary.sentences])
        return _Prepared(article, summary, title, places, segments, seconds)

    def _brief(self, work: _Prepared, translations: Sequence[Translation]) -> Brief:
        """Return the brief of a prepared article, without times."""
        article, summary, title = work.article, work.summary, work.title
        made = [
            self._faithful(work, _sentence(t, s))
            for s, t in zip(summary.sentences, translations[bool(title) :], strict=True)
        ]
        name = "standard input" if article.origin == "-" else article.origin
        if not any(sentence.text for sentence in made):
            raise InputError(f"{name}: the translation came out empty", "try another --translator")
        top = None
        if title and translations[0].text:
            start, end = work.places[0]
            top = _sentence(translations[0], SummarySentence(title, None, start, end))
            top = replace(top, text=unstopped(translations[0].text))
        left_out: list[BriefSentence] = []
        if self._strict:
            left_out = [s for s in (top, *made) if s and s.severity == "severe"]
            top = top if top and top.severity != "severe" else None
            made = [s for s in made if s.severity != "severe"]
            if not made:
                raise InputError(
                    f"{name}: no sentence of its brief passed the checks",
                    "read it without --strict, or try another --translator",
                )
        return Brief(
            article=article.id,
            origin=article.origin,
            title=article.title,
            headline=top or self._headline(made),
            sentences=tuple(made),
            read=summary.read,
            making=Making(
                version=mujaz.__version__,
                summarizer=self.summarizer.method,
                summarizer_model=self.summarizer.model or summary.model,
                summarizer_why=self.summarizer.why,
                translator=self.translator.method,
                translator_model=self.translator.model,
                translator_why=self.translator.why,
                sentences=self._count,
                second_model=self.translator.second,
                strict=self._strict,
            ),
            left_out=tuple(left_out),
        )

    def _faithful(self, work: _Prepared, written: BriefSentence) -> BriefSentence:
        """Return ``written``, or an article's own sentence where it came out severely wrong.

        What a model writes in Arabic is at times such that another cannot translate it. What it
        rests on is then translated instead, and taken where that passes its checks.
        """
        if written.severity != "severe" or not written.sources:
            return written
        found = sentences_of(work.article)
        summary = {sentence.text for sentence in work.summary.sentences}
        if not summary.isdisjoint(found[n].text for n in written.sources):
            return written  # it is the article's own, or that stands in the summary already
        own = [SummarySentence.resting_on(found[n].text, [n], found) for n in written.sources]
        _, segments = self._located(work.article, own)
        for sentence, translation in zip(own, self.translator.translate(segments), strict=True):
            if translation.text and translation.severity != "severe":
                made = _sentence(translation, instead(sentence, written.arabic, written.findings))
                last = Attempt.judged(
                    "the article's own sentence",
                    translation.text,
                    translation.findings,
                    taken=True,
                )
                return replace(
                    made,
                    attempts=written.attempts + made.attempts,
                    tried=(*_tried(written), last),
                )
        return written

    def close(self) -> None:
        """Free the weights."""
        self.summarizer.close()
        self.translator.close()

    def _located(
        self, article: Article, texts: Sequence[SummarySentence]
    ) -> tuple[list[Place], list[Segment]]:
        """Return where each text stands in the article, and the segments with their names.

        Names are found with the whole article in view. A text that does not stand in the article
        is looked at behind it, so that short forms of the article's names are known there too.
        """
        behind = article.text
        places: list[Place] = []
        spans = []
        for sentence in texts:
            start, end = sentence.start, sentence.end
            if start is None:
                # A title is the first line, or known apart from the text.
                at = article.text.find(sentence.text)
                start, end = (at, at + len(sentence.text)) if at >= 0 else (None, None)
            if start is None or end is None or article.text[start:end] != sentence.text:
                at = len(behind) + 1
                behind += f"\n{sentence.text}"
                spans.append((sentence.text, at, at + len(sentence.text)))
            else:
                spans.append((sentence.text, start, end))
            places.append((start, end))
        return places, locate(replace(article, text=behind), spans, glossary=self._glossary)

    def _headline(self, sentences: Sequence[BriefSentence]) -> BriefSentence:
        """Return a headline out of the first sentence, with what is false in it still flagged."""
        first = next(sentence for sentence in sentences if sentence.text)
        text = headline(first.text, self.translator.engine)
        false = tuple(
            replace(finding, target=None)
            for finding in first.findings
            if finding.target and first.text[slice(*finding.target)] in text
        )
        return replace(first, text=text, findings=false, confidence=None)


def _sentence(translation: Translation, place: SummarySentence) -> BriefSentence:
    return BriefSentence(
        text=finished(translation.text),
        arabic=translation.source,
        start=place.start,
        end=place.end,
        sources=place.sources,
        findings=(*place.findings, *translation.findings),
        confidence=translation.confidence,
        names=translation.names,
        attempts=translation.attempts,
        tried=translation.tried,
        instead_of=place.instead_of,
    )


def _tried(written: BriefSentence) -> tuple[Attempt, ...]:
    """Return what was tried of a sentence that is not taken after all."""
    alone = Attempt.judged("first", written.text, written.findings, taken=False)
    return tuple(replace(one, taken=False) for one in written.tried) or (alone,)
