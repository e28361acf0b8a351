"""Which texts are Arabic."""

from __future__ import annotations

import pytest

from mujaz.eval.script import first_arabic, is_arabic

from .corpus import ARABIC, ARABIC_SEGMENTS, GOOD, REFERENCES, segments


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        (ARABIC[0], True),
        (REFERENCES[0], False),
        ("", False),
        ("123، 45؟", False),
        ("أعلنت شركة Apple عن هاتف", True),
        ("The paper النهار reported it", False),
    ],
)
def test_most_letters_decide(text: str, arabic: bool) -> None:
    assert is_arabic(text) is arabic


def test_any_reference_counts() -> None:
    assert first_arabic(ARABIC_SEGMENTS) == "1"
    assert first_arabic(segments()) is None
    both = segments(GOOD, REFERENCES, (*REFERENCES[:4], ARABIC[0], *REFERENCES[5:]))
    assert first_arabic(both) == "5"
