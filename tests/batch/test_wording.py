"""Full stops where the Arabic has them."""

from __future__ import annotations

import pytest

from mujaz.batch.wording import worded
from mujaz.translate import Translation


@pytest.mark.parametrize(
    ("source", "english", "shown"),
    [
        ("افتتاح سوق", "A market opens", "A market opens"),
        ("افتتح السوق.", "The market opened", "The market opened."),
        ("هل افتتح؟", "Did it open?", "Did it open?"),
        ("قال: «نعم.»", "He said yes", "He said yes."),
        ("نعم.", "", ""),
    ],
)
def test_worded(source: str, english: str, shown: str) -> None:
    assert worded(Translation(source, english, None)) == shown
