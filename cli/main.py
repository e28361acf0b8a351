"""The command ``mujaz``: its verbs, the options they share, and how errors end."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import mujaz
from mujaz.errors import MujazError, OptionError
from mujaz.settings import Settings

from . import brief, cache, check, doctor, evaluation, glossary, jobs, models, summarize, translate

# Options that every verb shares; they may stand before or behind the verb.
_SHARED = {"--offline": 0, "--quiet": 0, "-q": 0, "--debug": 0, "--threads": 1, "--device": 1}
_DEVICES = ("auto", "cpu", "cuda", "mps")


class Interrupted(MujazError):
    """The user ended the run."""

    exit_code = 130


class ReaderGone(MujazError):
    """Nobody reads the results any more (``mujaz brief … | head -1``)."""

    exit_code = 0


class SharedOptions(TyperGroup):
    """Takes the shared options wherever they stand, and names the ways a run can be cut short."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's context and result
        """Run the verb; say in our own words why it ended, where click has only an exit code.

        Raises:
            Interrupted: The user pressed Ctrl-C.
            ReaderGone: Standard output has been closed.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted("interrupted; what was done is kept") from error
        except BrokenPipeError as error:
            raise ReaderGone("nobody reads the results") from error

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - click's context
        """Move the shared options in front of the verb; what follows ``--`` stays."""
        front, rest, left = [], [], list(args)
        while left:
            arg = left.pop(0)
            if arg == "--":
                rest += [arg, *left]
                break
            name = arg.split("=", 1)[0]
            if name not in _SHARED:
                rest.append(arg)
                continue
            front.append(arg)
            if _SHARED[name] and "=" not in arg and left:
                front.append(left.pop(0))
        return super().parse_args(ctx, front + rest)


app = typer.Typer(
    cls=SharedOptions,
    name="mujaz",
    help="English briefs from Arabic news, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Example: mujaz brief article.txt",
)
app.command("brief", epilog=brief.EXAMPLE)(brief.brief)
app.command("summarize", epilog=summarize.EXAMPLE)(summarize.summarize)
app.command("translate", epilog=translate.EXAMPLE)(translate.translate)
app.command("check", cls=check.KindValues, epilog=check.EXAMPLE)(check.check)
app.add_typer(glossary.app, name="glossary")
app.add_typer(evaluation.app, name="eval")
app.command("jobs", epilog=jobs.EXAMPLE)(jobs.jobs)
app.add_typer(models.app, name="models")
app.add_typer(cache.app, name="cache")
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mujaz {mujaz.__version__}")
        raise typer.Exit


@app.callback()
def _shared(
    ctx: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Open no socket.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, help="CPU threads. Default: all.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """English briefs from Arabic news, on your own machine."""
    if device not in _DEVICES:
        raise OptionError(f"device {device!r} is unknown", f"use {', '.join(_DEVICES)}")
    settings = Settings.from_environment()
    ctx.obj = replace(settings, offline=offline or settings.offline, threads=threads, device=device)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2 or 130."""
    given = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in given[: given.index("--")] if "--" in given else "--debug" in given
    try:
        result = app(given or ["--help"], standalone_mode=False, prog_name="mujaz")
        sys.stdout.flush()
    except (ReaderGone, BrokenPipeError):
        # Keep Python from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MujazError as error:
        return _fail(str(error), error.exit_code, debug)
    except KeyboardInterrupt:
        return _fail("interrupted; what was done is kept", 130, debug)
    except Exception as error:
        if hasattr(error, "format_message"):  # click's own: a bad option or argument
            return _misused(error, debug)
        if debug:
            raise
        what = f"internal error: {type(error).__name__}: {error}"
        return _fail(f"{what}; run again with --debug and report it", 2, debug)
    return result if isinstance(result, int) else 0


def _misused(error: Any, debug: bool) -> int:  # noqa: ANN401 - click's classes moved into typer
    message = str(error.format_message()).rstrip(".").replace("Value error, ", "")
    if message.startswith("Usage:"):  # a group without its verb: this is its help
        typer.echo(message, err=True)
        return 2
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "mujaz"
    return _fail(f"{message}; see {command} --help", 2, debug)


def _fail(message: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    typer.echo(f"mujaz: {' '.join(message.split())}", err=True)
    return code


def script() -> None:
    """Run as the installed command."""
    for stream in (sys.stdout, sys.stderr):
        # Results are UTF-8 whatever the locale: English and Arabic in one file fit in nothing else.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())
