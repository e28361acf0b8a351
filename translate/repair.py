"""What one model could not translate without a severe fault, another one tries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from mujaz.checks import Finding, weight
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure, is_whole
from mujaz.models.store import InstalledModel, installed
from mujaz.settings import Settings

from .translation import Attempt, Segment, SegmentTranslator, Translation


class RepairingTranslator:
    """Wraps a translator: sentences that it leaves with a severe fault go to a second one.

    The second one's text is taken when the checks find less wrong in it. What both made stays in
    the record. Everything that a sentence becomes depends on that sentence alone.

    Args:
        translator: Translates everything.
        second: Returns the other translator, or ``None`` where it cannot be had after all. Called
            when there is something to repair, once.
        model: The name of the second one's model, for the record.
    """

    def __init__(
        self,
        translator: SegmentTranslator,
        second: Callable[[], SegmentTranslator | None],
        model: str,
    ) -> None:
        self.method = translator.method
        self._translator = translator
        self._second = cache(second)
        self._model = model

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order."""
        made = self._translator.translate(segments)
        failed = [n for n, translation in enumerate(made) if translation.severity == "severe"]
        second = self._second() if failed else None
        if second is None:
            return made
        others = second.translate([segments[n] for n in failed])
        for n, other in zip(failed, others, strict=True):
            made[n] = self._better(made[n], other)
        return made

    def _better(self, first: Translation, other: Translation) -> Translation:
        better = weight(_told(other)) < weight(_told(first)) and bool(other.text)
        before = first.tried or (
            Attempt.judged("first", first.text, first.findings, taken=not better),
        )
        if better:
            before = tuple(replace(attempt, taken=False) for attempt in before)
        last = Attempt.judged(f"by {self._model}", other.text, other.findings, taken=better)
        return replace(
            other if better else first,
            attempts=first.attempts + other.attempts,
            tried=(*before, last),
        )


def second_model(
    wanted: str, first: InstalledModel, settings: Settings, progress: Progress = SILENT
) -> InstalledModel | None:
    """Return the model that repairs what ``first`` leaves, or ``None``.

    Args:
        wanted: ``auto`` for the best installed translation model beside ``first``, ``none``, or a
            model's name or path.
        first: The model that translates.
        settings: Where the models are.
        progress: Told what is fetched, if anything is.

    Raises:
        MujazError: The model that is named cannot be had.
    """
    if wanted == "none":
        return None
    if wanted == "auto":
        others = (m for m in installed(settings) if "translate" in m.tasks and not m.pickle)
        whole = (m for m in others if is_whole(m, settings))
        return next((m for m in whole if m.id != first.id), None)
    found, _ = ensure(wanted, settings, progress)
    return found if found.id != first.id else None


def _told(translation: Translation) -> list[Finding]:
    """Return the findings that both translators can have: one of them may know no confidence."""
    return [finding for finding in translation.findings if finding.kind != "confidence"]
