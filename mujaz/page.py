"""Self-contained HTML pages: a template that escapes, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template


def asset(package: str, name: str) -> str:
    """Return a text file of ``package`` as it stands in a page, on lines of its own."""
    return "\n" + files(package).joinpath(name).read_text("utf-8")


def template(package: str, name: str, **filters: Callable[..., Any]) -> Template:
    """Return a Jinja template of ``package`` that escapes what it is given.

    Args:
        package: Import name of the room, ``mujaz.brief``.
        name: The template's file.
        **filters: Filters by their names in the template.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(filters)
    return environment.from_string(files(package).joinpath(name).read_text("utf-8"))


def policy(style: str, script: str) -> str:
    """Return a Content-Security-Policy that allows this style and script alone, and no request.

    The two are told by their SHA-256, so that nothing which a text brings in can pass for them.
    """
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
