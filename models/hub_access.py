"""The way to the Hugging Face hub: its address, whether it answers, and its errors in our words."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from urllib.parse import urlsplit

from mujaz.errors import DownloadError, ModelError, OptionError
from mujaz.settings import Settings

from .disk import DISK_REFUSALS
from .silence import first_line

PROBE_SECONDS = 3.0
"""How long the hub may take to answer at all, name resolution included."""


def endpoint() -> str:
    """Return the hub's address: ``HF_ENDPOINT``, else the public one.

    Raises:
        OptionError: ``HF_ENDPOINT`` is not an address.
    """
    address = os.environ.get("HF_ENDPOINT", "").rstrip("/") or "https://huggingface.co"
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        good = good and not any(character.isspace() for character in address)
    except ValueError:
        good = False
    if not good:
        raise OptionError(
            f"HF_ENDPOINT is {address!r}, which is no address",
            "set it to something like https://huggingface.co, or unset it",
        )
    return address


def is_reachable(settings: Settings, seconds: float = PROBE_SECONDS) -> bool:
    """Say whether the hub answers at all, within ``seconds``.

    The request runs in a thread of its own, as a resolver without a network can block for longer
    than any timeout that an HTTP client knows.
    """
    if settings.offline:
        return False
    address = endpoint()
    answers: list[bool] = []

    def probe() -> None:
        from huggingface_hub import get_session

        try:
            get_session().head(address, timeout=seconds, follow_redirects=False)
        except network_errors():
            return
        answers.append(True)

    thread = threading.Thread(target=probe, daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(answers)


def network_errors() -> tuple[type[Exception], ...]:
    """Return what a failing request raises.

    huggingface_hub 1 stands on httpx and 2 on httpx2; its own error derives from whichever it is.
    """
    from huggingface_hub.errors import HfHubHTTPError

    return (cast(type[Exception], HfHubHTTPError.__bases__[0]), OSError)


@contextmanager
def hub_errors(repository: str, revision: str, file: str = "") -> Iterator[None]:
    """Turn huggingface_hub's errors into ours, and keep its warnings off the terminal."""
    from huggingface_hub import errors
    from huggingface_hub.utils import logging as hub_logging

    what = f"{file} of {repository}" if file else repository
    card = f"{endpoint()}/{repository}"
    before = hub_logging.get_verbosity()
    hub_logging.set_verbosity(logging.ERROR)
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelError(
            f"{repository} is gated: its owner wants an agreement first",
            f"agree at {card}, run `hf auth login`, and pull again",
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise ModelError(
            f"the hub has no model {repository}, or it is private",
            "check the spelling; for a private one run `hf auth login`",
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelError(f"{repository} has no revision {revision}", f"see {card}") from error
    except errors.EntryNotFoundError as error:
        raise ModelError(f"{what} is not on the hub", f"see {card}") from error
    except errors.HFValidationError as error:
        raise ModelError(f"{repository!r} is not a hub id", "give owner/name") from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status in {401, 403}:
            raise ModelError(
                f"the hub refuses {what} ({status})", f"see {card}, and run `hf auth login`"
            ) from error
        raise DownloadError(
            f"the hub answered {status} for {what}", "try again later; what arrived is kept"
        ) from error
    except network_errors() as error:
        if isinstance(error, OSError) and error.errno in DISK_REFUSALS:
            raise  # the store words these
        raise DownloadError(
            f"the download of {what} from {endpoint()} broke off ({first_line(error)})",
            "check the connection and run it again; what arrived is kept",
        ) from error
    finally:
        hub_logging.set_verbosity(before)
