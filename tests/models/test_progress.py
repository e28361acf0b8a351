"""Sizes as a reader wants them."""

import pytest

from mujaz.models.progress import human_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (None, "size unknown"),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (999_700, "1 MB"),
        (48_072_524, "48 MB"),
        (1_117_320_768, "1.1 GB"),
        (11_800_000_000, "11.8 GB"),
        (2_500_000_000_000, "2500.0 GB"),
    ],
)
def test_human_size(size: int | None, text: str) -> None:
    assert human_size(size) == text
