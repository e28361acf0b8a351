"""Every metric behind evaluate's interface: no network, no cache, the same numbers."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import evaluate
import pytest

from mujaz.errors import InputError, OptionError
from mujaz.eval import load, metrics, names, score
from mujaz.eval.metric import Segments

OUTPUTS = ("تغلق المدارس يوم الخميس بسبب العاصفة", "التقى 2 من الرؤساء في باكو يوم الأحد")
TRUTH = ("ستغلق المدارس يوم الخميس بسبب العاصفة", "التقى الرئيسان في باكو يوم الأحد")
SOURCES = (
    "قالت الوزارة إن المدارس تغلق يوم الخميس بسبب العاصفة في الشمال.",
    "التقى 2 من الرؤساء في مدينة باكو يوم الأحد ووقعا 6 اتفاقيات.",
)


def given(names: set[str]) -> dict[str, Any]:
    everything = {"predictions": OUTPUTS, "references": TRUTH, "sources": SOURCES}
    return {name: list(everything[name]) for name in everything if name in names}


@pytest.mark.parametrize("name", [n for n in names() if not n.startswith("comet")])
def test_every_metric_gives_the_very_numbers_of_score(name: str) -> None:
    module = load(name)
    assert isinstance(module, evaluate.Metric)
    assert module.name == name
    (metric,) = metrics(name)
    found = module.compute(**given({"predictions", *metric.needs}))
    expected = score(
        Segments(("1", "2"), OUTPUTS, tuple((text,) for text in TRUTH), SOURCES), [metric]
    )
    assert expected.scores
    for one in expected.scores:
        values = [found[key] for key in (one.name, f"{one.name}_low", f"{one.name}_high")]
        assert values == [one.score, one.low, one.high]
        assert found["signature"] == one.signature
    assert found["segments"] == 2


@pytest.mark.parametrize(("name", "needs"), [("comet", ["references"]), ("comet-qe", [])])
def test_comet_is_refused_with_a_line_where_its_command_is_absent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, needs: list[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    from mujaz.errors import MujazError

    with pytest.raises(MujazError, match="comet-score"):
        load(name).compute(**given({"predictions", *needs, "sources"}))


def test_references_may_be_lists_and_batches_may_be_added() -> None:
    module = load("bleu")
    module.add_batch(predictions=list(OUTPUTS), references=[[TRUTH[0], OUTPUTS[0]], [TRUTH[1]]])
    found = module.compute(resamples=100, seed=3)
    assert found["signature"].startswith("nrefs:var|bs:100|seed:3|")
    assert "tok:intl" in found["signature"]


def test_choices_and_variants() -> None:
    found = load("rouge:words").compute(**given({"predictions", "references"}))
    assert "tok:words" in found["signature"]
    module = load("chrf", lowercase=True)
    assert "case:lc" in module.compute(predictions=["A b"], references=["a B"])["signature"]


def test_modules_combine() -> None:
    both = evaluate.combine([load("bleu"), load("chrf")])
    found = both.compute(predictions=["a b c d e"], references=["a b c d e"])
    assert (found["bleu"], found["chrf"]) == (100, 100)


def test_what_will_not_do() -> None:
    with pytest.raises(OptionError, match="'all' is"):
        load("all")
    with pytest.raises(OptionError, match="unknown"):
        load("blue")
    with pytest.raises(InputError, match="ASCII"):
        load("bleu:13a").compute(**given({"predictions", "references"}))
    with pytest.raises(InputError, match="a reference of segment '1' is empty"):
        load("bleu").compute(predictions=["a"], references=[" "])
    with pytest.raises(ValueError, match=r"(?i)mismatch"):
        load("bleu").compute(predictions=["a", "b"], references=["a"])


def test_what_the_reader_must_know_is_in_the_result() -> None:
    found = load("bleu").compute(predictions=["a b", "c d"], references=["a b", "c d"])
    assert found["bleu"] == 0
    assert "no output has 4 words" in found["warnings"][0]


def test_no_folder_is_left() -> None:
    before = set(Path(tempfile.gettempdir()).glob("mujaz-evaluate-*"))
    module = load("chrf")
    assert Path(module.data_dir).is_dir()
    module.compute(predictions=["a"], references=["a"])
    root = Path(module.data_dir).parents[1]
    assert root not in before
    del module
    gc.collect()
    assert not root.exists()


def test_the_hubs_caches_are_not_touched(tmp_path: Path) -> None:
    code = (
        "from mujaz.eval import load\n"
        "print(load('chrf').compute(predictions=['ab'], references=['ab'])['chrf'])"
    )
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "HF_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    assert done.stdout == "100.0\n"
    assert list(tmp_path.rglob("*")) == []
