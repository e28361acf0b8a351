"""The unit of work: outcomes that depend on the article alone."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.arabic import Article, article_from_text
from mujaz.batch.recipe import Recipe, pinned
from mujaz.batch.worker import Worker
from mujaz.brief import Brief
from mujaz.errors import EngineError, InputError, ModelError
from mujaz.settings import Settings
from mujaz.summarize import Summary
from mujaz.translate.document import Document

from .conftest import article_text


def articles(*numbers: int) -> list[Article]:
    return [article_from_text(article_text(n), id=f"n{n}", origin=f"in/n{n}.txt") for n in numbers]


@pytest.fixture
def opened(settings: Settings) -> Iterator[Callable[[Recipe], Worker]]:
    workers: list[Worker] = []

    def open_worker(recipe: Recipe) -> Worker:
        workers.append(Worker(recipe, settings))
        return workers[-1]

    yield open_worker
    for worker in workers:
        worker.close()


def test_a_brief(opened: Callable[[Recipe], Worker], tiny: Callable[[str], Path]) -> None:
    worker = opened(Recipe("brief", sentences=2, translator=str(tiny("marian"))))
    assert [note.split(":")[0] for note in worker.notes] == ["summary", "translation"]
    (outcome,) = worker.do(articles(1))
    made = Brief.from_json(outcome.record)
    assert (made.article, made.origin, made.seconds) == ("n1", "in/n1.txt", None)
    assert outcome.text == made.text()
    assert outcome.title == made.headline.text
    assert outcome.original == "خبر قصير"
    assert outcome.line == made.sentences[0].text
    assert outcome.sentences == 2
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_neighbours_and_windows_change_nothing(
    opened: Callable[[Recipe], Worker], translation: Recipe
) -> None:
    worker = opened(replace(translation, form="md"))
    together = worker.do(articles(1, 2, 3, 4, 5))
    assert together == [worker.do([article])[0] for article in articles(1, 2, 3, 4, 5)]
    assert worker.do(articles(4, 2)) == [together[3], together[1]]
    assert Document.from_json(together[0].record).article == "n1"
    assert together[0].title


def test_a_summary(opened: Callable[[Recipe], Worker], lead: Recipe) -> None:
    worker = opened(replace(lead, form="json"))
    (outcome,) = worker.do(articles(2))
    assert Summary.from_json(outcome.text) == Summary.from_json(outcome.record)
    assert outcome.text.startswith("{\n  ")
    assert worker.make(articles(2)[0]) == outcome


def test_a_bad_article_is_an_outcome(
    opened: Callable[[Recipe], Worker], translation: Recipe
) -> None:
    first, second = articles(1, 2)
    english = Article("e", "", " \n", "in/e.txt")
    good, bad, other = opened(translation).do([first, english, second])
    assert bad.error == "in/e.txt: no sentence to translate; give an article"
    assert "InputError" in bad.trace
    assert (bad.record, bad.text, good.error, other.error) == ("", "", "", "")
    with pytest.raises(InputError):
        opened(translation).make(english)


def test_a_fault_of_ours_falls_on_its_article(
    opened: Callable[[Recipe], Worker], lead: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mujaz.summarize.lead import Lead

    whole = Lead.summarize

    def breaks(self: Lead, article: Article) -> Summary:
        if article.id == "n2":
            raise ZeroDivisionError("a\nbug")
        if article.id == "n3":
            raise EngineError("too long", "split it")
        return whole(self, article)

    monkeypatch.setattr(Lead, "summarize", breaks)
    outcomes = opened(lead).do(articles(1, 2, 3, 4))
    assert [outcome.error for outcome in outcomes] == [
        "",
        "internal error: ZeroDivisionError: a bug; run again with --debug",
        "too long; split it",
        "",
    ]
    assert [outcome.article for outcome in outcomes] == ["n1", "n2", "n3", "n4"]


def test_a_glossary(opened: Callable[[Recipe], Worker], translation: Recipe) -> None:
    worker = opened(replace(translation, glossary=(("الوزير", "Minister Q. Zed"),)))
    made = Document.from_json(worker.do(articles(1))[0].record)
    names = {name.english for s in made.sentences for name in s.translation.names}
    assert "Minister Q. Zed" in names


def test_a_machine_with_other_models_refuses(translation: Recipe, settings: Settings) -> None:
    recipe = pinned(translation, settings)
    Worker(recipe, settings).close()
    with pytest.raises(ModelError, match="are not those of the job"):
        Worker(replace(recipe, models=("x/y 0123",)), settings)
