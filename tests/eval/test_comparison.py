"""Systems against the first: the same numbers as one by one, verdicts, groups, the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mujaz.errors import InputError, OptionError, RecordError
from mujaz.eval.comparison import contest
from mujaz.eval.metric import Segments
from mujaz.eval.registry import metrics
from mujaz.eval.scoring import compare_scores, score
from mujaz.eval.standings import Standings
from mujaz.eval.systems import Field

from .contests import field, held


def _part(segments: Segments, places: list[int]) -> Segments:
    return Segments(*(tuple(getattr(segments, n)[i] for i in places) for n in Segments.__slots__))


def test_the_numbers_are_those_of_each_system_alone() -> None:
    own = field()
    found = held(own).standings
    for system, cells in zip(own.systems, found.cells, strict=True):
        alone = score(system.segments, metrics("bleu,chrf"), 100)
        for measure, cell in zip(found.measures, cells, strict=True):
            assert (cell.score, cell.low, cell.high) == (
                alone[measure.name].score,
                alone[measure.name].low,
                alone[measure.name].high,
            )
    pair = (own.systems[0].segments, own.systems[2].segments)
    for one, cell in zip(
        compare_scores(*pair, metrics("bleu,chrf"), 100, trials=100), found.cells[2], strict=True
    ):
        assert cell.difference is not None
        assert cell.difference.value == one.difference
        assert cell.difference.p_bootstrap == one.p_bootstrap
        assert cell.difference.p_randomisation == one.p_randomisation


def test_verdicts_know_which_end_is_better() -> None:
    own = field()
    turned = Field(tuple(reversed(own.systems)))
    for systems, verdict in ((own, "worse"), (turned, "better")):
        found = held(systems, "chrf,ter").standings
        by_name = {
            m.name.lower(): cell for m, cell in zip(found.measures, found.cells[2], strict=True)
        }
        for name in ("chrf", "ter"):
            assert by_name[name].difference is not None
            assert by_name[name].difference.verdict == verdict
        # Error rates fall where the others rise.
        signs = [by_name[name].difference.value > 0 for name in ("chrf", "ter")]
        assert signs == ([True, False] if verdict == "better" else [False, True])
    assert all(cell.difference is None for cell in found.cells[0])


def test_a_system_cannot_be_told_from_itself() -> None:
    one = field().systems[0]
    found = held(Field((one, replace(one, name="copy")))).standings
    for cell in found.cells[1]:
        assert cell.difference is not None
        assert cell.difference.value == 0
        assert cell.difference.verdict == "unclear"
        assert cell.difference.p_bootstrap == cell.difference.p_randomisation == 1


def test_neither_end_of_a_ratio_is_better() -> None:
    own = field()
    twice = replace(
        own.systems[0].segments,
        hypotheses=tuple(f"{t} {t}" for t in own.systems[0].segments.hypotheses),
    )
    longer = replace(own.systems[0], name="longer", segments=twice)
    found = held(Field((own.systems[0], longer)), "length").standings
    neutral = [at for at, m in enumerate(found.measures) if m.higher_is_better is None]
    assert neutral
    assert {found.cells[1][at].difference.verdict for at in neutral} == {"different"}


def test_groups_cover_the_segments_and_score_as_they_would_alone() -> None:
    own = field()
    result = held(own)
    lengths = [len(text.split()) for text in own.systems[0].segments.sources]
    assert result.lengths == tuple(lengths)
    assert result.standings.counted == "source"
    groups = [g for g in result.standings.groups if g.kind == "length"]
    assert len(groups) > 1
    assert sum(group.segments for group in groups) == len(lengths)
    for group in groups:
        ends = [int(end) for end in group.label.split("–")]
        places = [at for at, words in enumerate(lengths) if ends[0] <= words <= ends[-1]]
        assert len(places) == group.segments
        for system, cells in zip(own.systems, group.cells, strict=True):
            alone = score(_part(system.segments, places), metrics("bleu,chrf"), 100)
            assert [cell.score for cell in cells] == [one.score for one in alone.scores]


def test_groups_of_domains() -> None:
    groups = [g for g in held(field()).standings.groups if g.kind == "domain"]
    assert [(g.label, g.segments) for g in groups] == [
        ("politics", 20), ("sport", 20), ("economy", 20),
    ]  # fmt: skip


def test_many_domains_end_in_the_others() -> None:
    own = field(domains=tuple(f"domain {n}" for n in range(15)))
    groups = [g for g in held(own, "chrf").standings.groups if g.kind == "domain"]
    assert len(groups) == 12
    assert groups[-1].label == "4 others"
    assert sum(group.segments for group in groups) == 60


def test_few_segments_have_no_groups() -> None:
    assert held(field(count=10, domains=())).standings.groups == ()


def test_scores_of_segments() -> None:
    result = held(field())
    for values, system in zip(result.by_segment, result.field.systems, strict=True):
        assert values.shape == (60, 2)
        first = score(_part(system.segments, [0]), metrics("chrf"), 100)
        assert values[0, 1] == pytest.approx(first.scores[0].score)


def test_what_a_reader_must_know_has_the_systems_name() -> None:
    own = field()
    texts = ("", *own.systems[1].segments.hypotheses[1:])
    empty = replace(own.systems[1], segments=replace(own.systems[1].segments, hypotheses=texts))
    warnings = held(Field((own.systems[0], empty))).standings.warnings
    assert any(line.startswith("second: 1 of its outputs") for line in warnings)


def test_metrics_of_a_group_that_cannot_score_are_left_out_and_named_ones_raise() -> None:
    bare = field()
    without = Field(
        tuple(replace(s, segments=replace(s.segments, sources=())) for s in bare.systems)
    )
    found = contest(without, metrics("chrf"), metrics("novelty"), 100, trials=100).standings
    assert [measure.name.lower() for measure in found.measures] == ["chrf"]
    assert any("novelty is left out" in line for line in found.warnings)
    with pytest.raises(InputError, match="novelty needs sources"):
        contest(without, metrics("chrf,novelty"), resamples=100, trials=100)


def test_too_few_draws() -> None:
    with pytest.raises(OptionError):
        contest(field(), metrics("chrf"), resamples=10)


def test_json_both_ways() -> None:
    found = held(field()).standings
    assert Standings.from_json(found.to_json()) == found
    with pytest.raises(RecordError):
        Standings.from_json('{"schema": "mujaz.comparison/2"}')
