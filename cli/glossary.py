"""``mujaz glossary``: the user's own names and terms."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .check import CheckFormat, NoUsualGlossaries
from .options import is_quiet

if TYPE_CHECKING:
    from mujaz.arabic.glossary_entry import GlossaryEntry, GlossaryFault
    from mujaz.arabic.glossary_report import GlossaryClash, GlossaryMatch

CHECK_EXAMPLE = "Example: mujaz glossary check names.tsv article.txt"

app = typer.Typer(help="Check your own names and terms.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Check your own names and terms."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Attributes:
        matches: Where entries stand in the texts.
        unmatched: Entries of the file that stand in none; none where there are no texts.
        clashes: Entries with the same Arabic.
        unfindable: Entries with a form that no text can match, and the form.
        faults: Rows that are no entries.
    """

    matches: tuple[GlossaryMatch, ...]
    unmatched: tuple[GlossaryEntry, ...]
    clashes: tuple[GlossaryClash, ...]
    unfindable: tuple[tuple[GlossaryEntry, str], ...]
    faults: tuple[GlossaryFault, ...]

    @property
    def broken(self) -> bool:
        """Whether something must be mended."""
        return bool(self.faults) or any(clash.kind == "conflict" for clash in self.clashes)


@app.command("check", epilog=CHECK_EXAMPLE)
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The glossary: TSV, CSV or TBX.")],
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="Arabic texts: files, or -.")
    ] = None,
    format_: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="How to print.")
    ] = CheckFormat.TEXT,
    no_usual_glossaries: NoUsualGlossaries = False,
) -> int:
    """Show what a glossary matches in texts, and what is wrong with it.

    Exit code 1 when a row is malformed or two entries contradict each other.
    """
    report, entries = _report(ctx, file, texts or [], usual=not no_usual_glossaries)
    if format_ is CheckFormat.JSON:
        sys.stdout.write(_json(report) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(report))
    if not is_quiet(ctx):
        typer.echo(f"mujaz: {_summary(report, entries)}", err=True)
    return int(report.broken)


def _report(ctx: typer.Context, file: Path, texts: list[str], *, usual: bool) -> tuple[Report, int]:
    """Return the report, and the number of entries of the file."""
    from mujaz.arabic.glossary import glossary_of
    from mujaz.arabic.glossary_file import read_glossary
    from mujaz.arabic.glossary_places import usual_glossaries
    from mujaz.arabic.glossary_report import Matcher, clashes, unfindable

    places = usual_glossaries(ctx.obj.home, Path.cwd()) if usual else []
    others = [path for path in places if path.resolve() != file.resolve()]
    if not is_quiet(ctx):
        for path in others:
            typer.echo(f"mujaz: glossary {path}", err=True)
    files = [read_glossary(path) for path in (*others, file)]
    own = files[-1].entries
    everything = [entry for one in files for entry in one.entries]
    matcher = Matcher(glossary_of(everything))
    matches = [match for name in texts for match in matcher.matches(*_text(name))]
    met = {id(match.entry) for match in matches if not match.inside}
    report = Report(
        matches=tuple(matches),
        unmatched=tuple(e for e in own if id(e) not in met) if texts else (),
        clashes=tuple(clashes(everything)),
        unfindable=tuple(unfindable(own)),
        faults=tuple(fault for one in files for fault in one.faults),
    )
    return report, len(own)


def _text(name: str) -> tuple[str, str]:
    """Return a text and what to call it.

    Raises:
        InputError: It cannot be read.
    """
    from mujaz.arabic import decode, read_article

    if name == "-":
        return decode(sys.stdin.buffer.read()), "standard input"
    return read_article(Path(name)).text, name


def _lines(report: Report) -> list[str]:
    from mujaz.batch.unreadable import legible

    found = [
        f"{m.origin}:{m.line}:{m.column}: {m.surface} → {m.english} ({m.entry.where})"
        + (f"; not used, for {' '.join(m.inside.split())} stands there" if m.inside else "")
        for m in report.matches
    ]
    found += [f"{e.where}: never matches here: {_pair(e)}" for e in report.unmatched]
    found += [
        f"{e.where}: can never match: {form!r} has more in it than Arabic words"
        for e, form in report.unfindable
    ]
    for clash in report.clashes:
        where, pair = clash.loser.where, _pair(clash.loser)
        winner = f"{clash.winner.where} says {' | '.join(clash.winner.english)}"
        found.append(f"{where}: {clash.kind}: {pair}; {winner}, and wins for {clash.form}")
    found += [f"{f.origin}:{f.line}: malformed: {f.message}; {f.next_step}" for f in report.faults]
    return [legible(line) for line in found]


def _pair(entry: GlossaryEntry) -> str:
    return " → ".join(entry.pair)


def _summary(report: Report, entries: int) -> str:
    used = sum(not match.inside for match in report.matches)
    parts = [f"{entries} entries", f"{used} matches", f"{len(report.unmatched)} never match"]
    for kind in ("duplicate", "conflict", "override"):
        count = sum(clash.kind == kind for clash in report.clashes)
        parts += [f"{count} {kind}{'s' * (count != 1)}"] if count else []
    parts += [f"{len(report.faults)} malformed"] if report.faults else []
    return ", ".join(parts)


def _json(report: Report) -> str:
    import msgspec

    data = msgspec.to_builtins(report)
    data["clashes"] = [{"kind": c.kind, **msgspec.to_builtins(c)} for c in report.clashes]
    data["unfindable"] = [
        {"form": form, "entry": msgspec.to_builtins(entry)} for entry, form in report.unfindable
    ]
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
