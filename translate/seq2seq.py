"""Translation by a dedicated sequence-to-sequence model (OPUS-MT, NLLB, M2M100, mBART, MADLAD)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mujaz.arabic import Glossary, Sentence, clauses, find_names, normalize
from mujaz.checks import check_translation, weight
from mujaz.models.engine import Engine, Generation, GenerationOptions, Prompt

from .translation import GivenName, Segment, Translation
from .typography import is_quotation, polish

# Tokens for marks that the tokenizer adds around a text.
_MARGIN = 8


class Seq2SeqTranslator:
    """Translates with a sequence-to-sequence model, all segments of a call in one batch.

    Args:
        engine: Runs the model.
        options: Decoding; what is ``None`` in it the model's own settings decide.
        glossary: The user's own names; the checks expect them.
        retry: Whether an output that fails its checks is decoded again, with a wider beam and
            without repeating phrases.

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
        """Return one translation per segment, in order; an empty segment gives an empty one."""
        pieces = [self._pieces(segment.text) for segment in segments]
        flat = [piece for group in pieces for piece in group]
        outputs = self._engine.generate([Prompt(p) for p in flat], self._options) if flat else []
        results, at = [], 0
        for segment, group in zip(segments, pieces, strict=True):
            results.append(self._finish(segment, group, outputs[at : at + len(group)]))
            at += len(group)
        return results

    def _pieces(self, text: str) -> list[str]:
        """Return what the model is given of one segment: all of it, or its clauses."""
        source = normalize(text).text
        if not source:
            return []
        room = self._engine.max_input_tokens - _MARGIN
        tokens = self._engine.count_tokens([source])[0]
        if tokens <= room:
            return [source]
        # Cut by characters at the text's own rate, and closer until every piece fits.
        size = max(1, len(source) * room // tokens)
        whole = Sentence(source, 0, len(source), 0)
        while True:
            cut = [piece.text for piece in clauses(whole, size)]
            if size == 1 or max(self._engine.count_tokens(cut)) <= room:
                return cut
            size = max(1, size * 3 // 4)

    def _finish(
        self, segment: Segment, pieces: Sequence[str], outputs: Sequence[Generation]
    ) -> Translation:
        if not pieces:
            return Translation(segment.text, "", None, attempts=0)
        best = self._judged(segment, pieces, outputs)
        if not (self._retry and any(f.severity == "severe" for f in best.findings)):
            return best
        options = replace(self._options, beams=6, no_repeat_ngram=4)
        again = self._engine.generate([Prompt(piece) for piece in pieces], options)
        other = self._judged(segment, pieces, again)
        chosen = other if weight(other.findings) < weight(best.findings) else best
        return replace(chosen, attempts=2)

    def _judged(
        self, segment: Segment, pieces: Sequence[str], outputs: Sequence[Generation]
    ) -> Translation:
        source = " ".join(pieces)
        text = polish(" ".join(output.text for output in outputs), quotation=is_quotation(source))
        names = find_names(source, glossary=self._glossary)
        if segment.names is not None:
            # Names found with the whole article in view, where the normal form still has them.
            names = [n for n in segment.names if n.surface in source] or names
        known = [o.mean_logprob for o in outputs if o.mean_logprob is not None]
        return Translation(
            source=segment.text,
            text=text,
            confidence=sum(known) / len(known) if known else None,
            findings=tuple(
                check_translation(
                    source, text, names, truncated=any(o.stop == "length" for o in outputs)
                )
            ),
            names=tuple({GivenName(n.surface, n.english, n.guess): None for n in names}),
        )
