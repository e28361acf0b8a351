"""Metrics by name: every name loads, nothing loads before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mujaz.errors import OptionError
from mujaz.eval.registry import GROUPS, metrics, names, request


@pytest.mark.parametrize("name", names())
def test_every_name_makes_a_metric(name: str) -> None:
    (metric,) = metrics(name)
    assert metric.name == name.removesuffix("++")
    assert metric.scores
    assert set(metric.higher_is_better) == set(metric.scores)
    assert metric.needs <= {"references", "sources"}


def test_groups_hold_metrics_by_what_they_need() -> None:
    for metric in metrics("reference"):
        assert metric.needs == {"references"}
    for metric in metrics("reference-free"):
        assert "references" not in metric.needs
    both = [m.scores for m in (*metrics("reference"), *metrics("reference-free"))]
    assert [m.scores for m in metrics("all")] == both
    assert "comet" not in {m.name for m in metrics("all")}


def test_each_once_in_the_order_asked_for() -> None:
    assert [m.name for m in metrics("ter, BLEU,ter,bleu,")] == ["ter", "bleu"]
    assert [m.name for m in metrics(["ter", "chrf,bleu"])] == ["ter", "chrf", "bleu"]


def test_variants_and_choices() -> None:
    assert metrics("bleu:intl")[0].tokenize == "intl"
    assert metrics("rouge:words")[0].variant == "words"
    assert metrics("chrf++,bleu,ter", lowercase=True)[1].lowercase is True
    assert metrics("chrf++")[0].scores == ("chrf++",)


@pytest.mark.parametrize(
    ("asked", "choices", "message"),
    [
        ("blue", {}, "metric 'blue' is unknown; use bleu, chrf"),
        ("", {}, "no metric is asked for"),
        (" , ", {}, "no metric is asked for"),
        ("chrf:intl", {}, "metric 'chrf' has no variants"),
        ("bleu:spacy", {}, "tokenizer 'spacy' is unknown"),
        ("rouge:french", {}, "'french' is unknown"),
        ("bleu", {"colour": 1}, "none of bleu has the choice 'colour'"),
    ],
)
def test_unknown_names(asked: str, choices: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        metrics(asked, **choices)


def test_a_request_tells_named_metrics_from_those_of_groups() -> None:
    asked = request("bleu:13a,reference")
    assert [m.name for m in asked.named] == ["bleu"]
    assert [m.name for m in asked.optional][:3] == ["bleu", "chrf", "chrf"]
    assert request("ter").optional == []
    assert request("all").named == []


def test_names_load_nothing() -> None:
    code = (
        "import sys; from mujaz.eval.registry import names; names(); import mujaz.eval;"
        "print(*(m for m in ('numpy', 'sacrebleu', 'evaluate', 'torch') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "\n"
    assert set(GROUPS) == {"reference", "reference-free", "all"}
