"""What a job makes of each article: the verb, the models and the options, as one record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from mujaz.models.description import describe
from mujaz.models.progress import SILENT, Progress
from mujaz.models.selection import ensure, recommended
from mujaz.models.store import InstalledModel
from mujaz.record import from_json, to_json
from mujaz.settings import Settings
from mujaz.summarize import Method, dedicated_model
from mujaz.translate.repair import second_model

SCHEMA = "mujaz.recipe/1"

Verb = Literal["brief", "summarize", "translate"]
Form = Literal["text", "json", "md", "html", "same"]
"""How an output is written; ``same`` is the input's own kind where there is a way to write it."""

SUFFIXES: dict[Form, str] = {
    "text": ".txt",
    "json": ".json",
    "md": ".md",
    "html": ".html",
    "same": ".txt",
}

# Of a large file of a model outside the store, this much is read at this many places: other
# weights in the same shape differ everywhere, and hashing gigabytes would delay every run.
_WHOLE = 1 << 20
_SAMPLES = 64
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a job makes of each article. It pickles, and is JSON both ways.

    Attributes:
        verb: ``brief``, ``summarize`` or ``translate``.
        form: How documents are written.
        sentences: Sentences of a summary, at most.
        method: How to summarise.
        summarizer: Model of the summary, as asked for.
        translator: Model of the translation, as asked for.
        glossary: The user's own names: Arabic and English.
        second: Model that tries what the translator leaves with a severe fault, as asked for.
        strict: Whether a brief leaves out sentences that still have one.
        text_field: Column or key of a row's text.
        id_field: That of its id.
        title_field: That of its title.
        cache: Whether translated segments are kept for other runs; changes no output.
        models: What `pinned` found: each model's id and the state of its files.
    """

    verb: Verb
    form: Form = "text"
    sentences: int = 3
    method: Method = "auto"
    summarizer: str = "auto"
    translator: str = "auto"
    glossary: tuple[tuple[str, str], ...] = ()
    second: str = "none"
    strict: bool = False
    text_field: str = "text"
    id_field: str = "id"
    title_field: str = "title"
    cache: bool = True
    models: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all that can change an output, shortened to 32 hexadecimal digits."""
        text = to_json(replace(self, cache=True), SCHEMA)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def to_json(self) -> str:
        """Return the recipe as one line of JSON, schema ``mujaz.recipe/1``."""
        return to_json(self, SCHEMA)

    @classmethod
    def from_json(cls, text: str | bytes) -> Recipe:
        """Read a recipe back.

        Raises:
            RecordError: ``text`` is not a ``mujaz.recipe/1`` record.
        """
        return from_json(text, cls, SCHEMA)


def pinned(recipe: Recipe, settings: Settings, progress: Progress = SILENT) -> Recipe:
    """Return ``recipe`` with the models that it means here and now, fetched where that is needed.

    A model that is exchanged, or comes to be preferred by ``auto``, makes another recipe; nothing
    is loaded.

    Raises:
        MujazError: A model cannot be had; the error names the next step.
    """
    models = {model.id: model for model in _models(recipe, settings, progress)}
    return replace(recipe, models=tuple(f"{m.id} {_state(m)}" for m in models.values()))


def _models(recipe: Recipe, settings: Settings, progress: Progress) -> Iterator[InstalledModel]:
    """Yield every model that can have a part in ``recipe``."""
    if recipe.verb in ("brief", "translate"):
        wanted = "translate" if recipe.translator == "auto" else recipe.translator
        translator, _ = ensure(wanted, settings, progress)
        yield translator
        if other := second_model(recipe.second, translator, settings, progress):
            yield other
    if recipe.verb == "translate" or recipe.method in ("extract", "lead"):
        return
    if recipe.summarizer != "auto":
        yield ensure(recipe.summarizer, settings, progress)[0]
    elif recipe.method == "instruct":
        yield ensure("instruct", settings, progress)[0]
    elif dedicated := dedicated_model(settings):
        yield dedicated
    elif recipe.method == "seq2seq":
        first = next(e for e in recommended("summarize") if e.family != "llama-gguf")
        yield ensure(first.id, settings, progress)[0]


def _state(model: InstalledModel) -> str:
    """Return a hash of the model's files: the recorded ones, or a sample of those outside."""
    digest = hashlib.sha256()
    if model.manifest:
        for file in sorted(model.manifest.files, key=lambda file: file.name):
            digest.update(f"{file.name}\0{file.sha256}\n".encode())
        return digest.hexdigest()[:16]
    root = describe(model.path).path
    files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
    for path in files:
        if not any(part.startswith(".") for part in path.relative_to(root).parts):
            digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\n".encode())
            _sample(path, digest)
    return digest.hexdigest()[:16]


def _sample(path: Path, digest: hashlib._Hash) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= _WHOLE:
            digest.update(file.read())
            return
        for number in range(_SAMPLES):
            file.seek((size - _SAMPLE) * number // (_SAMPLES - 1))
            digest.update(file.read(_SAMPLE))
