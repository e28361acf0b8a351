"""``mujaz doctor``: what works here, what does not, and the next step."""

from __future__ import annotations

import typer

EXAMPLE = "Example: mujaz doctor"


def doctor(ctx: typer.Context) -> int:
    """Say what works on this machine, what does not, and the next step."""
    from mujaz.models.diagnosis import diagnose

    checks = diagnose(ctx.obj)
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = {"works": "✓", "missing": "–", "broken": "✗"}[check.state]
        step = f"; {check.next_step}" if check.next_step else ""
        typer.echo(f"{mark} {check.name:<{width}}  {check.detail}{step}")
    return 1 if any(check.state == "broken" for check in checks) else 0
