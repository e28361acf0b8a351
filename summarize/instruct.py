"""Abstractive summaries in Arabic by an instruction-tuned model, guarded against copying."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from mujaz.arabic import Article, arabic_share, fold, normalize, sentences, split
from mujaz.checks.form import repeated
from mujaz.models.engine import Engine, GenerationOptions, Prompt

from mujaz.errors import EngineError, InputError

from .parts import parts
from .summary import Reading, Summary, SummarySentence, checked_count
from .support import supported

_INSTRUCTION = (
    "أنت محرر أخبار. لخص الخبر التالي بالعربية الفصحى في {count}. "
    "لا تنسخ جملا كاملة، ولا تضف شيئا ليس في الخبر، واكتب الملخص وحده."
)
_COUNTS = {1: "جملة واحدة", 2: "جملتين"}

# What one Arabic sentence of a summary may take in tokens; news sentences of 30 words take 70.
_TOKENS_PER_SENTENCE = 90
_ROOM_FOR_INSTRUCTION = 160

# Words in a row that a summary may share with its article before it counts as copied out.
_LONGEST_COPY = 25
_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Draft:
    sentences: tuple[SummarySentence, ...]
    copied: int
    faults: int


class InstructSummarizer:
    """Summarises by asking an instruction-tuned model.

    A draft that copies the article out, loops, is not Arabic, or says what nothing in the article
    comes near to is written again; the best draft is taken.

    Args:
        engine: Runs the model; it must follow instructions.
        model: Its name, for the record.
        count: Sentences of the summary, at most.

    """

    method = "instruct"

    def __init__(self, engine: Engine, *, model: str, count: int = 3) -> None:
        if not engine.follows_instructions:
            raise EngineError(
                f"{model} does not follow instructions", "use --method seq2seq, extract or lead"
            )
        self._engine = engine
        self._model = model
        self._count = checked_count(count)

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article, read whole, in parts where the model needs that.

        Raises:
            InputError: The article has no sentence, or the model wrote no Arabic about it.
        """
        found = sentences(article)
        if not found:
            raise InputError(f"{article.origin}: no sentence to summarise", "give an article")
        room = self._engine.max_input_tokens - self._limit - _ROOM_FOR_INSTRUCTION
        pieces = parts(found, room, self._engine.count_tokens)
        read = Reading(len(found), len(found), len(pieces))
        while len(pieces) > 1:
            drafts = [self._write(piece, GenerationOptions()) for piece in pieces]
            whole = [s for text in drafts for s in split(text)]
            again = parts(whole, room, self._engine.count_tokens)
            pieces = again if again and len(again) < len(pieces) else pieces[:1]
        best = self._draft(pieces[0], article, GenerationOptions())
        for seed in range(1, _TRIES):
            if not best.faults:
                break
            options = GenerationOptions(temperature=0.7, seed=seed)
            best = min(best, self._draft(pieces[0], article, options), key=lambda d: d.faults)
        if not best.sentences:
            raise InputError(
                f"{article.origin}: {self._model} wrote no Arabic summary", "use --method extract"
            )
        return Summary(
            article=article.id,
            sentences=best.sentences,
            method=self.method,
            model=self._model,
            read=read,
            settings={"sentences": self._count, "longest_copy": best.copied, "faults": best.faults},
        )

    @property
    def _limit(self) -> int:
        return _TOKENS_PER_SENTENCE * self._count

    def _write(self, text: str, options: GenerationOptions) -> str:
        count = _COUNTS.get(self._count, f"{self._count} جمل")
        prompt = Prompt(text, system=_INSTRUCTION.format(count=count))
        options = replace(options, max_new_tokens=self._limit)
        return self._engine.generate([prompt], options)[0].text

    def _draft(self, text: str, article: Article, options: GenerationOptions) -> _Draft:
        found = sentences(article)
        written = [s.text for s in split(self._write(text, options)) if arabic_share(s.text) > 0.5][
            : self._count
        ]
        joined = " ".join(written)
        copied = longest_copy(joined, article.text)
        resting = tuple(supported([normalize(t).text for t in written], found))
        faults = (
            5 * (not written)
            + 3 * (copied > _LONGEST_COPY)
            + 3 * bool(repeated(joined))
            + sum(s.sources is None for s in resting)
        )
        return _Draft(resting, copied, faults)


def longest_copy(summary: str, article: str) -> int:
    """Return the length in words of the longest run that ``summary`` shares with ``article``."""
    a, b = fold(summary).split(), fold(article).split()
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
