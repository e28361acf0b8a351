from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, InputError
from train.parts import join, split


def test_parts_make_the_whole_again(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(bytes(range(256)) * 40)
    folder = tmp_path / "parts"
    parts = split(path, folder, 4000)
    assert [part.stat().st_size for part in parts] == [4000, 4000, 2240]
    whole = join(folder, tmp_path / "there")
    assert whole.read_bytes() == path.read_bytes()
    assert join(folder, tmp_path / "there") == whole
    parts[1].write_bytes(b"x" * 4000)
    whole.unlink()
    with pytest.raises(ChecksumError, match=r"model\.gguf\.001 is damaged"):
        join(folder, tmp_path / "there")
    parts[2].unlink()
    with pytest.raises(InputError, match=r"lacks model\.gguf\.002"):
        join(folder, tmp_path / "there")
