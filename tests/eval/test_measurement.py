"""Measurements: which metrics are taken, under which names."""

from __future__ import annotations

import pytest

from mujaz.errors import InputError
from mujaz.eval.bleu import Bleu
from mujaz.eval.chrf import Chrf
from mujaz.eval.measurement import measure, measure_fitting
from mujaz.eval.ter import Ter

from .corpus import ARABIC_SEGMENTS, segments


def test_statistics_names_and_signatures_are_the_metrics_own() -> None:
    bleu, chrf = measure(segments(), [Bleu(), Chrf()])
    assert bleu.names == ("bleu",)
    assert bleu.signature == Bleu().signature(segments())
    assert (bleu.statistics == Bleu().statistics(segments())).all()
    assert chrf.statistics.shape == (12, 18)


def test_what_differs_in_signatures_tells_names_apart() -> None:
    found = measure(segments(), [Bleu("intl"), Bleu("char", lowercase=True), Ter()])
    names = [one.names[0] for one in found]
    assert names == ["bleu (case:mixed|tok:intl)", "bleu (case:lc|tok:char)", "ter"]


def test_a_named_metric_that_cannot_score_is_an_error_and_an_optional_one_is_left_out() -> None:
    with pytest.raises(InputError, match="ASCII"):
        measure(ARABIC_SEGMENTS, [Bleu("13a"), Chrf()])
    found, left_out = measure_fitting(ARABIC_SEGMENTS, [Chrf()], [Bleu("13a"), Ter()])
    assert [one.metric.name for one in found] == ["chrf", "ter"]
    (line,) = left_out
    assert line.startswith("bleu is left out: segment '1' has an Arabic reference")
