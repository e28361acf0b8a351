"""Scores of matches in Arabic words: two goals to one, a clean goal, a goalless draw.

News says most scores in words where English gives figures: هدفين مقابل هدف is 2-1, بثلاثة أهداف دون
رد is 3-0, بهدف لمثله is 1-1, تعادلا سلبيا is 0-0.
"""

from __future__ import annotations

from decimal import Decimal

from .arabic_dates import ArabicDateReader
from .number_lexicon import fold
from .number_reader import TWO, Read

_NOTHING = Decimal(0)
_GOALS = frozenset(map(fold, ("أهداف", "هدفا", "هدف", "نقاط")))
# "Clean", "lone", "orphan": the others scored none.
_CLEAN = frozenset(
    map(fold, ("نظيف", "نظيفا", "نظيفين", "نظيفان", "نظيفة", "وحيد", "وحيدا", "يتيم", "يتيما"))
)
_WITHOUT = frozenset(map(fold, ("دون", "بدون", "بلا")))
_REPLY = frozenset(map(fold, ("رد", "مقابل")))
_AGAINST = frozenset(map(fold, ("مقابل", "لقاء", "ضد")))
_THE_SAME = frozenset(map(fold, ("لمثله", "لمثلها", "لمثلهما", "لمثلهم")))
_DRAW = fold("تعادل")
# How far before سلبيا the word of the draw may stand: تعادل منتخبا مصر والجزائر سلبيا.
_REACH = 6


class ArabicScoreReader(ArabicDateReader):
    """The rules for scores in words."""

    def score(self, i: int) -> Read | None:
        """Return the score that begins at token ``i``."""
        if self.lexeme(i, "goalless"):
            before = range(max(0, i - _REACH), i)
            if any(_DRAW in self.word_at(j) for j in before):
                return self.number("score", (_NOTHING, _NOTHING), self.start(i), i + 1, weak=True)
            return None
        goals = self._goals(i)
        if goals is None:
            return None
        ours, j = goals
        other = self._conceded(ours, j)
        if other is None:
            return None
        theirs, stop = other
        weak = ours <= TWO and theirs <= TWO
        return self.number("score", (ours, theirs), self.start(i), stop, weak=weak)

    def _goals(self, i: int) -> tuple[Decimal, int] | None:
        """Return how many goals are named at token ``i``, and the index behind them."""
        if goal := self.lexeme(i, "goal"):
            return goal.value, i + 1
        if (times := self.lexeme(i, "multiple")) and self.word_at(i + 1) in _CLEAN:
            return times.value, i + 1  # ثلاثية نظيفة
        group = self.group(i)
        if group is None or self.word_at(group[1]) not in _GOALS:
            return None
        return group[0], group[1] + 1

    def _conceded(self, ours: Decimal, i: int) -> tuple[Decimal, int] | None:
        """Return what the others scored, as it is said at token ``i``, and the index behind it."""
        word = self.word_at(i)
        if word in _THE_SAME:
            return ours, i + 1
        if word == "لكل" and self.word_at(i + 1):  # of each side, of both
            return ours, i + 2
        if word in _CLEAN:
            return _NOTHING, i + 1
        without = i + (word == "من")
        if self.word_at(without) in _WITHOUT and self.word_at(without + 1) in _REPLY:
            return _NOTHING, without + 2
        against = i + (word == "في")
        if self.word_at(against) in _AGAINST:
            return self._counted(against + 1)
        lexeme = self.lexeme(i, "goal", "unit")
        if lexeme is not None and lexeme.preposition and word.startswith("ل"):
            return self._counted(i)
        return None

    def _counted(self, i: int) -> tuple[Decimal, int] | None:
        """Return a count of goals whose noun may be left out, and the index behind it."""
        if self.word_at(i) in ("صفر", "لاشيء", "لاشي"):
            return _NOTHING, i + 1
        if self.word_at(i) == "لا" and self.word_at(i + 1).startswith("شي"):
            return _NOTHING, i + 2
        if goals := self._goals(i):
            return goals
        count = self.group(i)
        # Two goals against 3 million is no score.
        named = count and self.lexeme(count[1], "scale", "scales", "currency", "measure", "percent")
        return None if named else count
