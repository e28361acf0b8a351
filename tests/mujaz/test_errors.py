"""Errors: one line with a next step, and an exit code."""

import inspect

import pytest

from mujaz import errors
from mujaz.errors import ChecksumError, DownloadError, MujazError

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == errors.__name__
]


def test_a_line_says_what_is_wrong_and_what_to_do() -> None:
    error = MujazError("a.txt is empty", "give another")
    assert str(error) == "a.txt is empty; give another"
    assert (error.message, error.next_step) == ("a.txt is empty", "give another")
    assert str(MujazError("a.txt is empty")) == "a.txt is empty"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_ours_and_ends_a_run_with_2(kind: type[MujazError]) -> None:
    assert issubclass(kind, MujazError)
    assert kind("x").exit_code == 2
    assert kind.__doc__


def test_a_wrong_checksum_is_a_failed_download() -> None:
    assert issubclass(ChecksumError, DownloadError)
