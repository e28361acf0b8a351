"""The recipe that teaches the embedded model to translate better: docs/embedded-model.md.

python -m train all                # prepare, tune, export, measure; goes on where it stopped
python -m train tune --minutes 8   # stops with a checkpoint
python -m train tune --trial 20    # how fast is it here?
python -m train split FILE FOLDER  # for a machine that only small files reach
python -m train join FOLDER TARGET
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

import msgspec

from mujaz.errors import MujazError, OptionError
from mujaz.models.selection import resolve
from mujaz.settings import Settings

from .config import Config, read_config
from .parts import join, split

STEPS = ("prepare", "tune", "export", "measure")


def main(arguments: list[str] | None = None) -> int:
    """Run one step or all; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m train",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name in (*STEPS, "all"):
        verb = verbs.add_parser(name)
        default = Path(__file__).with_name("config.toml")
        verb.add_argument("--config", type=Path, default=default)
        verb.add_argument("--base", default="", help="the base's GGUF file, if not in the store")
        verb.add_argument("--output", default="", help="instead of the configuration's")
        if name in {"tune", "all"}:
            verb.add_argument("--minutes", type=float, default=math.inf, help="stop after so many")
        if name == "tune":
            verb.add_argument("--trial", type=int, default=0, help="so many steps, nothing kept")
    cut = verbs.add_parser("split")
    cut.add_argument("file", type=Path)
    cut.add_argument("folder", type=Path)
    cut.add_argument("--size", type=int, default=48 << 20, help="bytes of a part")
    whole = verbs.add_parser("join")
    whole.add_argument("folder", type=Path)
    whole.add_argument("target", type=Path)
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "split":
            _tell(f"{len(split(asked.file, asked.folder, asked.size))} parts in {asked.folder}")
        elif asked.verb == "join":
            _tell(str(join(asked.folder, asked.target)))
        else:
            _run(asked)
    except MujazError as error:
        _tell(f"error: {error}")
        return error.exit_code
    return 0


def _run(asked: argparse.Namespace) -> None:
    config = read_config(asked.config)
    config = msgspec.structs.replace(
        config,
        output=asked.output or config.output,
        base=msgspec.structs.replace(config.base, file=asked.base or config.base.file),
    )
    base = base_file(config)
    wanted = STEPS if asked.verb == "all" else (asked.verb,)
    # Each step brings its own libraries: where only one is run, only its own need be there.
    if "prepare" in wanted:
        from .prepare import prepare

        prepare(config, base, _tell)
    if "tune" in wanted:
        from .tune import tune

        trial = getattr(asked, "trial", 0)
        if not tune(config, base, _tell, minutes=asked.minutes, trial=trial):
            return
    if "export" in wanted:
        from .export import export

        _tell(f"adapter: {export(config, base)}")
    if "measure" in wanted:
        from .measure import measure

        for row in measure(config, base, _tell)["scores"]:
            _tell(f"{row['name']}: {row['base']} → {row['adapted']}, p {row['p']}")


def base_file(config: Config) -> Path:
    """Return the base model's GGUF file: the one the configuration names, else the store's.

    Raises:
        OptionError: The one that is named does not exist.
        ModelError: None is named, and the base is not installed.
    """
    if config.base.file:
        path = Path(config.base.file)
        if not path.is_file():
            raise OptionError(f"{path} does not exist", "check --base, or `file` in [base]")
        return path
    return resolve(config.base.id, Settings.from_environment()).path


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
