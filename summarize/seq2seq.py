"""Abstractive summaries by a sequence-to-sequence model (AraBART, mT5-XLSum and others)."""

from __future__ import annotations

from mujaz.arabic import Article, arabic_share, split
from mujaz.errors import InputError
from mujaz.models.engine import Engine, Generation, GenerationOptions, Prompt

from .candidates import sentences_of
from .faithful import faithful
from .reduction import reduced
from .summary import Summary, checked_count
from .support import Support

# Tokens for marks that the tokenizer adds around a text.
_MARGIN = 8


class Seq2SeqSummarizer:
    """Summarises with a model fine-tuned for it, at that model's own settings.

    A sentence that the article does not bear out gives way to the article's own.

    The model reads normalised text on one line, whatever it was trained on: folding is what
    mT5-XLSum asks for and changes nothing for the others.

    Args:
        engine: Runs the model.
        model: Its name, for the record.
        count: Sentences of the summary, at most; most such models were taught to write one.
        options: Decoding; what is ``None`` in it the model's own settings decide.
        max_input: Longest input in tokens that the model was trained for, where that is less than
            what it accepts.

    Raises:
        OptionError: ``count`` is less than 1.
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
            InputError: The article has no sentence, or the model wrote no Arabic about it.
        """
        found = sentences_of(article)
        text, read = reduced(found, self._room, self._engine.count_tokens, self._write)
        written = _sentences(self._generate([text])[0])[: self._count]
        if not written:
            raise InputError(
                f"{article.origin}: {self._model} wrote no Arabic summary", "use --method extract"
            )
        judged = Support(article, found).judge(written)
        return Summary(
            article=article.id,
            sentences=faithful(written, judged, article, found),
            method=self.method,
            model=self._model,
            read=read,
            settings={
                "sentences": self._count,
                "beams": self._options.beams,
                "max_new_tokens": self._options.max_new_tokens,
            },
        )

    def _write(self, texts: list[str]) -> list[str]:
        return [generation.text for generation in self._generate(texts)]

    def _generate(self, texts: list[str]) -> list[Generation]:
        return self._engine.generate([Prompt(text) for text in texts], self._options)


def _sentences(generation: Generation) -> list[str]:
    """Return the Arabic sentences of an output, each once, without a last one that was cut off."""
    written = [s.text for s in split(generation.text)]
    if generation.stop == "length" and len(written) > 1:
        written.pop()
    return [text for text in dict.fromkeys(written) if arabic_share(text) > 0.5]
