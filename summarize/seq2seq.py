"""Abstractive summaries by a sequence-to-sequence model (AraBART, mT5-XLSum and others)."""

from __future__ import annotations

from dataclasses import replace

from mujaz.arabic import Article, sentences, split
from mujaz.models.engine import Engine, GenerationOptions, Prompt

from mujaz.errors import InputError

from .parts import parts
from .summary import Reading, Summary, checked_count
from .support import supported

# Tokens for marks that the tokenizer adds around a text.
_MARGIN = 8

# Tokens that one Arabic news sentence takes at most in the vocabularies of AraBART and mT5, so that
# no summary is cut at a library's default of 20.
_TOKENS_PER_SENTENCE = 84


class Seq2SeqSummarizer:
    """Summarises with a model fine-tuned for it, at that model's own settings.

    Args:
        engine: Runs the model.
        model: Its name, for the record.
        count: Sentences of the summary, at most; most such models were taught to write one.
        options: Decoding; what is ``None`` in it the model's own settings decide.
        max_input: Longest input in tokens that the model was trained for, where that is less than
            what it accepts.

    """

    method = "seq2seq"

    def __init__(
        self,
        engine: Engine,
        *,
        model: str,
        count: int = 3,
        options: GenerationOptions = GenerationOptions(),  # noqa: B008 - frozen
        max_input: int | None = None,
    ) -> None:
        self._engine = engine
        self._model = model
        self._count = checked_count(count)
        self._options = options
        self._room = min(max_input or engine.max_input_tokens, engine.max_input_tokens) - _MARGIN

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article, read whole, in parts where the model needs that.

        Raises:
            InputError: The article has no sentence.
        """
        found = sentences(article)
        if not found:
            raise InputError(f"{article.origin}: no sentence to summarise", "give an article")
        pieces = parts(found, self._room, self._engine.count_tokens)
        read = Reading(len(found), len(found), len(pieces))
        while len(pieces) > 1:
            shorter = [g for g in self._generate(pieces) if g]
            whole = [s for text in shorter for s in split(text)]
            again = parts(whole, self._room, self._engine.count_tokens)
            if not again or len(again) >= len(pieces):  # does not get shorter: take what fits
                pieces = (again or pieces)[:1]
                break
            pieces = again
        written = [s.text for s in split(self._generate(pieces)[0])][: self._count]
        if not written:
            raise InputError(f"{article.origin}: {self._model} wrote nothing", "try another model")
        return Summary(
            article=article.id,
            sentences=tuple(supported(written, found)),
            method=self.method,
            model=self._model,
            read=read,
            settings={"sentences": self._count, "beams": self._options.beams},
        )

    def _generate(self, texts: list[str]) -> list[str]:
        options = self._options
        if options.max_new_tokens is None:
            options = replace(options, max_new_tokens=_TOKENS_PER_SENTENCE * self._count)
        return [g.text for g in self._engine.generate([Prompt(t) for t in texts], options)]
