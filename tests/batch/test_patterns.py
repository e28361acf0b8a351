"""Globs of --include and --exclude."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from mujaz.batch.patterns import Patterns


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "deep/er/A.TXT", True),
        ("*.txt", "a.txt.bak", False),
        ("drafts", "x/drafts", True),
        ("drafts", "x/drafts2", False),
        ("drafts/", "drafts", True),
        ("2024/*.txt", "2024/a.txt", True),
        ("2024/*.txt", "2024/b/a.txt", False),
        ("2024/*.txt", "x/2024/a.txt", False),
        ("/a.txt", "a.txt", True),
        ("**/a.txt", "a.txt", True),
        ("**/a.txt", "x/y/a.txt", True),
        ("x/**", "x/y/a.txt", True),
        ("x/**", "x", False),
        ("x/**/z.txt", "x/z.txt", True),
        ("x/**/z.txt", "x/y/w/z.txt", True),
        ("x/?.txt", "x/a.txt", True),
        ("x/?.txt", "x/ab.txt", False),
        ("x/a?b", "x/a/b", False),
        ("x/[ab].txt", "x/b.txt", True),
        ("x/[!ab].txt", "x/b.txt", False),
        ("x/[a-c]+.txt", "x/b+.txt", True),
        ("x/[.txt", "x/[.txt", True),
        ("x/a.txt", "x/a-txt", False),
        ("أخبار/*", "أخبار/أ.txt", True),
        ("أخبار", "أخبار", True),  # the hamza composed and apart
        ("x/*", "x/two\nlines", True),
        ("", "a", False),
    ],
)
def test_globs(glob: str, path: str, fits: bool) -> None:
    assert Patterns([glob]).match(PurePosixPath(path)) is fits


def test_a_folder_on_the_way() -> None:
    patterns = Patterns(["drafts", "old/*"])
    assert patterns.match_any(PurePosixPath("drafts/a/b.txt"))
    assert patterns.match_any(PurePosixPath("old/x/b.txt"))
    assert not patterns.match_any(PurePosixPath("new/b.txt"))


def test_no_globs_match_nothing() -> None:
    assert not Patterns([])
    assert not Patterns([]).match(PurePosixPath("a"))
