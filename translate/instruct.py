"""Translation by an instruction-tuned model that is told the names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mujaz.arabic import Glossary, Name, Sentence, clauses, find_names, normalize
from mujaz.checks import Finding, check_translation, similarities, weight
from mujaz.models.engine import Engine, Generation, GenerationOptions, Prompt

from .translation import GivenName, Segment, Translation
from .typography import is_quotation, polish

# One fixed prefix for all calls, so that the engine computes it once. Longer instructions and
# worked examples were tried and did not raise chrF (docs/quality.md).
_PLAIN = "Translate the Arabic news sentence into English."
_NAMED = "Translate the Arabic news sentence into English. Use the given English names."

# Arabic characters that one call is given at most. Longer sentences are cut between clauses: a
# small model drops the end of what it cannot hold.
_LONGEST = 500

# English takes at most this many tokens per Arabic character, and a few more for short texts;
# measured on FLORES-200 dev with the embedded model, the median is 0.26. What goes on beyond it
# is a loop.
_TOKENS_PER_CHARACTER, _SPARE_TOKENS = 0.5, 24

# Similarity of source and translation below which other candidates are sampled. On FLORES-200
# dev a good system has 2% of its sentences below it.
_RETRY_BELOW = 0.55


@dataclass(frozen=True, slots=True)
class Retry:
    """How to try again when a translation fails its checks.

    Attributes:
        candidates: How many more translations are sampled; 0 turns retrying off.
        temperature: Of the sampling.

    """

    candidates: int = 3
    temperature: float = 0.6


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    generation: Generation
    findings: tuple[Finding, ...]
    similarity: float

    @property
    def score(self) -> float:
        """Rank: similarity, minus what the checks found, then what the model believes."""
        return (
            self.similarity
            - 0.04 * weight(self.findings)
            + 0.1 * (self.generation.mean_logprob or 0.0)
        )


class InstructTranslator:
    """Translates by prompting an instruction-tuned model.

    Args:
        engine: Runs the model; it must follow instructions.
        use_names: Whether names found in the source are given to the model.
        glossary: The user's own names, which win.
        retry: How to try again when the checks find a fault.

    """

    method = "instruct"

    def __init__(
        self,
        engine: Engine,
        *,
        use_names: bool = True,
        glossary: Glossary | None = None,
        retry: Retry = Retry(),
    ) -> None:
        self._engine = engine
        self._use_names = use_names
        self._glossary = glossary
        self._retry = retry

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order; an empty segment gives an empty one."""
        return [self._segment(segment) for segment in segments]

    def _segment(self, segment: Segment) -> Translation:
        if not segment.text.strip():
            return Translation(segment.text, "", None, attempts=0)
        whole = Sentence(segment.text, 0, len(segment.text), 0)
        names = segment.names
        if names is None:
            names = tuple(find_names(segment.text, glossary=self._glossary))
        pieces = [self._piece(piece, names) for piece in clauses(whole, _LONGEST)]
        if len(pieces) == 1:
            return replace(pieces[0], source=segment.text)
        known = [p.confidence for p in pieces if p.confidence is not None]
        return Translation(
            source=segment.text,
            text=_joined([p.text for p in pieces]),
            confidence=sum(known) / len(known) if known else None,
            findings=tuple(
                replace(f, source=None, target=None) for p in pieces for f in p.findings
            ),
            names=tuple({n: None for p in pieces for n in p.names}),
            attempts=max(p.attempts for p in pieces),
        )

    def _piece(self, piece: Sentence, all_names: Sequence[Name]) -> Translation:
        inside = [
            replace(n, start=n.start - piece.start, end=n.end - piece.start)
            for n in all_names
            if piece.start <= n.start and n.end <= piece.end
        ]
        source, names = _normal(piece.text, inside)
        given = tuple({GivenName(n.surface, n.english, n.guess): None for n in names})
        prompt = instruct_prompt(source, given if self._use_names else ())
        best = self._candidate(prompt, source, names, GenerationOptions())
        attempts = 1
        if self._retry.candidates and _doubtful(best, source):
            for seed in range(1, self._retry.candidates + 1):
                options = GenerationOptions(temperature=self._retry.temperature, seed=seed)
                other = self._candidate(prompt, source, names, options)
                best = max(best, other, key=lambda c: c.score)
                attempts += 1
        return Translation(
            source=piece.text,
            text=best.text,
            confidence=best.generation.mean_logprob,
            findings=best.findings,
            names=given,
            attempts=attempts,
        )

    def _candidate(
        self, prompt: Prompt, source: str, names: Sequence[Name], options: GenerationOptions
    ) -> _Candidate:
        limit = int(len(source) * _TOKENS_PER_CHARACTER) + _SPARE_TOKENS
        options = replace(options, max_new_tokens=limit, latin_only=True)
        generation = self._engine.generate([prompt], options)[0]
        text = polish(generation.text, quotation=is_quotation(source))
        findings = tuple(
            check_translation(source, text, names, truncated=generation.stop == "length")
        )
        similarity = similarities(source, [text])[0] if text else -1.0
        return _Candidate(text, generation, findings, similarity)


def instruct_prompt(source: str, names: Sequence[GivenName]) -> Prompt:
    """Return the prompt for one sentence; the same at run time and in training.

    Args:
        source: The Arabic sentence, normalised.
        names: Names in it and how to write them.

    """
    if not names:
        return Prompt(source, system=_PLAIN)
    pairs = {name.arabic: name.english for name in names}
    listed = ", ".join(f"{arabic} = {english}" for arabic, english in pairs.items())
    return Prompt(f"{source}\nNames: {listed}", system=_NAMED)


def _doubtful(candidate: _Candidate, source: str) -> bool:
    return weight(candidate.findings) > 0 or (
        len(source) > 40 and candidate.similarity < _RETRY_BELOW
    )


def _normal(text: str, names: Sequence[Name]) -> tuple[str, list[Name]]:
    """Return the normal form of ``text`` and its names with offsets into that form."""
    normal = normalize(text)
    back: dict[int, int] = {}
    for at, origin in enumerate(normal.offsets):
        back.setdefault(origin, at)
    moved = []
    for name in names:
        start = back.get(name.start)
        end = next((back[o] for o in range(name.end, len(text) + 1) if o in back), None)
        if start is not None and end is not None and start < end:
            surface = normal.text[start:end].strip()
            moved.append(replace(name, surface=surface, start=start, end=start + len(surface)))
    return normal.text, moved


def _joined(texts: Sequence[str]) -> str:
    """Join the translations of one sentence's clauses into one sentence or several."""
    joined = ""
    for text in texts:
        if joined and text and not joined.endswith((".", "!", "?", '"')):
            joined = joined.rstrip(",;") + ", " + text[:1].lower() + text[1:]
        else:
            joined = f"{joined} {text}".strip()
    return joined
