"""Draws, intervals and p-values, against sacreBLEU's own and against what must hold."""

from __future__ import annotations

import time

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from mujaz.errors import OptionError
from mujaz.eval import significance
from mujaz.eval.bleu import Bleu
from mujaz.eval.chrf import Chrf
from mujaz.eval.significance import (
    bootstrap_p,
    bootstrap_sums,
    interval,
    randomisation_p,
)

from .corpus import GOOD, POOR, REFERENCES, segments

MIXED = (*GOOD[:5], *POOR[5:])


def mean(sums: np.ndarray) -> np.ndarray:
    return sums[:, :1] / sums[:, 1:]


def with_ones(values: np.ndarray) -> np.ndarray:
    return np.column_stack([values, np.ones(len(values))])


# ------------------------------------------------------------------ against sacreBLEU


def test_the_interval_is_sacrebleus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    for own, ours in ((BLEU(), Bleu()), (CHRF(word_order=2), Chrf(word_order=2))):
        public = own.corpus_score(list(MIXED), [list(REFERENCES)], n_bootstrap=1000)
        statistics = ours.statistics(segments(MIXED))
        low, high = interval(ours.corpus(bootstrap_sums(statistics))[:, 0])
        # sacreBLEU adds up in 32 bits.
        assert (high - low) / 2 == pytest.approx(public._ci, abs=1e-3)


def test_p_values_of_randomisation_are_sacrebleus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    pairs = list(zip(GOOD, POOR, strict=True))
    one = [pair[place % 2] for place, pair in enumerate(pairs)]
    two = [pair[(place + 1) % 2] for place, pair in enumerate(pairs)]
    test = PairedTest(
        [("a", one), ("b", two)],
        {"bleu": BLEU(), "chrf": CHRF()},
        [list(REFERENCES)],
        "ar",
        n_samples=2000,
    )
    public = test()[1]
    for key, metric in (("BLEU", Bleu()), ("chrF2", Chrf())):
        a, b = (metric.statistics(segments(tuple(texts))) for texts in (one, two))
        found = randomisation_p(a, b, metric.corpus, trials=2000)[0]
        expected = public[key][1].p_value
        assert 0.02 < expected < 0.98
        # Ties, two of the 4,096 ways to shuffle twelve segments, count as extreme here alone.
        assert expected <= found <= expected + 6 / 2001, key


# ------------------------------------------------------------------ what must hold


def test_resampled_sums_are_sums_of_drawn_rows() -> None:
    rows = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    sums = bootstrap_sums(np.column_stack([rows, np.ones(3)]), 500)
    assert sums.shape == (500, 3)
    assert (sums[:, 2] == 3).all()
    assert (sums[:, 1] == 10 * sums[:, 0]).all()
    assert {3.0, 12.0} < set(sums[:, 0].tolist()), "all of the smallest and all of the largest"
    assert abs(sums[:, 0].mean() - 7) < 0.3


def test_draws_depend_on_the_seed_and_on_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(0).random((97, 3))
    once = bootstrap_sums(rows, 200)
    flips = randomisation_p(rows[:, :2], rows[:, 1:], lambda s: s, trials=500)
    np.random.seed(1)  # the global state must not matter
    assert (bootstrap_sums(rows, 200) == once).all()
    assert not (bootstrap_sums(rows, 200, seed=6) == once).all()
    monkeypatch.setattr(significance, "_BLOCK", 97 * 64)
    assert bootstrap_sums(rows, 200) == pytest.approx(once, rel=1e-12)
    assert (randomisation_p(rows[:, :2], rows[:, 1:], lambda s: s, trials=500) == flips).all()


def test_the_interval_covers_a_known_mean_19_times_in_20() -> None:
    chance = np.random.default_rng(3)
    covered = 0
    for trial in range(200):
        sample = with_ones(chance.normal(5.0, 2.0, 100))
        low, high = interval(mean(bootstrap_sums(sample, 300, seed=trial))[:, 0])
        covered += low <= 5.0 <= high
    assert 178 <= covered <= 199


def test_undefined_resamples_are_left_out() -> None:
    assert interval(np.array([np.nan] * 3 + list(range(100)))) == (2.0, 97.0)
    assert np.isnan(interval(np.array([np.nan]))).all()


def test_a_system_never_differs_from_itself() -> None:
    statistics = Bleu().statistics(segments(MIXED))
    zero = np.zeros(1)
    assert randomisation_p(statistics, statistics, Bleu().corpus, trials=200)[0] == 1
    assert bootstrap_p(np.zeros((100, 1)), zero)[0] == 1
    # Equal up to rounding: the same values in another order of adding.
    values = with_ones(np.random.default_rng(1).random(50))
    nearly = values.copy()
    nearly[:, 0] += 1e-13
    assert randomisation_p(values, nearly, mean, trials=200)[0] == 1


def test_false_alarms_are_as_rare_as_the_p_value_says() -> None:
    chance = np.random.default_rng(11)
    alarms = np.zeros(2)
    for trial in range(200):
        base = chance.normal(0, 1, 60)
        a = with_ones(base + chance.normal(0, 1, 60))
        b = with_ones(base + chance.normal(0, 1, 60))
        differences = mean(bootstrap_sums(b, 200, trial)) - mean(bootstrap_sums(a, 200, trial))
        observed = (mean(b.sum(0)[None]) - mean(a.sum(0)[None]))[0]
        alarms[0] += bootstrap_p(differences, observed)[0] < 0.05
        alarms[1] += randomisation_p(a, b, mean, 200, trial)[0] < 0.05
    assert (alarms <= 22).all(), alarms
    assert (alarms >= 2).all(), alarms


def test_a_clear_difference_is_found_whichever_way_it_goes() -> None:
    chance = np.random.default_rng(5)
    a = with_ones(chance.normal(0, 1, 200))
    b = with_ones(a[:, 0] + 0.5)
    for one, two in ((a, b), (b, a)):
        assert randomisation_p(one, two, mean, 1000)[0] == pytest.approx(1 / 1001)
    p = randomisation_p(a, b, mean, 1000), randomisation_p(b, a, mean, 1000)
    assert p[0] == p[1]


def test_undefined_scores_have_no_p_value() -> None:
    a = np.zeros((5, 2))
    with np.errstate(invalid="ignore"):
        assert np.isnan(randomisation_p(a, a, mean, 100)).all()


@pytest.mark.parametrize("count", [0, 1, 39, -5])
def test_too_few_draws_are_refused(count: int) -> None:
    with pytest.raises(OptionError, match="too few for a 95% interval; use 1000"):
        bootstrap_sums(np.ones((3, 1)), count)
    with pytest.raises(OptionError, match=f"{count} trials"):
        randomisation_p(np.ones((3, 1)), np.ones((3, 1)), lambda s: s, count)


def test_a_thousand_resamples_of_a_thousand_segments_take_no_time() -> None:
    statistics = np.random.default_rng(0).integers(0, 40, (1000, 80)).astype(float)
    start = time.process_time()
    bootstrap_sums(statistics, 1000)
    randomisation_p(statistics, statistics[::-1].copy(), lambda s: s[:, :1], 1000)
    assert time.process_time() - start < 5
