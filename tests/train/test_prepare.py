from collections.abc import Callable
from pathlib import Path

import msgspec

from train.config import read_config
from train.prepare import key_of


def test_what_was_prepared_stands_for_these_very_files(
    tmp_path: Path, write_run: Callable[[Path], Path], base: Path
) -> None:
    config = read_config(write_run(tmp_path))
    key = key_of(config, base)
    assert key_of(config, base) == key
    # A test set of the same name and size, with another sentence in it.
    tests = tmp_path / "reference.en"
    before = tests.read_bytes()
    tests.write_bytes(before.replace(b"teacher", b"preache"))
    assert key_of(config, base) != key
    tests.write_bytes(before)
    assert key_of(config, base) == key
    data = tmp_path / "data" / "people.tsv.xz"
    content = data.read_bytes()
    data.write_bytes(content[::-1])
    assert key_of(config, base) != key
    data.write_bytes(content)
    assert key_of(msgspec.structs.replace(config, seed=4), base) != key
    # One that is absent is for whoever reads it to complain of.
    tests.unlink()
    assert key_of(config, base) != key
