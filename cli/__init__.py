"""The command line: one verb a file; parses, calls, renders; no logic."""

from __future__ import annotations

from .main import main

__all__ = ["main"]
