"""The names of systems, and the baselines that come with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.errors import ModelError, OptionError
from mujaz.eval.choices import Choice, choices, summary_of
from mujaz.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


def names(task: str, *asked: str, settings: Settings, baselines: bool = False) -> list[str]:
    found = choices(task, asked, baselines=baselines, settings=settings)  # type: ignore[arg-type]
    return [choice.name for choice in found]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("lead-1", "lead-1"),
        ("lead", "lead-3"),
        ("extract", "extract-3"),
        ("oracle-2", "oracle-sees-reference-2"),
        ("instruct", "instruct-3"),
        ("instruct-1:owner/chat-GGUF:q4", "instruct-1:owner/chat-GGUF:q4"),
        ("seq2seq:owner/AraBART", "seq2seq-3:owner/AraBART"),
    ],
)
def test_summarizers(settings: Settings, asked: str, name: str) -> None:
    assert names("summarize", asked, settings=settings) == [name]


@pytest.mark.parametrize(
    ("asked", "name", "summary"),
    [
        ("chain", "chain-3", ("auto", "auto")),
        ("chain-2:extract", "chain-2:extract", ("extract", "auto")),
        ("chain:o/ara@o/opus", "chain-3:o/ara@o/opus", ("auto", "o/ara")),
        ("translate-then-lead-1@o/opus", "translate-then-lead-1@o/opus", ("lead", "auto")),
        ("translate-then-summarise", "translate-then-extract-3", ("extract", "auto")),
    ],
)
def test_ways_to_a_brief(
    settings: Settings, asked: str, name: str, summary: tuple[str, str]
) -> None:
    (choice,) = choices("brief", [asked], baselines=False, settings=settings)
    assert choice.name == name
    assert summary_of(choice) == summary


def test_translators_are_models(settings: Settings) -> None:
    assert names("translate", "o/opus,./folder", "auto", settings=settings) == [
        "o/opus",
        "./folder",
        "auto",
    ]


def test_nothing_named_means_the_default_and_its_baselines(settings: Settings) -> None:
    assert names("summarize", settings=settings, baselines=True) == [
        "lead-1",
        "lead-3",
        "extract-3",
    ]
    assert names("translate", settings=settings, baselines=True) == ["auto"]
    assert names("brief", settings=settings, baselines=True) == [
        "chain-3:lead",
        "translate-then-extract-3",
        "chain-3",
    ]


def test_a_baseline_that_is_asked_for_stands_once_and_is_none(settings: Settings) -> None:
    found = choices("summarize", ["lead-3", "oracle"], settings=settings)
    assert [(c.name, c.baseline) for c in found] == [
        ("lead-1", True),
        ("lead-3", False),
        ("oracle-sees-reference-3", False),
    ]


def test_briefs_are_held_against_baselines_by_their_own_translator(settings: Settings) -> None:
    found = choices("brief", ["chain@o/a", "chain@o/b"], sentences=2, settings=settings)
    assert [c.name for c in found if c.baseline] == [
        "chain-2:lead@o/a",
        "translate-then-extract-2@o/a",
        "chain-2:lead@o/b",
        "translate-then-extract-2@o/b",
    ]


@pytest.mark.parametrize(
    ("task", "asked", "said"),
    [
        ("summarize", "chain", "'chain' is unknown for summarize; use lead, extract"),
        ("brief", "lead-1", "'lead-1' is unknown for brief"),
        ("summarize", "lead 1", "is unknown"),
        ("summarize", "lead-0", "a summary of 0 sentences"),
        ("summarize", "lead-1:o/m", "lead takes no model"),
        ("summarize", "extract@o/m", "nothing is translated"),
        ("brief", "translate-then-lead:o/m", "takes no model"),
    ],
)
def test_names_that_are_refused(settings: Settings, task: str, asked: str, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        names(task, asked, settings=settings)


def test_a_model_that_nobody_knows_is_refused_before_anything_runs(settings: Settings) -> None:
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        names("summarize", "instruct:nothing", settings=settings)


def test_an_oracle_without_references_is_refused(settings: Settings) -> None:
    with pytest.raises(OptionError, match="no references for an oracle"):
        choices("summarize", ["oracle"], references=False, settings=settings)


def test_folders() -> None:
    def folder(name: str) -> str:
        return Choice("translate", "translator", translator=name).folder

    assert folder("owner/name:q4") == "owner--name--q4"
    assert folder("../../up") == "up"
    assert folder("..") == "system"
    long = [folder("/" + "deep/" * 60 + end) for end in "ab"]
    assert len(set(long)) == 2
    assert max(map(len, long)) < 100
