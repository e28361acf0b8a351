"""Arabic to English, one sentence per segment, each translation checked against its source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mujaz.arabic import Article, Glossary
from mujaz.errors import ModelError, MujazError
from mujaz.models.catalogue import CatalogueEntry
from mujaz.models.engine import Engine, GenerationOptions
from mujaz.models.loading import open_engine
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure
from mujaz.models.store import InstalledModel
from mujaz.settings import Settings

from .cache import SegmentCache, cache_file
from .cached import CachedTranslator, model_identity
from .instruct import InstructTranslator, Retry
from .repair import RepairingTranslator, second_model
from .segments import locate, segments_of
from .seq2seq import Seq2SeqTranslator
from .translation import Attempt, GivenName, Segment, SegmentTranslator, Translation
from .typography import finished, polish
from .windows import in_windows

# Articles whose sentences go to a model together. A model that runs batches wants some hundred
# sentences to sort by length. Where prompts run one after another nothing is gained, and an
# interruption would lose the window.
_WINDOW = 64

__all__ = [
    "Attempt",
    "CachedTranslator",
    "GivenName",
    "InstructTranslator",
    "RepairingTranslator",
    "Retry",
    "Segment",
    "SegmentCache",
    "SegmentTranslator",
    "Seq2SeqTranslator",
    "Translation",
    "Translator",
    "finished",
    "in_windows",
    "locate",
    "polish",
    "second_model",
    "segments_of",
    "translator_for",
]


def translator_for(
    engine: Engine, entry: CatalogueEntry | None = None, glossary: Glossary | None = None
) -> SegmentTranslator:
    """Return the translator that suits ``engine``: by prompt, or as a sequence-to-sequence model.

    Args:
        engine: A loaded model.
        entry: Its catalogue entry, for the recommended decoding.
        glossary: The user's own names.
    """
    if engine.follows_instructions:
        return InstructTranslator(engine, glossary=glossary)
    options = entry.generation if entry else GenerationOptions()
    return Seq2SeqTranslator(engine, options=options, glossary=glossary)


class Translator:
    """The front door: Arabic sentences in, checked English out.

    Args:
        model: ``auto``, a catalogue id, a hub id, or the path of a folder or a GGUF file.
        settings: Where the models are, threads, device, network; from the environment by default.
        progress: Told what is fetched, if anything is.
        glossary: The user's own names.
        cache: Whether translations are kept under ``settings.home``, and taken from there.
        second: Model that tries what the first leaves with a severe fault: ``auto`` for the best
            other one that is installed, ``none``, or a name as of ``model``. It is loaded when it
            is needed.

    Raises:
        MujazError: No model can be had or loaded; the error names the next step.

    Attributes:
        model: The id of the model that was taken.
        why: Why it was taken, in one phrase.
        second: The id of the second model; empty where there is none.
        glossary: The user's own names.
    """

    def __init__(
        self,
        model: str = "auto",
        *,
        settings: Settings | None = None,
        progress: Progress = SILENT,
        glossary: Glossary | None = None,
        cache: bool = False,
        second: str = "none",
    ) -> None:
        self._settings = settings or Settings.from_environment()
        self._progress = progress
        found, self.why = ensure(
            "translate" if model == "auto" else model, self._settings, progress
        )
        _refuse_others(found)
        self.model = found.id
        self.glossary = glossary
        self._cache: SegmentCache | None = None
        self._engines: list[Engine] = []
        other = second_model(second, found, self._settings, progress)
        if other:
            _refuse_others(other)
        self.second = other.id if other else ""
        self._translator = self._opened(found)
        self.engine = self._engines[0]
        if cache:
            self._cache = SegmentCache(cache_file(self._settings), warn=progress.message)
            self._translator = self._cached(self._translator, self.engine, found)
        if other:
            repair = partial(self._opened_second, other, named=second != "auto")
            self._translator = RepairingTranslator(self._translator, repair, other.id)

    def _opened(self, found: InstalledModel) -> SegmentTranslator:
        engine = open_engine(
            found.path, threads=self._settings.threads, device=self._settings.device
        )
        self._engines.append(engine)
        return translator_for(engine, found.entry, self.glossary)

    def _cached(
        self, translator: SegmentTranslator, engine: Engine, found: InstalledModel
    ) -> SegmentTranslator:
        if self._cache is None:
            return translator
        return CachedTranslator(
            translator,
            self._cache,
            engine=engine,
            model=model_identity(found),
            device=self._settings.device,
        )

    def _opened_second(self, found: InstalledModel, *, named: bool) -> SegmentTranslator | None:
        try:
            translator = self._opened(found)
        except MujazError as error:
            # Nobody asked for this model: without it the sentences stay as they are, flagged.
            if named:
                raise
            self._progress.message(f"{found.id} cannot repair anything: {error}")
            return None
        return self._cached(translator, self._engines[-1], found)

    @property
    def method(self) -> str:
        """``instruct`` or ``seq2seq``."""
        return self._translator.method

    @property
    def window(self) -> int:
        """How many articles at a time suit the model, where there are many."""
        return _WINDOW if self.method == "seq2seq" else 1

    def translate(self, segments: Sequence[str | Segment]) -> list[Translation]:
        """Return one translation per sentence, in order."""
        return self._translator.translate(
            [Segment(s) if isinstance(s, str) else s for s in segments]
        )

    def translate_article(self, article: Article) -> list[Translation]:
        """Return the translation of every sentence of ``article``, in order."""
        return self._translator.translate(segments_of(article, self.glossary))

    def close(self) -> None:
        """Free the weights."""
        for engine in self._engines:
            engine.close()
        if self._cache:
            self._cache.close()


def _refuse_others(found: InstalledModel) -> None:
    if found.tasks and not {"translate", "instruct"} & set(found.tasks):
        raise ModelError(
            f"{found.id} is a model for {', '.join(found.tasks)}, not for translation",
            "see `mujaz models list`",
        )
