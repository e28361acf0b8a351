"""Reports and comparisons: what they say, and what must hold whatever the metric."""

from __future__ import annotations

import json
import random

import pytest

from mujaz.errors import InputError, OptionError, RecordError
from mujaz.eval import Segments, compare_scores, metrics, score
from mujaz.eval.scoring import ScoreReport, measure, report, signed

from .corpus import ARABIC, ARABIC_OUTPUTS, ARABIC_SEGMENTS, GOOD, POOR, REFERENCES, segments

REFERENCE_METRICS = ["bleu", "bleu:intl", "chrf", "chrf++", "ter", "rouge"]
BOTH = ["bleu", "chrf", "chrf++", "ter", "rouge"]


def reordered(given: Segments) -> Segments:
    order = list(range(len(given)))
    random.Random(4).shuffle(order)
    return Segments(
        tuple(given.ids[i] for i in order),
        tuple(given.hypotheses[i] for i in order),
        tuple(given.references[i] for i in order),
        tuple(given.sources[i] for i in order) if given.sources else (),
    )


def turned(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (*texts[1:], texts[0])


# ------------------------------------------------------------------ metamorphic


@pytest.mark.parametrize("name", REFERENCE_METRICS)
@pytest.mark.parametrize("given", [segments(), ARABIC_SEGMENTS], ids=["english", "arabic"])
def test_the_order_of_segments_does_not_matter(name: str, given: Segments) -> None:
    one, two = score(given, metrics(name)), score(reordered(given), metrics(name))
    for a, b in zip(one.scores, two.scores, strict=True):
        assert a.score == pytest.approx(b.score, abs=1e-9)
        assert a.signature == b.signature
        # The resamples are others, so that their interval agrees as chance allows.
        assert (a.low, a.high) == pytest.approx((b.low, b.high), rel=0.1)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("outputs", "references"), [(GOOD, REFERENCES), (ARABIC_OUTPUTS, ARABIC)], ids=["en", "ar"]
)
def test_a_copy_is_best_and_a_shuffled_one_loses(
    name: str, outputs: tuple[str, ...], references: tuple[str, ...]
) -> None:
    (metric,) = metrics(name)
    copy = score(segments(references, references), [metric])
    system = score(segments(outputs, references), [metric])
    shuffled = score(segments(turned(references), references), [metric])
    for best, middle, worst in zip(copy.scores, system.scores, shuffled.scores, strict=True):
        up = metric.higher_is_better[best.name]
        assert best.score == pytest.approx(100 if up else 0)
        assert best.low == best.high == best.score
        if up:
            assert best.score > middle.score > worst.score
        else:
            assert best.score < middle.score < worst.score
        assert middle.low < middle.score < middle.high


@pytest.mark.parametrize("name", BOTH)
def test_a_further_reference_never_lowers_a_score_but_one_that_repeats_changes_nothing(
    name: str,
) -> None:
    (metric,) = metrics(name)
    alone = score(segments(POOR), [metric]).scores[0].score
    twice = score(segments(POOR, REFERENCES, REFERENCES), [metric]).scores[0]
    assert twice.score == pytest.approx(alone)
    assert "nrefs:2|" in twice.signature
    more = score(segments(POOR, REFERENCES, POOR), [metric]).scores[0].score
    assert more > alone if metric.higher_is_better[twice.name] else more < alone


@pytest.mark.parametrize("name", ["bleu", "chrf", "ter"])
def test_the_better_system_wins_and_it_is_significant(name: str) -> None:
    (metric,) = metrics(name)
    (found,) = compare_scores(segments(POOR), segments(GOOD), [metric])
    better = found.difference > 0
    assert better is metric.higher_is_better[found.name]
    assert found.difference == pytest.approx(found.b - found.a)
    assert found.low < found.difference < found.high
    assert found.low > 0 or found.high < 0
    assert found.p_bootstrap < 0.01
    assert found.p_randomisation < 0.01
    (back,) = compare_scores(segments(GOOD), segments(POOR), [metric])
    assert (back.difference, back.low, back.high) == pytest.approx(
        (-found.difference, -found.high, -found.low)
    )
    assert (back.p_bootstrap, back.p_randomisation) == (found.p_bootstrap, found.p_randomisation)


def test_a_system_against_itself() -> None:
    for found in compare_scores(segments(), segments(), metrics("bleu,chrf,rouge")):
        assert (found.difference, found.low, found.high) == (0, 0, 0)
        assert (found.p_bootstrap, found.p_randomisation) == (1, 1)


# ------------------------------------------------------------------ the report


def test_the_json_has_these_fields_and_no_others() -> None:
    found = score(segments(("", *GOOD[1:])), metrics("bleu,ter"))
    assert found.warnings
    text = found.to_json()
    data = json.loads(text)
    assert list(data) == ["segments", "scores"]
    assert data["segments"] == 12
    assert [list(one) for one in data["scores"]] == [
        ["name", "score", "low", "high", "signature"]
    ] * 2
    assert [one["name"] for one in data["scores"]] == ["bleu", "ter"]
    back = ScoreReport.from_json(text)
    assert (back.segments, back.scores) == (found.segments, found.scores)
    assert json.loads(found.to_json(indent=2)) == data
    assert found["BLEU"] is found.scores[0]
    with pytest.raises(KeyError):
        found["comet"]


