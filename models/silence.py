"""Scoped silence for the libraries that load checkpoints, and what they complain of in one line."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from logging import CRITICAL


def first_line(error: Exception) -> str:
    """Return the first line of what ``error`` says; its kind where it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers' log lines and progress bars, and Marian's advice, off the terminal.

    The verbosity and the bars are the library's global state: both are put back as they were.
    ``MarianTokenizer`` recommends sacremoses, whose only effect there is to normalise punctuation
    that SentencePiece's own rules normalise again.
    """
    from transformers.utils import logging

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(CRITICAL)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
