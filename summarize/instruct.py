"""Abstractive summaries in Arabic by an instruction-tuned model, guarded against copying."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from mujaz.arabic import Article, arabic_share, fold, normalize, split
from mujaz.checks.form import repeated
from mujaz.errors import EngineError, InputError
from mujaz.models.engine import Engine, GenerationOptions, Prompt

from .candidates import WORD, sentences_of
from .faithful import faithful
from .reduction import reduced
from .summary import Summary, checked_count
from .support import Judgement, Support

_INSTRUCTION = (
    "أنت محرر أخبار. لخص الخبر التالي بالعربية الفصحى في {count}. "
    "لا تنسخ جملا كاملة، ولا تضف شيئا ليس في الخبر، واكتب الملخص وحده."
)
_COUNTS = {1: "جملة واحدة", 2: "جملتين"}

# What one Arabic sentence of a summary may take in tokens; chosen with room to spare.
_TOKENS_PER_SENTENCE = 90
# Tokens that a chat template puts around the instruction, the text and the answer.
_TEMPLATE = 48

# Words in a row that a summary may share with its article before it counts as copied out.
_LONGEST_COPY = 25
_TRIES = 3
_TEMPERATURE = 0.7

# What models put before a summary: its name, bullets, numbers.
_LABEL = re.compile(r"^\W*(?:ال)?(?:ملخص|خلاصة)(?: الخبر)?\s*:[\s*_]*")
_BULLET = re.compile(r"^\s*(?:[-*•–]|[\d٠-٩]{1,2}[.)-])\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Draft:
    sentences: tuple[str, ...]
    judged: tuple[Judgement, ...]
    copied: int
    loops: bool

    @property
    def usable(self) -> bool:
        """Whether it can be handed on at all."""
        return bool(self.sentences) and not self.loops

    @property
    def faults(self) -> int:
        """What is wrong with it, the unusable last of all: nothing, loops, copies, inventions."""
        return (
            100 * (not self.sentences)
            + 30 * self.loops
            + 3 * (self.copied > _LONGEST_COPY)
            + sum(judgement.severe for judgement in self.judged)
        )


class InstructSummarizer:
    """Summarises by asking an instruction-tuned model.

    A draft that copies the article out, loops, is not Arabic, or says what the article does not
    bear out is written again; the best of three is taken. One that loops or is not Arabic is never
    taken; a sentence in it that the article still does not bear out gives way to the article's own.

    Args:
        engine: Runs the model; it must follow instructions.
        model: Its name, for the record.
        count: Sentences of the summary, at most.

    Raises:
        EngineError: The model follows no instructions.
        OptionError: ``count`` is less than 1.
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
        # The answer never takes more than half of what the model can hold.
        self._limit = min(_TOKENS_PER_SENTENCE * count, engine.max_input_tokens // 2)
        self._system = _INSTRUCTION.format(count=_COUNTS.get(count, f"{count} جمل"))

    def summarize(self, article: Article) -> Summary:
        """Return the summary of one article, read whole, in parts where the model needs that.

        Raises:
            InputError: The article has no sentence, or the model wrote nothing usable about it.
        """
        found = sentences_of(article)
        count = self._engine.count_tokens
        room = self._engine.max_input_tokens - self._limit - count([self._system])[0] - _TEMPLATE
        text, read = reduced(found, room, count, self._write_each)
        support = Support(article, found)
        best = self._draft(text, article, support, GenerationOptions())
        for seed in range(1, _TRIES):
            if not best.faults:
                break
            options = GenerationOptions(temperature=_TEMPERATURE, seed=seed, continues=True)
            other = self._draft(text, article, support, options)
            best = min(best, other, key=lambda draft: draft.faults)
        if not best.usable:
            raise InputError(
                f"{article.origin}: {self._model} wrote no usable Arabic summary",
                "use --method extract",
            )
        return Summary(
            article=article.id,
            sentences=faithful(best.sentences, best.judged, article, found),
            method=self.method,
            model=self._model,
            read=read,
            settings={"sentences": self._count, "longest_copy": best.copied, "faults": best.faults},
        )

    def _write(self, text: str, options: GenerationOptions) -> list[str]:
        """Return the Arabic sentences of one answer, without a last one that was cut off."""
        options = replace(options, max_new_tokens=self._limit)
        answer = self._engine.generate([Prompt(text, system=self._system)], options)[0]
        written = split(_BULLET.sub("", _LABEL.sub("", answer.text)))
        if answer.stop == "length" and len(written) > 1:
            written.pop()
        return [normalize(s.text).text for s in written if arabic_share(s.text) > 0.5]

    def _write_each(self, texts: list[str]) -> list[str]:
        return ["\n".join(self._write(text, GenerationOptions())) for text in texts]

    def _draft(
        self, text: str, article: Article, support: Support, options: GenerationOptions
    ) -> _Draft:
        written = list(dict.fromkeys(self._write(text, options)))
        loops = bool(repeated(" ".join(written)))
        written = written[: self._count]
        copied = longest_copy(" ".join(written), article.text)
        return _Draft(tuple(written), tuple(support.judge(written)), copied, loops)


def longest_copy(summary: str, article: str) -> int:
    """Return the length in words of the longest run that ``summary`` shares with ``article``.

    Spelling and punctuation make no difference.
    """
    a, b = WORD.findall(fold(summary)), WORD.findall(fold(article))
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