@pytest.mark.parametrize("text", ["", "[]", '{"segments": 1}', '{"segments": "x", "scores": []}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="not a report of scores"):
        ScoreReport.from_json(text)


def test_seeds_are_fixed_and_in_the_signature() -> None:
    one, two = (score(segments(), metrics("bleu")) for _ in range(2))
    assert one == two
    assert one["bleu"].signature.startswith("nrefs:1|bs:1000|seed:12345|case:mixed|")
    other = score(segments(), metrics("bleu"), 500, 7)["bleu"]
    assert "|bs:500|seed:7|" in other.signature
    assert (other.low, other.high) != (one["bleu"].low, one["bleu"].high)
    (found,) = compare_scores(segments(), segments(POOR), metrics("bleu"), trials=100)
    assert "|bs:1000|ar:100|seed:12345|" in found.signature
    assert signed("avg:mean", 1, bs=40) == "bs:40|seed:1|avg:mean"


def test_the_signature_with_draws_is_sacrebleus_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from sacrebleu.metrics.bleu import BLEU

    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    own = BLEU()
    own.corpus_score(list(GOOD), [list(REFERENCES)], n_bootstrap=1000)
    assert score(segments(), metrics("bleu"))["bleu"].signature == str(own.get_signature())


def test_scores_of_one_name_are_told_apart() -> None:
    found = score(segments(), metrics("bleu,bleu:intl,bleu:char,chrf"))
    assert [one.name for one in found.scores] == [
        "bleu (tok:13a)",
        "bleu (tok:intl)",
        "bleu (tok:char)",
        "chrf",
    ]
    # One and the same metric by two names stands once.
    assert [one.name for one in score(segments(), metrics("bleu,bleu:13a")).scores] == ["bleu"]


def test_measurements_serve_again_without_the_texts() -> None:
    given, asked = segments(), metrics("bleu,rouge")
    assert report(measure(given, asked)).scores == score(given, asked).scores


# ------------------------------------------------------------------ what will not do


@pytest.mark.parametrize(
    ("given", "names", "message"),
    [
        (Segments((), ()), "bleu", "no segments to score"),
        (Segments(("1",), ("a",)), "bleu", r"bleu needs references; give references \(--ref"),
        (segments(), "similarity", r"similarity needs sources; give sources \(--src"),
        (segments(("", " ")[:2], ("a", "b")), "bleu", "every output is empty"),
        (segments(("a", "b"), ("a", " ")), "chrf", "a reference of segment '2' is empty"),
        (segments(("a", "b"), ("a", "b"), sources=("", "b")), "length", "source of segment '1'"),
    ],
)
def test_nothing_is_scored_silently(given: Segments, names: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        score(given, metrics(names))


def test_empty_outputs_count_against_the_system_and_are_told() -> None:
    some = score(segments((GOOD[0], "", " ", *GOOD[3:])), metrics("bleu,chrf,ter,rouge"))
    assert some.warnings[0] == "2 of 12 outputs are empty, and counted as such"
    full = score(segments(), metrics("bleu,chrf,rouge"))
    assert all(some[one.name].score < one.score for one in full.scores)
    assert full.warnings == ()


def test_one_segment_is_told() -> None:
    found = score(segments(GOOD[:1], REFERENCES[:1]), metrics("chrf"))
    assert found["chrf"].low == found["chrf"].high == found["chrf"].score
    assert found.warnings == (
        "one segment alone has no interval: low and high are the score itself",
    )


def test_optional_metrics_that_cannot_score_are_left_out_and_told() -> None:
    found = score(segments(), metrics("bleu"), optional=metrics("length,ter"))
    assert [one.name for one in found.scores] == ["bleu", "ter"]
    assert found.warnings == ("length is left out: length needs sources",)
    with pytest.raises(InputError, match="no metric can score these texts; length is left out"):
        score(segments(), [], optional=metrics("length"))


def test_too_few_resamples() -> None:
    with pytest.raises(OptionError, match="10 resamples are too few"):
        score(segments(), metrics("bleu"), 10)
    with pytest.raises(OptionError, match="10 trials are too few"):
        compare_scores(segments(), segments(POOR), metrics("bleu"), trials=10)


def test_systems_on_other_segments_are_not_compared() -> None:
    with pytest.raises(InputError, match="not scored on the same segments"):
        compare_scores(segments(), segments(GOOD, turned(REFERENCES)), metrics("bleu"))
    with pytest.raises(InputError, match="not scored on the same segments"):
        compare_scores(segments(), segments(GOOD[:-1], REFERENCES[:-1]), metrics("bleu"))
