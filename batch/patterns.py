"""Glob patterns for ``--include`` and ``--exclude``."""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

_TOKEN = re.compile(r"\[[!^]?\]?[^\]/]*\]|.", re.DOTALL)


class Patterns:
    """Globs against paths below a folder.

    A pattern without a slash is matched against every part of the path, so that ``drafts`` and
    ``2024-*`` catch folders at any depth; one with a slash against the path from the top, where
    ``**`` stands for any number of folders. Case and the way accents are composed do not count.

    Args:
        globs: The patterns. None match nothing.
    """

    def __init__(self, globs: Sequence[str]) -> None:
        names, paths = [], []
        for glob in globs:
            pattern = _plain(glob).strip("/")
            if "/" in pattern:
                paths.append(_path_regex(pattern))
            elif pattern:
                names.append(fnmatch.translate(pattern))
        self._names = re.compile("|".join(names)) if names else None
        self._paths = re.compile("|".join(paths)) if paths else None

    def __bool__(self) -> bool:
        return bool(self._names or self._paths)

    def match(self, path: PurePosixPath) -> bool:
        """Return whether the last part of ``path``, or all of it, fits one of the patterns."""
        if self._names and self._names.match(_plain(path.name)):
            return True
        return bool(self._paths and self._paths.match(_plain(str(path))))

    def match_any(self, path: PurePosixPath) -> bool:
        """Return whether ``path`` or a folder on the way to it fits one of the patterns."""
        return any(self.match(part) for part in (path, *path.parents[:-1]))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _path_regex(pattern: str) -> str:
    """Return the expression for a pattern with slashes: like fnmatch's, within each part."""
    regex = ""
    for part in pattern.split("/"):
        if part == "**":
            regex += "(?:[^/]+/)*"
            continue
        for token in _TOKEN.findall(part):
            if token == "*":
                regex += "[^/]*"
            elif token == "?":
                regex += "[^/]"
            elif len(token) > 1:
                negated, inner = token[1] in "!^", token[1:-1].lstrip("!^")
                # fnmatch knows what is a range and what has to be escaped.
                listed = fnmatch.translate(f"[{'!' * negated}{inner}]")
                regex += listed.removeprefix("(?s:").removesuffix(r")\Z")
            else:
                regex += re.escape(token)
        regex += "/"
    # A last ``**`` is everything below; otherwise the slash behind the last part goes.
    return f"(?s:{regex}[^/]+)\\Z" if pattern.endswith("/**") else rf"(?s:{regex[:-1]})\Z"
