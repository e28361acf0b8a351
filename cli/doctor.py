"""``mujaz doctor``: what works here, what does not, and the next step."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLE = "Example: mujaz doctor --tune"


def doctor(
    ctx: typer.Context,
    tune: Annotated[
        bool, typer.Option("--tune", help="Measure how many threads are best, and keep it.")
    ] = False,
) -> int:
    """Say what works on this machine, what does not, and the next step."""
    if tune:
        return _tune(ctx)
    from mujaz.models.diagnosis import diagnose

    checks = diagnose(ctx.obj)
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = {"works": "✓", "missing": "–", "broken": "✗"}[check.state]
        step = f"; {check.next_step}" if check.next_step else ""
        typer.echo(f"{mark} {check.name:<{width}}  {check.detail}{step}")
    return 1 if any(check.state == "broken" for check in checks) else 0


def _tune(ctx: typer.Context) -> int:
    from mujaz.models.tuner import BUDGET, tune
    from mujaz.models.tuning import VARIABLE, file_of

    if not ctx.find_root().params.get("quiet"):
        typer.echo(f"measuring for about {BUDGET:.0f} s; let the machine rest", err=True)
    found = tune(ctx.obj)
    width = max(len(finding.engine) for finding in found)
    for finding in found:
        typer.echo(f"✓ {finding.engine:<{width}}  {finding}")
    typer.echo(f"kept in {file_of(ctx.obj)}; --threads and {VARIABLE} go before it")
    return 0
