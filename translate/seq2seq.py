"""Translation by a dedicated sequence-to-sequence model (OPUS-MT, NLLB, M2M100, mBART, MADLAD)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from mujaz.arabic import Glossary, Sentence, clauses
from mujaz.checks import check_translation, weight
from mujaz.models.engine import Engine, Generation, GenerationOptions, Prompt

from .source import Source, given
from .translation import Attempt, Segment, Translation
from .typography import is_quotation, join_clauses, polish

# Tokens for marks that the tokenizer adds around a text.
_MARGIN = 8

# Digits of a confidence. In float32 the sums differ with the texts of a batch from the seventh on.
_DIGITS = 4

# Decoding of a second try: a wider beam than the usual 4 or 5, and no phrase of four tokens twice.
_RETRY_BEAMS, _RETRY_NGRAM = 6, 4


class Seq2SeqTranslator:
    """Translates with a sequence-to-sequence model, all segments of a call in one batch.

    Args:
        engine: Runs the model.
        options: Decoding; what is ``None`` in it the model's own settings decide.
        glossary: The user's own names; the checks expect them.
        retry: Whether outputs with a severe fault are decoded again, with a wider beam and without
            repeating phrases.
    """

    method = "seq2seq"

    def __init__(
        self,
        engine: Engine,
        *,
        options: GenerationOptions = GenerationOptions(),  # noqa: B008 - frozen
        glossary: Glossary | None = None,
        retry: bool = True,
    ) -> None:
        self._engine = engine
        self._options = options
        self._glossary = glossary
        self._retry = retry

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order; an empty segment gives an empty one.

        All segments go to the engine in one call, those that failed their checks in a second one.
        """
        sources = [Source.of(segment, self._glossary) for segment in segments]
        results = [source.untranslated() for source in sources]
        open_ones = [n for n, result in enumerate(results) if result is None]
        pieces = {n: self._pieces(sources[n].text) for n in open_ones}
        for n, best in self._decoded(sources, pieces, self._options).items():
            results[n] = best
        if self._retry:
            failed = {n: p for n, p in pieces.items() if _failed(results[n])}
            options = replace(self._options, beams=_RETRY_BEAMS, no_repeat_ngram=_RETRY_NGRAM)
            for n, other in self._decoded(sources, failed, options).items():
                results[n] = _better(results[n], other)
        return [result for result in results if result is not None]

    def _decoded(
        self, sources: Sequence[Source], pieces: Mapping[int, list[str]], options: GenerationOptions
    ) -> dict[int, Translation]:
        """Return the translations of the sources whose pieces are given, from one engine call."""
        flat = [Prompt(piece) for group in pieces.values() for piece in group]
        outputs = iter(self._engine.generate(flat, options) if flat else ())
        return {
            n: _judged(sources[n], group, list(islice(outputs, len(group))))
            for n, group in pieces.items()
        }

    def _pieces(self, text: str) -> list[str]:
        """Return what the model is given of one source: all of it, or its clauses."""
        room = self._engine.max_input_tokens - _MARGIN
        tokens = self._engine.count_tokens([text])[0]
        if tokens <= room:
            return [text]
        # Cut by characters at the text's own rate, and closer until every piece fits.
        size = max(1, len(text) * room // tokens)
        whole = Sentence(text, 0, len(text), 0)
        while True:
            cut = [piece.text for piece in clauses(whole, size)]
            if size == 1 or max(self._engine.count_tokens(cut)) <= room:
                return cut
            size = max(1, size * 3 // 4)


def _judged(source: Source, pieces: Sequence[str], outputs: Sequence[Generation]) -> Translation:
    """Return the outputs of one source's pieces as its translation, checked."""
    alone = len(pieces) == 1 and is_quotation(source.text)
    text, _ = join_clauses([polish(output.text, quotation=alone) for output in outputs])
    known = [o for o in outputs if o.mean_logprob is not None]
    tokens = sum(o.output_tokens for o in known)
    total = sum((o.mean_logprob or 0.0) * o.output_tokens for o in known)
    truncated = any(o.stop == "length" for o in outputs)
    return Translation(
        source=source.segment.text,
        text=text,
        confidence=round(total / tokens, _DIGITS) if tokens else None,
        findings=source.anchored(
            check_translation(source.text, text, source.names, truncated=truncated)
        ),
        names=given(source.names),
    )


def _failed(translation: Translation | None) -> bool:
    return translation is not None and translation.severity == "severe"


def _better(first: Translation | None, other: Translation) -> Translation:
    """Return the translation with less that is wrong, the first of equals, with what was tried."""
    if first is None:
        return other
    best = first if weight(first.findings) <= weight(other.findings) else other
    tried = tuple(
        Attempt.judged(how, made.text, made.findings, taken=made is best)
        for how, made in (("first", first), ("wider beam", other))
    )
    return replace(best, attempts=2, tried=tried)
