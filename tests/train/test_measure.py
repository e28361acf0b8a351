from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from mujaz.errors import InputError, OptionError
from train.config import Config, read_config
from train.measure import measure


def silent(_: str) -> None:
    pass


@pytest.fixture
def config(tmp_path: Path, write_run: Callable[[Path], Path]) -> Config:
    return read_config(write_run(tmp_path))


def test_without_an_adapter_no_engine_is_started(
    config: Config, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an engine was started")

    monkeypatch.setattr("train.measure.LlamaEngine", refuse)
    with pytest.raises(OptionError, match=r"adapter\.gguf is not there") as told:
        measure(config, base, silent)
    assert told.value.next_step == "run `python -m train export`"


@pytest.mark.parametrize(
    ("source", "reference", "fault"),
    [
        ("", "", "has 0 lines, and its reference 0"),
        ("خبر\n", "", "has 1 lines, and its reference 0"),
        # A sentence with a character that only looks like the end of a line is one line.
        ("خبر\u2028آخر\n", "News.\nMore.\n", "has 1 lines, and its reference 2"),
    ],
)
def test_two_sides_that_are_no_test_set(
    config: Config, base: Path, source: str, reference: str, fault: str
) -> None:
    adapter = config.folder / "adapter" / "adapter.gguf"
    adapter.parent.mkdir(parents=True)
    adapter.write_bytes(b"GGUF")
    Path(config.measure.source).write_text(source, encoding="utf-8")
    Path(config.measure.reference).write_text(reference, encoding="utf-8")
    with pytest.raises(InputError, match=fault) as told:
        measure(config, base, silent)
    assert "[measure]" in told.value.next_step
    absent = msgspec.structs.replace(config.measure, reference="none.en")
    with pytest.raises(InputError, match=r"none\.en cannot be read"):
        measure(msgspec.structs.replace(config, measure=absent), base, silent)
