"""Errors that Mujaz raises on purpose.

Libraries raise these; only ``mujaz.cli`` prints them, as one line: what is wrong with which input,
and the next step. Anything else that escapes is a bug.
"""

from __future__ import annotations


class MujazError(Exception):
    """Base of every expected error.

    Args:
        message: What is wrong, naming the input. One line, no full stop.
        next_step: What the reader can do about it, as an imperative. May be empty.

    Attributes:
        exit_code: What the command line returns when this error ends the run.
    """

    exit_code = 2

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}; {self.next_step}" if self.next_step else self.message


class InputError(MujazError):
    """An input cannot be read as an article: missing, empty, binary, or in an unknown encoding."""


class OptionError(MujazError):
    """An option has a value that cannot be served."""


class ModelError(MujazError):
    """A model is unknown, absent, of the wrong kind, or its files are not usable."""


class DownloadError(MujazError):
    """A download broke off or no source could be reached. What arrived is kept for resuming."""


class ChecksumError(DownloadError):
    """The bytes that arrived are not the bytes that the catalogue promises."""


class StoreError(MujazError):
    """The model store cannot be written: disk full, no permission, or locked for too long."""


class OfflineError(MujazError):
    """Something needs the network, and the run promised not to open a socket."""


class EngineError(MujazError):
    """An engine could not load or run the weights."""


class RecordError(MujazError):
    """A JSON record does not have the form that its schema name promises."""
