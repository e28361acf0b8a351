"""References in the shape that sacreBLEU takes."""

from __future__ import annotations

from mujaz.eval.metric import Segments
from mujaz.eval.sacrebleu_statistics import streams


def test_streams_are_references_by_place_with_gaps() -> None:
    given = Segments(("1", "2", "3"), ("a", "b", "c"), (("r",), ("s", "t"), ("u",)))
    assert streams(given) == [["r", "s", "u"], [None, "t", None]]
