"""The front door: which method and which model are taken, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.errors import InputError, ModelError, OfflineError, OptionError
from mujaz.models.catalogue import load_catalogue
from mujaz.models.downloads import PullOptions, pull
from mujaz.settings import Settings
from mujaz.summarize import Loaded, Summarizer

from ..models.conftest import checkpoint, gguf
from ..scripted_engine import ScriptedEngine
from .articles import article, flood


def install(name: str, source: Path, settings: Settings) -> None:
    pull(name, settings, PullOptions(source=source, convert=False))


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.gguf"
    path.write_bytes(gguf())
    return path


def test_auto_extracts_where_no_model_is_installed(settings: Settings) -> None:
    front = Summarizer(settings=settings)
    assert (front.method, front.model, front.engine) == ("extract", "", None)
    assert "invents nothing" in front.why
    assert len(front.summarize(flood()).sentences) == 3
    front.close()


@pytest.mark.parametrize("method", ["extract", "lead"])
def test_by_name(settings: Settings, method: str) -> None:
    front = Summarizer(method, count=2, settings=settings)  # type: ignore[arg-type]
    assert (front.method, front.model, front.why) == (method, "", "asked for by name")
    assert len(front.summarize(flood()).sentences) == 2


def test_auto_takes_a_dedicated_model_that_is_installed(
    settings: Settings, tiny_summarizer: Path
) -> None:
    install("my/summarizer", tiny_summarizer, settings)
    for method in ("auto", "seq2seq"):
        front = Summarizer(method, settings=settings)  # type: ignore[arg-type]
        assert (front.method, front.model) == ("seq2seq", "my/summarizer")
        assert front.why == "the best installed summarization model"
        assert front.summarize(flood()).model == "my/summarizer"
        front.close()


def test_a_model_that_follows_instructions_is_never_taken_for_a_dedicated_one(
    settings: Settings, chat: Path
) -> None:
    install("my/chat", chat, settings)
    assert Summarizer(settings=settings).method == "extract"
    with pytest.raises(OfflineError):
        Summarizer("seq2seq", settings=settings)
    with pytest.raises(ModelError, match="use --method instruct"):
        Summarizer("seq2seq", "my/chat", settings=settings)


def test_a_folder_named_decides_the_method(settings: Settings, tiny_summarizer: Path) -> None:
    front = Summarizer(model=str(tiny_summarizer), settings=settings)
    assert (front.method, front.model) == ("seq2seq", str(tiny_summarizer))
    assert front.why == "asked for by name"
    front.close()


def test_a_translator_is_no_summarizer(
    settings: Settings, tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="is a model for translate, not for summaries"):
        Summarizer(model=str(tiny("marian")), settings=settings)
    # The files let guess it only; who names the method knows better.
    front = Summarizer("seq2seq", str(tiny("marian")), settings=settings)
    assert front.method == "seq2seq"
    front.close()
    # The catalogue knows.
    folder = tmp_path / "opus"
    folder.mkdir()
    for name, content in checkpoint().items():
        if "/" not in name and not name.endswith((".bin", ".py")):
            (folder / name).write_bytes(content)
    install("Helsinki-NLP/opus-mt-ar-en", folder, settings)
    with pytest.raises(ModelError, match="is a model for translate"):
        Summarizer("seq2seq", "opus-mt-ar-en", settings=settings)


def test_instruct_wants_a_model_that_follows(
    settings: Settings, tiny: Callable[[str], Path]
) -> None:
    with pytest.raises(ModelError, match="does not follow instructions"):
        Summarizer("instruct", str(tiny("marian")), settings=settings)


@pytest.mark.parametrize("name", ["auto", "path"])
def test_a_model_that_runs_already_is_shared_and_left_open(
    settings: Settings, chat: Path, name: str
) -> None:
    engine = ScriptedEngine("قتل أربعة أشخاص في سيول مدينة الوادي.")
    front = Summarizer(
        "instruct",
        str(chat) if name == "path" else "auto",
        settings=settings,
        loaded=Loaded(str(chat), engine),
    )
    assert front.engine is engine
    assert front.model == str(chat)
    assert front.summarize(flood()).sentences
    front.close()
    assert not engine.closed


def test_another_model_is_not_taken_for_it(settings: Settings, tiny_summarizer: Path) -> None:
    engine = ScriptedEngine()
    front = Summarizer(
        model=str(tiny_summarizer), settings=settings, loaded=Loaded("some/chat", engine)
    )
    assert front.engine is not engine
    front.close()
    front.close()
    assert not engine.closed


def test_the_catalogues_settings_reach_the_model(settings: Settings, tiny_summarizer: Path) -> None:
    install("csebuetnlp/mT5_multilingual_XLSum", tiny_summarizer, settings)
    front = Summarizer("seq2seq", "mT5_multilingual_XLSum", settings=settings)
    assert front.summarize(flood()).settings == {"sentences": 3, "beams": 4, "max_new_tokens": 84}
    front.close()
    entry = load_catalogue().get("mT5_multilingual_XLSum")
    assert entry
    assert entry.input.max_tokens == 512


def test_what_cannot_be_is_refused(settings: Settings) -> None:
    with pytest.raises(OptionError, match="method 'best' is unknown; use auto, extract"):
        Summarizer("best", settings=settings)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="0 sentences"):
        Summarizer(count=0, settings=settings)
    with pytest.raises(OptionError, match="uses no model"):
        Summarizer("lead", "embedded", settings=settings)
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        Summarizer(model="no such model", settings=settings)
    with pytest.raises(OfflineError):
        Summarizer("instruct", settings=settings)


def test_text_that_is_not_arabic_is_an_error(settings: Settings) -> None:
    with pytest.raises(InputError, match="not in Arabic"):
        Summarizer("lead", settings=settings).summarize(article("The king went home."))


def test_the_catalogue_recommends_a_dedicated_summarizer() -> None:
    families = {entry.family for entry in load_catalogue().recommended("summarize")}
    assert families - {"llama-gguf"}
