"""What a verb loads: a translation of one sentence waits for its model and not for imports."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ONE_THREAD

# Seconds each, and needed by other verbs, by conversion, or by nobody at run time.
HEAVY = {
    "torch", "transformers", "datasets", "evaluate", "sklearn", "scipy", "pandas", "pyarrow",
    "matplotlib", "PIL", "nltk", "sacrebleu", "ray", "trafilatura", "lxml", "pypdfium2", "docx",
    "huggingface_hub", "httpx", "jinja2",
}  # fmt: skip

WATCHED = (
    "import sys\n"
    "from mujaz.cli.main import main\n"
    "code = main(sys.argv[1:])\n"
    "tops = {name.partition('.')[0] for name in list(sys.modules)}\n"
    f"print(code, *sorted(tops & {HEAVY | {'ctranslate2', 'xllamacpp'}!r}), file=sys.stderr)"
)


def loaded(*arguments: str, **environment: str) -> tuple[int, set[str]]:
    """Run a verb in a process of its own; return its exit code and what it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "--quiet", *ONE_THREAD, *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
        env=os.environ | environment,
    )
    code, *names = done.stderr.splitlines()[-1].split()
    return int(code), set(names)


@pytest.fixture(scope="session")
def converted(tiny: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny translator in its converted form."""
    from mujaz.models.conversion import convert

    return convert(tiny("marian"), tmp_path_factory.mktemp("converted") / "model")


@pytest.mark.parametrize("verb", ["translate", "brief"])
def test_a_converted_translator_needs_no_torch(verb: str, news: Path, converted: Path) -> None:
    arguments = [verb, "--no-cache", "--translator", str(converted), str(news)]
    if verb == "brief":
        arguments[1:1] = ["--method", "extract"]
    assert loaded(*arguments) == (0, {"ctranslate2"})


def test_an_extract_needs_no_engine(news: Path) -> None:
    assert loaded("summarize", "--method", "extract", str(news)) == (0, set())


def test_the_list_of_models_needs_none(workplace: Path) -> None:
    assert loaded("models", "list") == (0, set())


def test_the_reference_engine_is_seen(news: Path, tiny: Callable[[str], Path]) -> None:
    code, names = loaded("translate", "--no-cache", "--translator", str(tiny("marian")), str(news))
    assert code == 0
    assert {"torch", "transformers"} <= names
