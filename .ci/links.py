"""Check that every relative link in README.md, CHANGELOG.md and docs/ leads to a file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def broken() -> list[str]:
    """Return one line per link that leads nowhere."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]


if __name__ == "__main__":
    lines = broken()
    print("\n".join(lines) or "all links lead to files")
    sys.exit(1 if lines else 0)
