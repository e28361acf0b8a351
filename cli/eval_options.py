"""Options that the verbs of ``mujaz eval`` share, and options that take several values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand

DEFAULT_METRICS = "bleu, chrf, rouge"


class ScoreFormat(StrEnum):
    """How scores are printed."""

    TABLE = "table"
    JSON = "json"
    MD = "md"
    CSV = "csv"


class ManyValues(TyperCommand):
    """Takes several values behind one option: ``--ref a.en b.en`` is ``--ref a.en --ref b.en``."""

    many: ClassVar[frozenset[str]] = frozenset({"--ref", "--metrics"})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - click's context
        """Repeat such an option before each of its values."""
        spread: list[str] = []
        current, wanted = "", 0
        left = list(args)
        while left:
            arg = left.pop(0)
            if arg == "--":
                spread += [arg, *left]
                break
            if arg.startswith("--"):
                name = arg.split("=", 1)[0]
                current = name if name in self.many else ""
                wanted = 0 if "=" in arg else 1
            elif arg.startswith("-") and arg != "-":
                current = ""
            elif current and not wanted:
                spread.append(current)
            else:
                wanted = 0
            spread.append(arg)
        return super().parse_args(ctx, spread)


References = Annotated[
    list[Path] | None,
    typer.Option("--ref", metavar="FILE…", help="References; several files for several of them."),
]
Sources = Annotated[
    Path | None, typer.Option("--src", metavar="FILE", help="Source texts, for some metrics.")
]
Metrics = Annotated[
    list[str] | None,
    typer.Option(
        "--metrics", metavar="NAMES", help=f"Metrics or groups. Default: {DEFAULT_METRICS}."
    ),
]
ScoreFormatOption = Annotated[ScoreFormat, typer.Option("--format", "-f", help="How to print.")]
Resamples = Annotated[int, typer.Option("--resamples", help="Of the bootstrap, 40 or more.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")]
