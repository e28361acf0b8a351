"""Segments hold together, whoever makes them."""

from __future__ import annotations

import pytest

from mujaz.errors import InputError
from mujaz.eval.metric import Segments


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"hypotheses": ("a",), "references": (("a",), ("b",))}, "2 segments and 1 hypotheses"),
        ({"hypotheses": ("a", "b"), "references": (("a",),)}, "2 segments and 1 references"),
        ({"hypotheses": ("a", "b"), "sources": ("a", "b", "c")}, "2 segments and 3 sources"),
        ({"hypotheses": ()}, "2 segments and 0 hypotheses"),
        ({"hypotheses": ("a", "b"), "references": (("a",), ())}, "segment '2' has no reference"),
        ({"hypotheses": ("a", "b"), "ids": ("1", "1")}, "two segments have the id '1'"),
    ],
)
def test_what_does_not_belong_together_is_refused(
    given: dict[str, tuple[str, ...]], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Segments(**{"ids": ("1", "2"), **given})


def test_references_sources_and_domains_may_be_absent_and_references_differ_in_number() -> None:
    assert len(Segments(("1",), ("a",))) == 1
    assert Segments(("1", "2"), ("a", "b"), (("a",), ("b", "c"))).sources == ()


def test_the_number_of_references_is_said_or_said_to_vary() -> None:
    one = Segments(("1", "2"), ("a", "b"), (("x",), ("y",)))
    assert one.reference_count == "1"
    assert Segments(("1", "2"), ("a", "b"), (("x", "z"), ("y",))).reference_count == "var"
    assert Segments(("1",), ("a",)).reference_count == "0"
