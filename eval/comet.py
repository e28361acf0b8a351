"""COMET, where its command is installed: an external program, never a dependency.

The package ``unbabel-comet`` asks for versions of transformers and numpy that cannot share an
environment with ours. So its command ``comet-score`` is run if it is on the path, with files in and
a file out, and nothing of it is imported (Rei et al. 2020, "COMET: A Neural Framework for MT
Evaluation", EMNLP).
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from mujaz.errors import EngineError, OptionError

from .metric import Need, Segments
from .ratios import RatioMetric, matrix
from .wording import require_sources

if TYPE_CHECKING:
    from .metric import Matrix

COMMAND = "comet-score"
_INSTALL = (
    "install it apart: pipx install unbabel-comet (or in a virtual environment of its own, with "
    "its bin folder on PATH)"
)
_VERSION = "import importlib.metadata as m; print(m.version('unbabel-comet'))"


class Comet(RatioMetric):
    """COMET by the command ``comet-score`` (version 2): mean of the model's segment scores.

    The score is whatever the model gives, about 0 to 1 for the default. An empty output is not
    shown to the model, which has never seen one: it scores 0. Of several references the first is
    taken. The command fetches its model itself at the first use, unless ``HF_HUB_OFFLINE`` is set.

    Args:
        model: Name of the model in the hub, or path of a checkpoint that ends in ``.ckpt``.
        gpus: Graphics cards that the command may use; 0 for the processor.
        batch_size: Segments that the model takes at once.

    Raises:
        OptionError: A number is out of range.
    """

    name = "comet"
    needs: ClassVar[frozenset[Need]] = frozenset({"references", "sources"})
    scores: tuple[str, ...] = ("comet",)
    higher_is_better: Mapping[str, bool | None] = {"comet": True}

    def __init__(
        self, model: str = "Unbabel/wmt22-comet-da", gpus: int = 0, batch_size: int = 8
    ) -> None:
        if gpus < 0 or batch_size < 1:
            raise OptionError(
                f"{self.name} with {gpus} graphics cards and batches of {batch_size}",
                "give 0 or more cards and batches of 1 or more",
            )
        self.model = model
        self.gpus = gpus
        self.batch_size = batch_size

    def signature(self, segments: Segments) -> str:
        """Return the choices and the installed version of COMET.

        Raises:
            OptionError: The command is not installed.
        """
        refs = f"nrefs:{segments.reference_count}|ref:first|" if self._refs(segments) else ""
        return (
            f"{refs}avg:mean|empty:0|model:{self.model}|batch:{self.batch_size}|gpus:{self.gpus}"
            f"|version:{_version(_command())}"
        )

    def statistics(self, segments: Segments) -> Matrix:
        """Return the model's score, and one.

        Raises:
            InputError: A source is missing or has no words.
            OptionError: The command is not installed.
            EngineError: The command fails, or does not give a score for each segment.
        """
        command = _command()
        require_sources(segments, self.name)
        shown = [at for at, text in enumerate(segments.hypotheses) if text.strip()]
        columns = {
            "-s": [segments.sources[at] for at in shown],
            "-t": [segments.hypotheses[at] for at in shown],
        }
        if references := self._refs(segments):
            columns["-r"] = [references[at] for at in shown]
        values = [0.0] * len(segments)
        if shown:
            for at, value in zip(shown, self._run(command, columns), strict=True):
                values[at] = value
        return matrix([(value, 1.0) for value in values], 2)

    def _refs(self, segments: Segments) -> list[str]:
        return [references[0] for references in segments.references]

    def _run(self, command: str, columns: dict[str, list[str]]) -> list[float]:
        """Run the command on files of one text a line; return a score for each line."""
        with tempfile.TemporaryDirectory(prefix="mujaz-comet-") as folder:
            arguments = [command, "--model", self.model, "--quiet"]
            arguments += ["--gpus", str(self.gpus), "--batch_size", str(self.batch_size)]
            for option, texts in columns.items():
                path = Path(folder, option.strip("-"))
                lines = [" ".join(text.split()) + "\n" for text in texts]
                path.write_text("".join(lines), encoding="utf-8", errors="replace")
                arguments += [option, str(path)]
            result = Path(folder, "scores.json")
            # The command opens files in the locale's encoding.
            done = subprocess.run(
                [*arguments, "--to_json", str(result)],
                env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
            if done.returncode or not result.exists():
                said = (done.stderr or done.stdout).strip().splitlines()
                reason = said[-1].strip() if said else "it said nothing"
                raise EngineError(
                    f"{COMMAND} ended with status {done.returncode}: {reason}",
                    f"run it by hand: {COMMAND} --model {self.model}",
                )
            return _values(result.read_text(encoding="utf-8"), len(columns["-t"]))


class CometWithoutReference(Comet):
    """COMET by a model that needs no reference (quality estimation).

    The default model's weights are under CC BY-NC-SA 4.0 and given out by the hub after one agrees
    to that.
    """

    name = "comet-qe"
    needs: ClassVar[frozenset[Need]] = frozenset({"sources"})
    scores = ("comet-qe",)
    higher_is_better: Mapping[str, bool | None] = {"comet-qe": True}

    def __init__(
        self, model: str = "Unbabel/wmt22-cometkiwi-da", gpus: int = 0, batch_size: int = 8
    ) -> None:
        super().__init__(model, gpus, batch_size)

    def _refs(self, segments: Segments) -> list[str]:
        return []


def _command() -> str:
    """Return the path of the installed command.

    Raises:
        OptionError: There is none.
    """
    found = shutil.which(COMMAND)
    if found is None:
        raise OptionError(f"COMET is not installed here: no {COMMAND} on PATH", _INSTALL)
    return found


@cache
def _version(command: str) -> str:
    """Return the version of COMET that a command belongs to, asked of its own Python.

    The command itself has no option for it. ``unknown`` when it is no Python script.
    """
    with Path(command).open("rb") as file:
        first = file.readline(1000).decode("utf-8", "replace").strip()
    if not first.startswith("#!") or "python" not in first:
        return "unknown"
    try:
        done = subprocess.run(
            [*first[2:].split(), "-c", _VERSION],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def _values(text: str, count: int) -> list[float]:
    """Return the scores of the one file in COMET's JSON: ``{file: [{…, "COMET": score}, …]}``."""
    try:
        rows: Sequence[Any] = next(iter(json.loads(text).values()))
        values = [float(row["COMET"]) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise EngineError(
            f"{COMMAND} wrote scores that cannot be read ({error!r})",
            "install unbabel-comet 2 or later",
        ) from error
    if len(values) != count or not all(map(math.isfinite, values)):
        raise EngineError(
            f"{COMMAND} gave {len(values)} scores for {count} segments, or one that is no number",
            "run it by hand to see why",
        )
    return values
